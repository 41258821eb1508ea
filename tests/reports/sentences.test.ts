import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const MACROS = readFileSync(join(import.meta.dirname, "../../reports/sentences.sql"), "utf8");

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

test.each([
  ["13.846154", "20", "13.850000"],
  ["30", "30", "30.000000"],
  ["29.996", "30", "29.996000"],
  ["30.004", "30", "30.004000"],
  ["29.994", "30", "29.990000"],
  ["29.999996", "30", "29.999996"],
  ["33.333333", "33.3333", "33.333333"],
  ["29.996", "null", "30.000000"],
  ["null", "30", null],
])("%s beside the bound %s is shown as %s", async (figure, bound, shown) => {
  const expression = `marts.shown_beside(${figure}::decimal(28, 6), ${bound}::decimal(18, 4))`;
  expect(await evaluate(expression)).toBe(shown);
});
