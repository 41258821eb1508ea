import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { CellContent, CellMark } from "../../pipelines/readers/sheet-content.ts";
import { textOfOtherNumber } from "../../pipelines/readers/shown-number.ts";
import { readWorkbook } from "../../pipelines/readers/workbook-reader.ts";
import { unpack } from "../../pipelines/workbook/zip.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/strangers");

/** What LibreOffice shows of each sheet of a file; a sheet alone has no name there. */
const SHOWN: Readonly<Record<string, Readonly<Record<string, string[][]>>>> = JSON.parse(
  gunzipSync(readFileSync(join(FOLDER, "shown.json.gz"))).toString("utf8"),
);

/** Files that are refused, and for what: a form has neither macros nor links to other programs. */
const REFUSED: Readonly<Record<string, string>> = {
  "calamine/biff5_write.xls": "old_workbook",
  "calamine/issue_385.xls": "password_protected",
  // some cells of a row have a place and others none: where these are is a guess
  "closedxml/row-index-1-based.xlsx": "damaged_workbook",
  "poi/14460.xls": "macros",
  "poi/30070.xls": "macros",
  "poi/31979.xls": "macros",
  "poi/37376.xls": "macros",
  "poi/44840.xls": "macros",
  "poi/51262.xls": "macros",
  "poi/ex42564-21503.xls": "macros",
  "poi/mortgage-calculation.xls": "macros",
  "tika/testDdeLink.xlsx": "outside_link",
  "tika/testEXCEL_5.xls": "old_workbook",
};

const PIVOT = "the file: LibreOffice draws a pivot table anew";
const FORMULA = "the file: LibreOffice reckons a formula of which it has no result";
/** Files of which cells differ, how many, and who is right. */
const DIFFER: Readonly<Record<string, readonly [cells: number, who: string]>> = {
  "calamine/richtext-after-plain.xlsx": [1, "nobody: a text has both a plain part and runs"],
  "closedxml/915c37-inputfile.xlsx": [5, PIVOT],
  "closedxml/Add_grand_row_total_styles.xlsx": [12, PIVOT],
  "closedxml/Add_one_column_and_one_value.xlsx": [4, PIVOT],
  "closedxml/ArrayFormula.xlsx": [3, FORMULA],
  "closedxml/Formulas.xlsx": [1, FORMULA],
  "closedxml/PivotTables.xlsx": [572, PIVOT],
  "closedxml/Style_values_at_intersection_of_row_and_column.xlsx": [26, PIVOT],
  "closedxml/de6d4b-output.xlsx": [73, PIVOT],
  "closedxml/input.xlsx": [29, PIVOT],
  "closedxml/pivot_table_first_header_row.xlsx": [78, PIVOT],
  "closedxml/pivottable_string_field_filter.xlsx": [11, PIVOT],
  "closedxml/shared-nested-dategroup.xlsx": [34, PIVOT],
  "closedxml/with-strings-integers-and-dates.xlsx": [3, PIVOT],
  "poi/51498.xls": [5, "the file: a yes or no that LibreOffice shows as 1 or 0"],
};

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Whether a cell is read as it is shown, or is marked as one that is not taken so. */
function isAsShown(shown: string, value: CellContent, mark: CellMark | undefined): boolean {
  const isMarked = mark?.isError === true || mark?.isStruck === true || mark?.shown !== undefined;
  // a formula counts by its last result, which LibreOffice reckons anew
  if (isMarked || mark?.isFormula === true || value instanceof Date) return true;
  const own = typeof value === "boolean" ? String(value).toUpperCase() : String(value ?? "");
  if (plain(mark?.whole ?? own) === plain(shown) || plain(own) === plain(shown)) return true;
  return typeof value === "number" && textOfOtherNumber(shown, value) === null;
}

test.each(["calamine", "closedxml", "exceljs", "poi", "tika"])(
  "each cell of public workbooks of %s is read as it is shown",
  async (source) => {
    const files = unpack(readFileSync(join(FOLDER, `${source}.zip`))) ?? new Map();
    expect(files.size).toBeGreaterThan(10);
    const refused: Record<string, string> = {};
    const differ: Record<string, number> = {};
    let cells = 0;
    for (const [name, bytes] of files) {
      const file = `${source}/${name}`;
      const read = await readWorkbook(bytes);
      if ("code" in read) {
        refused[file] = read.code;
        continue;
      }
      for (const { name: sheet, rows, marks } of read.sheets) {
        const shown =
          SHOWN[file]?.[sheet] ?? (read.sheets.length === 1 ? SHOWN[file]?.[""] : null) ?? [];
        for (let row = 0; row < Math.max(rows.length, shown.length); row += 1) {
          const [own = [], seen = []] = [rows[row], shown[row]];
          for (let column = 0; column < Math.max(own.length, seen.length); column += 1) {
            cells += 1;
            const [value, text] = [own[column] ?? null, seen[column] ?? ""];
            if (isAsShown(text, value, marks.get(`${row},${column}`))) continue;
            differ[file] = (differ[file] ?? 0) + 1;
          }
        }
      }
    }
    const own = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
      Object.fromEntries(Object.entries(all).filter(([file]) => file.startsWith(`${source}/`)));
    expect(cells).toBeGreaterThan(100);
    expect.soft(refused).toEqual(own(REFUSED));
    expect(differ).toEqual(
      Object.fromEntries(Object.entries(own(DIFFER)).map(([file, [count]]) => [file, count])),
    );
  },
);
