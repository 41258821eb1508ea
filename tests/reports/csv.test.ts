import { expect, test } from "vitest";
import { csvText, figureCell, fileSlug } from "../../reports/components/table/csv.ts";
import { STATUSES } from "../../reports/components/words.ts";
import type { Status } from "../../reports/types/tables.ts";

/** One cell of a file of one column. */
function cell(value: string | number | null): string {
  const text = csvText([{ title: "Ô", of: (row) => row.value }], [{ value }]);
  expect(text.startsWith("\uFEFFÔ\r\n")).toBe(true);
  return text.slice("\uFEFFÔ\r\n".length, -"\r\n".length);
}

test.each([
  [1234.5, '"1234,5"'],
  [-3, "-3"],
  [0, "0"],
  [null, ""],
  ["Phường, xã", '"Phường, xã"'],
  ["a;b", '"a;b"'],
  ['nói "có"', '"nói ""có"""'],
  ["hai\ndòng", '"hai\ndòng"'],
  // nothing that a spreadsheet would compute
  ["=1+1", "'=1+1"],
  ["+84", "'+84"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", '"\'\t=1"'],
  ["  =1", "'  =1"],
  ["＝1+1", "'＝1+1"],
  ["'tis", "''tis"],
  [" đầu", '" đầu"'],
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
