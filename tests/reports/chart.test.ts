import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawnPeriods, latestOf, ticksOf } from "../../reports/components/chart/axis.ts";
import { rangeOf, targetSteps } from "../../reports/components/chart/target-steps.ts";
import { boundText } from "../../reports/components/number-text.ts";
import type { PeriodKind } from "../../reports/types/tables.ts";
import { type Components, openComponents } from "./components.ts";

/** A plan's periods of a kind, so many a year, from a year on. */
function periodsOf(
  kind: string,
  perYear: number,
  count: number,
  names: (position: number) => string,
) {
  return Array.from({ length: count }, (_, i) => {
    const position = (i % perYear) + 1;
    return { kind, position, year: 2024 + Math.floor(i / perYear), axis_name: names(position) };
  });
}

const months = (count: number) => periodsOf("month", 12, count, (position) => `T${position}`);
const quarters = (count: number) =>
  periodsOf("quarter", 4, count, (position) => `Quý ${["I", "II", "III", "IV"][position - 1]}`);

/** `T1 2024, T7, T1 2025`: names that stand there, each with the year below it. */
const ticks = (...given: Parameters<typeof ticksOf>) =>
  ticksOf(...given)
    .filter(({ name, year }) => name !== null || year !== null)
    .map(({ name, year }) => [name ?? "", year ?? ""].join(" ").trim())
    .join(", ");

describe("names below a chart", () => {
  const YEAR = "T1 2024, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12";
  const QUARTERLY = "T1 2024, T4, T7, T10, T1 2025, T4, T7, T10, T1 2026, T4, T7, T10";
  const TWO = "Quý I 2024, Quý II, Quý III, Quý IV, Quý I 2025, Quý II, Quý III, Quý IV";

  test.each([
    ["a year of months", months(12), 50, YEAR],
    ["the same on a phone", months(12), 14, "T1 2024, T3, T5, T7, T9, T11"],
    ["three years of months", months(36), 10, QUARTERLY],
    ["the same in little room", months(36), 5, "T1 2024, T7, T1 2025, T7, T1 2026, T7"],
    // one year, which the page says already
    ["a year of quarters", quarters(4), 50, "Quý I, Quý II, Quý III, Quý IV"],
    ["two years of quarters", quarters(8), 50, TWO],
    ["in little room", quarters(8), 15, "Quý I 2024, Quý III, Quý I 2025, Quý III"],
    ["years", periodsOf("year", 1, 3, () => "2030"), 50, "2030, 2030, 2030"],
    ["none", [], 50, ""],
  ])("%s", (_, periods, step, expected) => {
    expect(ticks(periods, step, 12.5)).toBe(expected);
  });
});

describe("which periods are drawn", () => {
  const row = (period: string, kind: PeriodKind, is_base: boolean, status: string) => ({
    period,
    kind,
    is_base,
    is_applicable: true,
    status,
    value: status === "met" ? 1 : null,
    is_hidden: false,
    is_latest: period === "T2",
    areas_reported: status === "met" ? 1 : 0,
  });
  const rows = (month: string, quarter: string) => [
    row("T1", "month", true, month),
    row("T2", "month", true, month),
    row("Q1", "quarter", false, quarter),
    row("Q2", "quarter", false, "not_reported"),
    row("Y", "year", false, "not_reported"),
  ];

  test.each([
    ["regular periods", rows("met", "met"), "T1 T2", "T2"],
    // what is owed each quarter in a plan of months
    ["those of the measure", rows("not_applicable", "met"), "Q1 Q2", "Q1"],
    ["of nothing reported, the regular ones", rows("not_reported", "not_reported"), "T1 T2", "T2"],
    ["not applicable anywhere", rows("not_applicable", "met").slice(0, 2), "T1 T2", "T2"],
  ])("%s", (_, given, expected, latest) => {
    const drawn = drawnPeriods(given);
    expect(drawn.map(({ period }) => period).join(" ")).toBe(expected);
    expect(latestOf(drawn)?.period).toBe(latest);
  });
});

describe("a target over periods", () => {
  const number = (text: string) => (text === "-" ? null : Number(text));

  /** Targets of periods, and the lines that are drawn: from the one to the other period, at a value. */
  test.each([
    ["one line", "25 25 25", "0-3 25"],
    ["milestones", "80 80 85 92", "0-2 80, 2-3 85 from 80, 3-4 92 from 85"],
    ["from the second period on", "- 60 60", "1-3 60"],
    ["a gap ends the line", "60 - 60", "0-1 60, 2-3 60"],
    ["a range", "18..22 18..22", "0-2 18..22"],
    ["a reduction", "-5 -10", "0-1 -5, 1-2 -10 from -5"],
    ["none", "- -", ""],
  ])("%s", (_, targets, expected) => {
    const steps = targetSteps(
      targets.split(" ").map((target) => {
        const [value = "", to = "-"] = target.split("..");
        return { target_value: number(value), target_to: number(to) };
      }),
    );
    const bars = steps.map(({ from, to, value, high, before }) =>
      [
        `${from}-${to} ${value}`,
        ...(high === null ? [] : [`..${high}`]),
        ...(before === null ? [] : [` from ${before}`]),
      ].join(""),
    );
    expect(bars.join(", ")).toBe(expected);
  });
});

test.each<[figures: (number | null | undefined)[], low: number, high: number]>([
  [[10, 30, null], 0, 30],
  [[-6.74, -10, -5], -10, 0],
  [[-5, 3], -5, 3],
  [[0, 0], 0, 1],
  [[null, undefined], 0, 1],
])("the scale of %j has 0 and some height", (figures, ...expected) => {
  expect(rangeOf(figures)).toEqual(expected);
});

test.each([
  [">=", 25, null, "%", "≥ 25%"],
  ["<=", 500, null, "/100.000 dân", "≤ 500/100.000 dân"],
  ["between", 18, 22, "%", "18–22%"],
  [">=", 2, null, "Loại C < Loại B < Loại A", "≥ Loại B"],
  ["<=", -5, null, "%", "≤ -5%"],
] as const)("%s %d to %s %s is %s", (comparator, value, to, unit, expected) => {
  expect(boundText(comparator, value, to, unit)).toBe(expected);
});

describe("the chart", () => {
  let components: Components;
  beforeAll(async () => {
    components = await openComponents();
  });
  afterAll(async () => await components.close());

  const PLAIN = { target_to: null, status: "met", is_hidden: false, areas_carried: 0 };
  const ROW = { ...PLAIN, target_value: null, pace_value: null, last_year_value: null };
  /** A chart of so many periods, with what a case says of each. */
  const drawn = (periods: readonly object[], given: Record<string, unknown> = {}) =>
    components.render("chart/TrendChart", {
      rows: periods.map((period, i) => ({
        ...{ ...ROW, period: `P${i}`, value: i, areas_reported: 8 },
        ...period,
      })),
      ...{ unit: "%", comparator: ">=", ...given },
    });
  /** A small one, of values alone. */
  const small = (
    values: readonly (number | null)[],
    { target_value = 20 as number | null, ...given }: Record<string, unknown> = {},
  ) =>
    components.render("chart/TrendLine", {
      points: values.map((value) => ({ ...PLAIN, value, target_value, year: 2024 })),
      ...{ range: [0, 30], unit: "%", ...given },
    });
  const of = (count: number, changes: object) =>
    quarters(count).map((row) => ({ ...row, ...changes }));
  const count = (html: string, part: string | RegExp) => html.split(part).length - 1;

  test("of milestones has a step for each and leads from one to the next", async () => {
    const targets = [80, 85, 92];
    const years = periodsOf("year", 1, 3, () => "2030");
    const html = await drawn(years.map((row, i) => ({ ...row, target_value: targets[i] })));
    expect(count(html, 'class="ct-plot-target"')).toBe(5);
    expect(html).toContain("≥ 92%");
    // what stands for the period alone has no target
    const alone = await drawn(of(3, { target_value: 80 }), { comparator: null });
    expect(alone).not.toContain("ct-plot-target");
  });

  test("of a range has a band between two lines", async () => {
    const rows = of(4, { target_value: 18, target_to: 22 });
    const html = await drawn(rows, { comparator: "between" });
    expect(count(html, 'class="ct-plot-band"')).toBe(1);
    expect(count(html, 'class="ct-plot-target"')).toBe(2);
    expect(html).toContain("18–22%");
  });

  test("of reductions only, and of nothing but zeros, has every mark on its scale", async () => {
    for (const value of [-8, 0]) {
      const html = await drawn(of(4, { value, target_value: value }), { comparator: "<=" });
      const heights = [...html.matchAll(/(?:y|y1|y2|cy|top)(?:="|: )([^"p]*)/g)].map(Number);
      expect(html).not.toMatch(/NaN|Infinity/);
      expect(heights.length).toBeGreaterThan(4);
    }
  });

  test("of three years of months labels every third value, the last one among them", async () => {
    const html = await drawn(months(36).map((row, i) => ({ ...row, value: i + 0.25 })));
    const labelled = [...html.matchAll(/data-period="P(\d+)"/g)].map(([, no]) => Number(no));
    expect(labelled.at(-1)).toBe(35);
    expect(labelled.length).toBeLessThanOrEqual(12);
    expect(count(html, "T1<")).toBe(3);
    for (const year of ["2024", "2025", "2026"]) expect(count(html, `>${year}<`)).toBe(1);
  });

  test("shows last year's figures as hollow points that its key names", async () => {
    const rows = quarters(4).map((row, i) => ({ ...row, last_year_value: i < 2 ? 10 : null }));
    const html = await drawn(rows);
    expect(count(html, 'class="ct-plot-earlier" cx')).toBe(2);
    expect(html).toContain("Cùng kỳ năm trước");
    expect(await drawn(quarters(4))).not.toContain("Cùng kỳ năm trước");
  });

  test("has a hollow mark, which its key names, where nothing of a period was reported", async () => {
    const rows = quarters(4).map((row, i) => ({
      ...row,
      // two of eight carried, then all of them
      areas_reported: i === 2 ? 0 : 6,
      areas_carried: i === 2 ? 8 : 2,
    }));
    const html = await drawn(rows);
    // its mark, and that of the key
    expect(count(html, "ct-mark-carried")).toBe(2);
    expect(html).toContain("Dấu rỗng: số kỳ trước");
    expect(await drawn(quarters(4))).not.toContain("ct-mark-carried");
  });

  test.each([
    ["one label where the pace ends at the target", 20, ["Mức chỉ tiêu, cần đạt"]],
    ["a label at each line", 15, ["Mức chỉ tiêu", "Mức cần đạt"]],
  ])("has %s, and its dash at the line's height", async (_, pace_value, expected) => {
    const html = await drawn(of(4, { target_value: 20, pace_value }));
    const END = /ct-plot-end ct-plot-end-\w+" style="top: ([\d.]+)px; --off: ([-\d.]+)px">([^<]*)/g;
    const labels = [...html.matchAll(END)];
    expect(labels.map(([, , , words]) => words)).toEqual(expected);
    const lines = [...html.matchAll(/class="ct-plot-(?:target|pace)"[^>]* y1="([\d.]+)"/g)].map(
      ([, y]) => Number(y),
    );
    for (const [, top, off] of labels) expect(lines).toContain(Number(top) + Number(off));
  });

  test.each([
    // the whole runs where 5% would be written, and below it the zero line
    { values: [5, 5, 5], whole: 8, target: "", figures: ["5%", "5%"] },
    { values: [20, 2, 3], whole: 30, target: "≥ 20%", figures: ["20%", "2%", "≥ 20%"] },
  ])(
    "of $values writes nothing on a mark or on the floor",
    async ({ values, whole, target, figures }) => {
      const wholes = values.map(() => whole);
      const html = await small(values, { target_value: target ? 20 : null, whole: wholes, target });
      const texts = [...html.matchAll(/<text[^>]*? x="([\d.]+)%?" y="([\d.]+)"[^>]*>([^<]*)/g)];
      expect(texts.map(([, , , text]) => text)).toEqual(figures);
      const floor = Number(/ct-plot-floor"[^>]* y1="([\d.]+)"/.exec(html)?.[1]);
      for (const [, , y] of texts) expect(Number(y)).toBeLessThan(floor);
    },
  );

  test.each([
    // 10 by the third quarter, 12 to 16 by the fourth: from the one point to both
    ["a band from the figure that it goes on from", { low: 12, high: 16 }, "12–16%", 1, 2],
    ["a line where there is one end", { low: 12, high: 12 }, "12%", 0, 1],
    ["nothing where the period that it leads to is not drawn", { to: "P9" }, null, 0, 0],
    ["nothing where the figure that it goes on from is not known", { from: "P3" }, null, 0, 0],
  ])("draws of a projection %s", async (_, given, text, bands, edges) => {
    const projection = { from: "P2", to: "P3", low: 12, high: 16, ...given };
    const rows = quarters(4).map((row, i) => ({ ...row, value: i === 3 ? null : 8 + i }));
    const html = await drawn(rows, { projection });
    expect(count(html, 'class="ct-plot-ahead"')).toBe(bands);
    expect(count(html, 'class="ct-plot-ahead-edge"')).toBe(edges);
    expect(html.includes("Ước tính")).toBe(text !== null);
    expect(html).toContain(text === null ? "" : `<b>${text}</b>`);
  });

  test("a small one has the whole behind it, figures but the last, and its target named", async () => {
    const whole = [5, 15, null, 25];
    const html = await small([10, null, 20, 30], { whole, target: "≥ 20%" });
    // nothing is drawn across a period without a value, of the whole either
    expect(count(html, 'class="ct-trend-whole"')).toBe(1);
    const texts = [...html.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text);
    expect(texts).toEqual(["10%", "20%", "≥ 20%"]);
    expect(await small([1, 2, 3, 4, 5])).not.toContain("<text");
  });

  test("draws no line from the end of a year to the next where figures begin anew", async () => {
    const lines = async (isYearly: boolean) =>
      count(await drawn(quarters(8), { isYearly }), 'class="ct-plot-line"');
    expect([await lines(false), await lines(true)]).toEqual([7, 6]);
  });

  test("names a unit of measure once, and figures without it", async () => {
    const rows = of(4, { value: 1234, target_value: 500 });
    const html = await drawn(rows, { unit: "/100.000 dân", comparator: "<=" });
    expect(html).toContain("Đơn vị tính: /100.000 dân");
    expect(html).toContain("<b>≤ 500</b>");
    expect(count(html, "100.000 dân")).toBe(1);
  });
});
