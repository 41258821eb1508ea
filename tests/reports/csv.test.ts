import { expect, test } from "vitest";

interface Column {
  readonly title: string;
  readonly of: (row: Record<string, unknown>) => unknown;
}

// The pages' own code, which has no types.
const { csvText, figureCell, fileSlug } = (await import(
  new URL("../../reports/components/table/csv.js", import.meta.url).href
)) as {
  csvText: (columns: readonly Column[], rows: readonly Record<string, unknown>[]) => string;
  figureCell: (value: number | null, row?: Record<string, unknown>) => unknown;
  fileSlug: (text: string) => string;
};

/** One cell of a file of one column. */
function cell(value: unknown): string {
  const text = csvText([{ title: "Ô", of: (row) => row.value }], [{ value }]);
  expect(text.startsWith("\uFEFFÔ\r\n")).toBe(true);
  return text.slice("\uFEFFÔ\r\n".length, -"\r\n".length);
}

test.each([
  [1234.5, "1234,5"],
  [-3, "-3"],
  [0, "0"],
  [null, ""],
  ["Phường, xã", "Phường, xã"],
  ["a;b", '"a;b"'],
  ['nói "có"', '"nói ""có"""'],
  ["hai\ndòng", '"hai\ndòng"'],
  // nothing that a spreadsheet would compute
  ["=1+1", "'=1+1"],
  ["+84", "'+84"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ['=cmd|"/c"!A1;', `"'=cmd|""/c""!A1;"`],
])("%j stands in a file as %j", (value, expected) => {
  expect(cell(value)).toBe(expected);
});

test("zero, nothing reported, nothing arisen and withheld are told apart", () => {
  expect(figureCell(0, { status: "not_met" })).toBe(0);
  expect(figureCell(null, { status: "not_reported" })).toBe("Chưa báo cáo");
  expect(figureCell(null, { status: "not_arising" })).toBe("Không phát sinh");
  expect(figureCell(null, { status: "not_applicable" })).toBe("Không áp dụng");
  expect(figureCell(null, { status: "withheld", is_hidden: true })).toBe("Ẩn số nhỏ");
  // were a value there by mistake, it stays out of the file
  expect(figureCell(3, { status: "withheld", is_hidden: true })).toBe("Ẩn số nhỏ");
});

test("a file's name is plain letters of Vietnamese words", () => {
  expect(fileSlug("217-kh-ubnd-2024 Chỉ tiêu 1.3a, Đội số 1: quý II")).toBe(
    "217-kh-ubnd-2024-chi-tieu-1-3a-doi-so-1-quy-ii",
  );
});
