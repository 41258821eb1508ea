import { type Command, Option } from "commander";
import { askSharedMarts } from "../models/ask-shared.ts";
import { seenTables } from "../models/seen-marts.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { nearest } from "../vocabulary/nearest.ts";
import { withConnection } from "../warehouse/connection.ts";
import { existingWarehouse, requireMarts } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";
import { columnsText, resultCsv, resultObjects, resultText, tablesText } from "./sql-text.ts";

interface SqlOptions extends OutputOptions {
  readonly csv?: true;
  readonly table?: string;
}

/** `sql`: asks the shared marts, or says which tables and columns there are. */
export function define(command: Command, context: Context): void {
  command
    .argument(
      "[query]",
      "one query that reads, over the tables of the schema shared: what everybody may see (default: list the tables)",
    )
    .option("--table <name>", "the columns of a table, with what they mean")
    .addOption(
      new Option("--csv", "print CSV with commas and decimal points instead of a table").conflicts([
        "json",
        "table",
      ]),
    )
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Missing values are printed as –, as nothing in CSV, as null in JSON. Decimals are exact, with a point.
A query may take 30 seconds and 1 GiB; it reaches no file, no network and no other schema.

  chitieu sql "select indicator_code, period, value, status from attainment_by_plan_period"`,
    )
    .action(async (query: string | undefined, options: SqlOptions) => {
      const { marts } = existingWarehouse(options.warehouse);
      if (query !== undefined && options.table !== undefined) {
        throw wrongUsage("Give either a query or --table.");
      }
      if (query === undefined && options.csv) {
        throw wrongUsage("--csv is for the result of a query: give one.");
      }
      requireMarts({ marts });
      if (query === undefined) {
        await listTables(marts, options, context);
        return;
      }
      const result = await askSharedMarts(marts, query);
      if (options.json) context.out(jsonText(resultObjects(result)));
      else context.out(options.csv ? resultCsv(result) : resultText(result));
    });
}

async function listTables(marts: string, options: SqlOptions, context: Context): Promise<void> {
  const tables = await withConnection((connection) => seenTables(connection, marts, "shared"));
  const { table: wanted } = options;
  if (wanted === undefined) {
    context.out(options.json ? jsonText(tables) : tablesText(tables));
    return;
  }
  const named = tables.find(({ table }) => `shared.${table}` === wanted || table === wanted);
  if (named === undefined) {
    const near = nearest(
      wanted,
      tables.map(({ table }) => table),
    );
    throw wrongUsage(
      `There is no table "${wanted}" in the schema shared.${near === null ? "" : ` Did you mean ${near}?`} chitieu sql lists them.`,
    );
  }
  context.out(options.json ? jsonText(named) : columnsText(named));
}
