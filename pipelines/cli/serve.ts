import type { Command } from "commander";
import type { Audience } from "../publishing/report.ts";
import type { Context } from "./context.ts";
import { audienceOption, type FolderOptions, newCommand, portArgument } from "./options.ts";

interface ServeOptions extends FolderOptions {
  readonly host?: string;
  readonly port?: number;
  readonly audience: Audience;
}

/** `serve`: shows the rendered pages until it is interrupted. */
export function serveCommand(context: Context): Command {
  return newCommand("serve", "show the rendered pages on this machine until Ctrl-C")
    .addOption(audienceOption("which pages to show; the city's hold every small count"))
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .option("--port <port>", "port to listen on", portArgument)
    .action(async (options: ServeOptions) => {
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { serveUntilInterrupted } = await import("./serve-step.ts");
      const { siteFolder } = await import("./site-step.ts");
      const folder = siteFolder(warehousePaths(options.warehouse), options.audience);
      await serveUntilInterrupted(folder, options, context);
    });
}
