import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cell } from "hucre";
import { expect, test } from "vitest";
import { type ProblemCode, unreadWords } from "../../pipelines/intake/problem-wording.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { placeOf } from "../../pipelines/workbook/cell-name.ts";
import {
  type Besides,
  besides,
  find,
  formRows,
  type Rows,
  seenProblems,
  workbookOfRows,
} from "./form-given.ts";
import { csvOf, newWorld, problemText, sendWhole, valuesIn } from "./given.ts";

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

const remark =
  (text: string) =>
  (rows: Rows): void => {
    const row = rows.findIndex((cells) => String(cells[0]).startsWith("remark:"));
    const columns = rows.slice(0, row).findLast(([code]) => code === "chitieu:columns") ?? [];
    (rows[row] ?? [])[columns.indexOf("remark")] = text;
  };
const margins =
  (headerFooter: NonNullable<Besides["headerFooter"]>): Change =>
  (_, own) => {
    own.headerFooter = headerFooter;
  };
const blankVisits = (rows: Rows): void => put(rows, "visits", 5, null);
/** The smallest picture. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const withoutArea: Change = (rows) => {
  const [row] = find(rows, "area:02");
  (rows[row] ?? [])[6] = null;
};

const ASKED: Case[] = [
  [
    "in the notes, the entry blank",
    "UB-02",
    (rows) => {
      put(rows, "visits", 6, 7);
      put(rows, "visits_day", 6, "4 người");
    },
    ["figures_in_notes G25: ô G25 ghi 7; ô G26 ghi 4 người"],
  ],
  [
    "in the column that explains",
    "UB-02",
    (rows) => put(rows, "people", 4, 55),
    ["figures_unread E23: ô E23 ghi 55"],
  ],
  [
    "beside the table",
    "UB-02",
    (rows) => put(rows, "people", 7, "1.250"),
    ["figures_unread H23: ô H23 ghi 1.250"],
  ],
  [
    "below the table, where cells were moved down",
    "UB-02",
    (rows) => {
      (rows[29] ?? [])[5] = 3;
    },
    ["figures_unread F30: ô F30 ghi 3"],
  ],
  [
    "a row put in with a total",
    "UB-02",
    (rows) => rows.splice(25, 0, [null, null, "Cộng", "người", null, 140]),
    ["figures_unread F26: ô F26 ghi 140"],
  ],
  ["under a heading whose code is gone", "GD", withoutArea, ["figures_unread G29: ô G29 ghi 20"]],
  [
    "with its unit below the table",
    "UB-02",
    at("C30", "60 người"),
    ["figures_unread C30: ô C30 ghi 60 người"],
  ],
  [
    "after words below the table",
    "UB-02",
    at("B39", "Bổ sung 60 lượt"),
    ["figures_unread B39: ô B39 ghi Bổ sung 60 lượt"],
  ],
  ["in place of a row's number", "UB-02", at("B25", 45), ["figures_unread B25: ô B25 ghi 45"]],
  [
    "in a comment",
    "UB-02",
    mark("F24", { comment: { text: "Sửa lại: 45" } }),
    [
      "figures_unread F24: bình luận hoặc hình vẽ tại ô F24 của trang “Biểu số liệu” ghi Sửa lại: 45",
    ],
  ],
  [
    "in a box",
    "UB-02",
    over("F25", "60"),
    [
      "figures_unread F25: bình luận hoặc hình vẽ tại ô F25 của trang “Biểu số liệu” ghi 60",
      "form_not_as_seen F25: ô F25 (có hình vẽ đè lên)",
    ],
  ],
  ...["Dòng 9: số đúng là 25", "Đã tuyên truyền 60 người"].map(
    (text): Case => [
      `in a remark: ${text}`,
      "UB-02",
      (rows) => {
        blankVisits(rows);
        remark(text)(rows);
      },
      [`figures_unread A32: ô A32 ghi ${text}`],
    ],
  ),
  [
    "in words in a note, the entry blank",
    "UB-02",
    (rows) => put(rows, "visits", 6, "sáu mươi lượt"),
    ["figures_in_notes G25: ô G25 ghi sáu mươi lượt"],
  ],
  [
    "that nothing arose, in a remark",
    "UB-02",
    remark("Trong kỳ không phát sinh."),
    ["nil_unread A32: ô A32 ghi Trong kỳ không phát sinh."],
  ],
  [
    "in the foot of a page",
    "UB-02",
    margins({ oddFooter: "&LSố người được tuyên truyền: 75&RTrang &P/&N" }),
    ["figures_unread undefined: đầu trang hoặc chân trang in ghi Số người được tuyên truyền: 75"],
  ],
  [
    "in the head of a page, of another unit and quarter",
    "UB-02",
    margins({ oddHeader: "&LĐVT: nghìn người&CSỐ LIỆU QUÝ III NĂM 2030" }),
    [
      "form_label_added undefined: Đầu trang hoặc chân trang in | ĐVT: nghìn người",
      "form_label_added undefined: Đầu trang hoặc chân trang in | SỐ LIỆU QUÝ III NĂM 2030",
    ],
  ],
  [
    "a picture over entries",
    "UB-02",
    (_, own) => {
      const anchor = { from: { row: 22, col: 5 }, to: { row: 24, col: 6 } };
      own.images = [{ data: PIXEL, type: "png", anchor }];
    },
    ["form_not_as_seen F23: ô F23 (có hình vẽ đè lên); ô F24 (có hình vẽ đè lên)"],
  ],
  [
    "a hidden row with a figure",
    "UB-02",
    (_, own) => {
      own.rowDefs = new Map([
        [23, { hidden: true }],
        [24, { hidden: true }],
      ]);
    },
    ["form_not_as_seen F24: ô F24 (dòng hoặc cột bị ẩn)"],
  ],
  [
    "a sign drawn over an answer",
    "UB-02",
    over("F29", "✓"),
    ["form_not_as_seen F29: ô F29 (có hình vẽ đè lên)"],
  ],
  [
    "on a sheet of its own",
    "UB-02",
    sheet("Bổ sung", ["Số người", 60]),
    ["figures_unread B1: ô B1 của trang “Bổ sung” ghi 60"],
  ],
  [
    "nothing arose, beside its cell",
    "UB-02",
    at("H18", "Không phát sinh"),
    ["nil_unread H18: ô H18 ghi Không phát sinh"],
  ],
  [
    "nothing arose, in the note of a blank entry",
    "UB-02",
    at("G25", "KPS"),
    ["nil_unread G25: ô G25 ghi KPS"],
  ],
  [
    "a label struck out",
    "UB-02",
    mark("C24", { style: { font: { strikethrough: true } } }),
    ["form_struck_out C24: ô C24 ghi Số người được tuyên truyền"],
  ],
  [
    "a unit of measure between the tables",
    "UB-02",
    at("F19", "ĐVT: nghìn người"),
    ["form_label_added F19: Ô F19 | ĐVT: nghìn người"],
  ],
  [
    "a unit of measure below the table",
    "UB-02",
    at("C30", "(triệu đồng)"),
    ["form_label_added C30: Ô C30 | (triệu đồng)"],
  ],
  [
    "the tab of another quarter",
    "UB-02",
    tab("Quý III.2030"),
    ["form_tab_differs undefined: Quý III.2030"],
  ],
  ["the tab of another ward", "UB-02", tab("P. Một"), ["form_tab_differs undefined: P. Một"]],
  [
    "signed in another ward",
    "UB-02",
    at("D35", "Phường Một, ngày 02 tháng 7 năm 2030"),
    ["form_label_added D35: Ô D35 | Phường Một, ngày 02 tháng 7 năm 2030"],
  ],
  [
    "signed a quarter before",
    "UB-02",
    at("D35", "ngày 29 tháng 3 năm 2030"),
    ["form_label_added D35: Ô D35 | ngày 29 tháng 3 năm 2030"],
  ],
  [
    "signed after it came",
    "UB-02",
    at("D35", "ngày 08 tháng 9 năm 2030"),
    ["form_label_added D35: Ô D35 | ngày 08 tháng 9 năm 2030"],
  ],
];

const { catalogue } = newWorld();

/** A form with something changed. */
async function formWith(
  unit: "UB-02" | "GD",
  change: Change,
  figures: Record<string, string> = unit === "GD" ? OFFICE : WARD,
): Promise<Uint8Array> {
  const rows = await formRows(catalogue, unit, figures);
  const own = besides();
  change(rows, own);
  return workbookOfRows(rows, own);
}

const seenWith = async (unit: "UB-02" | "GD", change: Change) =>
  seenProblems(await formWith(unit, change), catalogue);

test.each(ASKED)(
  "a figure that nothing takes is asked about: %s",
  async (_, unit, change, told) => {
    const { problems } = await seenWith(unit, change);
    expect(problems.every(({ severity }) => severity === "doubt")).toBe(true);
    expect(
      problems.map((one) => {
        const [first, ...more] = valuesIn(one.code as ProblemCode, one);
        return `${one.code} ${one.cell}: ${[first, ...more].join(" | ")}`;
      }),
    ).toEqual(told);
  },
);

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
  [
    "a footnote's mark on a row's label",
    mark("C24", {
      richText: [
        { text: "Số người được tuyên truyền" },
        { text: "1", font: { vertAlign: "superscript" } },
      ],
    }),
  ],
  ["no difficulties", remark("Không phát sinh khó khăn, vướng mắc.")],
  ["what is asked for", remark("Đề nghị cấp 5 bộ máy vi tính")],
  ["pages that are numbered", margins({ oddFooter: "&CTrang &P/&N&RIn ngày 05/7/2030" })],
  ["a row of words put in", (rows) => rows.splice(25, 0, [null, null, "Trong đó:"])],
];

test.each(FINE)("nothing is asked about what is no figure: %s", async (_, change) => {
  expect((await seenWith("UB-02", change)).problems).toEqual([]);
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

/** The places that a sentence about unread words names. */
const placesIn = (unread: string): string => {
  const [before, behind] = unreadWords("|").split("|");
  return unread === "" ? "" : unread.slice(before?.length, -(behind?.length ?? 0));
};

test.each(WORDS)(
  "words that go nowhere are named, and nothing is asked: %s",
  async (_, change, named) => {
    const { problems, unread } = await seenWith("UB-02", change);
    expect([problems, placesIn(unread)]).toEqual([[], named]);
  },
);

test("a row of codes serves its own table only", async () => {
  const without =
    (heading: string) =>
    (rows: Rows): void => {
      put(rows, "budget", 5, "9");
      const [row] = find(rows, heading);
      rows.splice(row + 1, 1);
    };
  for (const [heading, cell] of [
    ["A. Số liệu chung", "A21"],
    ["B. Số liệu chia", "A28"],
  ] as const) {
    const [first] = (await seenWith("GD", without(heading))).problems;
    expect([first?.severity, first?.code, first?.cell]).toEqual([
      ...["error", "form_codes_missing", cell],
    ]);
  }
});

test("what stands in no row is asked about, and words that go nowhere reach the sender", async () => {
  const isVisits = (cells: Rows[number]): boolean => cells[0] === "measure:visits";
  const [, words = () => undefined] = WORDS.find(([what]) => what === "below the table") ?? [];
  const forms = [
    await formWith("UB-02", (rows) => rows.splice(rows.findIndex(isVisits), 1)),
    await formWith("GD", withoutArea),
    await formWith("UB-02", words),
  ];
  const outcomes = await sendWhole(
    newWorld(),
    ...forms.map((content) => ({ file: "bieu.xlsx", content })),
  );
  expect(outcomes.map(({ problems }) => problems.map(problemText))).toEqual([
    ["Biểu số liệu!A1 measures_left_out: UBND phường Hai | Quý 2 | 1 | Số lượt"],
    [
      "Biểu số liệu!G29 figures_unread: ô G29 ghi 20",
      "Biểu số liệu!A1 measures_left_out: Phòng Giáo dục | Quý 2 | 2 | Số học sinh (Phường Hai); Số học sinh được tuyên truyền (Phường Hai)",
    ],
    [],
  ]);
  expect(placesIn(outcomes[2]?.unread ?? "")).toBe("ô B39 ghi Đề nghị cấp thêm biểu mẫu");
});

test("a figure that is not due yet makes up for none that is left out", async () => {
  const world = newWorld();
  const file = join(world.sources, "plans", "thu.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("code: has_plan\n", "code: has_plan\n    from: Q3\n"));
  const codes = ["people", "reached", "visits_day", "visits_night", "budget"];
  const lines = [...codes, "has_plan"].map(
    (code) => `UB-01,Q2,,${code},${code === "has_plan" ? "Có" : 0},`,
  );
  const [outcome] = await sendWhole(
    { ...world, catalogue: readCatalogue(world.sources) },
    { content: csvOf(lines) },
  );
  expect(outcome?.problems.map(problemText)).toEqual([
    "2 measures_left_out: UBND phường Một | Quý 2 | 1 | Số lượt",
  ]);
});
