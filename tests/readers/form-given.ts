import type { CellValue, Sheet, WriteSheet } from "hucre";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { entryKey, type FormFilling, NOTHING_FILLED } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { periodOf, smallPlan, unitOf } from "../forms/given.ts";

type Written = NonNullable<WriteSheet["cells"]> extends Map<string, infer C> ? C : never;

/** The form of a unit of the small plan, filled in with values by measure or `measure area`. */
export async function formOf(
  unit: string,
  values: Record<string, string> = {},
  filling: Partial<FormFilling> = {},
): Promise<Uint8Array> {
  const plan = smallPlan();
  const entries = Object.entries(values).map(([key, value]): [string, string] => {
    const [measure = "", area] = key.split(" ");
    return [entryKey(measure, area), value];
  });
  const all = { ...NOTHING_FILLED, values: new Map(entries), ...filling };
  return filledForm(plan, unitOf(plan, unit), periodOf(plan), all);
}

export async function sheetOf(bytes: Uint8Array): Promise<Sheet> {
  const sheet = (await readXlsx(bytes)).sheets[0];
  if (sheet === undefined) throw new Error("no sheet");
  return sheet;
}

/** Writes a workbook from bare rows, with some cells replaced by what a value cannot say. */
export async function workbookOf(
  sheets: {
    name: string;
    rows: CellValue[][];
    hidden?: boolean;
    cells?: Record<string, Written>;
  }[],
): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ cells = {}, ...sheet }) => ({
      ...sheet,
      cells: new Map(Object.entries(cells)),
    })),
  });
}

/** `row,column` of the entry cell of a measure in the first value column of a form. */
export function entryPlace(rows: CellValue[][], code: string): [number, number] {
  const row = rows.findIndex((cells) => cells[0] === code);
  const codes = rows.slice(0, row).findLast((cells) => cells[0] === "chitieu:columns") ?? [];
  const column = codes.findIndex((value) => value === "own" || String(value).startsWith("area:"));
  if (row < 0 || column < 0) throw new Error(`no entry for ${code}`);
  return [row, column];
}
