import type { Command } from "commander";
import type { Audience } from "../contract/report.ts";
import { isLoopback } from "../site/server.ts";
import { Failure } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import type { Context } from "./context.ts";
import { audienceOption, type FolderOptions, portArgument } from "./options.ts";
import { serveUntilInterrupted } from "./serve-until-interrupted.ts";

interface ServeOptions extends FolderOptions {
  readonly host?: string;
  readonly name: readonly string[];
  readonly port?: number;
  readonly audience: Audience;
}

/** `serve`: shows the pages until it is interrupted, each rendered when it is asked for. */
export function define(command: Command, context: Context): void {
  command
    .addOption(audienceOption("which pages to show; the city's hold every small count"))
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .option("--port <port>", "port to listen on", portArgument)
    .option(
      "--name <name>",
      "host name by which readers ask for the pages, besides this machine's; may be given more than once",
      (name: string, names: readonly string[]) => [...names, name],
      [],
    )
    .action(async (options: ServeOptions) => {
      const { host } = options;
      if (options.audience === "city" && host !== undefined && !isLoopback(host)) {
        throw new Failure(
          `The city's pages hold every small count, and serve asks nobody who he is: it does not show them at ${host}. Listen on 127.0.0.1 and put a server with a log-in in front, as reports/serving/nginx.conf says.`,
        );
      }
      if (host !== undefined && !isLoopback(host) && options.name.length === 0) {
        context.warn(
          `The pages are shown to who asks for ${host} or for this machine's own names. Give the names and addresses by which others ask for them with --name.`,
        );
      }
      const paths = existingWarehouse(options.warehouse);
      await serveUntilInterrupted(paths, { ...options, names: options.name }, context);
    });
}
