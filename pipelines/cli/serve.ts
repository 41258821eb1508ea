import type { Command } from "commander";
import type { Audience } from "../publishing/report.ts";
import { serveSite } from "../site/server.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import type { Context } from "./context.ts";
import { audienceOption, type FolderOptions, portArgument } from "./options.ts";
import { siteFolder } from "./site.ts";

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

/** Serves a site, prints its address, and ends on Ctrl-C or when it is asked to terminate. */
export async function serveUntilInterrupted(
  dir: string,
  { host, port }: { readonly host?: string; readonly port?: number },
  context: Context,
): Promise<void> {
  const server = await serveSite({
    dir,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port, exact: true }),
  });
  context.out(`${server.url}  (Ctrl-C ends it)`);
  await interruption();
  await server.close();
}

/** Resolves on Ctrl-C or when the process is asked to terminate. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
