import type { ReportingUnit } from "../../sources/catalogue.ts";
import type { PlanCheck } from "../../sources/check/plan-check.ts";
import type { OfficeUnit } from "../../sources/office/office-unit.ts";
import { Plan } from "../../sources/plan/plan.ts";
import { resolveTargets } from "../../sources/targets/target.ts";
import { type TargetLines, targetLines } from "../../sources/targets/target-lines.ts";
import { recordsOf } from "../../sources/text/csv-lines.ts";
import { BY_DECREE, periodsOf } from "../../sources/writing/plan-draft.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { capital, inSentence } from "../../vocabulary/letter-case.ts";
import {
  areaFields,
  contactFields,
  documentFields,
  groupFields,
  headFields,
  indicatorFields,
  measureFields,
  periodFields,
  reporterFields,
  unitFields,
} from "./draft-fields.ts";
import { dataOf, type PlanDraft } from "./plan-drafts.ts";
import { measuresNamed } from "./plan-kinds.ts";
import { CONTACTS, contactKey, entriesOf, statementsOf, textAt, unitsAsked } from "./plan-parts.ts";
import { type Field, fieldId, getAt } from "./plan-places.ts";
import { type Notice, wordsOf } from "./plan-problems.ts";

/** A page of a draft: a step, one of its entries, or the text. */
export interface PageOfDraft {
  readonly name: string;
  readonly entry: string;
}

/** The fields of a page of a draft. */
export function fieldsOf(
  draft: PlanDraft,
  { name, entry }: PageOfDraft,
  units: readonly ReportingUnit[] = [],
): Field[] {
  const data = dataOf(draft);
  const each = (section: string, fields: (name: string) => Field[]): Field[] =>
    entriesOf(data, section).flatMap((one) => fields(one.name));
  switch (name) {
    case "can-cu":
      return [...headFields(data), ...documentFields()];
    case "chi-tieu":
      return entry === "" ? groupFields(data) : indicatorPageFields(data, entry);
    case "so-lieu":
      return measureFields(data, entry);
    case "don-vi":
      return [
        ...areaFields(data),
        ...each("units", unitFields),
        ...each("measures", (one) => reporterFields(data, one)),
        ...[...unitsAsked(units).keys()].flatMap(contactFields),
      ];
    case "ky":
      return each("periods", periodFields);
    default:
      return [];
  }
}

/** What the fields of a draft stand for: what its plan says, and whom to ask at its units. */
export function filledData(draft: PlanDraft, office: readonly OfficeUnit[]): PlanData {
  const lines = [...office, ...draft.contacts];
  return {
    ...dataOf(draft),
    [CONTACTS]: Object.fromEntries(
      lines.map(({ code = "", area, contact, phone, email }) => [
        contactKey(code, area),
        { contact, phone, email },
      ]),
    ),
  };
}

/** What is no field of its own, by its place in the words of `plan check`. */
const PARTS: readonly (readonly [words: RegExp, label: string])[] = [
  [/^chỉ tiêu "[^"]+" › value$/, "đo bằng gì"],
  [/^chỉ tiêu "[^"]+" › value(?:\.of)?\.numerator$/, "tử số"],
  [/^chỉ tiêu "[^"]+" › value(?:\.of)?\.denominator$/, "mẫu số"],
  [/^chỉ tiêu "[^"]+" › value(?:\.of)?\.measures$/, "đếm số nào"],
  [/^chỉ tiêu "[^"]+" › value\.conditions$/, "các điều phải có"],
  [/^chỉ tiêu "[^"]+" › target(?:\[0\])?$/, "mức phải đạt"],
  [/^chỉ tiêu "[^"]+" › target\[\d+\]$/, "mức điều chỉnh"],
  [/^measures$/, "Số liệu"],
];

/** The field that a notice is about, on the page where it is seen to. */
export function fieldOf(draft: PlanDraft, { page, words }: Notice): Field | undefined {
  const data = dataOf(draft);
  const [name = "", entry = ""] = page.split("/");
  const fields = fieldsOf(draft, { name, entry });
  // a level that is not there yet is written where the first of its fields is
  const isLevel = / › target(?:\[\d+\])?$/.test(words);
  return (
    fields.find((one) => wordsOf(data, one) === words) ??
    (isLevel ? fields.find((one) => wordsOf(data, one) === `${words}.value`) : undefined)
  );
}

/** Where on its page a notice leads to, as the end of an address: its field, or what is counted. */
export function placeOf(draft: PlanDraft, notice: Notice): string {
  const field = fieldOf(draft, notice);
  if (field !== undefined) return `#${fieldId(field.at)}`;
  return / › value(?!\p{L})/u.test(notice.words) ? "#do-bang-gi" : "";
}

/** What a notice is about, as the page calls it where it is seen to; null where nothing there is. */
export function labelOf(draft: PlanDraft, notice: Notice): string | null {
  const { words } = notice;
  const data = dataOf(draft);
  const field = fieldOf(draft, notice);
  const [, unit] = /^đơn vị "([^"]+)"$/.exec(words) ?? [];
  if (unit !== undefined) return textAt(getAt(data, `units/${unit}`), "name") || unit;
  const label = field?.label ?? PARTS.find(([place]) => place.test(words))?.[1];
  if (label === undefined) return null;
  const [of] = /^[^"›]+ "[^"]+"(?= ›)/.exec(words) ?? [];
  return of === undefined ? label : `${capital(of)} › ${inSentence(label)}`;
}

/** The periods with which those of a plan are compared, as far as no plan has them: codes and names. */
export function periodsBefore(
  data: PlanData,
  from: string,
): (readonly [code: string, name: string])[] {
  const periods = entriesOf(data, "periods");
  const first = Math.min(...periods.map(({ entry }) => Number(entry.year)));
  const year = /^\d{4}/.exec(from)?.[0] ?? `${first - 1}`;
  const earlier = (text: string): string => text.replaceAll(`${first}`, year);
  return periods
    .filter(({ entry }) => Number(entry.year) === first)
    .map(({ name, entry }) => [earlier(name), earlier(textAt(entry, "name"))] as const);
}

/** Figures of those periods as they are typed, a line each; a period without one waits for its number. */
export function beforeText(draft: PlanDraft, measure: string, from: string): string {
  const periods = periodsBefore(dataOf(draft), from);
  const own = draft.baselines.filter((one) => one.measure === measure);
  const nameOf = (code = ""): string => periods.find(([one]) => one === code)?.[1] ?? code;
  const blank = periods.filter(([code]) => !own.some(({ period }) => period === code));
  return [
    ...own.map(({ period, value, source, area }) =>
      [nameOf(period), value, source, ...(area === "" ? [] : [area])].join("; "),
    ),
    ...blank.map(([, name]) => `${name}; `),
  ].join("\n");
}

function indicatorPageFields(data: PlanData, code: string): Field[] {
  const own = [...measuresNamed(data, code)].filter(
    (one) => getAt(data, `measures/${one}`) !== undefined,
  );
  return [...indicatorFields(data, code), ...own.flatMap((one) => measureFields(data, one))];
}

/** Of a draft that says nothing of them yet. */
const USUAL = {
  ...{ schema: 2, id: "x", number: "x", title: "x", short_title: "x", issuer: "x", source: "x" },
  ...{ issued_on: "2000-01-01", in_force_from: "2000-01-01", reports_to: "x" },
  groups: [],
};

/**
 * A target as it will be read, and what it counts, as far as its own entries say that, whatever else
 * the draft lacks; null where they do not.
 */
export function targetRead(
  draft: PlanDraft,
  code: string,
  { targets }: PlanCheck,
): TargetLines | null {
  const data = dataOf(draft);
  const found = targets.find((one) => one.code === code);
  if (found !== undefined || tableOf(data, code) !== null) return found ?? null;
  const list = (section: string): unknown[] => entriesOf(data, section).map(({ entry }) => entry);
  const [periods, named] = [list("periods"), list("units")];
  const units = named.length > 0 ? named : [{ code: "x", name: "x", short_name: "x", item: 1 }];
  const year = new Date().getFullYear();
  const parsed = Plan.safeParse({
    ...USUAL,
    area: data.area ?? { code: "0", noun: "địa bàn" },
    reporting_areas: data.reporting_areas ?? "children",
    ...(data.reporting_area_noun === undefined
      ? {}
      : { reporting_area_noun: data.reporting_area_noun }),
    periods: periods.length > 0 ? periods : periodsOf({ rhythm: "quarter", year, ...BY_DECREE }),
    units,
    measures: entriesOf(data, "measures")
      .filter(({ name }) => measuresNamed(data, code).has(name))
      .map(({ entry }) =>
        // who reports is another step, and may not be known yet
        isEmpty(entry.reported_by) ? { ...entry, reported_by: [textAt(units[0], "code")] } : entry,
      ),
    indicators: [getAt(data, `indicators/${code}`)],
  });
  if (!parsed.success) return null;
  const nowhere = { areas: [], units: [], known: () => [] };
  const { targets: resolved } = resolveTargets(parsed.data, nowhere, "");
  return targetLines(parsed.data, resolved)[0] ?? null;
}

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0;

/** The name of the table of a target; null where it has none. */
export function tableOf(data: PlanData, code: string): string | null {
  return (
    statementsOf(data, code)
      .map((place) => textAt(getAt(data, place), "for", "table"))
      .find((one) => one !== "") ?? null
  );
}

/** The lines of a target's table as they are pasted; null where it has none. */
export function quotaText(draft: PlanDraft, code: string, { resolved }: PlanCheck): string | null {
  const table = tableOf(dataOf(draft), code);
  if (table === null) return null;
  return recordsOf(draft.tables[table] ?? "")
    .filter(({ indicator }) => indicator === code)
    .map(({ place = "", value = "", period = "" }) => {
      const name = resolved?.areas.find((area) => area.code === place)?.called;
      return [
        name === undefined ? place : `${place} ${name}`,
        value,
        ...(period === "" ? [] : [period]),
      ].join("\t");
    })
    .join("\n");
}
