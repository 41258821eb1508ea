import type { WriteSheet } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import { expect } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { entryPlace, formOf, sheetOf } from "./form-given.ts";

const STRUCK = { strikethrough: true };
type Cells = NonNullable<WriteSheet["cells"]>;

/** A ward's form: a part of one entry is struck out, the whole of another, and a blank one's style strikes. */
export async function struckForm(): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901", { trained: "135" }));
  const at = (code: string): string => entryPlace(rows, code).join();
  const cells: Cells = new Map([
    [at("measure:staff"), { richText: [{ text: "120", font: STRUCK }, { text: " 135" }] }],
    [at("measure:spent"), { value: 12, style: { font: STRUCK } }],
    [at("measure:planned"), { value: null, style: { font: STRUCK } }],
  ]);
  return writeXlsx({ sheets: [{ name: "S", rows, cells }] });
}

/** What a reader says of the struck form: code, cell and what it found. */
export async function expectStruckOut(bytes: Uint8Array): Promise<void> {
  const reading = await readForm(bytes, "bieu");
  const problems = reading.ok ? [] : reading.problems;
  expect(problems.map(({ code, cell, found }) => [code, cell, found])).toEqual([
    ["struck_out", "F24", "Ô ghi “120 135” có chữ bị gạch ngang nên không rõ số nào là số đúng."],
    ["struck_out", "F27", "Ô ghi “12” có chữ bị gạch ngang nên không rõ số nào là số đúng."],
  ]);
}
