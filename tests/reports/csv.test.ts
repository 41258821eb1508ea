import { expect, test } from "vitest";
import { ANSWER } from "../../reports/components/number-text.ts";
import {
  csvText,
  figureCell,
  fileSlug,
  type PlanOfFile,
  valueCell,
} from "../../reports/components/table/csv.ts";
import { STATUSES } from "../../reports/components/words.ts";
import type { Status } from "../../reports/types/tables.ts";

const PLAN = {
  number: "5/KH",
  as_of: "16/12/2024",
  audience: "shared",
  is_demonstration: false,
} as const;
const ROW = {
  is_hidden: false,
  status: "met",
  unit: "%",
  is_provisional: false,
  areas_carried: 0,
} as const;
const MARKS =
  'Đơn vị tính;Tạm tính;"Số địa bàn, đơn vị lấy số kỳ trước";Kế hoạch;Số liệu tính đến;Ghi chú';

/** One cell of a file of one column, before its marks. */
function cell(value: string | number | null): string {
  const text = csvText(PLAN, [{ title: "Ô", of: () => value }], [ROW]);
  const [head, end] = [`\uFEFFÔ;${MARKS}\r\n`, ";%;;0;5/KH;16/12/2024;\r\n"];
  expect([text.slice(0, head.length), text.slice(-end.length)]).toEqual([head, end]);
  return text.slice(head.length, -end.length);
}

test.each<[Partial<Parameters<typeof valueCell>[1]>, Partial<PlanOfFile>, string]>([
  [{}, {}, "100;%;;0;5/KH;16/12/2024;"],
  [{ is_provisional: true, areas_carried: 1 }, {}, "100;%;có;1;5/KH;16/12/2024;"],
  [{ unit: ANSWER }, {}, "Có;có/không;;0;5/KH;16/12/2024;"],
  // a figure of the plan that this one continues
  [{ earlier_number: "4/KH" }, {}, "100;%;;0;4/KH;16/12/2024;"],
  [{ is_hidden: true, status: "withheld" }, {}, `${STATUSES.withheld.word};%;;0;5/KH;16/12/2024;`],
  [
    {},
    { is_demonstration: true, audience: "city" },
    '100;%;;0;5/KH;16/12/2024;"Số liệu minh họa, không phải số liệu thật. Lưu hành nội bộ."',
  ],
])("a row %j of a plan %j carries its marks", (row, plan, expected) => {
  const rows = [{ ...ROW, ...row }];
  const text = csvText(
    { ...PLAN, ...plan },
    [{ title: "Ô", of: (one) => valueCell(100, one) }],
    rows,
  );
  expect(text.split("\r\n")[1]).toBe(expected);
});

test.each([
  [1234.5, '"1234,5"'],
  [-3, "-3"],
  [0, "0"],
  [null, ""],
  ["Phường, xã", '"Phường, xã"'],
  ["a;b", '"a;b"'],
  ['nói "có"', '"nói ""có"""'],
  ["hai\ndòng", '"hai\ndòng"'],
  [" đầu", '" đầu"'],
  // nothing that a spreadsheet would compute: `tests/exports/column-csv.test.ts`
  ['=cmd|"/c"!A1;', `"'=cmd|""/c""!A1;"`],
])("%j stands in a file as %j", (value, expected) => {
  expect(cell(value)).toBe(expected);
});

test("zero, nothing reported, nothing arisen and withheld are told apart", () => {
  const of = (value: number | null, status: Status) =>
    figureCell(value, { status, is_hidden: false });
  expect(of(0, "not_met")).toBe(0);
  for (const status of ["not_reported", "not_arising", "in_doubt", "not_applicable"] as const) {
    expect(of(null, status)).toBe(STATUSES[status].word);
  }
  // were a value there by mistake, it stays out of the file
  for (const value of [null, 3]) {
    expect(figureCell(value, { status: "withheld", is_hidden: true })).toBe(STATUSES.withheld.word);
  }
});

test("a file's name is plain letters of Vietnamese words", () => {
  expect(fileSlug("217-kh-ubnd-2024 Chỉ tiêu 1.3a, Đội số 1: quý II")).toBe(
    "217-kh-ubnd-2024-chi-tieu-1-3a-doi-so-1-quy-ii",
  );
});
