import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const REPORTS = join(import.meta.dirname, "../../reports");
const MACROS = ["words.sql", "sentences.sql"].map((file) =>
  readFileSync(join(REPORTS, file), "utf8"),
);

async function ask(expression: string): Promise<unknown> {
  return await withConnection(async (connection) => {
    await connection.run("create schema marts");
    for (const macros of MACROS) await connection.run(macros);
    const [row] = await selectRows(connection, `select ${expression} as answer`);
    return row?.answer;
  });
}

test.each([
  // value kind, status, withheld, value to date, in the period, its two parts
  ["'ratio', 'met', false, 40, 20, 20, 100", null],
  ["'ratio', 'met', false, 40, null, null, null", "not_reported"],
  ["'ratio', 'behind', false, 40, null, null, 100", "not_reported"],
  ["'ratio', 'met', false, 40, null, 0, 0", "not_arising"],
  ["'ratio', 'met', false, 40, null, 2, 0", "in_doubt"],
  ["'ratio', 'not_arising', false, null, null, null, null", "not_reported"],
  ["'ratio', 'not_arising', false, null, null, 0, 0", "not_arising"],
  ["'ratio', 'not_reported', false, null, null, 0, 0", "not_reported"],
  ["'ratio', 'not_applicable', false, null, null, null, null", "not_applicable"],
  ["'count', 'no_target', false, 7, null, null, null", "not_reported"],
  ["'ratio', 'untold', true, null, null, null, null", null],
  ["'change', 'met', false, -6, null, null, null", "not_applicable"],
  ["'all_of_indicators', 'met', false, 100, null, null, null", "not_applicable"],
])("why the period alone has no value, of %s, is %s", async (row, expected) => {
  expect(await ask(`marts.why_none_in_period(${row})`)).toBe(expected);
});
