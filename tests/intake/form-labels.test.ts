import { beforeAll, expect, test } from "vitest";
import type { Catalogue } from "../../pipelines/sources/catalogue.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import {
  find,
  formRows,
  type Rows,
  replaceAll,
  seenProblems,
  workbookOfRows,
} from "./form-given.ts";
import { ledgerRows, newWorld, problemText, type Sent, sendOne, type World } from "./given.ts";

const WARD = {
  people: "100",
  reached: "40",
  visits: "7",
  visits_day: "4",
  visits_night: "3",
  budget: "12",
  has_plan: "Có",
};
const OFFICE = {
  budget: "9",
  rate: "2",
  share: "50",
  "pupils 01": "10",
  "pupils 02": "20",
  "pupils_reached 01": "1",
  "pupils_reached 02": "2",
};

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

function exchange(rows: Rows, one: string, other: string, from: number, to: number): void {
  const [first] = find(rows, one);
  const [second] = find(rows, other);
  const [above, below] = [rows[first] ?? [], rows[second] ?? []];
  for (let column = from; column <= to; column += 1) {
    const value = above[column] ?? null;
    above[column] = below[column] ?? null;
    below[column] = value;
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

const all =
  (...changes: readonly Change[]): Change =>
  (rows) => {
    for (const change of changes) change(rows);
  };

/** What is changed, on whose form, and what is said of it: `F27 form_area_differs`. */
type Case = readonly [what: string, unit: UnitCode, change: Change, told: readonly string[]];

const REFUSED: Case[] = [
  [
    "every visible period is another quarter",
    "UB-02",
    (rows) => {
      replaceAll(rows, "QUÝ 2", "QUÝ III");
      replaceAll(
        rows,
        "Quý 2 (từ 01/4/2030 đến hết 30/6/2030)",
        "Quý III (từ 01/7/2030 đến hết 30/9/2030)",
      );
      replaceAll(rows, "30/6/2030", "30/9/2030");
    },
    ["B5 form_period_differs", "B11 form_period_differs", "B10 form_label_differs"],
  ],
  [
    "the title alone, in words of one's own",
    "UB-02",
    set("BIỂU SỐ LIỆU", "Biểu tổng hợp 6 tháng đầu năm 2030"),
    ["B5 form_period_differs"],
  ],
  [
    "only the year",
    "UB-02",
    set("Kỳ báo cáo", "Kỳ báo cáo: Quý 2 năm 2031"),
    ["B11 form_period_differs"],
  ],
  [
    "another ward's name on the line of the unit",
    "UB-02",
    set("Đơn vị báo cáo", "Đơn vị báo cáo: UBND phường Một"),
    ["B9 form_unit_differs"],
  ],
  [
    "another ward's name above",
    "UB-02",
    set("UBND PHƯỜNG HAI", "UBND PHƯỜNG MỘT"),
    ["B2 form_unit_differs"],
  ],
  [
    "a unit that the plan does not have",
    "GD",
    set("Đơn vị báo cáo", "Đơn vị báo cáo: Hội Liên hiệp Phụ nữ"),
    ["B9 form_unit_differs"],
  ],
  [
    "another plan's number",
    "UB-02",
    set("(Số 1/KH-UBND", "(Số 300/KH-UBND ngày 01/2/2030 của UBND thành phố)"),
    ["B7 form_plan_differs"],
  ],
  [
    "headings of wards exchanged",
    "GD",
    all(set("Phường Một", "☐"), set("Phường Hai", "Phường Một"), set("☐", "Phường Hai")),
    ["F27 form_area_differs", "G27 form_area_differs"],
  ],
  [
    "ward columns sorted where they are seen",
    "GD",
    (rows) => {
      for (const cells of rows.slice(26, 30))
        [cells[5], cells[6]] = [cells[6] ?? null, cells[5] ?? null];
    },
    ["F27 form_area_differs", "G27 form_area_differs"],
  ],
  [
    "a column of the whole put in among the cells that are seen",
    "GD",
    (rows) => {
      for (const [index, value] of ["Cả TP", null, 30, 3].entries()) {
        rows[26 + index]?.splice(5, 0, value);
      }
    },
    ["F27 form_area_differs", "G27 form_area_differs"],
  ],
  [
    "a ward that is none of the plan's",
    "GD",
    set("Phường Hai", "Thị trấn Cao Lộc"),
    ["G27 form_area_differs"],
  ],
  [
    "cells moved down",
    "UB-02",
    (rows) => shift(rows, 24, [1, 2, 3, 4, 5, 6], 1),
    [
      "A25 form_label_missing",
      ...["C26", "C27", "C28", "C29"].map((cell) => `${cell} form_measure_differs`),
      "D28 form_unit_of_measure_differs",
      "D29 form_unit_of_measure_differs",
      // the code of the column of remarks stands in the row of its own first remark
      "D32 form_label_differs",
      "B33 form_label_differs",
    ],
  ],
  [
    "cells moved up",
    "UB-02",
    (rows) => shift(rows, 24, [1, 2, 3, 4, 5, 6], -1),
    // and here the first label in that of the codes
    ["B31 form_code_changed"],
  ],
  [
    "two rows exchanged by hand",
    "UB-02",
    (rows) => exchange(rows, "Số lượt ngày", "Số lượt đêm", 1, 6),
    ["C26 form_measure_differs", "C27 form_measure_differs"],
  ],
  [
    "a measure of one's own in the place of another",
    "UB-02",
    set("Số người được tuyên truyền", "Số buổi phát thanh trên loa"),
    ["C24 form_measure_differs"],
  ],
];

const ASKED: Case[] = [
  [
    "what is difficult and what is asked for have changed places",
    "UB-02",
    (rows) => exchange(rows, "Khó khăn, vướng mắc", "Kiến nghị, đề xuất", 1, 1),
    ["B32 form_label_differs", "B33 form_label_differs"],
  ],
  [
    "nothing says what a remark is",
    "UB-02",
    set("Kiến nghị, đề xuất", null),
    ["A33 form_label_missing"],
  ],
  [
    "thousands in the place of persons",
    "UB-02",
    (rows) => {
      const [row] = find(rows, "Số người");
      (rows[row] ?? [])[3] = "nghìn người";
    },
    ["D23 form_unit_of_measure_differs"],
  ],
  [
    "attendances in the place of persons, everywhere",
    "GD",
    (rows) => replaceAll(rows, "người", "lượt người"),
    ["D30 form_unit_of_measure_differs", "D29 form_unit_of_measure_differs"],
  ],
  [
    "the words of a measure",
    "UB-02",
    set("Số người được tuyên truyền", "Số người được tuyên truyền lũy kế"),
    ["C24 form_label_differs"],
  ],
  [
    "the heading of the figures",
    "UB-02",
    set("Số liệu", "Lũy kế từ đầu năm"),
    ["F21 form_label_differs"],
  ],
  [
    "the day until which to send",
    "UB-02",
    (rows) => replaceAll(rows, "trước ngày 30/6/2030", "trước ngày 05/7/2030"),
    ["B10 form_label_differs"],
  ],
  [
    "the title of a table",
    "GD",
    set("B. Số liệu chia theo phường", "B. Số liệu lũy kế"),
    ["B25 form_label_differs"],
  ],
  [
    "title and period are gone",
    "UB-02",
    all(set("BIỂU SỐ LIỆU", null), set("Kỳ báo cáo", null)),
    ["A1 form_label_missing"],
  ],
  ["the name of a ward is gone", "GD", set("Phường Hai", null), ["G26 form_label_missing"]],
  [
    "a unit of measure written above",
    "UB-02",
    (rows) => {
      (rows[12] ?? [])[3] = "ĐVT: nghìn người";
    },
    ["D13 form_label_added"],
  ],
  [
    "a part of the unit",
    "UB-02",
    set("Đơn vị báo cáo", "Đơn vị báo cáo: Công an phường Hai"),
    ["B9 form_label_differs"],
  ],
];

const SAME: [what: string, unit: UnitCode, change: Change][] = [
  ["nothing", "GD", () => undefined],
  [
    "letters composed in another way",
    "GD",
    (rows) => {
      for (const [row, cells] of rows.entries()) {
        rows[row] = cells.map((value) =>
          typeof value === "string" ? value.normalize("NFD") : value,
        );
      }
    },
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
  ["the quarter in Roman numbers", "UB-02", set("Kỳ báo cáo", "Kỳ báo cáo: Quý II/2030")],
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
    (rows) => {
      (rows[3] ?? [])[1] = "Số: 12/BC-UBND";
      (rows[7] ?? [])[1] = "(Kèm theo Báo cáo số 12/BC-UBND ngày 20/6/2030)";
      (rows[34] ?? [])[3] = "Phường Hai, ngày 04 tháng 6 năm 2030";
    },
  ],
  ["the title alone is gone", "UB-02", set("BIỂU SỐ LIỆU", null)],
];

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

let world: World;
beforeAll(() => {
  world = newWorld();
});

const labelsOf = (problems: readonly Problem[]): string[] =>
  problems
    .flatMap(({ code, cell }) => (code.startsWith("form_") ? [`${cell} ${code}`] : []))
    .sort();
const isRefused = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === "error");

test.each([
  ...REFUSED.map((one) => ["refused", ...one] as const),
  ...ASKED.map((one) => ["asked about", ...one] as const),
])("%s: %s", async (becomes, _, unit, change, expected) => {
  const problems = await problemsOf(unit, change);
  expect(labelsOf(problems)).toEqual([...expected].sort());
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
  expect(await ledgerRows(world, sql)).toEqual([{ given: 7 }]);
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

const EARLIER: [what: string, change: (text: string) => string, told: string[]][] = [
  [
    "a measure has been reworded",
    (text) => text.replaceAll("Số người được tuyên truyền", "Số người được tuyên truyền, phổ biến"),
    [],
  ],
  [
    "the day until which to send was put off",
    (text) => text.replaceAll('"due_before":"2030-06-30"', '"due_before":"2030-07-05"'),
    [],
  ],
  [
    "a measure now counts thousands",
    (text) => text.replace('"unit_of_measure":"người"', '"unit_of_measure":"nghìn người"'),
    ["D23 form_of_earlier_plan"],
  ],
  [
    "a code now means something else",
    (text) => text.replaceAll("Số lượt đêm", "Số cơ sở được kiểm tra"),
    ["C27 form_of_earlier_plan"],
  ],
  [
    "the period now ends earlier",
    (text) => text.replaceAll('"data_to":"2030-06-30"', '"data_to":"2030-06-14"'),
    ["B11 form_of_earlier_plan"],
  ],
];

test.each(EARLIER)("a form of an earlier state of its plan: %s", async (_, change, expected) => {
  const later = { ...world, catalogue: changed(world.catalogue, change) };
  const problems = await problemsOf("UB-02", () => undefined, later);
  expect(problems.map(({ cell, code }) => `${cell} ${code}`)).toEqual(expected);
  expect(isRefused(problems)).toBe(false);
});

test("a form of version 1 is read, and compared with the plan as it is now", async () => {
  const version1: Change = (rows) => {
    (rows[0] ?? [])[0] = "chitieu:form?version=1&plan=thu&unit=UB-02&period=Q2";
  };
  const exchanged: Change = (rows) => exchange(rows, "Số lượt ngày", "Số lượt đêm", 1, 6);
  const right = await problemsOf("UB-02", version1);
  const wrong = await problemsOf("UB-02", all(version1, exchanged));
  expect([labelsOf(right), isRefused(right), isRefused(wrong)]).toEqual([[], false, true]);
});

test("a label that was overwritten with somebody's name is not quoted in what is kept and sent", async () => {
  const change = set("Đơn vị báo cáo", "Đơn vị báo cáo: bà Nguyễn Thị Hoa");
  const outcome = await sendOne(world, await formWith("UB-02", change));
  const said = [
    ...outcome.problems.flatMap((one) => [one.found, one.remedy]),
    ...(await ledgerRows(world, "select found, remedy from problem")).map((row) =>
      JSON.stringify(row),
    ),
  ].join("\n");
  expect(said).toMatch(/ghi “\(chữ có thể nói về một người, không chép lại\)”/);
  expect(said).not.toMatch(/Hoa/);
});
