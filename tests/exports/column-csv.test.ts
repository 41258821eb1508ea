import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Column } from "../../pipelines/exports/column.ts";
import { csvBytes } from "../../pipelines/exports/column-csv.ts";

interface Row {
  readonly words: string | null;
  readonly figure: string | null;
}
const COLUMNS: readonly Column<Row>[] = [
  { name: "words", kind: "text", description: "", read: ({ words }) => words },
  { name: "figure", kind: "figure", description: "", read: ({ figure }) => figure },
];

/** What stands in the cells, read by another program. */
function cells(rows: readonly Row[]): string[][] {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(csvBytes(COLUMNS, rows));
  return parse(text, { bom: true, record_delimiter: "\r\n" });
}

describe("a CSV cell", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+84 912", "'+84 912"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["\n", "'\n"],
    ["  =1", "'  =1"],
    ["＝1+1", "'＝1+1"],
    ["'=1+1", "''=1+1"],
    ["'tis", "''tis"],
    ["Phường, xã", "Phường, xã"],
    ['nói "không"', 'nói "không"'],
    ["1.3a", "1.3a"],
    ["> 5", "> 5"],
  ])("with the text %j holds %j", (words, held) => {
    expect(cells([{ words, figure: "1" }])[1]).toEqual([held, "1"]);
  });

  test("keeps a negative figure a figure, and nothing as nothing", () => {
    expect(
      cells([
        { words: null, figure: "-12.5000" },
        { words: "0", figure: null },
        { words: null, figure: "3.0000" },
        { words: null, figure: "100" },
      ]),
    ).toEqual([
      ["words", "figure"],
      ["", "-12.5"],
      ["0", ""],
      ["", "3"],
      ["", "100"],
    ]);
  });

  test("gives any text back once one leading apostrophe is taken away", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (words) => {
        const held = cells([{ words, figure: "1" }])[1]?.[0] ?? "";
        expect(held.replace(/^'/, "")).toBe(words);
        expect(held).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });

  test("begins with a byte order mark and ends its lines as Windows does", () => {
    const bytes = csvBytes(COLUMNS, [{ words: "Đạt", figure: "1" }]);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(Buffer.from(bytes).toString("utf8").slice(1)).toBe("words,figure\r\nĐạt,1\r\n");
  });
});
