import { entryKey } from "../../pipelines/forms/filling.ts";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { formOf } from "./form-given.ts";
import { mutated } from "./mutation.ts";
import { type PlainCells, readPlain } from "./plain-workbook.ts";

/** What became of many mutated workbooks. */
export interface MutationReport {
  readonly accepted: number;
  readonly refused: number;
  /** What is neither accepted with the right values nor refused with a reason. */
  readonly faults: readonly string[];
}

/**
 * Reads mutated workbooks of a form, and judges what is read by a reader that has nothing in common
 * with the program's: the value and the code of every reading must stand where it says.
 */
export async function readMutated(count: number, seed: number): Promise<MutationReport> {
  const form = await formOf(
    "W-901",
    { planned: "Có", spent: "12.5" },
    { notes: new Map([[entryKey("spent"), "ước tính"]]) },
  );
  const whole = await valuesOf(form);
  let accepted = 0;
  let refused = 0;
  const faults: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const bytes = mutated(form, randomOf(seed * 1_000_003 + number));
    const fault = (what: string): void => {
      faults.push(`mutation ${number} of seed ${seed}: ${what}`);
    };
    try {
      const reading = await readForm(bytes, "form.xlsx");
      if (!reading.ok) {
        refused += 1;
        const hasReason = reading.problems.every(
          ({ found, remedy }) => found !== "" && remedy !== "",
        );
        if (reading.problems.length === 0 || !hasReason) fault("refused without a reason");
        continue;
      }
      accepted += 1;
      const plain = readPlain(bytes);
      const read = JSON.stringify(
        reading.document.readings.map(({ measure, value }) => [measure, value]),
      );
      if (plain === null) {
        if (read !== whole) fault(`damaged, and read as ${read}`);
        continue;
      }
      for (const { sheet, cell, value, measure } of reading.document.readings) {
        const there = plain.get(`${sheet}!${cell}`) ?? "";
        if (!isSame(value, there)) fault(`${cell} holds ${there} and was read as ${value}`);
        if (!holdsCode(plain, `${sheet}`, `${cell}`, measure))
          fault(`${measure} is not in the row of ${cell}`);
      }
      const rows = new Set(
        [...plain].flatMap(([place, text]) =>
          String(text).trim().startsWith("measure:") ? [place.replace(/[A-Z]+(?=\d+$)/, "")] : [],
        ),
      ).size;
      const measures = new Set(reading.document.readings.map(({ measure }) => measure)).size;
      if (measures !== rows) fault(`${rows} rows of figures, of which ${measures} were read`);
    } catch (error) {
      fault(`thrown: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return { accepted, refused, faults };
}

async function valuesOf(form: Uint8Array): Promise<string> {
  const reading = await readForm(form, "form.xlsx");
  if (!reading.ok) throw new Error("the form itself cannot be read");
  return JSON.stringify(reading.document.readings.map(({ measure, value }) => [measure, value]));
}

function isSame(read: string, there: string | number): boolean {
  if (typeof there === "string") return read === there.normalize("NFC").trim();
  if (read.endsWith("%")) return Math.abs(Number(read.slice(0, -1)) / 100 - there) < 1e-12;
  // a number is read with the digits that a spreadsheet shows
  return Math.abs(Number(read) - there) <= Math.abs(there) * 1e-14;
}

function holdsCode(plain: PlainCells, sheet: string, cell: string, measure: string): boolean {
  const row = cell.replace(/[A-Z]+/, "");
  return [...plain].some(
    ([place, value]) =>
      place.startsWith(`${sheet}!`) &&
      place.slice(sheet.length + 1).replace(/[A-Z]+/, "") === row &&
      String(value).trim() === `measure:${measure}`,
  );
}
