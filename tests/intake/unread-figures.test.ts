import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cell } from "hucre";
import { expect, test } from "vitest";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { placeOf } from "../../pipelines/workbook/cell-name.ts";
import { type Besides, besides, find, formRows, type Rows, workbookOfRows } from "./form-given.ts";
import { csvOf, examineWhole, newWorld, sendWhole } from "./given.ts";

const WARD = { people: "100", reached: "40", budget: "12", has_plan: "Có" };
const OFFICE = { "pupils 01": "10", "pupils 02": "20" };

function put(rows: Rows, measure: string, column: number, value: string | number | null): void {
  const row = rows.findIndex((cells) => cells[0] === `measure:${measure}`);
  const cells = rows[row] ?? [];
  while (cells.length <= column) cells.push(null);
  cells[column] = value;
}

type Change = (rows: Rows, own: Besides) => void;
type Case = readonly [what: string, unit: "UB-02" | "GD", change: Change, told: string[]];

/** A text in a cell of a form, by its A1 reference. */
const at =
  (cell: string, text: string | number): Change =>
  (rows) => {
    const { row, column } = placeOf(cell);
    while (rows.length <= row) rows.push([]);
    const cells = rows[row] ?? [];
    while (cells.length <= column) cells.push(null);
    cells[column] = text;
  };
const mark =
  (cell: string, own: Partial<Cell>): Change =>
  (rows, { cells }) => {
    const { row, column } = placeOf(cell);
    cells.set(`${row},${column}`, { value: rows[row]?.[column] ?? null, ...own });
  };
const over =
  (cell: string, text: string): Change =>
  (_, { textBoxes }) => {
    const { row, column: col } = placeOf(cell);
    textBoxes?.push({ text, anchor: { from: { row, col }, to: { row: row + 1, col: col + 2 } } });
  };
const sheet =
  (name: string, ...rows: Rows): Change =>
  (_, { others }) => {
    others.push({ name, rows });
  };
const tab =
  (name: string): Change =>
  (_, own) => {
    own.name = name;
  };

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
  [
    "with its unit below the table",
    "UB-02",
    at("C30", "60 người"),
    ["figures_unread C30: ô C30 ghi 60 người."],
  ],
  [
    "after words below the table",
    "UB-02",
    at("B39", "Bổ sung 60 lượt"),
    ["figures_unread B39: ô B39 ghi Bổ sung 60 lượt."],
  ],
  ["in place of a row's number", "UB-02", at("B25", 45), ["figures_unread B25: ô B25 ghi 45."]],
  [
    "in a comment",
    "UB-02",
    mark("F24", { comment: { text: "Sửa lại: 45" } }),
    [
      "figures_unread F24: bình luận hoặc hình vẽ tại ô F24 của trang “Biểu số liệu” ghi Sửa lại: 45.",
    ],
  ],
  [
    "in a box",
    "UB-02",
    over("F25", "60"),
    ["figures_unread F25: bình luận hoặc hình vẽ tại ô F25 của trang “Biểu số liệu” ghi 60."],
  ],
  [
    "on a sheet of its own",
    "UB-02",
    sheet("Bổ sung", ["Số người", 60]),
    ["figures_unread B1: ô B1 của trang “Bổ sung” ghi 60."],
  ],
  [
    "nothing arose, beside its cell",
    "UB-02",
    at("H18", "Không phát sinh"),
    ["nil_unread H18: ô H18 ghi Không phát sinh."],
  ],
  [
    "nothing arose, in the note of a blank entry",
    "UB-02",
    at("G25", "KPS"),
    ["nil_unread G25: ô G25 ghi KPS."],
  ],
  [
    "a label struck out",
    "UB-02",
    mark("C24", { style: { font: { strikethrough: true } } }),
    ["form_struck_out C24: ô C24 ghi Số người được tuyên truyền."],
  ],
  [
    "a unit of measure between the tables",
    "UB-02",
    at("F19", "ĐVT: nghìn người"),
    ["form_label_added F19: Ô F19 ghi thêm “ĐVT: nghìn người”, biểu được cấp không có."],
  ],
  [
    "a unit of measure below the table",
    "UB-02",
    at("C30", "(triệu đồng)"),
    ["form_label_added C30: Ô C30 ghi thêm “(triệu đồng)”, biểu được cấp không có."],
  ],
  [
    "the tab of another quarter",
    "UB-02",
    tab("Quý III.2030"),
    [
      "form_tab_differs undefined: Trang tính có tên “Quý III.2030”, không phải là kỳ hoặc đơn vị của biểu trên trang đó.",
    ],
  ],
  [
    "the tab of another ward",
    "UB-02",
    tab("P. Một"),
    [
      "form_tab_differs undefined: Trang tính có tên “P. Một”, không phải là kỳ hoặc đơn vị của biểu trên trang đó.",
    ],
  ],
  [
    "signed in another ward",
    "UB-02",
    at("D35", "Phường Một, ngày 02 tháng 7 năm 2030"),
    [
      "form_label_added D35: Ô D35 ghi thêm “Phường Một, ngày 02 tháng 7 năm 2030”, biểu được cấp không có.",
    ],
  ],
  [
    "signed a quarter before",
    "UB-02",
    at("D35", "ngày 29 tháng 3 năm 2030"),
    ["form_label_added D35: Ô D35 ghi thêm “ngày 29 tháng 3 năm 2030”, biểu được cấp không có."],
  ],
];

/** The problems of forms with something changed, those that leave figures out too. */
async function problemsOf(cases: readonly (readonly [unit: "UB-02" | "GD", change: Change])[]) {
  const world = newWorld();
  const forms = await Promise.all(
    cases.map(async ([unit, change]) => {
      const rows = await formRows(world.catalogue, unit, unit === "GD" ? OFFICE : WARD);
      const own = besides();
      change(rows, own);
      return { file: "bieu.xlsx", content: await workbookOfRows(rows, own) };
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
          `${code} ${cell}: ${said.replace(/^(?:Có số|Có chữ|Cột Ghi chú)[^:]*: /, "")}`,
      ),
    ]),
  ).toEqual(ASKED.map(([what, , , told]) => [what, told]));
});

const FINE: [string, Change][] = [
  ["signed as it should be", at("D35", "Phường Hai, ngày 02 tháng 7 năm 2030")],
  ["for whom it is", at("B39", "Nơi nhận:\n- Như trên;\n- Lưu: VT.")],
  ["the number of a document", at("B4", "Số: 12/BC-UBND")],
  ["a comment without a number", mark("F24", { comment: { text: "Đã đối chiếu ngày 28/6/2030" } })],
  ["what an earlier reply says", mark("F24", { comment: { text: "CẦN SỬA: Ô ghi 45 sai" } })],
  ["the tab of its quarter", tab("Q.II-2030")],
  [
    "figures that are reckoned on another sheet",
    (rows, own) => {
      sheet("Chi tiết", ["Khối 1", 40])(rows, own);
      mark("F24", { formula: "'Chi tiết'!B1", formulaResult: 40 })(rows, own);
    },
  ],
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

const WORDS: readonly (readonly [what: string, change: Change, named: string])[] = [
  ["nothing besides", () => undefined, ""],
  ["who signs, and where", at("D35", "Phường Hai, ngày 02 tháng 7 năm 2030"), ""],
  ["in which office", at("D36", "TM. ỦY BAN NHÂN DÂN"), ""],
  ["what the form says itself", at("H18", "Ghi chú"), ""],
  [
    "below the table",
    at("B39", "Đề nghị cấp thêm biểu mẫu"),
    "ô B39 ghi Đề nghị cấp thêm biểu mẫu",
  ],
  [
    "in a comment",
    mark("F24", { comment: { text: "Đã đối chiếu" } }),
    "bình luận hoặc hình vẽ tại ô F24 của trang “Biểu số liệu” ghi Đã đối chiếu",
  ],
  ["beside its cell", at("H24", "đang rà soát"), "ô H24 ghi đang rà soát"],
  ["about a person: looked at by somebody, and not named", at("H24", "bà Nguyễn Thị Hoa"), ""],
];

test("words that go nowhere are named to the sender, and nothing is asked", async () => {
  const world = newWorld();
  const forms = await Promise.all(
    WORDS.map(async ([, change], index) => {
      const rows = await formRows(world.catalogue, "UB-02", {
        ...WARD,
        people: String(100 + index),
      });
      const own = besides();
      change(rows, own);
      return { file: "bieu.xlsx", content: await workbookOfRows(rows, own) };
    }),
  );
  const told = (await sendWhole(world, ...forms)).map(({ problems, unread }) => [
    problems.length,
    unread.replace(/^[^:]*: /, "").replace(/\. Ý kiến.*$/, ""),
  ]);
  expect(told).toEqual(WORDS.map(([, , named]) => [0, named]));
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
