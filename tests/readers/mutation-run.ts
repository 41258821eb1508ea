import { entryKey } from "../../pipelines/forms/filling.ts";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import type { RawReading } from "../../pipelines/readers/raw-document.ts";
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

/** Judges what was read of a damaged file. */
type Judge = (
  readings: readonly RawReading[],
  bytes: Buffer,
  fault: (what: string) => void,
) => void;

/** Damages a form again and again, reads it, and has what is read of it judged. */
export async function readDamaged(
  [format, count, seed]: readonly [format: string, count: number, seed: number],
  damage: (random: () => number) => Buffer,
  judge: Judge,
): Promise<MutationReport> {
  let [accepted, refused] = [0, 0];
  const faults: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const bytes = damage(randomOf(seed * 1_000_003 + number));
    const fault = (what: string): void => {
      faults.push(`${format} ${number} of seed ${seed}: ${what}`);
    };
    try {
      const reading = await readForm(bytes, `form.${format}`);
      if (reading.ok) {
        accepted += 1;
        judge(reading.document.readings, bytes, fault);
        continue;
      }
      refused += 1;
      const hasReason = reading.problems.every(
        ({ found, remedy }) => found !== "" && remedy !== "",
      );
      if (reading.problems.length === 0 || !hasReason) fault("refused without a reason");
    } catch (error) {
      fault(`thrown: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return { accepted, refused, faults };
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
  const whole = await readForm(form, "form.xlsx");
  if (!whole.ok) throw new Error("the form itself cannot be read");
  const judge: Judge = (readings, bytes, fault) => {
    const plain = readPlain(bytes);
    if (plain === null) {
      const read = valuesOf(readings);
      if (read !== valuesOf(whole.document.readings)) fault(`damaged, and read as ${read}`);
      return;
    }
    for (const { sheet, cell, value, measure } of readings) {
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
    const measures = new Set(readings.map(({ measure }) => measure)).size;
    if (measures !== rows) fault(`${rows} rows of figures, of which ${measures} were read`);
  };
  return readDamaged(["xlsx", count, seed], (random) => mutated(form, random), judge);
}

const valuesOf = (readings: readonly RawReading[]): string =>
  JSON.stringify(readings.map(({ measure, value }) => [measure, value]));

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
