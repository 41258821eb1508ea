import { describe, expect, test } from "vitest";
import { martsOfCases } from "./case-marts.ts";
import { figuresOf } from "./oracle/figures.ts";
import { martsRows } from "./oracle/marts-rows.ts";
import { parseTable, type TextRow } from "./text-table.ts";
import { TIME_CASES } from "./time-cases.ts";

const given = martsOfCases();
const CASES = TIME_CASES.map((one) => ({
  ...one,
  rows: parseTable(one.expected),
  marts: given(one.world, one.given, one.asOf),
}));

/** Of rows only those that are expected, with only the columns that are named, in that order. */
function asked(found: readonly TextRow[], expected: readonly TextRow[]): TextRow[] {
  return expected.map((row) => {
    const one = found.find((other) =>
      ["at", "period", "indicator_code"].every(
        (name) => row[name] === undefined || row[name] === other[name],
      ),
    );
    return Object.fromEntries(Object.keys(row).map((name) => [name, one?.[name] ?? "no row"]));
  });
}

describe("rules of time, computed by the independent engine", () => {
  test.each(CASES)("$rule", ({ world, given, asOf, rows }) => {
    expect(asked(figuresOf(world, given, asOf), rows)).toEqual(rows);
  });
});

describe("rules of time, computed by the models", () => {
  test.each(CASES)("$rule", async ({ marts, rows }) => {
    expect(asked(await martsRows(marts), rows)).toEqual(rows);
  });
});
