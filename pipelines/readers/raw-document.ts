import type { RemarkHead } from "../vocabulary/form-code.ts";
import type { SeenForm } from "./seen-form.ts";
import type { LegacyEncoding } from "./text-encoding.ts";

/** A figure of a received file, not judged yet. All codes are as typed. */
export interface RawReading {
  readonly plan: string;
  readonly unit: string;
  readonly period: string;
  /** Code of the area; empty where the measure is not by area, or it is the unit's own area. */
  readonly area: string;
  readonly measure: string;
  /** The cell's text; empty when the cell is blank. Numbers as plain decimals, 1120 or 0.25. */
  readonly value: string;
  /** The cell holds a number, so that nobody typed the mark before its decimals. */
  readonly isExact: boolean;
  readonly note: string;
  /** Sheet and A1 reference in a workbook; null in a text file. */
  readonly sheet: string | null;
  readonly cell: string | null;
  /** 1-based line in a text file; null in a workbook. */
  readonly line: number | null;
  /** Of a version of another office: something of the figure is still owed there. */
  readonly isPartial?: true;
  /** Of it, that office keeps the figure from everybody. */
  readonly isWithheld?: true;
  /** Of it, what each area of that office has: `{area, to_date, in_period}`, as JSON. */
  readonly parts?: string;
}

/** One unit's report for one period within a received file. */
export interface RawSubmission {
  readonly plan: string;
  readonly unit: string;
  readonly period: string;
  /** The unit declares that nothing arose: flows left blank are nil, stocks stay blank. */
  readonly nilReturn: boolean;
  /** Version of the blank form it was filled in on; null in a CSV file. */
  readonly formVersion: string | null;
  /** Remarks of the unit by head; empty where there is none. */
  readonly remarks: Readonly<Partial<Record<RemarkHead, string>>>;
  readonly sheet: string | null;
  readonly cell: string | null;
}

/** A received file read as a document: what it claims, not yet whether it is right. */
export interface RawDocument {
  /** The old encoding in which texts of the workbook were typed; null where all are Unicode. */
  readonly encoding: LegacyEncoding | null;
  readonly submissions: readonly RawSubmission[];
  readonly readings: readonly RawReading[];
  /** What a person sees on each form; empty where there is none. */
  readonly seen: readonly SeenForm[];
  /** When its sender says that it was sent, as ISO text. */
  readonly sentAt?: string | undefined;
}

/** Everything that units have written in words into a document: notes, and what they say under heads. */
export function freeTextsOf({ readings, submissions }: RawDocument): string[] {
  const notes = readings.map(({ note }) => note);
  const remarks = submissions.flatMap((one) => Object.values(one.remarks));
  return [...new Set([...notes, ...remarks])].filter((text) => text !== "");
}
