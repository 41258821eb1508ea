import { expect, test } from "vitest";
import type { PublishedReport } from "../../pipelines/contract/report.ts";
import { type Annex, annexNumber } from "../../pipelines/sentences/annex-number.ts";
import { reportBody } from "../../pipelines/sentences/report-body.ts";
import { givenReport } from "./given.ts";

const ANNEXES: readonly Annex[] = ["indicators", "areas", "measures", "changes"];

const numbersOf = (report: PublishedReport): (string | null)[] =>
  ANNEXES.map((annex) => annexNumber(report, annex));

test("annexes are numbered on, whichever of them a report has", () => {
  const report = givenReport();
  const { changes, items, lines } = report;
  expect(changes.length).toBeGreaterThan(0);
  expect(numbersOf(report)).toEqual(["I", "II", "III", "IV"]);
  expect(numbersOf({ ...report, changes: [] })).toEqual(["I", "II", "III", null]);
  const ofIndicators = items.map((item) => ({ ...item, has_indicator: true }));
  const without = { ...report, items: ofIndicators };
  expect(numbersOf(without)).toEqual(["I", "II", null, "III"]);
  const ofWhole = lines.filter(({ area_id }) => area_id === null);
  expect(numbersOf({ ...without, lines: ofWhole })).toEqual(["I", null, null, "II"]);
});

test("the body names an annex by its number", () => {
  const report = givenReport();
  const items = report.items.map((item) => ({ ...item, has_indicator: true }));
  const said = reportBody({ ...report, items }).map(({ text }) => text);
  expect(said.find((text) => text.includes("nội dung thay đổi"))).toContain("tại Phụ lục III");
});
