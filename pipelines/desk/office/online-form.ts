import { entryKey, type FormFilling, NOTHING_FILLED } from "../../forms/filling.ts";
import type { FormLayout } from "../../forms/layout.ts";
import type { Examined } from "../../intake/ingest.ts";
import type { Finding } from "../../models/finding.ts";
import type { ReportBefore, StandingFigure, StandingReport } from "../../models/standing-report.ts";
import type { PersonalSign } from "../../persons/personal-kind.ts";
import type { PrintedTexts } from "../../persons/printed-texts.ts";
import { PERSONAL_DATA, signsIn, signsInFigure } from "../../readers/personal-data.ts";
import { personalEntryWords } from "../../readers/personal-data-wording.ts";
import type { PlanMeasure } from "../../sources/plan/plan.ts";
import { decimalText, plainDecimal } from "../../vocabulary/decimal.ts";
import { findingRemedy, findingSentence } from "../../vocabulary/finding-text.ts";
import { REMARK_HEADS, type RemarkHead } from "../../vocabulary/form-code.ts";
import { levelText } from "../../vocabulary/level.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import { shownText, visibleText } from "../../vocabulary/shown-text.ts";
import { ANSWERS } from "../../vocabulary/words.ts";
import type { Draft } from "../kept/drafts.ts";

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
export function entriesOf(layout: FormLayout): { key: string; measure: string }[] {
  return placesOf(layout).map(({ key, measure }) => ({ key, measure: measure.code }));
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
  layout: FormLayout,
  {
    isNilReturn: nilReturn,
    remarks,
    figures,
  }: Pick<StandingReport, "isNilReturn" | "remarks" | "figures">,
): FormFilling {
  const values = new Map<string, string>();
  const notes = new Map<string, string>();
  for (const { key, measure, areaId } of placesOf(layout)) {
    const figure = figures.find(
      (one) => one.measure === measure.code && (one.area_id ?? areaId) === areaId,
    );
    if (figure === undefined) continue;
    const typed = typedOf(figure, measure, nilReturn);
    if (typed !== "") values.set(key, typed);
    if (figure.note !== null) notes.set(measure.code, figure.note);
  }
  return { ...NOTHING_FILLED, nilReturn, values, notes, remarks, isTyped: true };
}

/** The figures of the period before, beside the fields of a form. */
export interface FiguresBefore {
  readonly periodName: string;
  /** By `entryKey`, as they would be typed. */
  readonly values: ReadonlyMap<string, string>;
  /** Which of them seldom change, so that they are offered: what stands on a day, and answers. */
  readonly offered: ReadonlySet<string>;
}

export function figuresBefore(layout: FormLayout, before: ReportBefore): FiguresBefore {
  const { figures, periodName } = before;
  const { values } = fillingOfStanding(layout, { isNilReturn: false, remarks: {}, figures });
  const offered = placesOf(layout).filter(
    ({ key, measure }) =>
      values.has(key) && (measure.over_time === "last" || measure.kind !== "count"),
  );
  return { periodName, values, offered: new Set(offered.map(({ key }) => key)) };
}

/** What is offered of the period before for entries that are blank. */
export function offersFor(
  { values }: FormFilling,
  before: FiguresBefore | null,
): ReadonlyMap<string, string> {
  const offered = [...(before?.values ?? [])].filter(
    ([key]) => before?.offered.has(key) === true && (values.get(key) ?? "") === "",
  );
  return new Map(offered);
}

/** The field by which an offer is taken: of one entry, or of all. */
export const OFFER_FIELD = "nhu-ky-truoc";
export const ALL_OFFERS = "tat-ca";

/** A filling with the offers that somebody has taken. */
export function withOffers(
  filling: FormFilling,
  before: FiguresBefore | null,
  taken: string,
): FormFilling {
  const offers = [...offersFor(filling, before)].filter(
    ([key]) => taken === ALL_OFFERS || taken === key,
  );
  return { ...filling, values: new Map([...filling.values, ...offers]) };
}

function placesOf({
  tables,
  unit,
}: FormLayout): { key: string; measure: PlanMeasure; areaId: number | null }[] {
  return tables.flatMap(({ areas, rows }) =>
    rows.flatMap(({ measure }) =>
      (areas ?? [null]).map((area) => ({
        key: entryKey(measure.code, area?.code),
        measure,
        areaId: unit.area?.area_id ?? area?.area_id ?? null,
      })),
    ),
  );
}

/** A figure as it is typed into a form; empty of what is blank. */
export function typedOf(
  { state, value }: Pick<StandingFigure, "state" | "value">,
  { kind, unit_of_measure }: Pick<PlanMeasure, "kind" | "unit_of_measure">,
  isNilReturn: boolean,
): string {
  if (state === "nil") return isNilReturn ? "" : ANSWERS.nil.word;
  if (state === "blank" || value === null) return "";
  if (kind === "yes_no") return Number(value) === 0 ? ANSWERS.no.word : ANSWERS.yes.word;
  const level = levelText(value, unit_of_measure);
  if (level !== null) return level;
  return plainDecimal(value).replace(".", ",");
}

/** What is typed into a form, with its thousands parted. */
export function shownTyped(typed: string): string {
  return /^\d+(,\d+)?$/.test(typed) ? decimalText(typed.replace(",", ".")) : typed;
}

/**
 * A doubt that the office would have once a report had come in, as it is shown on its form: in its place
 * where it is about that report, else with the period that it is about.
 */
export function problemOfDoubt(doubt: Finding, period: string): Problem {
  const { severity, rule: code, period_name, sheet, cell } = doubt;
  const isHere = doubt.period === period;
  const about = [
    ...(isHere ? [] : [period_name]),
    ...(cell === null || !isHere ? [doubt.measure_name, doubt.area_name] : []),
  ];
  const lead = about.filter((one) => one !== null).join(", ");
  return {
    ...{ severity, code, file: doubt.file_name ?? "" },
    ...(isHere && sheet !== null && cell !== null ? { sheet, cell } : {}),
    found: `${lead === "" ? "" : `${lead}: `}${findingSentence(doubt)}.`,
    remedy: findingRemedy(code, true),
  };
}

/** What is wrong with a form, beside the fields that it is about, and the rest. */
export interface EntryFaults {
  /** By the name of the field. */
  readonly at: ReadonlyMap<string, readonly Problem[]>;
  readonly others: readonly Problem[];
}

/** @param examined what checks found in the workbook that the entries were written into */
export function faultsOf(layout: FormLayout, { problems, readings }: Examined): EntryFaults {
  const own = new Set(entriesOf(layout).map(({ key }) => key));
  const rows = layout.tables.flatMap((table) => table.rows);
  const places = new Map<string, string>();
  /** By the lines of the sheet that they stand on. */
  const rowsAt = new Map<string, number>();
  for (const { sheet, cell, measure, area } of readings) {
    const key = [entryKey(measure, area), entryKey(measure)].find((one) => own.has(one));
    const row = rows.find((one) => one.measure.code === measure)?.number;
    if (key === undefined || row === undefined || cell === null) continue;
    places.set(`${sheet} ${cell}`, key);
    const line = cell.replace(/\D/g, "");
    rowsAt.set(`${sheet} ${line}`, row).set(line, row);
  }
  // a page has no sheets, no cells, and is no file; what stands in no row of it says what it is
  const inRows = (text: string): string =>
    text
      .replace(
        /(?:trang tính “([^”]*)”, )?ô [A-Z]{1,3}(\d+)\b( ghi )?/g,
        (said, sheet, line, writes = "") => {
          const row = rowsAt.get(sheet === undefined ? line : `${sheet} ${line}`);
          return row === undefined ? (writes === "" ? said : "") : `dòng ${row}${writes}`;
        },
      )
      .replace(" nền vàng", "")
      .replace(" rồi gửi lại cả tệp", "");
  const at = new Map<string, Problem[]>();
  const others: Problem[] = [];
  for (const problem of problems) {
    const key = places.get(`${problem.sheet} ${problem.cell}`);
    const { found, remedy } = problem.code === PERSONAL_DATA ? personalEntryWords([]) : problem;
    const said = { ...problem, found: inRows(found), remedy: inRows(remedy) };
    if (key === undefined) others.push(said);
    else at.set(valueField(key), [...(at.get(valueField(key)) ?? []), said]);
  }
  return { at, others };
}

/**
 * A filling without what in it is surely about a person, so that all else can be looked at; and what
 * was left out, by the name of its field.
 */
export function withoutPersons(
  filling: FormFilling,
  printed: PrintedTexts,
): { readonly rest: FormFilling; readonly found: EntryFaults["at"] } {
  const found = new Map<string, readonly Problem[]>();
  const isKept = (field: string, signs: readonly PersonalSign[]): boolean => {
    const kinds = signs.flatMap(({ certainty, kind }) => (certainty === "certain" ? [kind] : []));
    if (kinds.length === 0) return true;
    const words = personalEntryWords(kinds);
    found.set(field, [{ severity: "error", code: PERSONAL_DATA, file: "", ...words }]);
    return false;
  };
  const { values, notes, remarks = {} } = filling;
  const rest = {
    ...filling,
    values: new Map(
      [...values].filter(([key, text]) => isKept(valueField(key), signsInFigure(text, printed))),
    ),
    notes: new Map(
      [...notes].filter(([measure, text]) => isKept(noteField(measure), signsIn(text, printed))),
    ),
    remarks: Object.fromEntries(
      REMARK_HEADS.map((head) => [head, remarks[head] ?? ""] as const).filter(([head, text]) =>
        isKept(remarkField(head), signsIn(text, printed)),
      ),
    ),
  };
  return { rest, found };
}
