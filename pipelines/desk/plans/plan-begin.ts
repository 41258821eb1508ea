import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import type { Place } from "../../reading-plans/outline.ts";
import type { PlanReading } from "../../reading-plans/read-plan.ts";
import type { Catalogue, ResolvedPlan } from "../../sources/catalogue.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import type { HandedPlan } from "../../sources/writing/handed-plan.ts";
import { goneOn, nextPlan } from "../../sources/writing/next-plan.ts";
import { type OfficeBelow, planBelow } from "../../sources/writing/plan-below.ts";
import { BY_DECREE, periodsOf, planIdOf, RHYTHMS } from "../../sources/writing/plan-draft.ts";
import { marksBy, type PlanMark, withMarks } from "../../sources/writing/plan-marks.ts";
import { newPlanText, type PlanData } from "../../sources/writing/plan-writing.ts";
import { daysAfter, isCalendarDate, vietnameseDate } from "../../vocabulary/date.ts";
import { shortened } from "../../vocabulary/label.ts";
import { withoutMarks } from "../../vocabulary/letter-case.ts";
import { drawnBytes } from "../../warehouse/random.ts";
import { EMPTY_DRAFT, fileState, type PlanDraft, tablesBeside } from "./plan-drafts.ts";
import { entriesOf, newCode } from "./plan-parts.ts";
import { withQuotas, withTargets } from "./plan-targets.ts";

/**
 * Reads the document of a plan, by the bytes of its file.
 * @throws Failure in Vietnamese for what is no document with text
 */
export type DocumentReader = (bytes: Uint8Array) => Promise<PlanReading>;

/** What a draft begins as, before somebody has saved it. */
export type Beginning = Omit<PlanDraft, "key" | "account" | "saved">;

export function newDraftKey(): string {
  return drawnBytes("secret", 6).toString("hex");
}

/** Every section, with nothing in it. */
const NO_SECTIONS = { groups: [], units: [], periods: [], measures: [], indicators: [] };

/** @param head what is known of the office */
export function fromNothing(head: PlanData): Beginning {
  return { ...EMPTY_DRAFT, text: newPlanText({ schema: 2, ...head, ...NO_SECTIONS }) };
}

/**
 * Every target that was found stands as an indicator, under the numbered heading above it; what was
 * guessed, and what no field has, is a mark, and sentences that were not understood are shown beside.
 * @param head what is known of the office, where the document does not say it
 * @param codeOfPlace the code of a place by its name
 */
export function fromDocument(
  read: PlanReading,
  head: PlanData,
  codeOfPlace: (name: string) => string | null,
): Beginning {
  const { number, title, authority, date, carries_out, units, targets } = read;
  const [, places] = /các (.+)$/u.exec(units.find((one) => one.each_area)?.name ?? "") ?? [];
  const said = {
    ...{ number, title, issuer: authority },
    carries_out: carries_out.map(({ name }) => name).join("; "),
    ...{ issued_on: date, reports_to: read.calendar.find((one) => one.to !== null)?.to },
  };
  const marked = new Map<string, readonly string[]>();
  const stated: PlanData = {
    schema: 2,
    ...head,
    ...(places === undefined ? {} : { reporting_areas: "children", reporting_area_noun: places }),
    ...Object.fromEntries(Object.entries(said).filter(([, words]) => words)),
    ...NO_SECTIONS,
    periods: periodsOfDocument(read, marked),
  };
  const withUnits = units.reduce(
    (sum, { name, each_area, code }) =>
      withUnit(sum, each_area ? "Ủy ban nhân dân {area}" : name, { is: code }),
    withUsual(stated),
  );
  const asked = withTargets(withUnits, targets);
  const { data, marks, tables } = withQuotas(asked.data, read.quotas, codeOfPlace);
  for (const [code, own] of [...asked.marks, ...marks])
    marked.set(code, [...(marked.get(code) ?? []), ...own]);
  return {
    ...EMPTY_DRAFT,
    text: withMarks(newPlanText({ ...data, ...unconfirmedIn(read) }), [
      ...marksBy(data, marked),
      ...read.marks.map(markOfHead),
    ]),
    tables,
    steps: ["can-cu"],
  };
}

/** From what the head, the calendar and the units were read, and the sentences from which nothing was. */
function unconfirmedIn({ letterhead, calendar, units, not_understood }: PlanReading): PlanData {
  const where = ({ headings, paragraph }: Place): string =>
    [...headings, `đoạn ${paragraph}`].join(" › ");
  const listed = (some: readonly { readonly sentence: string; readonly place: Place }[]) =>
    [...new Map(some.map((one) => [one.sentence, one.place]))].map(([quote, place]) => ({
      quote,
      place: where(place),
    }));
  const read = {
    head: listed(letterhead === null ? [] : [letterhead]),
    periods: listed(calendar),
    units: listed(units),
    sentences: listed(not_understood),
  };
  const some = Object.entries(read).filter(([, list]) => list.length > 0);
  return some.length === 0 ? {} : { unconfirmed: Object.fromEntries(some) };
}

/** What was taken of the head though the document does not say it so, at its field. */
function markOfHead(words: string): PlanMark {
  return [[words.startsWith("tên cơ quan") ? "issuer" : "title"], `${words}.`];
}

/** So many days before the figures of a period are closed a report of it may be owed, and no more. */
const AROUND_THE_END = 45;
const YEARLY = "văn bản không nêu kỳ báo cáo: mới lập kỳ năm.";

/**
 * The periods of a plan as its document says when reports are owed; its years where it does not say.
 * @param marked gets what is to be looked at in them, by their codes
 */
function periodsOfDocument(
  { years, calendar }: PlanReading,
  marked: Map<string, readonly string[]>,
): PlanData[] {
  const rhythm = RHYTHMS.find((one) => calendar.some(({ kind }) => kind === one));
  const all = years.flatMap((year) => periodsOf({ rhythm: rhythm ?? "year", year, ...BY_DECREE }));
  const owed = all.filter(
    ({ kind }) => rhythm === undefined || calendar.some((one) => one.kind === kind),
  );
  const open = calendar
    .filter((one) => !all.some(({ kind }) => kind === one.kind))
    .map(({ words }) => `văn bản còn nêu báo cáo “${words}”, chưa lập kỳ nào.`);
  if (rhythm === undefined) open.push(YEARLY);
  return owed.map((period, no) => {
    const due = firstDue(calendar, period);
    const unsaid = due === undefined && rhythm !== undefined ? [unsaidDue(period.due_before)] : [];
    marked.set(period.code, [...(no === 0 ? open : []), ...unsaid]);
    return due === undefined
      ? period
      : { ...period, due_before: due, estimate: due <= period.data_to };
  });
}

const unsaidDue = (due: string): string =>
  `hạn “trước ngày ${vietnameseDate(due)}” lấy theo Nghị định 09/2019/NĐ-CP: chưa đọc được hạn của kỳ này trong văn bản.`;

/** «quý I, quý III», «quý I và III»: the others are owed at another time, or not at all. */
const NAMED_QUARTER = /(?<=[Qq]uý\s+(?:[IV]+(?:,|\s+và)\s+)*)(?:I{1,3}|IV|[1-4])(?![\p{L}\d])/gu;

const QUARTERS = ["I", "II", "III", "IV"];

/** By when a report of a period is owed as a document says it, at the earliest. */
function firstDue(
  calendar: PlanReading["calendar"],
  { kind, year, position, data_from, data_to }: Omit<PlanPeriod, "covers">,
): string | undefined {
  const dues = calendar.flatMap((rule) => {
    const { day, month_of_period: of } = rule;
    if (rule.kind !== kind || day === null) return [];
    const own = [String(position), QUARTERS[position - 1]];
    const named = kind === "quarter" ? (rule.words.match(NAMED_QUARTER) ?? []) : [];
    if (named.length > 0 && !named.some((one) => own.includes(one))) return [];
    const month = rule.month ?? Number(data_to.slice(5, 7)) + (of === "next" ? 1 : 0);
    // what ends with the year may be owed after it
    const isAfter = rule.month !== null && rule.month <= 2;
    return (isAfter ? [year, year + 1] : [year]).map((one) => {
      const last = new Date(Date.UTC(one, month, 0)).getUTCDate();
      const before = Math.min(day, last) + (rule.is_exclusive ? 0 : 1);
      return new Date(Date.UTC(one, month - 1, before)).toISOString().slice(0, 10);
    });
  });
  // «quý I trước ngày 10/3» says nothing of the other quarters, «6 tháng trước 25/6» of the later half
  const since = [data_from, daysAfter(data_to, -AROUND_THE_END)].sort().at(-1) ?? data_to;
  return dues.filter((due) => due > since && due < daysAfter(data_to, 92)).sort()[0];
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

/**
 * The plan that carries out one that the office above handed down.
 * @param doubt a remark on where it comes from; null where its key is trusted
 * @param named what is known of the new plan
 */
export function fromAbove(
  handed: HandedPlan,
  own: OfficeBelow,
  doubt: string | null,
  named: PlanData = {},
): Beginning {
  const { data, marks } = planBelow(handed, own);
  if (doubt !== null) marks.set("carries_out:", [doubt]);
  const written = withUsual({ ...data, ...named });
  return whole(withMarks(newPlanText(written), marksBy(written, marks)));
}

/** A draft of which every part is there, to be looked at. */
function whole(text: string, tables: PlanDraft["tables"] = {}): Beginning {
  return { ...EMPTY_DRAFT, text, tables, steps: ["can-cu", "chi-tieu", "don-vi", "ky"] };
}

/** A plan file with its tables, to be changed. */
export function fromFile(file: string, isExample = false): Beginning {
  const text = readFileSync(file, "utf8");
  return {
    ...whole(text, tablesBeside(file, text)),
    ...(isExample ? {} : { file: basename(file), base: fileState(file) }),
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
  return whole(text, Object.fromEntries(tables));
}

/** The examples that come with the program, by their codes. */
export function examplePlans(): Map<string, { readonly title: string; readonly file: string }> {
  const folder = fileURLToPath(new URL("../../../sources/examples/", import.meta.url));
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

/** What follows from the data of a plan, where nobody states it otherwise. */
export function withUsual(data: PlanData): PlanData {
  const { number, title, issuer, issued_on } = data;
  const usual: Record<string, unknown> = {};
  if (typeof title === "string")
    usual.short_title = shortened(
      title
        .replace(/^Kế hoạch (?:thực hiện )?/u, "")
        .replace(/^\p{Ll}/u, (one) => one.toLocaleUpperCase("vi")),
      80,
    );
  if (typeof number === "string") {
    usual.source = `Văn bản số ${number}`;
    const year = /^\d{4}/.exec(String(data.in_force_from ?? issued_on ?? ""))?.[0];
    if (year !== undefined) usual.id = planIdOf(number, Number(year));
  }
  if (typeof issuer === "string") usual.reports_to = issuer;
  if (typeof issued_on === "string" && isCalendarDate(issued_on)) usual.in_force_from = issued_on;
  return { ...usual, ...data };
}
