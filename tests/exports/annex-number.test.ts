import { expect, test } from "vitest";
import type { PublishedReport } from "../../pipelines/contract/report.ts";
import { type Annex, annexNumber } from "../../pipelines/sentences/annex-number.ts";
import { givenReport } from "./given.ts";

const ANNEXES: readonly Annex[] = ["indicators", "areas", "measures"];

const numbersOf = (report: PublishedReport): (string | null)[] =>
  ANNEXES.map((annex) => annexNumber(report, annex));

test("annexes are numbered on, whichever of them a report has", () => {
  const report = givenReport();
  const { items, lines } = report;
  expect(numbersOf(report)).toEqual(["I", "II", "III"]);
  const ofIndicators = items.map((item) => ({ ...item, has_indicator: true }));
  const without = { ...report, items: ofIndicators };
  expect(numbersOf(without)).toEqual(["I", "II", null]);
  const ofWhole = lines.filter(({ area_id }) => area_id === null);
  expect(numbersOf({ ...report, lines: ofWhole })).toEqual(["I", null, "II"]);
});
