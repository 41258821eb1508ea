import type { Command } from "commander";
import { buildMarts } from "../models/build-marts.ts";
import { buildSelected } from "../models/select-models.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText, modelSteps } from "./context.ts";
import { jsonOption, type OutputOptions, pastMomentArgument } from "./options.ts";
import { readSources } from "./read-sources.ts";

interface BuildOptions extends OutputOptions {
  readonly asOf?: Date;
  readonly select?: string[];
}

/** `build`: the models of every plan into a new marts.duckdb. */
export function define(command: Command, context: Context): void {
  command
    .option(
      "--as-of <moment>",
      "what was known at a past moment, such as 2024-06-30, into a file of its own (default: now)",
      pastMomentArgument,
    )
    .option(
      "--select <names...>",
      "these models alone, with what they need, into selected.duckdb; +NAME with what it reads, NAME+ with what reads it",
    )
    .addOption(jsonOption())
    .action(async (options: BuildOptions) => {
      const paths = existingWarehouse(options.warehouse);
      const request = {
        paths,
        catalogue: readSources(options, context),
        asOf: options.asOf ?? null,
        onProgress: modelSteps(context),
      };
      if (options.select !== undefined) {
        const selected = await buildSelected(request, options.select);
        context.out(options.json ? jsonText(selected) : selectedText(selected));
        return;
      }
      const result = await buildMarts({ ...request, whole: true });
      context.out(
        options.json
          ? jsonText(result)
          : `${result.models} models, ${result.checks} checks, as of ${result.asOf}, in ${result.seconds.toFixed(1)} s: ${result.file}`,
      );
    });
}

function selectedText({ file, models }: Awaited<ReturnType<typeof buildSelected>>): string {
  const lines = models.map(({ id, rows }) => `  ${id}, ${rows} rows`);
  return [
    `${models.length} models built; the marts are as they were:`,
    ...lines,
    `Read them in ${file}: duckdb -readonly ${file}`,
  ].join("\n");
}
