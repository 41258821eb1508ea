import { describe, expect, test } from "vitest";
import { figuresOf } from "./oracle/figures.ts";
import { parseTable, type TextRow } from "./text-table.ts";
import { TIME_CASES } from "./time-cases.ts";

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
  test.each(TIME_CASES)("$rule", ({ world, given, asOf, expected }) => {
    const rows = parseTable(expected);
    expect(asked(figuresOf(world, given, asOf), rows)).toEqual(rows);
  });
});
