import type { Command } from "commander";
import { buildMarts } from "../models/build-marts.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText, modelSteps } from "./context.ts";
import { jsonOption, type OutputOptions, pastMomentArgument } from "./options.ts";

interface BuildOptions extends OutputOptions {
  readonly asOf?: Date;
}

/** `build`: the models of every plan into a new marts.duckdb. */
export function define(command: Command, context: Context): void {
  command
    .option(
      "--as-of <moment>",
      "what was known at a past moment, such as 2024-06-30, into a file of its own (default: now)",
      pastMomentArgument,
    )
    .addOption(jsonOption())
    .action(async (options: BuildOptions) => {
      const paths = existingWarehouse(options.warehouse);
      const result = await buildMarts({
        paths,
        catalogue: readCatalogue(options.sources, paths),
        asOf: options.asOf ?? null,
        whole: true,
        onProgress: modelSteps(context),
      });
      context.out(
        options.json
          ? jsonText(result)
          : `${result.models} models, ${result.checks} checks, as of ${result.asOf}, in ${result.seconds.toFixed(1)} s: ${result.file}`,
      );
    });
}
