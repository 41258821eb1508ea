import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const MACROS = ["words.sql", "sentences.sql"]
  .map((file) => readFileSync(join(import.meta.dirname, "../../reports", file), "utf8"))
  .join("\n");

async function evaluate(expression: string): Promise<unknown> {
  return await withConnection(async (connection) => {
    await connection.run("create schema marts");
    await connection.run(MACROS);
    const [row] = await selectRows(connection, `select (${expression})::varchar as found`);
    return row?.found;
  });
}

test.each([
  ["24.1", "'%'", "24,1%"],
  ["12", "'cơ sở'", "12 cơ sở"],
  ["12", "null", "12"],
])("%s with the unit %s is %s", async (figure, unit, text) => {
  expect(await evaluate(`marts.figure_text(${figure}::decimal(28, 4), ${unit})`)).toBe(text);
});
