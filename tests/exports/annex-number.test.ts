import { expect, test } from "vitest";
import type { PublishedReport } from "../../pipelines/contract/report.ts";
import { type Annex, annexNumber } from "../../pipelines/sentences/annex-number.ts";
import { GIVEN_SHORTFALLS, givenReport } from "./given.ts";

const ANNEXES: readonly Annex[] = ["indicators", "areas", "measures", "shortfalls"];

const numbersOf = (report: PublishedReport): (string | null)[] =>
  ANNEXES.map((annex) => annexNumber(report, annex));

test("annexes are numbered on, whichever of them a report has", () => {
  const report = givenReport();
  const { items, lines } = report;
  const thrice = <T extends { readonly section: string; readonly code: string }>(rows: T[]): T[] =>
    rows.flatMap((row) =>
      row.section === "indicator"
        ? [row]
        : ["", "'", "''"].map((end) => ({ ...row, code: row.code + end })),
    );
  // the 9 figures without an indicator stand in the body; 27 are too many for it
  expect(numbersOf(report)).toEqual(["I", "II", null, null]);
  const many = { ...report, items: thrice([...items]), lines: thrice([...lines]) };
  expect(numbersOf(many)).toEqual(["I", "II", "III", null]);
  const ofWhole = many.lines.filter(({ area_id }) => area_id === null);
  expect(numbersOf({ ...many, lines: ofWhole })).toEqual(["I", null, "II", null]);
  // what the office says stands in the body
  const ofOffice = GIVEN_SHORTFALLS.slice(0, 1);
  expect(numbersOf({ ...report, shortfalls: ofOffice })).toEqual(["I", "II", null, null]);
  expect(numbersOf({ ...report, shortfalls: GIVEN_SHORTFALLS })).toEqual(["I", "II", null, "III"]);
});
