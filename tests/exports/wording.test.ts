import { describe, expect, test } from "vitest";
import { changeMark, markOf, previousMark } from "../../pipelines/exports/wording.ts";
import { Line, type Status } from "../../pipelines/publishing/report.ts";
import { givenReport } from "./given.ts";

const [model] = givenReport().lines;

/** A line without any figure. */
function empty(change: Partial<Line>): Line {
  const none = { value_shown: null, previous_value: null, change_from_previous: null };
  return Line.parse({ ...model, ...none, ...change });
}

describe("what stands in the place of a figure", () => {
  test.each<[string, Partial<Line>, string | null]>([
    ["a withheld one", { is_withheld: true, status: "met" }, "(*)"],
    ["a withheld one of a ward", { is_withheld: true, status: "withheld" }, "(*)"],
    ["one that has not arisen", { status: "not_arising" }, "-"],
    ["one not reported", { status: "not_reported" }, "…"],
    ["one that is not asked for", { status: "not_applicable" }, "x"],
    ["a measure not reported", { status: null }, "…"],
    ["a measure that is withheld", { status: null, is_withheld: true }, "(*)"],
  ])("%s", (_, change, mark) => {
    expect(markOf(empty(change))).toBe(mark);
  });

  // value of the period before, difference
  test.each<[Status | null, boolean, string | null, string | null]>([
    [null, false, null, null],
    [null, true, null, null],
    ["not_arising", false, "-", null],
    ["not_reported", false, "…", null],
    ["not_applicable", false, "x", null],
    ["met", false, "(*)", "(*)"],
    ["withheld", false, "(*)", "(*)"],
    ["not_arising", true, "-", "(*)"],
  ])(
    "after a period with the status %s, withheld now: %s",
    (previous_status, is_withheld, before, change) => {
      const line = empty({ previous_status, is_withheld });
      expect([previousMark(line), changeMark(line)]).toEqual([before, change]);
    },
  );
});
