import { expect, test } from "vitest";
import { parseTable } from "../text-table.ts";
import { readCases } from "./cases.ts";
import { given } from "./given.ts";

const CASES = readCases("findings.yaml").map((one) => ({
  ...one,
  marts: given(one.world, one.given, one.asOf),
}));

test.each(CASES)("found: $rule", async ({ marts, expected }) => {
  const found = await marts.rows(
    `select rule, period, area_name, measure, value, compared_with from marts.findings
     order by measure, position(period in 'Q1 Q2 Q3 Q4 H1 H2 Y'), area_name`,
  );
  expect(found).toEqual(parseTable(expected));
});
