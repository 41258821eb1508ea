import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { find, formRows, type Rows, workbookOfRows } from "./form-given.ts";
import { csvOf, examineWhole, newWorld, sendWhole } from "./given.ts";

const WARD = { people: "100", reached: "40", budget: "12", has_plan: "Có" };
const OFFICE = { "pupils 01": "10", "pupils 02": "20" };

function put(rows: Rows, measure: string, column: number, value: string | number | null): void {
  const row = rows.findIndex((cells) => cells[0] === `measure:${measure}`);
  const cells = rows[row] ?? [];
  while (cells.length <= column) cells.push(null);
  cells[column] = value;
}

type Case = readonly [
  what: string,
  unit: "UB-02" | "GD",
  change: (rows: Rows) => void,
  told: string[],
];

const ASKED: Case[] = [
  [
    "in the notes, the entry blank",
    "UB-02",
    (rows) => {
      put(rows, "visits", 6, 7);
      put(rows, "visits_day", 6, "4 người");
    },
    ["figures_in_notes G25: ô G25 ghi 7; ô G26 ghi 4 người."],
  ],
  [
    "in the column that explains",
    "UB-02",
    (rows) => put(rows, "people", 4, 55),
    ["figures_unread E23: ô E23 ghi 55."],
  ],
  [
    "beside the table",
    "UB-02",
    (rows) => put(rows, "people", 7, "1.250"),
    ["figures_unread H23: ô H23 ghi 1.250."],
  ],
  [
    "below the table, where cells were moved down",
    "UB-02",
    (rows) => {
      (rows[29] ?? [])[5] = 3;
    },
    ["figures_unread F30: ô F30 ghi 3."],
  ],
  [
    "a row put in with a total",
    "UB-02",
    (rows) => rows.splice(25, 0, [null, null, "Cộng", "người", null, 140]),
    ["figures_unread F26: ô F26 ghi 140."],
  ],
  [
    "under a heading whose code is gone",
    "GD",
    (rows) => {
      const [row] = find(rows, "area:02");
      (rows[row] ?? [])[6] = null;
    },
    [
      "figures_unread G29: ô G29 ghi 20.",
      "measures_left_out A1: Báo cáo của Phòng Giáo dục, kỳ Quý 2, không có dòng của 2 số liệu phải báo cáo: Số học sinh (Phường Hai); Số học sinh được tuyên truyền (Phường Hai).",
    ],
  ],
];

/** The problems of forms with something changed, those that leave figures out too. */
async function problemsOf(
  cases: readonly (readonly [unit: "UB-02" | "GD", change: (rows: Rows) => void])[],
) {
  const world = newWorld();
  const forms = await Promise.all(
    cases.map(async ([unit, change]) => {
      const rows = await formRows(world.catalogue, unit, unit === "GD" ? OFFICE : WARD);
      change(rows);
      return { file: "bieu.xlsx", content: await workbookOfRows(rows) };
    }),
  );
  return examineWhole(world, ...forms);
}

test("a figure that nothing takes is asked about", async () => {
  const found = await problemsOf(ASKED.map(([, unit, change]) => [unit, change]));
  expect(found.flat().every(({ severity }) => severity === "doubt")).toBe(true);
  expect(
    ASKED.map(([what], index) => [
      what,
      found[index]?.map(
        ({ code, cell, found: said }) =>
          `${code} ${cell}: ${said.replace(/^(?:Có số|Cột Ghi chú)[^:]*: /, "")}`,
      ),
    ]),
  ).toEqual(ASKED.map(([what, , , told]) => [what, told]));
});

const FINE: [string, (rows: Rows) => void][] = [
  ["a figure and a number in its note", (rows) => put(rows, "people", 6, 90)],
  ["words in a note", (rows) => put(rows, "visits", 6, "đang tổng hợp, dự kiến 7 lượt")],
  [
    "numbering as numbers",
    (rows) =>
      rows.slice(22, 29).forEach((cells, at) => {
        cells[1] = at + 1;
      }),
  ],
  ["a row of words put in", (rows) => rows.splice(25, 0, [null, null, "Trong đó:"])],
];

test("nothing is asked about what is no figure", async () => {
  const found = await problemsOf(FINE.map(([, change]) => ["UB-02", change]));
  const names = FINE.filter((_, index) => found[index]?.length !== 0).map(([what]) => what);
  expect(names).toEqual([]);
});

test("a row of codes serves its own table only", async () => {
  const without =
    (heading: string) =>
    (rows: Rows): void => {
      put(rows, "budget", 5, "9");
      const [row] = find(rows, heading);
      rows.splice(row + 1, 1);
    };
  const found = await problemsOf([
    ["GD", without("A. Số liệu chung")],
    ["GD", without("B. Số liệu chia")],
  ]);
  expect(found.map(([first]) => [first?.severity, first?.code, first?.cell])).toEqual([
    ["error", "form_codes_missing", "A21"],
    ["error", "form_codes_missing", "A28"],
  ]);
});

test("a figure that is not due yet makes up for none that is left out", async () => {
  const world = newWorld();
  const file = join(world.sources, "plans", "thu.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("code: has_plan\n", "code: has_plan\n    from: Q3\n"));
  const catalogue = readCatalogue(world.sources);
  const codes = ["people", "reached", "visits_day", "visits_night", "budget"];
  const lines = [...codes, "has_plan"].map(
    (code) => `UB-01,Q2,,${code},${code === "has_plan" ? "Có" : 0},`,
  );
  const [outcome] = await sendWhole({ ...world, catalogue }, { content: csvOf(lines) });
  expect(outcome?.problems.map(({ code, found }) => [code, found])).toEqual([
    [
      "measures_left_out",
      "Báo cáo của UBND phường Một, kỳ Quý 2, không có dòng của 1 số liệu phải báo cáo: Số lượt.",
    ],
  ]);
});

test("a row that is gone is asked about", async () => {
  const isVisits = (cells: Rows[number]): boolean => cells[0] === "measure:visits";
  const [problems] = await problemsOf([
    ["UB-02", (rows) => rows.splice(rows.findIndex(isVisits), 1)],
  ]);
  expect(problems?.map(({ code, cell, found }) => [code, cell, found])).toEqual([
    [
      "measures_left_out",
      "A1",
      "Báo cáo của UBND phường Hai, kỳ Quý 2, không có dòng của 1 số liệu phải báo cáo: Số lượt.",
    ],
  ]);
});
