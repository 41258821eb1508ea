import { AREA_NOUN } from "../../reading-plans/comparing-words.ts";
import { isLight } from "../../reading-plans/doubts.ts";
import type { QuotaTable } from "../../reading-plans/tables.ts";
import { type ReadTarget, UNNUMBERED } from "../../reading-plans/targets.ts";
import type { Due } from "../../reading-plans/times.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { shortened } from "../../vocabulary/label.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { kindOf } from "./plan-kinds.ts";
import { type Entry, entriesOf, newCode, textAt } from "./plan-parts.ts";
import { suggestedWays, withCounted } from "./plan-suggestions.ts";

/** What is filled in of a plan, and what a person must decide of it. */
interface Filled {
  readonly data: PlanData;
  /** By the codes of entries. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
}

/**
 * A plan with the indicators of targets that were read: comparison, number, milestones, when due, for
 * whom, against what, and how it is measured where the words leave no choice. What was guessed, and
 * what no field has, is a mark.
 */
export function withTargets(before: PlanData, targets: readonly ReadTarget[]): Filled {
  const marks = new Map<string, readonly string[]>();
  let data = before;
  for (const parts of sameThings(targets)) {
    const [first] = parts;
    data = withGroup(data, first.place.headings);
    const quote = [...new Set(parts.map(({ sentence }) => sentence))].join("; ");
    const open: string[] = parts.flatMap((one) => one.marks);
    data = withIndicator(data, quote, first, {
      ...measured(data, first, open),
      target: targetOf(data, parts, open),
    });
    const { name = "", entry = {} } = entriesOf(data, "indicators").at(-1) ?? {};
    const kind = kindOf(entry);
    const { ways, isCertain } = kind === null ? NO_WAYS : suggestedWays(entry, kind);
    if (kind !== null && isCertain) data = withCounted(data, name, kind, ways[0] ?? []);
    marks.set(name, [...new Set(open.filter((one) => !isLight(one)))]);
  }
  return { data, marks };
}

const NO_WAYS = { ways: [], isCertain: false };

type Parts = readonly [ReadTarget, ...ReadTarget[]];

/** Targets of one thing at several times, or for several kinds of places, together. */
function sameThings(targets: readonly ReadTarget[]): Parts[] {
  const found: Parts[] = [];
  for (const one of targets) {
    const last = found.at(-1);
    const isOther = ({ due, group }: ReadTarget): boolean =>
      (due?.until ?? null) !== (one.due?.until ?? null) || group !== one.group;
    if (one.is_same && last?.every(isOther) && last[0].comparator === one.comparator)
      found[found.length - 1] = [...last, one];
    else found.push([one]);
  }
  return found;
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

/** A plan with one more indicator, of which little more than its sentence is known. */
export function withIndicator(
  data: PlanData,
  sentence: string,
  target: Pick<ReadTarget, "words" | "unit"> | null,
  more: PlanData = {},
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
  // «2.1. 95% trẻ em»: what stands before the number counts the sentences
  const bare = (text: string): string => text.replace(/^\d{1,2}(?:\.\d{1,2})+\.?\s+(?=\d)/, "");
  const name = bare(target?.words ?? sentence).replace(/[.;]+$/, "");
  const isShare = /%|\d+\/\d+/.test(sentence);
  const indicator = {
    ...{
      code,
      group: stem,
      name: shortened(name, 160),
      short_name: shortened(name, 90),
      quote: bare(sentence),
      // nobody has compared it with its sentence
      unconfirmed: true,
    },
    unit_of_measure: target?.unit ?? (isShare ? "%" : "số"),
    ...more,
  };
  return { ...data, groups, indicators: [...indicators, indicator] };
}

/** An exact decimal as a plan file has it: as a number where it is short. */
function inFile(decimal: string): number | string {
  return /^-?\d{1,12}(\.\d{1,4})?$/.test(decimal) ? Number(decimal) : decimal;
}

/** Of a rise or a fall between two numbers the smaller is asked: «giảm 5 - 10%» is 5 or more. */
function numberOf({ value, to, change }: ReadTarget): number | string | readonly unknown[] {
  return to === null || change !== null ? inFile(value) : [inFile(value), inFile(to)];
}

function targetOf(data: PlanData, parts: Parts, open: string[]): PlanData {
  const [first] = parts;
  const { comparator, change, each, group, due, baseline, conditions } = first;
  if (conditions.length > 0) open.push(`câu còn nêu: ${conditions.join("; ")}.`);
  const number = numberOf(first);
  const sign = Array.isArray(number) ? {} : { comparator };
  const start = baseline === null ? {} : { baseline: baselineOf(data, first, open) };
  const kinds = parts.flatMap((one) => kindNamed(one.group) ?? []);
  if (kinds.length === parts.length) {
    const others = kindsOf(data).filter((kind) => !kinds.includes(kind));
    const when = dueIn(data, due, open);
    if ("at" in when) open.push(`câu còn nêu hạn: ${due?.words}.`);
    const asked = parts.map((one, index) => [kinds[index], numberOf(one)]);
    const rest = others.map((kind) => [kind, "none"]);
    return { ...sign, for: Object.fromEntries([...asked, ...rest]), ...start };
  }
  if (group !== null) open.push(`câu chỉ nói về ${group}.`);
  const isOfMore = parts.length > 1 || /trong\s+đó/iu.test(first.sentence);
  if (isOfMore && /Q\d$/.test(due?.until ?? "") && change === null && first.unit !== "%")
    open.push(SHARES);
  if (parts.length > 1) {
    const at = parts.flatMap((one): [string, unknown][] => {
      const code = codeOf(data, one.due);
      if (code === null) open.push(`mốc “${one.due?.words ?? one.words}” ở ngoài kế hoạch.`);
      return code === null ? [] : [[code, numberOf(one)]];
    });
    if (at.length > 0) return { ...sign, at: Object.fromEntries(at), ...start };
  }
  const { at, ...when } = dueIn(data, due, open, change !== null);
  const stated =
    at !== undefined
      ? { at: Object.fromEntries(at.map((code) => [code, number])) }
      : Array.isArray(number)
        ? { between: number }
        : { value: number };
  const isZero = comparator === "=" && first.value === "0";
  const isEach = isZero || (each !== null && new RegExp(AREA_NOUN, "iu").test(each));
  if (each !== null && !isEach) open.push(`câu nêu mức của “${each}”.`);
  const places = isEach && data.reporting_areas !== "none" ? { for: "each" } : {};
  return { ...sign, ...stated, ...when, ...places, ...start };
}

/** «trong đó quý I 800, quý II 1.500»: shares of a whole, or what is reached by then? */
const SHARES = "mốc của quý: mức của riêng từng quý, hay cộng dồn từ đầu năm?";

const KIND_OF = new Map(Object.entries(AREA_KINDS).map(([kind, noun]) => [noun as string, kind]));
const kindNamed = (noun: string | null): string | undefined => KIND_OF.get(noun ?? "");

/** The kinds of places that report, as the plan calls them. */
function kindsOf({ reporting_area_noun: nouns }: PlanData): string[] {
  return String(nouns ?? "")
    .split(/,\s*|\s+và\s+/)
    .flatMap((noun) => kindNamed(noun.trim()) ?? []);
}

/** What it was, where its time is stated or follows: the end of the year before. */
function baselineOf(data: PlanData, target: ReadTarget, open: string[]): PlanData {
  const { baseline, sentence } = target;
  const typed = baseline ?? "";
  const after = sentence.slice(sentence.indexOf(typed) + typed.length);
  const stated = /^\s*(?:\p{L}+\s+){0,2}năm\s+(\d{4})/u.exec(after)?.[1];
  const year = stated ?? Math.min(...yearsOf(data)) - 1;
  if (stated === undefined) open.push(`số gốc “${typed}”: câu không nêu của năm nào.`);
  const number = /\d[\d.,]*/.exec(typed)?.[0] ?? "";
  const plain = number.replace(/\.(?=\d{3})/g, "").replace(",", ".");
  const source = textAt(data, "number");
  return {
    period: Number.isFinite(Number(year)) ? `${year}-Y` : "",
    value: inFile(plain),
    source: source === "" ? "Văn bản của kế hoạch" : `Văn bản số ${source}`,
  };
}

interface When {
  readonly at?: readonly string[];
  readonly due?: "each_period";
}

const yearsOf = (data: PlanData): number[] => [
  ...new Set(entriesOf(data, "periods").map(({ entry }) => Number(entry.year))),
];

/** When a target is due, by the periods of the plan; nothing where it is at the end of each year. */
function dueIn(data: PlanData, due: Due | null, open: string[], isChange = false): When {
  const years = yearsOf(data);
  const isLong = years.length > 1;
  if (due === null || (due.until === null && due.every === null)) {
    if (isLong) open.push("kế hoạch nhiều năm mà câu không nêu năm: hiểu là hết mỗi năm.");
    return {};
  }
  if (due.every === "year" && due.until === null) return {};
  if (due.until === null) {
    const base = entriesOf(data, "periods").find(({ entry }) => entry.covers === undefined);
    if ((due.every === "period" || base?.entry.kind === due.every) && !isChange)
      return { due: "each_period" };
    open.push(`câu còn nêu hạn: ${due.words}.`);
    return {};
  }
  // a day of every year
  if (!/^\d{4}/.test(due.until) && isLong) {
    const codes = years.flatMap(
      (year) => codeOf(data, { ...due, until: `${year}-${due.until}` }) ?? [],
    );
    if (codes.length === years.length) return { at: codes };
  }
  const code = codeOf(data, due);
  if (code === null) {
    open.push(
      years.length === 0 ? `hạn “${due.words}”.` : `hạn “${due.words}” không trùng kỳ nào.`,
    );
    return {};
  }
  const isYearEnd = entriesOf(data, "periods").some(
    ({ name, entry }) => name === code && entry.kind === "year",
  );
  return isYearEnd && !isLong ? {} : { at: [code] };
}

/** The period with whose end a time ends; null where none ends so. */
function codeOf(data: PlanData, due: Due | null): string | null {
  const [, stated, rest = ""] = /^(?:(\d{4})(?:-|$))?(.*)$/.exec(due?.until ?? "") ?? [];
  const years = yearsOf(data);
  const year = stated === undefined ? years[0] : Number(stated);
  if (due?.until == null || (stated === undefined && years.length !== 1)) return null;
  const [, quarter] = /^Q(\d)$/.exec(rest) ?? [];
  const [, month, day] = /^(\d{2})(?:-(\d{2}))?$/.exec(rest) ?? [];
  // before the 5th is with the month before
  const ended = Number(month) - (day !== undefined && Number(day) <= 5 ? 1 : 0);
  const isAmid = day !== undefined && Number(day) > 5 && Number(day) < 25;
  const last = { H1: 6, M9: 9, "": 12 }[rest] ?? (quarter ? Number(quarter) * 3 : ended);
  const wide = { H1: "half_year", M9: "nine_months" }[rest];
  const ending = entriesOf(data, "periods").filter(
    ({ entry }) => entry.year === year && monthsOf(entry) === last,
  );
  const found =
    ending.find(({ entry }) => entry.kind === (last === 12 ? "year" : wide)) ??
    ending.find(({ entry }) => entry.covers === undefined);
  return isAmid ? null : (found?.name ?? null);
}

/** The month of its year with which a period ends, whenever figures are closed. */
function monthsOf({ kind, position, positions }: Entry): number {
  if (kind === "year") return 12;
  const length = kind === "half_year" ? 6 : kind === "nine_months" ? 9 : 12 / Number(positions);
  return Number(position) * length;
}

/** How a target is measured, with what it counts still to be named; nothing where that is a choice. */
function measured(data: PlanData, target: ReadTarget, open: string[]): PlanData {
  const { unit, words, change, marks, comparator } = target;
  // «giảm 0,2 lần» is no multiple
  if (change?.as === "times" && Number(target.value) < 1) return {};
  if (change !== null) return { value: changeOf(data, target, open) };
  if (marks.includes(UNNUMBERED)) return {};
  const factor =
    unit === "‰" ? 1000 : Number(/\/\s*([\d.]+)/.exec(unit ?? "")?.[1]?.replace(/\./g, ""));
  if (unit === "%" || factor > 1) {
    const isOfAreas = unit === "%" && OF_AREAS.test(words) && data.reporting_areas !== "none";
    if (isOfAreas) return { value: { kind: "share_of_areas", conditions: [] } };
    if (unit === "%" && OF_UNITS.test(words))
      return { value: { kind: "share_of_units", conditions: [] } };
    const times = unit === "%" ? {} : { factor };
    return { value: { kind: "ratio", numerator: [], denominator: [], ...times } };
  }
  const isCounted = comparator === "=" || (unit !== null && !/\/(?!năm|quý|tháng)|hạng/.test(unit));
  return isCounted ? { value: { kind: "count", measures: [] } } : {};
}

const OF_UNITS =
  /\d\s*%\s+(?:số\s+|các\s+)?(?:(?:phòng|sở),\s*(?:ban|ngành)|cơ\s+quan(?:,|\s+và)\s+đơn\s+vị)/iu;
const OF_AREAS = new RegExp(
  `(?:\\d\\s*%|(?<!\\d)(\\d+)/\\1)\\s+(?:số\\s+|các\\s+)?(?:${AREA_NOUN}(?:,\\s*|\\s+và\\s+|\\s+)?)+(?!\\p{Lu})`,
  "u",
);

function changeOf(data: PlanData, target: ReadTarget, open: string[]): PlanData {
  const { change, words } = target;
  const { as = "percent", against = null } = change ?? {};
  const years = yearsOf(data);
  const year = Number(/\d{4}/.exec(against ?? "")?.[0]);
  const isYear = /^(?:cùng\s+kỳ\s+)?năm\s+\d{4}$/iu.test(against ?? "");
  const isLast = against === null || /(?:năm\s+trước|cùng\s+kỳ)(?!\s+năm\s+\d)/iu.test(against);
  const isBefore = isYear && years.length === 1 && year === (years[0] ?? 0) - 1;
  const from = /^(?:quý|tháng|kỳ)\s+trước/iu.test(against ?? "")
    ? "previous"
    : isYear && !isBefore
      ? `${year}-Y`
      : "last_year";
  if (against === null && target.due?.every !== "year")
    open.push("câu không nêu so với khi nào: hiểu là so với cùng kỳ năm trước.");
  else if (!isLast && !isYear && from !== "previous") open.push(`câu nêu so với ${against}.`);
  const isRate = as === "points" || /tỷ\s+lệ|tỉ\s+lệ|tỷ\s+suất/iu.test(words);
  if (isRate && as === "percent")
    open.push("tỷ lệ tăng, giảm tính bằng %: có thể là điểm phần trăm.");
  const of = isRate
    ? { kind: "ratio", numerator: [], denominator: [] }
    : { kind: "count", measures: [] };
  const ranks = as === "ranks" ? { better: "lower" } : {};
  return { kind: "change", of, from, as: as === "count" ? "points" : as, ...ranks };
}

/**
 * A plan with the tables that give each place its number: of the indicator of which a column is the
 * sum, else of one of its own.
 * @param codeOfPlace the code of a place by its name; null where none or several are called so
 */
export function withQuotas(
  before: PlanData,
  quotas: readonly QuotaTable[],
  codeOfPlace: (name: string) => string | null,
): Filled & { readonly tables: Readonly<Record<string, string>> } {
  const marks = new Map<string, readonly string[]>();
  const tables: Record<string, string> = {};
  let data = before;
  for (const [no, { columns, rows, sums, place }] of quotas.entries()) {
    const table = no === 0 ? "muc-giao.csv" : `muc-giao-${no + 1}.csv`;
    const lines: string[] = [];
    for (const [column, words] of columns.entries()) {
      const asked = [sums[column]?.total, sums[column]?.rows].filter((one) => one != null);
      const isSum = ({ entry }: { readonly entry: Entry }): boolean =>
        asked.includes(textAt(entry, "target", "value")) && entry.unit_of_measure !== "%";
      const [own, ...others] = entriesOf(data, "indicators").filter(isSum);
      if (own === undefined || others.length > 0) {
        const added = { target: { comparator: ">=", for: { table } } };
        data = withIndicator(withGroup(data, place.headings), words, { words, unit: null }, added);
      } else {
        const indicators = entriesOf(data, "indicators").map(({ name, entry }) =>
          name !== own.name
            ? entry
            : { ...entry, target: { ...(entry.target as object), for: { table } } },
        );
        data = { ...data, indicators };
      }
      const code =
        own !== undefined && others.length === 0
          ? own.name
          : entriesOf(data, "indicators").at(-1)?.name;
      const about = `mức giao của bảng “${words}”`;
      marks.set(code ?? "", [
        own === undefined || others.length > 0
          ? `${about}: hiểu là ít nhất; xem câu nào của kế hoạch giao mức ấy.`
          : `${about} lấy cho chỉ tiêu này vì cộng lại bằng mức chung.`,
      ]);
      for (const { name, values } of rows) {
        const value = values[column];
        const at = codeOfPlace(name) ?? name;
        if (value != null) lines.push(`${code};${at};;${value.replace(".", ",")}`);
      }
    }
    tables[table] = `${["indicator;place;period;value", ...lines].join("\n")}\n`;
  }
  return { data, marks, tables };
}
