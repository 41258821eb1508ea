import type { Command } from "commander";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand, portArgument } from "./options.ts";

interface ServeOptions extends FolderOptions {
  readonly host?: string;
  readonly port?: number;
}

/** `serve`: shows the rendered pages until it is interrupted. */
export function serveCommand(context: Context): Command {
  return newCommand("serve", "show the rendered pages on this machine until Ctrl-C")
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .option("--port <port>", "port to listen on", portArgument)
    .action(async (options: ServeOptions) => {
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { serveUntilInterrupted } = await import("./serve-step.ts");
      await serveUntilInterrupted(warehousePaths(options.warehouse).site, options, context);
    });
}
