import { entryKey, type FormFilling, NOTHING_FILLED } from "../forms/filling.ts";
import type { FormLayout } from "../forms/layout.ts";
import type { Examined } from "../intake/ingest.ts";
import type { StandingFigure, StandingReport } from "../models/standing-report.ts";
import type { PlanMeasure } from "../sources/plan.ts";
import { REMARK_HEADS, type RemarkHead } from "../vocabulary/form-code.ts";
import { levelText } from "../vocabulary/level.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText, visibleText } from "../vocabulary/shown-text.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import type { Draft } from "./drafts.ts";

/** What the fields of the form are called. */
export const NIL_FIELD = "khong-phat-sinh";
export const valueField = (key: string): string => `so:${key}`;
export const remarkField = (head: RemarkHead): string => `y-kien:${head}`;
export const noteField = (measure: string): string => `ghi-chu:${measure}`;

/** A cell of a form takes more, but nobody means it. */
export const MAX_VALUE = 100;
export const MAX_NOTE = 400;
export const MAX_REMARK = 2000;

/** The entries of a form, in its order: the key and the code of the measure. */
export function entriesOf({ tables }: FormLayout): { key: string; measure: string }[] {
  return tables.flatMap(({ areas, rows }) =>
    rows.flatMap(({ measure: { code } }) =>
      (areas?.map((area) => area.code) ?? [""]).map((area) => ({
        key: entryKey(code, area),
        measure: code,
      })),
    ),
  );
}

/** What somebody typed into the form of the page. */
export function typedFilling(layout: FormLayout, form: FormData): FormFilling {
  const typed = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.normalize("NFC") : "";
  };
  const text = (name: string, most: number): string => shownText(typed(name)).trim().slice(0, most);
  const lines = (name: string): string =>
    typed(name)
      .split(/\r\n?|\n/)
      .map((line) => visibleText(line).trim())
      .join("\n")
      .trim()
      .slice(0, MAX_REMARK);
  const entries = entriesOf(layout);
  return {
    nilReturn: form.get(NIL_FIELD) !== null,
    values: new Map(entries.map(({ key }) => [key, text(valueField(key), MAX_VALUE)])),
    notes: new Map(entries.map(({ measure }) => [measure, text(noteField(measure), MAX_NOTE)])),
    remarks: Object.fromEntries(REMARK_HEADS.map((head) => [head, lines(remarkField(head))])),
    isTyped: true,
  };
}

export function fillingOfDraft(draft: Draft): FormFilling {
  return {
    nilReturn: draft.is_nil_return,
    values: new Map(Object.entries(draft.values)),
    notes: new Map(Object.entries(draft.notes)),
    remarks: draft.remarks,
    isTyped: true,
  };
}

/** The report that counts, as it would be typed again. */
export function fillingOfStanding(
  { tables, unit }: FormLayout,
  standing: StandingReport,
): FormFilling {
  const values = new Map<string, string>();
  const notes = new Map<string, string>();
  for (const { areas, rows } of tables) {
    for (const { measure } of rows) {
      for (const area of areas ?? [null]) {
        const areaId = unit.area?.area_id ?? area?.area_id ?? null;
        const figure = standing.figures.find(
          (one) => one.measure === measure.code && (one.area_id ?? areaId) === areaId,
        );
        if (figure === undefined) continue;
        const typed = typedOf(figure, measure, standing.isNilReturn);
        if (typed !== "") values.set(entryKey(measure.code, area?.code), typed);
        if (figure.note !== null) notes.set(measure.code, figure.note);
      }
    }
  }
  const { isNilReturn: nilReturn, remarks } = standing;
  return { ...NOTHING_FILLED, nilReturn, values, notes, remarks, isTyped: true };
}

function typedOf(
  { state, value }: StandingFigure,
  { kind, unit_of_measure }: PlanMeasure,
  isNilReturn: boolean,
): string {
  if (state === "nil") return isNilReturn ? "" : ANSWERS.nil.word;
  if (state === "blank" || value === null) return "";
  if (kind === "yes_no") return Number(value) === 0 ? ANSWERS.no.word : ANSWERS.yes.word;
  const level = levelText(value, unit_of_measure);
  if (level !== null) return level;
  return value
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "")
    .replace(".", ",");
}

/** What is wrong with a form, beside the entries that it is about, and the rest. */
export interface EntryFaults {
  /** By `entryKey`. */
  readonly at: ReadonlyMap<string, readonly Problem[]>;
  readonly others: readonly Problem[];
}

/** @param examined what was said of the workbook that the entries were written into */
export function faultsOf(layout: FormLayout, { problems, readings }: Examined): EntryFaults {
  const own = new Set(entriesOf(layout).map(({ key }) => key));
  const keyAt = new Map(
    readings.flatMap(({ sheet, cell, measure, area }) => {
      const key = [entryKey(measure, area), entryKey(measure)].find((one) => own.has(one));
      return key === undefined || cell === null ? [] : [[`${sheet} ${cell}`, key] as const];
    }),
  );
  const at = new Map<string, Problem[]>();
  const others: Problem[] = [];
  for (const problem of problems) {
    const key = keyAt.get(`${problem.sheet} ${problem.cell}`);
    if (key === undefined) others.push(problem);
    else at.set(key, [...(at.get(key) ?? []), problem]);
  }
  return { at, others };
}
