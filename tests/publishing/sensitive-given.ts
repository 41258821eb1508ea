import { smallPlan } from "../models/small-plan.ts";
import { planMeasure } from "../plan-parts.ts";
import { newOffice, type Office } from "./given.ts";

export const WARDS = ["A1", "A2", "A3", "A4"] as const;

/** One state of one ward's report: for each measure a count, for a quarter, from a moment on. */
export interface Report {
  readonly ward: (typeof WARDS)[number];
  readonly period: "Q1" | "Q2";
  readonly moment: string;
  readonly counts: readonly number[];
}

/** Sensitive counts that wards report, tied to nothing else. */
export const measures = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    planMeasure(`s${index}`, `Sensitive ${index}`, "W", "sum", { sensitive: true }),
  );

export const officeOf = (count: number): Office =>
  newOffice(smallPlan([], { measures: measures(count) }));

export async function send(office: Office, ...reports: readonly Report[]): Promise<void> {
  await office.sendAll(
    reports.map(({ ward, period, moment, counts }) => {
      const figures = counts.map((count, index) => `s${index} ${count}`).join("\n");
      return [moment, `W-${ward}`, period, figures] as const;
    }),
  );
}

/** Of a measure by ward: nothing of the whole, nothing of four wards. */
export const NOTHING = "- - - - -";

/** What the shared audience saw of the measure: of the whole, then of the wards, `-` where nothing. */
export async function visible(office: Office, period: string, version: number, code = "s0") {
  const { lines } = await office.read(period, version, "shared");
  return lines
    .filter((line) => line.section === "measure" && line.code === code)
    .map(({ value_shown }) => (value_shown === null ? "-" : String(Number(value_shown))))
    .join(" ");
}
