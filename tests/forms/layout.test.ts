import { describe, expect, test } from "vitest";
import { blankForms } from "../../pipelines/forms/form-files.ts";
import { formLayout, limitOf } from "../../pipelines/forms/layout.ts";
import { pageBreaks } from "../../pipelines/forms/page-break.ts";
import type { ResolvedPlan } from "../../pipelines/sources/catalogue.ts";
import type { PlanMeasure } from "../../pipelines/sources/plan/plan.ts";
import { printNames } from "../../pipelines/workbook/page-setup.ts";
import { newDraft, setHeight } from "../../pipelines/workbook/sheet-draft.ts";
import { lineCount } from "../../pipelines/workbook/text-size.ts";
import { periodOf, smallPlan, unitOf } from "./given.ts";

function tablesOf(wards: number, unit: string) {
  const plan = smallPlan({}, wards);
  const layout = formLayout(plan, unitOf(plan, unit), periodOf(plan));
  return layout.tables.map(({ areas, rows }) => ({
    areas: areas?.map(({ code }) => code) ?? null,
    rows: rows.map(({ number, measure }) => `${number} ${measure.code}`),
  }));
}

/** The small plan with a later quarter, and some of its measures changed. */
function withMeasures(changes: Readonly<Record<string, Partial<PlanMeasure>>>): ResolvedPlan {
  const resolved = smallPlan();
  const { plan } = resolved;
  const quarter = periodOf(resolved);
  const later = { code: "2024-Q3", data_from: "2024-06-15", data_to: "2024-09-14" };
  return {
    ...resolved,
    plan: {
      ...plan,
      periods: [...plan.periods, { ...quarter, ...later, position: 3 }],
      measures: plan.measures.map((measure) => ({ ...measure, ...changes[measure.code] })),
    },
  };
}

describe("tables of a form", () => {
  test("a ward has one table with one value column", () => {
    expect(tablesOf(3, "W-902")).toEqual([
      { areas: null, rows: ["1 staff", "2 trained", "3 planned", "4 spent"] },
    ]);
  });

  test("an office has its own figures first, then those by ward, numbered on", () => {
    expect(tablesOf(3, "O")).toEqual([
      { areas: null, rows: ["1 staff", "2 trained"] },
      { areas: ["901", "902", "903"], rows: ["3 found", "4 handled"] },
    ]);
  });

  test("more wards than fit across a page take further tables of like width", () => {
    const tables = tablesOf(13, "O").slice(1);
    expect(tables.map(({ areas }) => areas?.length)).toEqual([7, 6]);
    expect(tables.map(({ rows }) => rows)).toEqual([
      ["3 found", "4 handled"],
      ["3 found", "4 handled"],
    ]);
  });

  test("a ward that no longer exists on the period's last day has no column", () => {
    const plan = smallPlan();
    const areas = plan.areas.map((area) =>
      area.code === "902" ? { ...area, valid_to: "2024-06-13" } : area,
    );
    const layout = formLayout({ ...plan, areas }, unitOf(plan, "O"), periodOf(plan));
    expect(layout.tables[1]?.areas?.map(({ code }) => code)).toEqual(["901", "903"]);
  });

  test("what is asked of some wards is on their forms alone, and has columns for them alone", () => {
    const plan = withMeasures({
      planned: { asked_of: { codes: ["901"] } },
      found: { asked_of: { codes: ["901", "903"] } },
    });
    const tables = (unit: string) =>
      formLayout(plan, unitOf(plan, unit), periodOf(plan)).tables.map(
        ({ areas, rows }) =>
          `${areas?.map(({ code }) => code).join(" ") ?? "-"}: ${rows.map(({ number, measure }) => `${number} ${measure.code}`).join(", ")}`,
      );
    expect(tables("W-901")).toEqual(["-: 1 staff, 2 trained, 3 planned, 4 spent"]);
    expect(tables("W-902")).toEqual(["-: 1 staff, 2 trained, 3 spent"]);
    expect(tables("O")).toEqual([
      "-: 1 staff, 2 trained",
      "901 903: 3 found",
      "901 902 903: 4 handled",
    ]);
  });

  test("what is due in periods of another kind, or later, is not asked for", () => {
    const plan = withMeasures({
      trained: { due_in: ["year"] },
      found: { from: "2024-Q3" },
      handled: { due_in: ["quarter"] },
    });
    const layout = formLayout(plan, unitOf(plan, "O"), periodOf(plan));
    expect(layout.tables.map(({ rows }) => rows.map(({ measure }) => measure.code))).toEqual([
      ["staff"],
      ["handled"],
    ]);
  });

  test("a unit that owes nothing for a period has no form of it", () => {
    const yearly = { due_in: ["year" as const] };
    const plan = withMeasures({
      staff: yearly,
      trained: yearly,
      planned: yearly,
      spent: yearly,
      handled: yearly,
    });
    expect(blankForms(plan, periodOf(plan)).map(({ unit }) => unit.code)).toEqual(["O"]);
  });
});

test.each([
  ["trained", { row: 1, over: "year" }],
  ["handled", { row: 3, over: "period" }],
  ["found", null],
])("what %s may not exceed", (code, expected) => {
  const plan = smallPlan();
  const layout = formLayout(plan, unitOf(plan, "O"), periodOf(plan));
  const measure = plan.plan.measures.find((one) => one.code === code);
  expect(measure && limitOf(layout, measure)).toEqual(expected);
});

test.each([
  ["", 100, 1],
  ["mmmm", 40, 1], // 4 × 0,778 em × 10 pt = 31 pt
  ["mmmm mmmm", 40, 2],
  ["một\nhai", 100, 2],
  ["mmmmmmmmmm", 40, 3], // a word longer than the cell is broken
])("%j in %d points takes %d lines", (text, width, lines) => {
  expect(lineCount(text, { size: 10 }, width)).toBe(lines);
});

test.each([
  ["all fits", 10, [], null, []],
  ["a table that does not fit moves to the next page whole", 10, [{ from: 8, to: 12 }], null, [7]],
  ["one longer than a page is left to run on", 10, [{ from: 8, to: 19 }], null, []],
  [
    "repeated headers take room",
    10,
    [
      { from: 4, to: 7 },
      { from: 18, to: 19 },
    ],
    { from: 0, to: 1 },
    [17],
  ],
])("page breaks: %s", (name, pageRows, together, repeated, expected) => {
  const draft = newDraft();
  const rows = name === "all fits" ? 10 : 20;
  for (let row = 0; row < rows; row += 1) setHeight(draft, row, 10);
  expect(pageBreaks(draft, rows, together, repeated, pageRows * 10)).toEqual(expected);
});

test("names of what is printed quote the sheet, else Excel calls the file damaged", () => {
  expect(printNames("Biểu số liệu", "$A$1:$G$9", "$4:$5").map(({ range }) => range)).toEqual([
    "'Biểu số liệu'!$A$1:$G$9",
    "'Biểu số liệu'!$4:$5",
  ]);
  expect(printNames("Xã O'", "$A$1:$G$9", null).map(({ range }) => range)).toEqual([
    "'Xã O'''!$A$1:$G$9",
  ]);
});
