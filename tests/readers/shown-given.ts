import type { WriteSheet } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { entryPlace, formOf, sheetOf } from "./form-given.ts";

type Cells = NonNullable<WriteSheet["cells"]>;

/** A ward's form with three entries of 20, of which formats show something else, or that are merged. */
export async function shownForm(format: string): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901"));
  const at = (code: string): string => entryPlace(rows, code).join();
  const cells: Cells = new Map([
    [at("measure:trained"), { value: 20, style: { numFmt: format } }],
    [at("measure:spent"), { value: 12, style: { numFmt: "#,##0.00" } }],
  ]);
  return writeXlsx({ sheets: [{ name: "S", rows, cells }] });
}

/** The same with the entries of two rows merged, the first of which has a figure. */
export async function mergedForm(): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901"));
  const [row, column] = entryPlace(rows, "measure:trained");
  const cells: Cells = new Map([[`${row},${column}`, { value: 20 }]]);
  const merges = [{ startRow: row, endRow: row + 1, startCol: column, endCol: column }];
  return writeXlsx({ sheets: [{ name: "S", rows, cells, merges }] });
}

/** What is read of the entry: its text, or why it is refused. */
export async function readEntry(bytes: Uint8Array): Promise<string> {
  const reading = await readForm(bytes, "bieu");
  if (!reading.ok) return reading.problems.map(({ code, found }) => `${code}: ${found}`).join(" ");
  const read = new Map(reading.document.readings.map(({ measure, value }) => [measure, value]));
  const beside = read.get("spent") ?? "";
  if (beside !== "" && beside !== "12") throw new Error(`12 is read as ${beside}`);
  return read.get("trained") ?? "";
}
