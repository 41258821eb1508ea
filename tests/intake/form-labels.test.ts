import { join } from "node:path";
import { expect, test } from "vitest";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import {
  find,
  formOf,
  formRows,
  type Rows,
  replaceAll,
  seenProblems,
  workbookOfRows,
} from "./form-given.ts";
import { newWorld, problemText, type Sent, sendOne } from "./given.ts";

const VISITS = { visits: "7", visits_day: "4", visits_night: "3" };
const WARD = { people: "100", reached: "40", ...VISITS, budget: "12", has_plan: "Có" };
const PUPILS = { "pupils 01": "10", "pupils 02": "20" };
const REACHED = { "pupils_reached 01": "1", "pupils_reached 02": "2" };
const OFFICE = { budget: "9", rate: "2", share: "50", ...PUPILS, ...REACHED };

/** Moves the cells of some columns a row down, from a row on; or up. */
function shift(rows: Rows, from: number, columns: readonly number[], by: 1 | -1): void {
  for (const column of columns) {
    const cells = rows.map((row) => row[column] ?? null);
    if (by === 1) cells.splice(from, 0, null);
    else cells.splice(from, 1);
    for (const [row, own] of rows.entries()) {
      while (own.length <= column) own.push(null);
      own[column] = cells[row] ?? null;
    }
  }
}

type Change = (rows: Rows) => void;
type UnitCode = "UB-02" | "GD";

/** Another text in the cell that holds or begins with one. */
const set =
  (at: string, text: string | null): Change =>
  (rows) => {
    const [row, column] = find(rows, at);
    (rows[row] ?? [])[column] = text;
  };

/** Another text behind the colon of a line. */
const label = (line: string, text: string): Change => set(line, `${line}: ${text}`);
const put =
  (row: number, column: number, text: string): Change =>
  (rows) => {
    (rows[row] ?? [])[column] = text;
  };
const replaced =
  (...pairs: readonly (readonly [text: string, other: string])[]): Change =>
  (rows) => {
    for (const [text, other] of pairs) replaceAll(rows, text, other);
  };
const exchanged =
  (one: string, other: string, from: number, to: number): Change =>
  (rows) => {
    const [above = [], below = []] = [one, other].map((text) => rows[find(rows, text)[0]]);
    for (let column = from; column <= to; column += 1) {
      [above[column], below[column]] = [below[column] ?? null, above[column] ?? null];
    }
  };
const all =
  (...changes: readonly Change[]): Change =>
  (rows) => {
    for (const change of changes) change(rows);
  };
const moved =
  (by: 1 | -1): Change =>
  (rows) =>
    shift(rows, 24, [1, 2, 3, 4, 5, 6], by);
/** The visible cells of the table by area, row by row. */
const byArea =
  (change: (cells: Rows[number], row: number) => void): Change =>
  (rows) =>
    rows.slice(26, 30).forEach(change);

/** What is changed, on whose form, and what is said of it, `form_` left out: `F27 area_differs`. */
type Case = readonly [what: string, unit: UnitCode, change: Change, expected: string];

const DAYS = "(từ 01/4/2030 đến hết 30/6/2030)";
const SORTED = "F27 area_differs, G27 area_differs";
const REACHED_BY = "Số người được tuyên truyền";
const OTHER_PLAN = "(Số 300/KH-UBND ngày 01/2/2030 của UBND thành phố)";
const DOWN =
  "A25 label_missing, C26 measure_differs, C27 measure_differs, C28 measure_differs, " +
  "C29 measure_differs, D28 unit_of_measure_differs, D29 unit_of_measure_differs, " +
  // the code of the column of remarks stands in the row of its own first remark
  "D32 label_differs, B33 label_differs";

const REFUSED: Case[] = [
  [
    "every visible period is another quarter",
    "UB-02",
    replaced(
      ["QUÝ 2", "QUÝ III"],
      [`Quý 2 ${DAYS}`, "Quý III (từ 01/7/2030 đến hết 30/9/2030)"],
      ["30/6/2030", "30/9/2030"],
    ),
    "B5 period_differs, B11 period_differs, B10 label_differs",
  ],
  [
    "the title alone, in words of one's own",
    "UB-02",
    set("BIỂU SỐ LIỆU", "Biểu tổng hợp 6 tháng đầu năm 2030"),
    "B5 period_differs",
  ],
  ["only the year", "UB-02", label("Kỳ báo cáo", "Quý 2 năm 2031"), "B11 period_differs"],
  ["another ward", "UB-02", label("Đơn vị báo cáo", "UBND phường Một"), "B9 unit_differs"],
  ["its name above", "UB-02", set("UBND PHƯỜNG HAI", "UBND PHƯỜNG MỘT"), "B2 unit_differs"],
  ["no unit", "GD", label("Đơn vị báo cáo", "Hội Liên hiệp Phụ nữ"), "B9 unit_differs"],
  ["another plan's number", "UB-02", set("(Số 1/KH-UBND", OTHER_PLAN), "B7 plan_differs"],
  [
    "headings of wards exchanged",
    "GD",
    all(set("Phường Một", "☐"), set("Phường Hai", "Phường Một"), set("☐", "Phường Hai")),
    SORTED,
  ],
  [
    "ward columns sorted where they are seen",
    "GD",
    byArea((cells) => {
      [cells[5], cells[6]] = [cells[6] ?? null, cells[5] ?? null];
    }),
    SORTED,
  ],
  [
    "a column of the whole put in among the cells that are seen",
    "GD",
    byArea((cells, row) => void cells.splice(5, 0, ["Cả TP", null, 30, 3][row] ?? null)),
    SORTED,
  ],
  ["no ward of the plan", "GD", set("Phường Hai", "Thị trấn Cao Lộc"), "G27 area_differs"],
  ["cells moved down", "UB-02", moved(1), DOWN],
  // and here the first label in that of the codes
  ["cells moved up", "UB-02", moved(-1), "B31 code_changed"],
  [
    "two rows exchanged by hand",
    "UB-02",
    exchanged("Số lượt ngày", "Số lượt đêm", 1, 6),
    "C26 measure_differs, C27 measure_differs",
  ],
  [
    "another measure",
    "UB-02",
    set(REACHED_BY, "Số buổi phát thanh trên loa"),
    "C24 measure_differs",
  ],
];

const ASKED: Case[] = [
  [
    "what is difficult and what is asked for have changed places",
    "UB-02",
    exchanged("Khó khăn, vướng mắc", "Kiến nghị, đề xuất", 1, 1),
    "B32 label_differs, B33 label_differs",
  ],
  ["nothing says of a remark", "UB-02", set("Kiến nghị, đề xuất", null), "A33 label_missing"],
  [
    "thousands in the place of persons",
    "UB-02",
    (rows) => put(find(rows, "Số người")[0], 3, "nghìn người")(rows),
    "D23 unit_of_measure_differs",
  ],
  [
    "attendances in the place of persons, everywhere",
    "GD",
    replaced(["người", "lượt người"]),
    "D30 unit_of_measure_differs, D29 unit_of_measure_differs",
  ],
  ["a measure's words", "UB-02", set(REACHED_BY, `${REACHED_BY} lũy kế`), "C24 label_differs"],
  ["the head of figures", "UB-02", set("Số liệu", "Lũy kế từ đầu năm"), "F21 label_differs"],
  [
    "the day until which to send",
    "UB-02",
    replaced(["trước ngày 30/6/2030", "trước ngày 05/7/2030"]),
    "B10 label_differs",
  ],
  [
    "the title of a table",
    "GD",
    set("B. Số liệu chia theo phường", "B. Số liệu lũy kế"),
    "B25 label_differs",
  ],
  [
    "title and period are gone",
    "UB-02",
    all(set("BIỂU SỐ LIỆU", null), set("Kỳ báo cáo", null)),
    "A1 label_missing",
  ],
  ["the name of a ward is gone", "GD", set("Phường Hai", null), "G26 label_missing"],
  ["a unit of measure above", "UB-02", put(12, 3, "ĐVT: nghìn người"), "D13 label_added"],
  ["a part of it", "UB-02", label("Đơn vị báo cáo", "Công an phường Hai"), "B9 label_differs"],
];

const SAME: [what: string, unit: UnitCode, change: Change][] = [
  ["nothing", "GD", () => undefined],
  [
    "letters composed in another way",
    "GD",
    (rows) =>
      rows.forEach((cells, row) => {
        rows[row] = cells.map((cell) => (typeof cell === "string" ? cell.normalize("NFD") : cell));
      }),
  ],
  [
    "capitals, line breaks and doubled spaces",
    "UB-02",
    all(
      set("Số người được tuyên truyền", "SỐ NGƯỜI\nĐƯỢC  TUYÊN TRUYỀN"),
      set("BIỂU SỐ LIỆU", "Biểu số liệu\nbáo cáo Quý 2"),
      set("Đơn vị báo cáo", "ĐƠN VỊ BÁO CÁO:  UBND P. HAI"),
    ),
  ],
  ["the kind of a ward left out", "GD", set("Phường Hai", "Hai")],
  ["the kind of a ward shortened", "GD", set("Phường Hai", "P.Hai")],
  ["the office above the unit", "UB-02", set("UBND PHƯỜNG HAI", "UBND THÀNH PHỐ\nUBND PHƯỜNG HAI")],
  ["the quarter in Roman numbers", "UB-02", label("Kỳ báo cáo", "Quý II/2030")],
  [
    "rows and columns put in",
    "GD",
    (rows) => {
      for (const cells of rows) cells.splice(2, 0, null);
      rows.splice(22, 0, []);
    },
  ],
  [
    "lines that offices add",
    "UB-02",
    all(
      put(3, 1, "Số: 12/BC-UBND"),
      put(7, 1, "(Kèm theo Báo cáo số 12/BC-UBND ngày 20/6/2030)"),
      put(34, 3, "Phường Hai, ngày 04 tháng 6 năm 2030"),
    ),
  ],
  ["the title alone is gone", "UB-02", set("BIỂU SỐ LIỆU", null)],
];

const world = newWorld();

async function formWith(unit: UnitCode, change: Change): Promise<Sent> {
  const rows = await formRows(world.catalogue, unit, unit === "GD" ? OFFICE : WARD);
  change(rows);
  return { file: "bieu.xlsx", content: await workbookOfRows(rows) };
}

/** The problems of a form with something changed, as far as they are about what is seen on it. */
async function problemsOf(
  unit: UnitCode,
  change: Change,
  { catalogue } = world,
): Promise<readonly Problem[]> {
  const { content } = await formWith(unit, change);
  return (await seenProblems(content as Uint8Array, catalogue)).problems;
}

const labelsOf = (problems: readonly Problem[]): string[] =>
  problems
    .filter(({ code }) => code.startsWith("form_"))
    .map(({ code, cell }) => `${cell} ${code.slice("form_".length)}`)
    .sort();
const isRefused = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === "error");

test.each([
  ...REFUSED.map((one) => ["refused", ...one] as const),
  ...ASKED.map((one) => ["asked about", ...one] as const),
])("%s: %s", async (becomes, _, unit, change, expected) => {
  const problems = await problemsOf(unit, change);
  expect(labelsOf(problems)).toEqual(expected.split(", ").sort());
  expect(isRefused(problems)).toBe(becomes === "refused");
});

test.each(SAME)("the same to a reader: %s", async (_, unit, change) => {
  expect(await problemsOf(unit, change)).toEqual([]);
});

test("figures are read where rows and columns were put in", async () => {
  const [, unit, change] = SAME.find(([name]) => name === "rows and columns put in") ?? [];
  if (unit === undefined || change === undefined) throw new Error("no such case");
  expect((await sendOne(world, await formWith(unit, change))).problems).toEqual([]);
  const sql = "select count(*)::integer as given from reading where state = 'reported'";
  expect(await world.rows(sql)).toEqual([{ given: 7 }]);
});

test("both sides are named", async () => {
  const change = set("BIỂU SỐ LIỆU", "BIỂU SỐ LIỆU BÁO CÁO QUÝ III NĂM 2030");
  expect((await problemsOf("UB-02", change)).map(problemText)).toEqual([
    "Biểu số liệu!B5 form_period_differs: B5 | BIỂU SỐ LIỆU BÁO CÁO QUÝ III NĂM 2030 | Quý 2",
  ]);
});

/** The catalogue after a change of its plan. */
function changed(catalogue: Catalogue, change: (text: string) => string): Catalogue {
  const plans = catalogue.plans.map((plan) => ({
    ...plan,
    plan: JSON.parse(change(JSON.stringify(plan.plan))),
  }));
  return { ...catalogue, plans };
}

/** What of the plan has another text since, and where the form is said to be of an earlier one. */
const EARLIER: [what: string, from: RegExp, to: string, ...expected: string[]][] = [
  ["a measure has been reworded", /Số người được tuyên truyền/g, "$&, phổ biến"],
  ["the last day was put off", /"due_before":"2030-06-30"/g, '"due_before":"2030-07-05"'],
  ["thousands are counted", /("unit_of_measure":")người"/, '$1nghìn người"', "D23"],
  ["a code now means something else", /Số lượt đêm/g, "Số cơ sở được kiểm tra", "C27"],
  ["the period now ends earlier", /"data_to":"2030-06-30"/g, '"data_to":"2030-06-14"', "B11"],
];

test.each(EARLIER)("a form of an earlier state of its plan: %s", async (_, from, to, ...cells) => {
  const later = changed(world.catalogue, (text) => text.replace(from, to));
  const problems = await problemsOf("UB-02", () => undefined, { ...world, catalogue: later });
  const expected = cells.map((cell) => `${cell} form_of_earlier_plan`);
  expect(problems.map(({ cell, code }) => `${cell} ${code}`)).toEqual(expected);
  expect(isRefused(problems)).toBe(false);
});

test("a target that a form explains, and that was raised since, is no figure somebody wrote", async () => {
  const catalogue = readCatalogue(join(import.meta.dirname, "../../sources"));
  const later = changed(catalogue, (text) => text.replaceAll('"value":"30"', '"value":"35"'));
  const bytes = await formOf({ catalogue }, "UBND-05971", {}, { period: "2024-Q2" });
  for (const one of [catalogue, later]) {
    expect((await seenProblems(bytes, one)).problems).toEqual([]);
  }
});

test("a form of version 1 is read, and compared with the plan as it is now", async () => {
  const version1 = put(0, 0, "chitieu:form?version=1&plan=thu&unit=UB-02&period=Q2");
  const right = await problemsOf("UB-02", version1);
  const change = all(version1, exchanged("Số lượt ngày", "Số lượt đêm", 1, 6));
  const wrong = await problemsOf("UB-02", change);
  expect([labelsOf(right), isRefused(right), isRefused(wrong)]).toEqual([[], false, true]);
});

test("a label that was overwritten with somebody's name is not quoted in what is kept and sent", async () => {
  const change = set("Đơn vị báo cáo", "Đơn vị báo cáo: bà Nguyễn Thị Hoa");
  const outcome = await sendOne(world, await formWith("UB-02", change));
  const kept = await world.rows("select found, remedy from problem");
  const shown = JSON.stringify([outcome.problems, kept]);
  expect(shown).toMatch(/ghi “\(chữ có thể nói về một người, không chép lại\)”/);
  expect(shown).not.toMatch(/Hoa/);
});
