import type { CellValue, WriteOptions, WriteSheet } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import { type FormFilling, NOTHING_FILLED } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { labelProblems } from "../../pipelines/intake/form-labels.ts";
import { PrintedTexts } from "../../pipelines/persons/printed-texts.ts";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { type Catalogue, unitsIn } from "../../pipelines/sources/catalogue.ts";
import { textsOfCatalogue } from "../../pipelines/sources/printed.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import { entered, sheetOf } from "../readers/form-given.ts";

export type Rows = CellValue[][];

/** The form of a unit of the made-up plan, its figures by measure or `measure area`. */
export async function formOf(
  { catalogue }: { readonly catalogue: Catalogue },
  unitCode: string,
  figures: Readonly<Record<string, string>>,
  { period: periodCode = "Q2", ...filling }: Partial<FormFilling> & { period?: string } = {},
): Promise<Uint8Array> {
  const [plan] = catalogue.plans;
  const period = plan?.plan.periods.find(({ code }) => code === periodCode);
  if (plan === undefined || period === undefined) throw new Error("no plan");
  const unit = unitsIn(plan, period).find(({ code }) => code === unitCode);
  if (unit === undefined) throw new Error(`no unit ${unitCode}`);
  const all = { ...NOTHING_FILLED, values: entered(figures), ...filling };
  return filledForm(plan, unit, period, all);
}

/** The rows of such a form. */
export async function formRows(
  catalogue: Catalogue,
  unitCode: string,
  figures: Readonly<Record<string, string>>,
  period = "Q2",
): Promise<Rows> {
  const bytes = await formOf({ catalogue }, unitCode, figures, { period });
  return (await sheetOf(bytes)).rows.map((cells) => [...cells]);
}

/** What a workbook of such rows has besides them. */
export type Besides = Pick<
  WriteSheet,
  "merges" | "textBoxes" | "images" | "headerFooter" | "rowDefs" | "dataValidations"
> & {
  cells: NonNullable<WriteSheet["cells"]>;
  name: string;
  others: { name: string; rows: Rows }[];
};

export const besides = (): Besides => ({
  ...{ name: "Biểu số liệu", cells: new Map(), merges: [], textBoxes: [], others: [] },
});

/** A workbook of such rows. */
export async function workbookOfRows(
  rows: Rows,
  { others, ...besides_ }: Besides = besides(),
  more: Partial<WriteOptions> = {},
): Promise<Uint8Array> {
  return writeXlsx({ ...more, sheets: [{ ...besides_, rows }, ...others] });
}

/** Row and column of the first cell with a text. @throws Error where there is none */
export function find(rows: Rows, text: string): [number, number] {
  for (const [row, cells] of rows.entries()) {
    const column = cells.findIndex((value) => String(value).includes(text));
    if (column >= 0) return [row, column];
  }
  throw new Error(`no cell with ${text}`);
}

/** Puts a text in the place of another one, in every cell that has it but those of the codes. */
export function replaceAll(rows: Rows, text: string, other: string): void {
  for (const cells of rows) {
    cells.forEach((value, column) => {
      if (typeof value !== "string" || value.startsWith("chitieu:")) return;
      cells[column] = value.replaceAll(text, other);
    });
  }
}

/**
 * What is asked about what a person sees on a form and writes into it, and which of it goes unread. Its
 * figures are not judged.
 */
export async function seenProblems(
  bytes: Uint8Array,
  catalogue: Catalogue,
): Promise<{ readonly problems: readonly Problem[]; readonly unread: string }> {
  const printed = new PrintedTexts(() => textsOfCatalogue(catalogue));
  const reading = await readForm(bytes, "bieu.xlsx", printed);
  if (!reading.ok) return { problems: reading.problems, unread: "" };
  const seen = reading.document.seen.map((one) =>
    labelProblems(one, catalogue, () => [], printed, "2030-07-02"),
  );
  const problems = [...reading.doubts, ...seen.flatMap((one) => one.problems)];
  return { problems, unread: seen.map(({ unread }) => unread).join("") };
}
