import type { Cell } from "hucre";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { type ProblemCode, unreadWords } from "../../pipelines/intake/problem-wording.ts";
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
import { csvOf, newWorld, PLAN, problemText, sendWhole, valuesIn, withPlans } from "./given.ts";

const WARD = { people: "100", reached: "40", budget: "12", has_plan: "Có" };
const OFFICE = { "pupils 01": "10", "pupils 02": "20" };

type Change = (rows: Rows, own: Besides) => void;

/** A text in a cell of a form, by its A1 reference. */
const at =
  (cell: string, text: string | number | null): Change =>
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
const comment = (cell: string, text: string): Change => mark(cell, { comment: { text } });
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
const own =
  (besides: Partial<Besides>): Change =>
  (_, its) => {
    Object.assign(its, besides);
  };
const tab = (name: string): Change => own({ name });
const foot = (oddFooter: string): Change => own({ headerFooter: { oddFooter } });
const all =
  (...changes: readonly Change[]): Change =>
  (...form) => {
    for (const change of changes) change(...form);
  };

const remark =
  (text: string): Change =>
  (rows) => {
    const row = rows.findIndex((cells) => String(cells[0]).startsWith("remark:"));
    const columns = rows.slice(0, row).findLast(([code]) => code === "chitieu:columns") ?? [];
    (rows[row] ?? [])[columns.indexOf("remark")] = text;
  };
const insert =
  (...cells: Rows[number]): Change =>
  (rows) =>
    void rows.splice(25, 0, [null, null, ...cells]);
/** The smallest picture, over two entries. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PICTURE = {
  ...{ data: Buffer.from(PIXEL, "base64"), type: "png" as const },
  anchor: { from: { row: 22, col: 5 }, to: { row: 24, col: 6 } },
};
const HIDDEN = { hidden: true };

/** Of an office, the others of a ward. */
const withoutArea: Change = (rows) => {
  const [row] = find(rows, "area:02");
  (rows[row] ?? [])[6] = null;
};

const DRAWN = "bình luận hoặc hình vẽ tại ô";
const FORM = "của trang “Biểu số liệu”";
const HEAD = "form_label_added undefined: Đầu trang hoặc chân trang in";
const SEEN_NOT = "form_not_as_seen";
const VISITS = "ô G25 ghi sáu mươi lượt";

const ASKED: (readonly [what: string, change: Change, ...expected: string[]])[] = [
  [
    "in the notes, the entry blank",
    all(at("G25", 7), at("G26", "4 người")),
    "figures_in_notes G25: ô G25 ghi 7; ô G26 ghi 4 người",
  ],
  ["in the column that explains", at("E23", 55), "figures_unread E23: ô E23 ghi 55"],
  ["beside the table", at("H23", "1.250"), "figures_unread H23: ô H23 ghi 1.250"],
  ["below the table, where cells were moved down", at("F30", 3), "figures_unread F30: ô F30 ghi 3"],
  ["a row with a total", insert("Cộng", "người", null, 140), "figures_unread F26: ô F26 ghi 140"],
  ["under a heading whose code is gone", withoutArea, "figures_unread G29: ô G29 ghi 20"],
  ["with its unit below", at("C30", "60 người"), "figures_unread C30: ô C30 ghi 60 người"],
  ["after words", at("B39", "Bổ sung 60 lượt"), "figures_unread B39: ô B39 ghi Bổ sung 60 lượt"],
  ["in place of a row's number", at("B25", 45), "figures_unread B25: ô B25 ghi 45"],
  [
    "in a comment",
    comment("F24", "Sửa: 45"),
    `figures_unread F24: ${DRAWN} F24 ${FORM} ghi Sửa: 45`,
  ],
  [
    "in a box",
    over("F25", "60"),
    `figures_unread F25: ${DRAWN} F25 ${FORM} ghi 60`,
    `${SEEN_NOT} F25: ô F25 (có hình vẽ đè lên)`,
  ],
  ...["Dòng 9: số đúng là 25", "Đã tuyên truyền 60 người"].map((text) => {
    const change = all(at("F25", null), remark(text));
    return [`in a remark: ${text}`, change, `figures_unread A32: ô A32 ghi ${text}`] as const;
  }),
  ["in words in a note", at("G25", "sáu mươi lượt"), `figures_in_notes G25: ${VISITS}`],
  [
    "that nothing arose, in a remark",
    remark("Trong kỳ không phát sinh."),
    "nil_unread A32: ô A32 ghi Trong kỳ không phát sinh.",
  ],
  [
    "in the foot of a page",
    foot("&LSố người được tuyên truyền: 75&RTrang &P/&N"),
    "figures_unread undefined: đầu trang hoặc chân trang in ghi Số người được tuyên truyền: 75",
  ],
  [
    "in the head of a page, of another unit and quarter",
    own({ headerFooter: { oddHeader: "&LĐVT: nghìn người&CSỐ LIỆU QUÝ III NĂM 2030" } }),
    `${HEAD} | ĐVT: nghìn người`,
    `${HEAD} | SỐ LIỆU QUÝ III NĂM 2030`,
  ],
  [
    "a picture over entries",
    own({ images: [PICTURE] }),
    `${SEEN_NOT} F23: ô F23 (có hình vẽ đè lên); ô F24 (có hình vẽ đè lên)`,
  ],
  [
    "a hidden row with a figure",
    own({ rowDefs: new Map([23, 24].map((row) => [row, HIDDEN])) }),
    `${SEEN_NOT} F24: ô F24 (dòng hoặc cột bị ẩn)`,
  ],
  ["a sign drawn over an answer", over("F29", "✓"), `${SEEN_NOT} F29: ô F29 (có hình vẽ đè lên)`],
  [
    "on a sheet of its own",
    sheet("Bổ sung", ["Số người", 60]),
    "figures_unread B1: ô B1 của trang “Bổ sung” ghi 60",
  ],
  [
    "nil beside its cell",
    at("H18", "Không phát sinh"),
    "nil_unread H18: ô H18 ghi Không phát sinh",
  ],
  ["nil, in the note of a blank entry", at("G25", "KPS"), "nil_unread G25: ô G25 ghi KPS"],
  [
    "a label struck out",
    mark("C24", { style: { font: { strikethrough: true } } }),
    "form_struck_out C24: ô C24 ghi Số người được tuyên truyền",
  ],
  ["a unit of measure between", at("F19", "ĐVT: nghìn người"), added("F19", "ĐVT: nghìn người")],
  ["a unit of measure below", at("C30", "(triệu đồng)"), added("C30", "(triệu đồng)")],
  ["another quarter's tab", tab("Quý III.2030"), "form_tab_differs undefined: Quý III.2030"],
  ["the tab of another ward", tab("P. Một"), "form_tab_differs undefined: P. Một"],
  // in another ward, a quarter before, after it came
  ...["Phường Một, ngày 02 tháng 7", "ngày 29 tháng 3", "ngày 08 tháng 9"].map((day) => {
    const text = `${day} năm 2030`;
    return [`signed ${text}`, at("D35", text), added("D35", text)] as const;
  }),
];

function added(cell: string, text: string): string {
  return `form_label_added ${cell}: Ô ${cell} | ${text}`;
}

const { catalogue } = newWorld();

/** A form with something changed. */
async function formWith(
  change: Change,
  unit: "UB-02" | "GD" = change === withoutArea ? "GD" : "UB-02",
  figures: Record<string, string> = unit === "GD" ? OFFICE : WARD,
): Promise<Uint8Array> {
  const rows = await formRows(catalogue, unit, figures);
  const its = besides();
  change(rows, its);
  return workbookOfRows(rows, its);
}

const seenWith = async (change: Change) => seenProblems(await formWith(change), catalogue);

const EACH = ASKED.map(([what, change, ...expected]) => [what, change, expected] as const);

test.each(EACH)("a figure that nothing takes is asked about: %s", async (_, change, expected) => {
  const { problems } = await seenWith(change);
  expect(problems.every(({ severity }) => severity === "doubt")).toBe(true);
  expect(
    problems.map((one) => {
      const values = valuesIn(one.code as ProblemCode, one);
      return `${one.code} ${one.cell}: ${values.join(" | ")}`;
    }),
  ).toEqual(expected);
});

const LABEL = "Số người được tuyên truyền";
const FOOTNOTE = { text: "1", font: { vertAlign: "superscript" as const } };

const FINE: [string, Change][] = [
  ["signed as it should be", at("D35", "Phường Hai, ngày 02 tháng 7 năm 2030")],
  ["for whom it is", at("B39", "Nơi nhận:\n- Như trên;\n- Lưu: VT.")],
  ["the number of a document", at("B4", "Số: 12/BC-UBND")],
  ["a comment without a number", comment("F24", "Đã đối chiếu ngày 28/6/2030")],
  ["what an earlier reply says", comment("F24", "CẦN SỬA: Ô ghi 45 sai")],
  ["the tab of its quarter", tab("Q.II-2030")],
  [
    "figures that are reckoned on another sheet",
    all(
      sheet("Chi tiết", ["Khối 1", 40]),
      mark("F24", { formula: "'Chi tiết'!B1", formulaResult: 40 }),
    ),
  ],
  ["a figure and a number in its note", at("G23", 90)],
  ["words in a note", at("G25", "đang tổng hợp, dự kiến 7 lượt")],
  ["numbering as numbers", all(...[1, 2, 3, 4, 5, 6, 7].map((no) => at(`B${22 + no}`, no)))],
  ["a footnote's mark on a row's label", mark("C24", { richText: [{ text: LABEL }, FOOTNOTE] })],
  ["no difficulties", remark("Không phát sinh khó khăn, vướng mắc.")],
  ["what is asked for", remark("Đề nghị cấp 5 bộ máy vi tính")],
  ["pages that are numbered", foot("&CTrang &P/&N&RIn ngày 05/7/2030")],
  ["a row of words put in", insert("Trong đó:")],
];

test.each(FINE)("nothing is asked about what is no figure: %s", async (_, change) => {
  expect((await seenWith(change)).problems).toEqual([]);
});

const BELOW = at("B39", "Đề nghị cấp thêm biểu mẫu");

const WORDS: readonly (readonly [what: string, change: Change, named: string])[] = [
  ["nothing besides", () => undefined, ""],
  ["who signs, and where", at("D35", "Phường Hai, ngày 02 tháng 7 năm 2030"), ""],
  ["in which office", at("D36", "TM. ỦY BAN NHÂN DÂN"), ""],
  ["what the form says itself", at("H18", "Ghi chú"), ""],
  ["below the table", BELOW, "ô B39 ghi Đề nghị cấp thêm biểu mẫu"],
  ["in a comment", comment("F24", "Đã đối chiếu"), `${DRAWN} F24 ${FORM} ghi Đã đối chiếu`],
  ["beside its cell", at("H24", "đang rà soát"), "ô H24 ghi đang rà soát"],
  ["about a person: looked at by somebody, and not named", at("H24", "bà Nguyễn Thị Hoa"), ""],
];

/** The places that a sentence about unread words names. */
const placesIn = (unread: string): string => {
  const [before, behind] = unreadWords("|").split("|");
  return unread === "" ? "" : unread.slice(before?.length, -(behind?.length ?? 0));
};

test.each(WORDS)("words that go nowhere are named, not asked: %s", async (_, change, named) => {
  const { problems, unread } = await seenWith(change);
  expect([problems, placesIn(unread)]).toEqual([[], named]);
});

test("a row of codes serves its own table only", async () => {
  const without =
    (heading: string): Change =>
    (rows) =>
      void rows.splice(find(rows, heading)[0] + 1, 1);
  for (const [heading, cell] of [
    ["A. Số liệu chung", "A21"],
    ["B. Số liệu chia", "A28"],
  ] as const) {
    const form = await formWith(without(heading), "GD", { ...OFFICE, budget: "9" });
    const [first] = (await seenProblems(form, catalogue)).problems;
    expect(first).toMatchObject({ severity: "error", code: "form_codes_missing", cell });
  }
});

test("what stands in no row is asked about, and words that go nowhere reach the sender", async () => {
  const isVisits = (cells: Rows[number]): boolean => cells[0] === "measure:visits";
  const forms = await Promise.all([
    formWith((rows) => void rows.splice(rows.findIndex(isVisits), 1)),
    formWith(withoutArea),
    formWith(BELOW),
  ]);
  const sent = forms.map((content) => ({ file: "bieu.xlsx", content }));
  const outcomes = await sendWhole(newWorld(), ...sent);
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
  const text = stringify(PLAN).replace("code: has_plan\n", "code: has_plan\n    from: Q3\n");
  const codes = ["people", "reached", "visits_day", "visits_night", "budget"];
  const lines = [...codes, "has_plan"].map(
    (code) => `UB-01,Q2,,${code},${code === "has_plan" ? "Có" : 0},`,
  );
  const [outcome] = await sendWhole(withPlans(newWorld(), { thu: text }), {
    content: csvOf(lines),
  });
  expect(outcome?.problems.map(problemText)).toEqual([
    "2 measures_left_out: UBND phường Một | Quý 2 | 1 | Số lượt",
  ]);
});
