import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import type { PlanReading } from "../reading-plans/read-plan.ts";
import { type ReadTarget, saidBeside } from "../reading-plans/targets.ts";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import { goneOn, nextPlan, TO_DECIDE } from "../sources/next-plan.ts";
import { BY_DECREE, periodsOf, planIdOf, RHYTHMS } from "../sources/plan-draft.ts";
import { newPlanText, type PlanData } from "../sources/plan-writing.ts";
import { isCalendarDate } from "../vocabulary/date.ts";
import { withoutMarks } from "../vocabulary/letter-case.ts";
import { EMPTY_DRAFT, fileState, type PlanDraft, tablesBeside } from "./plan-drafts.ts";
import { entriesOf, newCode } from "./plan-parts.ts";

/**
 * Reads the document of a plan, by the bytes of its file.
 * @throws Failure in Vietnamese for what is no document with text
 */
export type DocumentReader = (bytes: Uint8Array) => Promise<PlanReading>;

/** What a draft begins as, before somebody has saved it. */
export type Beginning = Omit<PlanDraft, "key" | "account" | "saved">;

export function newDraftKey(): string {
  return randomBytes(6).toString("hex");
}

/** Every section, with nothing in it. */
const NO_SECTIONS = { groups: [], units: [], periods: [], measures: [], indicators: [] };

/** @param head what is known of the office */
export function fromNothing(head: PlanData): Beginning {
  return { ...EMPTY_DRAFT, text: newPlanText({ schema: 2, ...head, ...NO_SECTIONS }) };
}

/**
 * Every target that was found stands as an indicator, under the numbered heading above it, of which
 * somebody says how it is measured; what was guessed, and what no field has, is a mark, and sentences
 * that were not understood are shown beside.
 * @param head what is known of the office, where the document does not say it
 */
export function fromDocument(read: PlanReading, head: PlanData): Beginning {
  const { number, title, authority, date, carries_out, units, targets, not_understood } = read;
  const [, places] = /các (.+)$/u.exec(units.find((one) => one.each_area)?.name ?? "") ?? [];
  const said: PlanData = {
    schema: 2,
    ...head,
    ...(places === undefined ? {} : { reporting_areas: "children", reporting_area_noun: places }),
    ...(number === null ? {} : { number }),
    ...(title === null ? {} : { title }),
    ...(authority === null ? {} : { issuer: authority }),
    ...(carries_out.length === 0
      ? {}
      : { carries_out: carries_out.map(({ name }) => name).join("; ") }),
    ...(date === null ? {} : { issued_on: date }),
    ...NO_SECTIONS,
    periods: periodsOfDocument(read),
  };
  const withUnits = units.reduce(
    (sum, { name, each_area, code }) =>
      withUnit(sum, each_area ? "Ủy ban nhân dân {area}" : name, { is: code }),
    withUsual(said),
  );
  const { data, marks } = withTargets(withUnits, targets);
  return {
    ...EMPTY_DRAFT,
    text: withMarks(newPlanText(data), marks),
    sentences: not_understood.map(({ sentence, place: { paragraph, headings } }) => ({
      said: sentence,
      place: [...headings, `đoạn ${paragraph}`].join(" › "),
    })),
    steps: ["can-cu"],
  };
}

/** A plan with the indicators of targets that were read, and by their codes what to look at. */
export function withTargets(
  before: PlanData,
  targets: readonly ReadTarget[],
): { readonly data: PlanData; readonly marks: ReadonlyMap<string, readonly string[]> } {
  const marks = new Map<string, readonly string[]>();
  let data = before;
  for (const target of targets) {
    data = withIndicator(withGroup(data, target.place.headings), target.sentence, target);
    const beside = saidBeside(target);
    marks.set(entriesOf(data, "indicators").at(-1)?.name ?? "", [
      ...target.marks,
      ...(beside.length === 0 ? [] : [`câu còn nêu: ${beside.join("; ")}.`]),
    ]);
  }
  return { data, marks };
}

/** A plan whose last group is that of the nearest numbered heading; as it was where there is none. */
function withGroup(data: PlanData, headings: readonly string[]): PlanData {
  const numbered = headings.map((one) => /^(\d+)[.)]\s+(.+)$/su.exec(one));
  const [, number = "", name = ""] = numbered.findLast((one) => one !== null) ?? [];
  const groups = entriesOf(data, "groups");
  const last = groups.at(-1)?.entry;
  if (name === "" || last?.name === name) return data;
  const code = newCode(data, "groups", number, "-");
  return { ...data, groups: [...groups.map(({ entry }) => entry), { code, name }] };
}

/** A text with marks before the indicators of which something was guessed. */
export function withMarks(text: string, marks: ReadonlyMap<string, readonly string[]>): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const code = /^ {2}- code: "?([^"]+)"?$/.exec(line)?.[1];
      const own = code === undefined ? [] : (marks.get(code) ?? []);
      return [...own.map((mark) => `  ${TO_DECIDE} ${mark}`), line];
    })
    .join("\n");
}

/** The periods of a plan as its document says when reports are owed. */
function periodsOfDocument({ years, calendar }: PlanReading): PlanData[] {
  const rhythm = RHYTHMS.find((one) => calendar.some(({ kind }) => kind === one));
  if (rhythm === undefined) return [];
  const said = calendar.filter(({ day }) => day !== null);
  return years.flatMap((year) =>
    periodsOf({ rhythm, year, ...BY_DECREE })
      .filter(({ kind }) => calendar.some((one) => one.kind === kind))
      .map((period) => {
        const rule = said.find(({ kind }) => kind === period.kind);
        if (rule === undefined) return period;
        const later = rule.month_of_period === "next" ? 1 : 0;
        const month = rule.month ?? Number(period.data_to.slice(5, 7)) + later;
        const day = (rule.day ?? 1) + (rule.is_exclusive ? 0 : 1);
        const due = new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
        return { ...period, due_before: due, estimate: due <= period.data_to };
      }),
  );
}

function targetOf({ comparator, value, to }: ReadTarget): PlanData {
  if (to !== null) return { between: [inFile(value), inFile(to)] };
  return { comparator, value: inFile(value) };
}

/** An exact decimal as a plan file has it: as a number where it is short. */
function inFile(decimal: string): number | string {
  return /^-?\d{1,12}(\.\d{1,4})?$/.test(decimal) ? Number(decimal) : decimal;
}

/** A plan with one more unit, whose code is made from its name. */
export function withUnit(
  data: PlanData,
  name: string,
  { shortName = "", is = null }: { readonly shortName?: string; readonly is?: string | null } = {},
): PlanData {
  const isEach = name.includes("{area}");
  const letters =
    withoutMarks(name)
      .toUpperCase()
      .match(/\b[A-Z0-9]/g) ?? [];
  const code = newCode(data, "units", isEach ? "UBND" : letters.join(""), "-").toUpperCase();
  const items = entriesOf(data, "units").map(({ entry }) => Number(entry.item) || 0);
  const unit = {
    ...{ code, name, short_name: shortName === "" ? name : shortName },
    item: 1 + Math.max(0, ...items),
    ...(isEach ? { each_area: true } : {}),
    ...(is === null ? {} : { is }),
  };
  return { ...data, units: [...(Array.isArray(data.units) ? data.units : []), unit] };
}

/** A plan with one more indicator, of which little more than its sentence is known. */
export function withIndicator(
  data: PlanData,
  sentence: string,
  target: ReadTarget | null,
): PlanData {
  const groups =
    Array.isArray(data.groups) && data.groups.length > 0
      ? data.groups
      : [{ code: "1", name: "Chỉ tiêu" }];
  const group: unknown = groups.at(-1);
  const stem =
    typeof group === "object" && group !== null && "code" in group ? String(group.code) : "1";
  const indicators: readonly unknown[] = Array.isArray(data.indicators) ? data.indicators : [];
  const number = 1 + entriesOf(data, "indicators").filter((one) => one.entry.group === stem).length;
  const code = newCode(data, "indicators", `${stem}.${number}`, ".");
  const name = (target?.words ?? sentence).replace(/[.;]+$/, "").slice(0, 160);
  const isShare = /%|\d+\/\d+/.test(sentence);
  const indicator = {
    ...{
      code,
      group: stem,
      name,
      short_name: /^.{1,60}(?=\s|$)/u.exec(name)?.[0] ?? name.slice(0, 60),
      quote: sentence,
    },
    unit_of_measure: target?.unit ?? (isShare ? "%" : "số"),
    ...(target === null ? {} : { target: targetOf(target) }),
  };
  return { ...data, groups, indicators: [...indicators, indicator] };
}

/** A plan file with its tables, to be changed. */
export function fromFile(file: string, isExample = false): Beginning {
  const text = readFileSync(file, "utf8");
  return {
    ...EMPTY_DRAFT,
    text,
    tables: tablesBeside(file, text),
    ...(isExample ? {} : { file: basename(file), base: fileState(file) }),
    steps: ["can-cu", "chi-tieu", "don-vi", "ky"],
  };
}

/** The plan of the year after the last of a plan. */
export function fromNextYear(before: ResolvedPlan, catalogue: Catalogue): Beginning {
  const { plan, file } = before;
  const year = Math.max(...plan.periods.map((period) => period.year)) + 1;
  const { text, tables } = nextPlan(
    readFileSync(file, "utf8"),
    plan,
    year,
    (name) => readFileSync(join(dirname(file), name), "utf8"),
    (day) => goneOn(day, before, catalogue),
  );
  return {
    ...EMPTY_DRAFT,
    text,
    tables: Object.fromEntries(tables),
    steps: ["can-cu", "chi-tieu", "don-vi", "ky"],
  };
}

/** The examples that come with the program, by their codes. */
export function examplePlans(): Map<string, { readonly title: string; readonly file: string }> {
  const folder = fileURLToPath(new URL("../../sources/examples/", import.meta.url));
  const found = new Map<string, { title: string; file: string }>();
  for (const example of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const plans = join(folder, example, "plans");
    for (const name of existsSync(plans)
      ? readdirSync(plans).filter((one) => one.endsWith(".yaml"))
      : []) {
      const file = join(plans, name);
      const title: unknown = parseDocument(readFileSync(file, "utf8")).get("title");
      found.set(name.replace(/\.yaml$/, ""), { title: String(title), file });
    }
  }
  return found;
}

/** What follows from what is said of a plan, where nobody says it otherwise. */
export function withUsual(data: PlanData): PlanData {
  const { number, title, issuer, issued_on } = data;
  const usual: Record<string, unknown> = {};
  if (typeof title === "string")
    usual.short_title = title
      .replace(/^Kế hoạch (?:thực hiện )?/u, "")
      .replace(/^\p{Ll}/u, (one) => one.toLocaleUpperCase("vi"))
      .slice(0, 80);
  if (typeof number === "string") {
    usual.source = `Văn bản số ${number}`;
    const year = /^\d{4}/.exec(String(data.in_force_from ?? issued_on ?? ""))?.[0];
    if (year !== undefined) usual.id = planIdOf(number, Number(year));
  }
  if (typeof issuer === "string") usual.reports_to = issuer;
  if (typeof issued_on === "string" && isCalendarDate(issued_on)) usual.in_force_from = issued_on;
  return { ...usual, ...data };
}
