import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { modelTablesOf } from "../../pipelines/sources/catalogue-tables.ts";
import { casesIn, expectedOf } from "../case-lines.ts";
import { newFolder } from "../folders.ts";
import { ofYear, PERIODS, smallPlan } from "../models/small-plan.ts";
import { writeSources } from "../models/world.ts";

/** What models read as `raw`, for each shape that a plan file may have. */

const folder = newFolder("chitieu-tables-");

type Given = Record<string, unknown>;

interface Changes {
  readonly value?: string | undefined;
  readonly periods?: readonly string[];
  readonly plan?: Given;
  readonly files?: Record<string, string>;
}

/** The catalogue of the small plan with an indicator `I` that has `target`, and other changes. */
function catalogue(
  target: unknown,
  { value = "reached", periods = PERIODS, ...changes }: Changes = {},
): Catalogue {
  const sources = mkdtempSync(join(folder, "sources-"));
  const asked =
    typeof target === "string" && !/^[[{]/.test(target)
      ? `${value} ${target}`
      : { value, target: typeof target === "string" ? parse(target) : target };
  const { plan, areas } = smallPlan(asked, { schema: 2, periods });
  for (const [name, text] of Object.entries(changes.files ?? {})) {
    mkdirSync(join(sources, "plans"), { recursive: true });
    writeFileSync(join(sources, name), text);
  }
  return writeSources(sources, { areas }, { "plan.yaml": { ...plan, ...changes.plan } });
}

/** The rows of a table with keys in the words of the plan files, some columns only. */
function rows(from: Catalogue, table: string, columns: readonly string[]): string[] {
  const tables = modelTablesOf(from);
  const all = (name: string): Record<string, string | null>[] => {
    const { columns: heads = "", rows: cells = [] } = tables[name] ?? {};
    const names = heads
      .replaceAll(/\([^)]*\)/g, "")
      .split(",")
      .map((head) => head.trim().split(" ")[0] ?? "");
    return cells.map((row) => Object.fromEntries(names.map((one, i) => [one, row[i] ?? null])));
  };
  const words = new Map<string, string>();
  for (const [name, key, word] of [
    ["period", "period_key", "period"],
    ["measure", "measure_key", "measure"],
    ["indicator", "indicator_key", "indicator_code"],
    ["unit", "unit_key", "unit_code"],
  ] as const) {
    for (const row of all(name)) words.set(row[key] ?? "", row[word] ?? "");
  }
  return all(table).map((row) =>
    columns
      .map((column) => {
        const value = row[column] ?? "-";
        return /_key$/.test(column) && !/^(plan|continues)_key$/.test(column)
          ? (words.get(value) ?? value)
          : value;
      })
      .join(" "),
  );
}

const TARGET = ["area_id", "group_no", "due_key", "effective_from", "target_value", "target_to"];

describe("a target becomes one row for each due period and place", () => {
  const periods = [...PERIODS, "2031-Q1 2031-03-10", "2031-Q2 2031-06-10"];

  test.each(
    casesIn(`
    a number alone is due at the end of each year ⇒ >= 30 ⇒ ≥ 30%
      ⇒ - - Q4 - 30 - / - - 2031-Q2 - 30 -
    or in every period ⇒ >= 95 in each period ⇒ ≥ 95% (mọi kỳ)
      ⇒ - - Q1 - 95 - / - - Q2 - 95 - / - - Q3 - 95 - / - - Q4 - 95 - / - - 2031-Q1 - 95 - / - - 2031-Q2 - 95 -
    milestones ⇒ >= 80 by Y, 85.5 by 2031-Q2 ⇒ ≥ 80% (năm 2030), ≥ 85,5% (quarter 2 2031)
      ⇒ - - Y - 80 - / - - 2031-Q2 - 85.5 -
    a range ⇒ { between: [18, 22] } ⇒ 18–22% ⇒ - - Q4 - 18 22 / - - 2031-Q2 - 18 22
    ranges at milestones ⇒ { at: { Y: [18, 22] } } ⇒ 18–22% (năm 2030) ⇒ - - Y - 18 22
    an amended number leaves the first one where it was ⇒ >= 60; from 2031-Q1 >= 80
      ⇒ ≥ 60%; từ quarter 1 2031: ≥ 80%
      ⇒ - - Q4 - 60 - / - - 2031-Q2 - 60 - / - - 2031-Q2 2031-01-01 80 -
  `),
  )("%s", (_, target, text, expected) => {
    const made = catalogue(target, { periods, value: "reached/people" });
    expect(rows(made, "target", TARGET).join(" / ")).toBe(expected);
    expect(rows(made, "indicator", ["target_text"])).toEqual([text]);
  });

  test("groups of areas, by kind or code", () => {
    const ofGroups = (groups: string) =>
      catalogue(`{ comparator: "<", for: ${groups} }`, { value: "reached/people" });
    const made = ofGroups("{ A1: 10, A2: { Y: 5 }, A3: 1, A4: 2 }");
    expect(rows(made, "target", TARGET)).toEqual([
      "- 1 Q4 - 10 -",
      "- 2 Y - 5 -",
      "- 3 Q4 - 1 -",
      "- 4 Q4 - 2 -",
    ]);
    expect(rows(made, "indicator", ["scope", "target_text"])).toEqual([
      "groups < 10% (ward 1), < 5% (năm 2030, ward 2), < 1% (ward 3), < 2% (ward 4)",
    ]);
    expect(
      rows(ofGroups("{ ward: 10 }"), "target_group", ["group_no", "group_name", "area_id"]),
    ).toEqual([11, 12, 13, 14].map((area) => `1 phường ${area}`));
    expect(() => ofGroups("{ A1: 10, ward: 5 }")).toThrow(
      /chỉ tiêu "I" › target: có hơn một mức cho A1 Ward 1/,
    );
    expect(() => ofGroups("{ A1: 10 }")).toThrow(/không có mức cho .*A4 Ward 4/);
  });

  test("an amendment of some places names those", () => {
    const made = catalogue(
      [
        { comparator: ">=", for: { A1: 10, A2: 20, A3: 30, A4: 40 } },
        { comparator: ">=", for: { A4: 41, A2: 21 }, from: "Q3" },
      ],
      { value: "reached/people" },
    );
    expect(rows(made, "indicator", ["target_text"])).toEqual([
      "≥ 10% (ward 1), ≥ 20% (ward 2), ≥ 30% (ward 3), ≥ 40% (ward 4); từ quarter 3: ≥ 41% (ward 4), ≥ 21% (ward 2)",
    ]);
  });

  test("every place by the same number, a count too", () => {
    const made = catalogue("= 0 each");
    expect(rows(made, "indicator", ["scope", "comparator", "target_text"])).toEqual([
      "each = = 0% ở từng phường",
    ]);
    expect(rows(catalogue(">= 5"), "indicator", ["scope"])).toEqual(["whole"]);
  });

  test("every place by its number of a table, by the code of the area or of its unit", () => {
    const table = (lines: string) => ({
      "plans/giao.csv": `indicator,place,period,value\n${lines}`,
    });
    const target = { comparator: ">=", value: 300, for: { table: "giao.csv" } };
    const files = table("I,A1,,100\nI,W-A2,,150\nI,A3,Y,50\n");
    expect(rows(catalogue(target, { files }), "target", TARGET)).toEqual([
      "- - Q4 - 300 -",
      "11 - Q4 - 100 -",
      "12 - Q4 - 150 -",
      "13 - Y - 50 -",
    ]);
    for (const [lines, expected] of [
      ["I,A1,,100\nI,A9,,1\n", /giao\.csv:3: place: “A9” không phải mã địa bàn báo cáo/],
      ["I,A1,,100\nI,W-A1,,1\n", /giao\.csv:3: place: “W-A1” được ghi hai lần/],
      ["J,A1,,100\n", /giao\.csv:2: indicator: kế hoạch không có chỉ tiêu “J”/],
      ["I,A1,Q9,100\n", /giao\.csv:2: period: kế hoạch không có kỳ “Q9”/],
    ] as const) {
      expect(() => catalogue(target, { files: table(lines) })).toThrow(expected);
    }
  });

  test("a baseline is what a linear pace starts from", () => {
    const baseline = { period: "2029-Y", value: 590, source: "made up" };
    const made = catalogue(
      { comparator: ">=", value: 600, pace: "linear", baseline },
      { value: "people" },
    );
    expect(rows(made, "target", ["due_key", "pace_from", "pace_from_source"])).toEqual([
      "Q4 590 2029-Y: made up",
    ]);
  });
});

test.each(
  casesIn(String.raw`
  no number ⇒ reached/people ⇒ { comparator: ">=" }
    ⇒ /target: phải ghi mức: value, between, at hoặc for/
  two ⇒ reached/people ⇒ { comparator: ">=", value: 1, at: { Y: 2 } }
    ⇒ /chỉ ghi một trong ba: value, between, at/
  no comparator ⇒ reached/people ⇒ { value: 1 } ⇒ /target\.comparator: thiếu “comparator”/
  groups of which none has a number ⇒ reached/people ⇒ { comparator: ">=", for: { ward: none } }
    ⇒ /target\.for: .*phải ghi mức cho ít nhất một nhóm/
  bounds turned round ⇒ reached/people ⇒ { between: [22, 18] } ⇒ /between: 18 nhỏ hơn 22/
  no such period ⇒ reached/people ⇒ >= 2 by Z ⇒ /target\.at: kế hoạch không có kỳ “Z”/
  a pace of what does not add up ⇒ people ⇒ >= 1 linear ⇒ /target\.pace: số này không cộng dồn từ 0/
  areas where there are none ⇒ posts ⇒ >= 1 each
    ⇒ /target\.for: chỉ tiêu này không có số theo từng địa bàn/
  an amendment that compares otherwise ⇒ reached/people ⇒ >= 1; from Q3 > 2
    ⇒ /target\[1\]\.comparator: ghi “>”: phải giống mức đầu tiên/
`),
)("refused: %s", (_, value, target, expected = "") => {
  expect(() => catalogue(target, { value })).toThrow(expectedOf(expected));
});

describe("the periods of a measure", () => {
  const yearly = { code: "yearly", over_time: "sum", due_in: ["year"] };
  const halves = { ...yearly, code: "halves", due_in: ["half_year", "year"], from: "Q3" };
  const { plan, areas } = smallPlan("reached >= 1", {
    schema: 2,
    measures: [yearly, { ...halves, sums_over: "plan" }],
  });
  const made = writeSources(
    mkdtempSync(join(folder, "sources-")),
    { areas },
    { "plan.yaml": plan },
  );
  const of = (code: string, table: string, columns: readonly string[]) =>
    rows(made, table, ["measure_key", ...columns]).filter((row) => row.startsWith(`${code} `));

  test("which it is owed in, which it adds up over, and which are made of them", () => {
    expect(of("reached", "measure_period", ["period_key", "is_owed", "is_base"])).toEqual([
      "reached Q1 true true",
      "reached Q2 true true",
      "reached Q3 true true",
      "reached Q4 true true",
      "reached H1 true false",
      "reached Y true false",
    ]);
    expect(of("yearly", "measure_period", ["period_key", "is_owed", "is_base"])).toEqual([
      "yearly Y true true",
    ]);
    // the year holds the half-year and is made of it: the second half is in the year's own figure
    expect(of("halves", "measure_period", ["period_key", "is_owed", "is_base"])).toEqual([
      "halves H1 true true",
      "halves Y true false",
    ]);
    expect(of("halves", "measure_cover", ["period_key", "part_key"])).toEqual(["halves Y H1"]);
    expect(of("halves", "measure", ["sums_over", "applies_from"])).toEqual([
      "halves plan 2030-07-01",
    ]);
  });
});

describe("a plan that is carried on where areas change", () => {
  const sources = join(import.meta.dirname, "../../sources");
  const shipped = parse(
    readFileSync(join(sources, "plans", "217-kh-ubnd-2024.yaml"), "utf8"),
  ) as Given;
  const periods = [
    ["2025-Q1", 1, "2024-12-15", "2025-03-14"],
    ["2025-Q2", 2, "2025-03-15", "2025-06-14"],
    ["2025-Q3", 3, "2025-06-15", "2025-09-14"],
    ["2025-Q4", 4, "2025-09-15", "2025-12-14"],
  ].map(([code, position, data_from, data_to]) => ({
    ...(shipped.periods as object[])[0],
    code,
    name: code,
    year: 2025,
    position,
    data_from,
    data_to,
    due_before: data_to,
  }));
  const plan = {
    ...shipped,
    schema: 2,
    id: "carried-on",
    in_force_from: "2025-01-01",
    continues: shipped.id,
    reporting_areas: [
      { children_of: "178" },
      { codes: ["06187", "05986", "05977", "05983"], from: "2025-07-01" },
    ],
    periods,
  };
  const folderOfAreas = mkdtempSync(join(folder, "carried-"));
  const made = writeSources(folderOfAreas, { areas: [] }, { "1.yaml": shipped, "2.yaml": plan });

  test("codes that changed their meaning are looked up on the day from which they report", () => {
    const [before, after] = rows(made, "reporting_area", [
      "plan_key",
      "area_id",
      "valid_from",
      "valid_to",
    ]).reduce<[string[], string[]]>(
      (all, row) => {
        if (row.startsWith("2 ")) all[row.includes("2025-07-01") ? 1 : 0].push(row.slice(2));
        return all;
      },
      [[], []],
    );
    expect(before).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((id) => `${id} - 2025-06-30`));
    expect(after?.sort()).toEqual([11, 12, 13, 14].map((id) => `${id} 2025-07-01 -`));
    const units = made.plans[1]?.units.filter(({ code }) => code === "UBND-05977");
    expect(units?.map(({ unit_id, name }) => `${unit_id} ${name}`)).toEqual([
      "UBND@5 Ủy ban nhân dân phường Vĩnh Trại",
      "UBND@13 Ủy ban nhân dân phường Đông Kinh (từ 01/7/2025)",
    ]);
  });

  test("measures and indicators go on", () => {
    const measures = rows(made, "measure_continues", ["measure_key", "earlier_key"]);
    expect(measures).toHaveLength(34);
    expect(measures).toContain("workers_total workers_total");
    expect(rows(made, "indicator_continues", ["indicator_key", "earlier_key"])).toHaveLength(12);
    expect(rows(made, "plan", ["plan_id", "continues_key"])).toEqual([
      `${String(shipped.id)} -`,
      "carried-on 1",
    ]);
  });
});

describe("a change", () => {
  const year = (code: number, changes: Given): Given => {
    const { plan } = smallPlan(
      {
        A: "change of posts from last_year as percent <= -5",
        B: {
          value: "change of posts from 2019-Y as percent",
          target: { between: [-10, -5] },
        },
        C: "all of indicators A, B >= 100",
      },
      { schema: 2, periods: PERIODS.map((one) => ofYear(code, one)) },
    );
    return { ...plan, id: `p${code}`, ...changes };
  };
  const sources = mkdtempSync(join(folder, "change-"));
  const { areas } = smallPlan({});
  const plans = {
    "1.yaml": year(2030, { indicators: [] }),
    "2.yaml": year(2031, { continues: { plan: "p2030", measures: { pages: "posts" } } }),
  };
  writeSources(sources, { areas }, plans);
  writeFileSync(
    join(sources, "baselines.csv"),
    "plan,measure,area,period,value,source\np2031,posts,,2019-Y,114,report\np2031,reached,A1,2029-Q2,7.5,report\n",
  );
  const made = readCatalogue(sources);

  test("stands on a value that is not listed, also in the plan that is continued", () => {
    expect(
      rows(made, "indicator", [
        "plan_key",
        "indicator_code",
        "value_kind",
        "is_shown",
        "of_key",
        "change_from",
        "change_period",
        "change_kind",
        "change_year",
        "target_text",
      ]),
    ).toEqual([
      "1 A~of count false - - - - - -",
      "2 A change true A~of last_year - - - giảm ≥ 5% so với cùng kỳ năm trước",
      "2 B change true B~of period 2019-Y year 2019 giảm 5–10% so với năm 2019",
      "2 C all_of_indicators true - - - - - ≥ 100%",
      "2 A~of count false - - - - - -",
      "2 B~of count false - - - - - -",
    ]);
    expect(rows(made, "indicator_component", ["indicator_key", "component_key"])).toEqual([
      "C A",
      "C B",
    ]);
    expect(rows(made, "indicator_continues", ["indicator_key", "earlier_key"])).toEqual([
      "A~of A~of",
      "B~of A~of",
    ]);
    expect(
      rows(made, "measure_continues", ["measure_key", "earlier_key"]).filter((row) =>
        row.endsWith("posts"),
      ),
    ).toEqual(["posts posts", "pages posts"]);
  });

  test("has its earlier figures from baselines.csv where no plan has them", () => {
    expect(
      rows(made, "baseline", ["measure_key", "area_id", "kind", "year", "position", "value"]),
    ).toEqual([
      "reached 11 half_year 2029 1 7.5",
      "posts - year 2019 1 114",
      "reached 11 quarter 2029 2 7.5",
    ]);
  });
});
