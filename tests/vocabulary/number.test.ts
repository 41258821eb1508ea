import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decimalText } from "../../pipelines/vocabulary/decimal.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { numberText } from "../../reports/components/number-text.ts";
import { NUMBER_CASES } from "./number-cases.ts";

const SENTENCES = ["words.sql", "sentences.sql"]
  .map((file) => readFileSync(join(import.meta.dirname, "../../reports", file), "utf8"))
  .join("\n");

test.each(NUMBER_CASES)("TypeScript writes %s as %s", (decimal, shown) => {
  expect(decimalText(decimal)).toBe(shown);
});

test.each(NUMBER_CASES)("a page writes %s as %s", (decimal, shown) => {
  // a figure of a query's result is a floating-point number; minus zero is none
  expect(numberText(Number(decimal) + 0)).toBe(shown);
});

test("a query writes them as both do, and nothing where there is no figure", async () => {
  await withConnection(async (connection) => {
    await connection.run("create schema marts");
    await connection.run(SENTENCES);
    const cases = [...NUMBER_CASES, ["null", null]] as const;
    for (const type of ["decimal(28, 4)", "double"]) {
      const texts = cases.map(([decimal]) => `marts.number_text((${decimal})::${type})`);
      const [row] = await selectRows(connection, `select [${texts.join(", ")}]::json as texts`);
      expect(JSON.parse(String(row?.texts))).toEqual(cases.map(([, shown]) => shown));
    }
  });
});

test.each([
  [29.99996, "29,99996"],
  [29.9999999, "30"],
  [0.1 + 0.2, "0,3"],
  [1e-9, "0"],
  [-1234.5, "-1.234,5"],
])("a number with noise behind its sixth decimal, %s, is %s", (value, shown) => {
  expect(numberText(value)).toBe(shown);
});
