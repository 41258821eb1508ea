import { join } from "node:path";
import type { Command } from "commander";
import { warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import { makeDemonstration } from "./make-demonstration.ts";
import { type FolderOptions, portArgument } from "./options.ts";
import { serveUntilInterrupted } from "./serve-until-interrupted.ts";

interface DemoOptions extends FolderOptions {
  readonly host?: string;
  readonly port?: number;
  readonly serve: boolean;
}

/** `demo`: made-up forms through the same door as real ones, then models, pages and a server. */
export function define(command: Command, context: Context): void {
  command
    .option("--host <host>", "address to listen on (default: 127.0.0.1)")
    .option("--port <port>", "port to listen on", portArgument)
    .option("--no-serve", "stop when the pages are there")
    .action(async (options: DemoOptions) => {
      const paths = warehousePaths(join(options.warehouse, "demo"));
      await makeDemonstration({ sources: options.sources, paths }, context);
      if (options.serve) await serveUntilInterrupted(paths.site, options, context);
    });
}
