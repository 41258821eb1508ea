import type { CellValue, ReadOptions, Sheet, WriteSheet } from "hucre";
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
  const all = { ...NOTHING_FILLED, values: entered(values), ...filling };
  return filledForm(plan, unitOf(plan, unit), periodOf(plan), all);
}

/** Figures as a filling has them, by measure or `measure area`. */
export function entered(figures: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(figures).map(([place, figure]) => {
      const [measure = "", area] = place.split(" ");
      return [entryKey(measure, area), figure];
    }),
  );
}

export async function sheetOf(bytes: Uint8Array, options: ReadOptions = {}): Promise<Sheet> {
  const sheet = (await readXlsx(bytes, options)).sheets[0];
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
