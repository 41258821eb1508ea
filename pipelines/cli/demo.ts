import { join } from "node:path";
import type { Command } from "commander";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand, portArgument } from "./options.ts";

interface DemoOptions extends FolderOptions {
  readonly host?: string;
  readonly port?: number;
  readonly serve: boolean;
}

/** `demo`: made-up forms through the same door as real ones, then models, pages and a server. */
export function demoCommand(context: Context): Command {
  return newCommand("demo", "show the whole on made-up figures, kept apart from real ones")
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .option("--port <port>", "port to listen on", portArgument)
    .option("--no-serve", "stop when the pages are there")
    .action(async (options: DemoOptions) => {
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { makeDemonstration } = await import("./demo-step.ts");
      const { serveUntilInterrupted } = await import("./serve-step.ts");
      const paths = warehousePaths(join(options.warehouse, "demo"));
      await makeDemonstration({ sources: options.sources, paths }, context);
      if (options.serve) await serveUntilInterrupted(paths.site, options, context);
    });
}
