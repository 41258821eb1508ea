import type { ReportingUnit } from "../sources/catalogue.ts";
import { recordsOf } from "../sources/csv-lines.ts";
import type { OfficeUnit } from "../sources/office-unit.ts";
import type { PlanCheck } from "../sources/plan-check.ts";
import type { PlanData } from "../sources/plan-writing.ts";
import { capital, inSentence } from "../vocabulary/letter-case.ts";
import { dataOf, type PlanDraft } from "./plan-drafts.ts";
import {
  areaFields,
  CONTACTS,
  contactFields,
  contactKey,
  documentFields,
  entriesOf,
  groupFields,
  headFields,
  indicatorFields,
  kindOf,
  listPlace,
  measureFields,
  namedIn,
  periodFields,
  reporterFields,
  statementsOf,
  textAt,
  unitFields,
  unitsAsked,
} from "./plan-parts.ts";
import { type Field, saidAt } from "./plan-places.ts";
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
  switch (name) {
    case "can-cu":
      return headStepFields(draft);
    case "chi-tieu":
      return entry === "" ? targetsStepFields(draft) : indicatorPageFields(draft, entry);
    case "so-lieu":
      return measureFields(dataOf(draft), entry);
    case "don-vi":
      return [...unitsStepFields(draft), ...[...unitsAsked(units).keys()].flatMap(contactFields)];
    case "ky":
      return periodsStepFields(draft);
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
  [/^measures$/, "Số liệu"],
];

/** What a notice is about, as the page calls it where it is seen to; null where nothing there is. */
export function labelOf(draft: PlanDraft, { page, words }: Notice): string | null {
  const data = dataOf(draft);
  const [name = "", entry = ""] = page.split("/");
  const field = fieldsOf(draft, { name, entry }).find((one) => wordsOf(data, one) === words);
  const label = field?.label ?? PARTS.find(([place]) => place.test(words))?.[1];
  if (label === undefined) return null;
  const [of] = /^[^"›]+ "[^"]+"(?= ›)/.exec(words) ?? [];
  return of === undefined ? label : `${capital(of)} › ${inSentence(label)}`;
}

function headStepFields(draft: PlanDraft): Field[] {
  return [...headFields(dataOf(draft)), ...documentFields()];
}

function targetsStepFields(draft: PlanDraft): Field[] {
  return groupFields(dataOf(draft));
}

function indicatorPageFields(draft: PlanDraft, code: string): Field[] {
  const data = dataOf(draft);
  const kind = kindOf(saidAt(data, `indicators/${code}`) as Record<string, unknown>);
  const measures =
    kind === null
      ? []
      : kind.roles.flatMap(([list]) =>
          list === "indicators" ? [] : namedIn(data, listPlace(code, kind), list),
        );
  const own = [...new Set(measures)].filter((one) => saidAt(data, `measures/${one}`) !== undefined);
  return [...indicatorFields(data, code), ...own.flatMap((one) => measureFields(data, one))];
}

function unitsStepFields(draft: PlanDraft): Field[] {
  const data = dataOf(draft);
  return [
    ...areaFields(data),
    ...entriesOf(data, "units").flatMap(({ name }) => unitFields(name)),
    ...entriesOf(data, "measures").flatMap(({ name }) => reporterFields(data, name)),
  ];
}

function periodsStepFields(draft: PlanDraft): Field[] {
  return entriesOf(dataOf(draft), "periods").flatMap(({ name }) => periodFields(name));
}

/** The name of the table of a target; null where it has none. */
export function tableOf(data: PlanData, code: string): string | null {
  return (
    statementsOf(data, code)
      .map((place) => textAt(saidAt(data, place), "for", "table"))
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
