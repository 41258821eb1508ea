import type { Command } from "commander";
import type { Context } from "./context.ts";
import { jsonText, modelSteps } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions, pastMomentArgument } from "./options.ts";

interface BuildOptions extends OutputOptions {
  readonly asOf?: Date;
}

/** `build`: the models into a new marts.duckdb. */
export function buildCommand(context: Context): Command {
  return newCommand("build", "build the models and swap the marts when every check holds")
    .option(
      "--as-of <moment>",
      "what was known at a past moment, such as 2024-06-30, into a file of its own (default: now)",
      pastMomentArgument,
    )
    .addOption(jsonOption())
    .action(async (options: BuildOptions) => {
      const { readCatalogue } = await import("../sources/catalogue.ts");
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { buildMarts } = await import("../models/build-marts.ts");
      const result = await buildMarts({
        paths: warehousePaths(options.warehouse),
        catalogue: readCatalogue(options.sources),
        asOf: options.asOf ?? null,
        onProgress: modelSteps(context),
      });
      context.out(
        options.json
          ? jsonText(result)
          : `${result.models} models, ${result.checks} checks, as of ${result.asOf}, in ${result.seconds.toFixed(1)} s: ${result.file}`,
      );
    });
}
