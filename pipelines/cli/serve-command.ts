import type { Command } from "commander";
import type { Audience } from "../publishing/report.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import type { Context } from "./context.ts";
import { audienceOption, type FolderOptions, portArgument } from "./options.ts";
import { siteFolder } from "./rendered-sites.ts";
import { serveUntilInterrupted } from "./serve-until-interrupted.ts";

interface ServeOptions extends FolderOptions {
  readonly host?: string;
  readonly port?: number;
  readonly audience: Audience;
}

/** `serve`: shows the rendered pages until it is interrupted. */
export function define(command: Command, context: Context): void {
  command
    .addOption(audienceOption("which pages to show; the city's hold every small count"))
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .option("--port <port>", "port to listen on", portArgument)
    .action(async (options: ServeOptions) => {
      const folder = siteFolder(existingWarehouse(options.warehouse), options.audience);
      await serveUntilInterrupted(folder, options, context);
    });
}
