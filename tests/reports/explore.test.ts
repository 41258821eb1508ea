import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { besidePoints, shortened, spread } from "../../reports/components/chart/text-layout.ts";
import {
  crossed,
  type Explored,
  fileColumns,
  fileRows,
  goesOn,
  MEASURES,
  type Option,
  type Options,
  objectionTo,
  readQuery,
  SIDES,
  shadeOf,
  verdictOf,
} from "../../reports/components/explore/explore.ts";
import { viewsIn } from "../../reports/components/shell/kept-views.ts";
import { csvText } from "../../reports/components/table/csv.ts";
import { STATUSES } from "../../reports/components/words.ts";
import type { Status } from "../../reports/types/tables.ts";

const PLAN = {
  number: "5/KH",
  as_of: "16/12/2024",
  audience: "shared",
  is_demonstration: false,
} as const;

const option = (code: string, given: Partial<Option> = {}): Option => ({
  code,
  title: code,
  short: code,
  isUsual: true,
  isFirst: false,
  ...given,
});

/** Two indicators in percent, one in numbers that no ward has, a measure; two wards; two quarters and the year. */
const OPTIONS: Options = {
  "chi-tieu": [
    option("1.1"),
    option("1.2", { isFirst: true }),
    option("9", { isUsual: false }),
    option("~m", { isUsual: false }),
  ],
  "dia-ban": [option("toan-dia-ban", { isFirst: true }), option("A"), option("B")],
  ky: [option("Q1"), option("Q2", { isFirst: true }), option("Y", { isUsual: false })],
};

function figure(
  code: string,
  area_slug: string | null,
  period: string,
  given: Partial<Explored> = {},
): Explored {
  return {
    ...{ code, period, area_slug, unit: code === "9" ? "vụ" : "%", target_comparator: ">=" },
    ...{ value: 20, value_in_period: 5, numerator: 2, denominator: 10, target_value: 30 },
    ...{
      target_to: null,
      beyond_target: -10,
      beyond_count: -1,
      counted_unit: "vụ",
      change: null,
      areas_carried: 0,
    },
    ...{
      status: "behind",
      why_none_in_period: null,
      is_provisional: false,
      is_hidden: false,
      ...given,
    },
  };
}

const MEASURED = { value: 3, unit: "bài", status: "no_target" } as const;
const FIGURES = [
  ...["1.1", "1.2"].flatMap((code) =>
    [null, "A"].flatMap((area) => ["Q1", "Q2"].map((period) => figure(code, area, period))),
  ),
  figure("1.2", "B", "Q2", { value: null, status: "withheld", is_hidden: true }),
  figure("9", null, "Q2", { value: 4, beyond_target: null, beyond_count: null }),
  // of a measure nothing is asked: in the first quarter 3 were reported, in the second nothing was
  figure("~m", "A", "Q1", { ...MEASURED, value_in_period: 3 }),
  figure("~m", "A", "Q2", { ...MEASURED, value_in_period: null, areas_carried: 1 }),
];

const ask = (query: string) => readQuery(new URLSearchParams(query), OPTIONS);
const seen = (query: string) => {
  const { asked } = ask(query);
  return crossed(FIGURES, asked, OPTIONS);
};
const codes = (options: readonly Option[]) => options.map(({ code }) => code);

describe("what an address asks for", () => {
  test.each([
    ["", "dia-ban", "ky", "chi-tieu"],
    ["hang=chi-tieu", "chi-tieu", "ky", "dia-ban"],
    ["hang=ky", "ky", "dia-ban", "chi-tieu"],
    ["hang=ky&cot=chi-tieu", "ky", "chi-tieu", "dia-ban"],
    // a side cannot be both
    ["hang=ky&cot=ky", "ky", "dia-ban", "chi-tieu"],
  ])("%j has rows of %s, columns of %s, and one of %s", (query, rows, columns, fixed) => {
    expect(ask(query).asked).toMatchObject({ rows, columns, fixed });
  });

  test("what is not there is named, and the rest holds", () => {
    const { asked, unknown } = ask("dia-ban=A,Z&so-lieu=gi&kieu=cot&x=1");
    expect(unknown).toEqual(["so-lieu=gi", "dia-ban=Z", "x=1"]);
    expect(asked.chosen["dia-ban"]).toEqual(["A"]);
    expect([asked.measure, asked.shape]).toEqual(["gia-tri", "cot"]);
  });

  test("whatever stands in an address, there is something to show", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...SIDES, "hang", "cot"), fc.string()), (given) => {
        const { asked } = readQuery(new URLSearchParams(given), OPTIONS);
        expect(new Set([asked.rows, asked.columns, asked.fixed]).size).toBe(3);
        expect(crossed(FIGURES, asked, OPTIONS).rows.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("the table", () => {
  test.each([
    // of the indicator that comes first, over the usual periods; B has one hidden figure
    ["", ["toan-dia-ban", "A", "B"], ["Q1", "Q2"], "1.2"],
    ["chi-tieu=1.1", ["toan-dia-ban", "A"], ["Q1", "Q2"], "1.1"],
    ["chi-tieu=9", ["toan-dia-ban"], ["Q2"], "9"],
    ["hang=chi-tieu&cot=dia-ban", ["1.1", "1.2"], ["toan-dia-ban", "A", "B"], "Q2"],
    ["hang=chi-tieu&cot=dia-ban&chi-tieu=9,1.1", ["1.1", "9"], ["toan-dia-ban", "A"], "Q2"],
    // of a period in which there is nothing
    ["hang=chi-tieu&cot=dia-ban&ky=Y", ["1.1", "1.2"], ["toan-dia-ban", "A", "B"], "Y"],
    ["ky=Y,", ["toan-dia-ban", "A", "B"], ["Y"], "1.2"],
  ])("of %j", (query, rows, columns, fixed) => {
    const table = seen(query);
    const found = [codes(table.rows), codes(table.columns), table.fixed?.code];
    expect(found).toEqual([rows, columns, fixed]);
    expect(table.cells.map((line) => line.length)).toEqual(rows.map(() => columns.length));
  });

  test("each figure is in its own place", () => {
    const { rows, columns, cells } = seen("hang=dia-ban&cot=ky");
    for (const [i, row] of rows.entries()) {
      for (const [j, column] of columns.entries()) {
        const cell = cells[i]?.[j];
        if (cell === undefined) continue;
        expect([cell.area_slug ?? "toan-dia-ban", cell.period]).toEqual([row.code, column.code]);
      }
    }
  });

  const OWN = "so-lieu=trong-ky&chi-tieu=1.1&dia-ban=A";
  const none = (period: string, why_none_in_period: Explored["why_none_in_period"]) =>
    figure("1.1", "A", period, { value_in_period: null, why_none_in_period });

  test.each<[what: string, query: string, lines: string, figures?: Explored[]]>([
    [
      "withheld and a figure stay apart, with what is said of them",
      "dia-ban=A,B&ky=Q2",
      `1.2 A Q2 20 behind "≥ 30%" %|1.2 B Q2 withheld withheld "≥ 30%" %`,
    ],
    [
      "of indicators, each has its unit",
      "hang=chi-tieu&cot=ky&chi-tieu=1.1,9&ky=Q2",
      '1.1 toan-dia-ban Q2 20 behind "≥ 30%" %|9 toan-dia-ban Q2 4 behind "≥ 30 vụ" vụ',
    ],
    [
      "what may change and what is carried is marked",
      "chi-tieu=1.1&dia-ban=A&ky=Q2",
      '1.1 A Q2 20 behind "≥ 30%" % có 1',
      [figure("1.1", "A", "Q2", { is_provisional: true, areas_carried: 1 })],
    ],
    [
      "a period without a value of its own says why, whatever the year to date has",
      OWN,
      `1.1 A Q1 not_arising %|1.1 A Q2 not_reported %`,
      [none("Q1", "not_arising"), { ...none("Q2", "not_reported"), status: "met" }],
    ],
    [
      "a measure that was not reported in a period is not said to be none of it",
      "so-lieu=trong-ky&chi-tieu=~m",
      `~m A Q1 3 bài|~m A Q2 not_reported bài _ 1`,
    ],
    [
      "a difference that is not there is an empty cell, and no report that is missing",
      "so-lieu=thay-doi&chi-tieu=1.1&dia-ban=A&ky=Q1",
      '1.1 A Q1 _ "điểm phần trăm"',
    ],
  ])("as a file: %s", (_, query, lines, figures = FIGURES) => {
    const { asked } = ask(query);
    const rows = fileRows(crossed(figures, asked, OPTIONS), asked);
    const text = csvText(PLAN, fileColumns(asked, OPTIONS), rows);
    const [, ...found] = parse(text, { bom: true, delimiter: ";" }) as string[][];
    const expected = parse(lines.replaceAll("|", "\n"), {
      delimiter: " ",
      relax_column_count: true,
    });
    const shown = (cell: string) => STATUSES[cell as Status]?.word ?? (cell === "_" ? "" : cell);
    expect(found).toEqual(
      (expected as string[][]).map((cells) => {
        const marks = cells.splice(MEASURES[asked.measure].hasVerdict ? 7 : 5);
        const [provisional = "", carried = "0"] = marks.map(shown);
        return [...cells.map(shown), provisional, carried, "5/KH", "16/12/2024", ""];
      }),
    );
  });

  test("of a measure there is no verdict", () => {
    const cells = seen("so-lieu=trong-ky&chi-tieu=~m").cells.flat();
    const verdicts = cells.map((cell) => verdictOf(cell, MEASURES["gia-tri"]));
    expect(verdicts).toEqual([undefined, undefined]);
  });
});

test.each([
  ["duong", "", undefined],
  ["duong", "hang=chi-tieu&cot=dia-ban", /kỳ báo cáo ở hàng hoặc ở cột/],
  ["cot", "hang=chi-tieu&cot=ky&chi-tieu=1.1,9", /đơn vị tính khác nhau/],
  ["cot", "hang=chi-tieu&cot=ky", undefined],
  // of the parts of different indicators one is people, the other is houses
  ["cot", "hang=chi-tieu&cot=ky&so-lieu=tu-so", /đơn vị tính khác nhau/],
  ["cot", "so-lieu=tu-so", undefined],
  ["cham", "", undefined],
  // done within a period stands beside no target, which is for what is done to date
  ["cham", "so-lieu=trong-ky", /chỉ giá trị lũy kế/],
  ["cham", "chi-tieu=~m", /không có mức chỉ tiêu/],
  ["duong", "chi-tieu=~m", undefined],
  ["doc", "", undefined],
  ["doc", "ky=Q1", /đúng hai cột/],
  ["phan-tan", "hang=dia-ban&cot=chi-tieu", undefined],
  ["phan-tan", "hang=dia-ban&cot=chi-tieu&chi-tieu=1.1", /đúng hai cột/],
  ["nhiet", "hang=chi-tieu&cot=ky&chi-tieu=1.1,9", undefined],
] as const)("%s of %j", (shape, query, objection) => {
  const { asked } = ask(query);
  const found = objectionTo(shape, crossed(FIGURES, asked, OPTIONS), asked);
  if (objection === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(objection);
});

test.each([
  ["quarter 2024", "quarter 2024", "gia-tri", true],
  // to date a year begins anew, in a period by itself nothing does
  ["quarter 2024", "quarter 2025", "gia-tri", false],
  ["quarter 2024", "quarter 2025", "so-voi-muc", false],
  ["quarter 2024", "quarter 2025", "trong-ky", true],
  ["year 2024", "year 2025", "gia-tri", true],
  // a half-year beside its quarters
  ["quarter 2024", "half_year 2024", "trong-ky", false],
] as const)("a line from %s to %s of %s: %s", (from, to, measure, expected) => {
  const period = (name: string): Option => {
    const [kind = "", year] = name.split(" ");
    return option(name, { kind, year: Number(year) });
  };
  expect(goesOn(period(from), period(to), measure)).toBe(expected);
});

test.each([
  [5, [0, 5, 10], 0.5],
  [0, [0, 5, null, 10], 0],
  [-5, [-5, 5], 0],
  // all the same
  [7, [7, 7], 0.5],
  [null, [1, 2], null],
] as const)("the shade of %j among %j", (value, likes, expected) => {
  expect(shadeOf(value, likes)).toBe(expected);
});

describe("texts in a drawing", () => {
  test("keep their order and their distance, and stay above the floor", () => {
    const heights = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(heights, (given) => {
        const points = given.map((y) => ({ y }));
        const at = spread(points, 15, 300);
        const sorted = [...at].sort((a, b) => a - b);
        for (const [i, y] of sorted.entries()) {
          if (i > 0) expect(y - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(15);
        }
        expect(Math.max(...at)).toBeLessThanOrEqual(300);
        for (const [i, y] of given.entries()) {
          for (const [j, other] of given.entries()) {
            if (y < other) expect(at[i]).toBeLessThan(at[j] ?? 0);
          }
        }
      }),
    );
  });

  test("stand where they would like to when there is room", () => {
    expect(spread([{ y: 200 }, { y: 20 }], 15, 300)).toEqual([200, 20]);
    expect(spread([{ y: 20 }, { y: 20 }], 15, 300)).toEqual([20, 35]);
  });

  test("a name stands beside its point, on another side where one is taken, or not at all", () => {
    const at = (x: number, y: number) => ({ x, y, text: "Phường" });
    expect(besidePoints([at(100, 100)], 12, 400)).toEqual([{ x: 109, y: 104, anchor: "start" }]);
    expect(besidePoints([at(390, 100)], 12, 400)).toEqual([{ x: 381, y: 104, anchor: "end" }]);
    const many = Array.from({ length: 9 }, () => at(100, 100));
    const crowd = besidePoints(many, 12, 400);
    expect(crowd.filter((one) => one === null).length).toBeGreaterThan(0);
  });

  test.each([
    ["Phường Tam Thanh", 20, "Phường Tam Thanh"],
    ["Phường Tam Thanh", 8, "Phường…"],
    ["Phường Tam Thanh", 0, "P…"],
  ])("%s within %i letters", (text, letters, expected) => {
    expect(shortened(text, letters)).toBe(expected);
  });
});

test.each([
  [null, []],
  ["", []],
  ["{", []],
  ['{"name":"a"}', []],
  ['[{"name":"a","query":"x=1"},{"name":"b"},5]', [{ name: "a", query: "x=1" }]],
])("views kept as %j", (text, expected) => {
  expect(viewsIn(text)).toEqual(expected);
});
