import { vietnameseDate } from "../../vocabulary/date.ts";
import { decimalText } from "../../vocabulary/decimal.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { levelText } from "../../vocabulary/level.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { type Area, type AreaFiles, isValidOn, nameWithinSentence } from "../areas/area.ts";
import { areasBelow, areasOn } from "../areas/area-files.ts";
import { searchKey } from "../areas/country.ts";
import { isAskedOf } from "../plan/owed.ts";
import { measuresUnder, type PlanIndicator } from "../plan/plan.ts";
import { duePeriods } from "../targets/target.ts";
import type { HandedPlan } from "./handed-plan.ts";
import type { PlanData } from "./plan-writing.ts";

/** What an office knows of itself when it begins a plan from one of the office above. */
export interface OfficeBelow {
  readonly area: Area;
  /** What its parts are called together; null where it has none that report. */
  readonly partsNoun: string | null;
  readonly issuer: string | null;
  /** How its reports are laid out, where it has a plan already. */
  readonly document: PlanData | null;
}

/** Which office of those that a plan is given to is meant, with its parts; else why it is not known. */
export function officeBelow(
  { read, places }: HandedPlan,
  place: string,
  files: Pick<AreaFiles, "areas" | "successors">,
): Pick<OfficeBelow, "area" | "partsNoun"> | string {
  const called = places.filter(({ name }) => searchKey(name).includes(searchKey(place)));
  const [only, another] = place === "" ? [] : called;
  const given =
    places.find((one) => one.code === place) ?? (another === undefined ? only : undefined);
  if (given === undefined) {
    const [some, left] = [places.slice(0, NAMED), places.length - NAMED];
    const named = some.map((one) => `${one.code} ${one.name}`).join("; ");
    const who =
      place === ""
        ? "Chưa biết cơ quan mình ở địa bàn nào"
        : another === undefined
          ? `Kế hoạch này không giao cho địa bàn “${place}”`
          : `Kế hoạch này giao cho hơn một địa bàn tên như “${place}”`;
    return `${who}. Ghi tên hoặc mã địa bàn: ${named}${left > 0 ? `; và ${left} nơi khác` : ""}.`;
  }
  const area = areasOn(given.code, read.in_force_from, files)[0];
  if (area === undefined)
    return `Không có địa bàn nào mang mã “${given.code}” (${given.name}) ở đây.`;
  const kinds = areasBelow(area, files)
    .filter((one) => isValidOn(one, read.in_force_from))
    .map((one) => AREA_KINDS[one.kind as keyof typeof AREA_KINDS] ?? "địa bàn");
  return { area, partsNoun: kinds.length === 0 ? null : [...new Set(kinds)].join(", ") };
}

/** So many places are named. */
const NAMED = 40;

/** What is as it was written above. */
const KEPT = {
  measure: [
    ...["code", "name", "unit_of_measure", "kind", "levels", "decimals", "over_time", "over_areas"],
    ...["sensitive", "due_in", "from", "sums_over", "at_most", "parts", "percentage_of"],
    "explanation",
  ],
  indicator: ["code", "group", "name", "short_name", "quote", "unit_of_measure", "value", "from"],
};

/**
 * The plan that an office below begins with: what the plan above asks of its place, under the same codes,
 * so that its versions are that report; each number that it was given; the deadlines of above. What was
 * not given, and what only it can know, is marked.
 */
export function planBelow(
  handed: HandedPlan,
  own: OfficeBelow,
): { readonly data: PlanData; readonly marks: Map<string, string[]> } {
  const { plan, read } = handed;
  const marks = new Map<string, string[]>();
  const mark = (at: string, words: string): void => {
    marks.set(at, [...(marks.get(at) ?? []), words]);
  };
  const document = `Kế hoạch số ${read.number} ngày ${vietnameseDate(read.issued_on)} của ${read.issuer}`;
  const committees = read.units.filter(({ each_area }) => each_area).map(({ code }) => code);
  const measures = read.measures.filter(
    (one) => one.reported_by.some((code) => committees.includes(code)) && isAskedOf(one, own.area),
  );
  const codes = new Set(measures.map(({ code }) => code));
  const taken = read.indicators.filter((one) => {
    const why = whyNotTaken(handed, one, codes);
    if (why !== null) mark("indicators:", `chưa lấy chỉ tiêu ${one.code} “${one.quote}”: ${why}`);
    return why === null;
  });
  for (const { code, asked_of } of measures)
    if (asked_of !== undefined)
      mark(code, "cấp trên chỉ hỏi một số nơi: xem nơi nào dưới mình phải báo cáo.");
  const nouns: Readonly<Record<string, string>> = AREA_KINDS;
  const issuer = own.issuer ?? `Ủy ban nhân dân ${nameWithinSentence(own.area)}`;
  if (own.issuer === null) mark("issuer:", "tên cơ quan ban hành.");
  const unit = own.partsNoun === null ? "VP" : "UBND";
  const known = (list: unknown): unknown =>
    Array.isArray(list) ? list.filter((code) => codes.has(String(code))) : list;
  const groups = new Set(taken.map(({ group }) => group));
  mark("document:", "nơi nhận, địa danh, người ký báo cáo gửi cấp trên.");
  mark(
    "periods:",
    `hạn gửi ở đây là hạn của cấp trên; ${own.partsNoun ?? "đơn vị"} phải gửi sớm hơn để kịp tổng hợp, phát hành.`,
  );
  if (read.added_rules.length > 0)
    mark("added_rules:", "quy ước của cấp trên: giữ câu đúng với kế hoạch này, bỏ câu khác.");
  mark("units:", "đơn vị nào của mình báo cáo số nào.");
  const data: PlanData = {
    schema: 2,
    state: "draft",
    issuer,
    carries_out: document,
    area: { code: own.area.code, noun: nouns[own.area.kind] ?? read.reporting_area_noun ?? "" },
    ...(own.partsNoun === null
      ? { reporting_areas: "none" }
      : { reporting_areas: "children", reporting_area_noun: own.partsNoun }),
    document: {
      ...(own.document ?? {
        agency: issuer,
        abbreviation: "UBND",
        place: own.area.name,
        authority: "TM. Ủy ban nhân dân",
        signatory_title: "Chủ tịch",
        recipients: [read.issuer],
        filed_at: "VT",
      }),
      addressed_to: read.issuer,
    },
    ...kept(plan, ["added_rules", "glossary"]),
    groups: read.groups.filter(({ code }) => groups.has(code)),
    units: [
      own.partsNoun === null
        ? { code: unit, name: issuer, short_name: own.area.name, item: 1 }
        : {
            ...{ code: unit, name: "Ủy ban nhân dân {area}", short_name: "UBND {area}", item: 1 },
            each_area: true,
          },
    ],
    periods: entries(plan, "periods"),
    measures: entries(plan, "measures")
      .filter(({ code }) => codes.has(String(code)))
      .map(({ at_most, parts, percentage_of, ...one }) => ({
        ...kept(one, KEPT.measure),
        reported_by: [unit],
        ...(codes.has(String(at_most)) ? { at_most } : {}),
        ...(parts === undefined ? {} : { parts: known(parts) }),
        ...(percentage_of !== undefined && isAllKnown(percentage_of, codes)
          ? { percentage_of }
          : {}),
      })),
    indicators: taken.map((one) => ({
      ...kept(
        entries(plan, "indicators").find(({ code }) => String(code) === one.code) ?? {},
        KEPT.indicator,
      ),
      ...ownTarget(handed, one, own, document, (words) => mark(one.code, words)),
    })),
  };
  return { data, marks };
}

function entries(plan: PlanData, list: string): PlanData[] {
  const stated = plan[list];
  return Array.isArray(stated) ? stated : [];
}

function kept(from: PlanData, keys: readonly string[]): PlanData {
  return Object.fromEntries(keys.flatMap((key) => (key in from ? [[key, from[key]]] : [])));
}

function isAllKnown(stated: unknown, codes: ReadonlySet<string>): boolean {
  return Object.values(stated ?? {}).every((code) => codes.has(String(code)));
}

/** Why an indicator of the plan above is none of an office below; null where it is one. */
function whyNotTaken(
  { read }: HandedPlan,
  { value }: PlanIndicator,
  codes: ReadonlySet<string>,
): string | null {
  if (value.kind === "share_of_areas" || value.kind === "share_of_units")
    return "cấp trên tính trên số nơi của cấp trên; ở đây tính thế nào thì tự lập.";
  const under = measuresUnder(read, value);
  const others = read.measures.filter((one) => under.includes(one.code) && !codes.has(one.code));
  if (others.length === 0) return null;
  const by = read.units.filter(({ code }) => others.some((one) => one.reported_by.includes(code)));
  return `do ${by.map(({ short_name }) => short_name).join(", ")} báo cáo ở cấp trên.`;
}

/** The target of a place: the numbers that it was given, compared and due as above; none where none was. */
function ownTarget(
  { read, given }: HandedPlan,
  { code, target, unit_of_measure, value, ...indicator }: PlanIndicator,
  { area, partsNoun }: OfficeBelow,
  document: string,
  mark: (words: string) => void,
): PlanData {
  const rules = indicator.added_rules;
  const own = given.filter((one) => one.place === area.code && one.indicator === code);
  if (value.kind === "change" && !["last_year", "previous"].includes(value.from))
    mark("kỳ được so với: ghi số của mình vào baselines.csv.");
  const [first] = own;
  if (first === undefined) {
    mark(
      `cấp trên không giao mức riêng cho ${area.name}: ghi mức của mình (target), hoặc bỏ chỉ tiêu.`,
    );
    return rules.length === 0 ? {} : { added_rules: rules };
  }
  const places = target.statements[0]?.for ?? null;
  const numberOf = ({ value: least, to }: (typeof own)[number]): unknown =>
    to === null ? inFile(least, unit_of_measure) : [inFile(least), inFile(to)];
  const isOne = own.every((one) => one.value === first.value && one.to === first.to);
  const usual = duePeriods(read, target.due).map((one) => one.code);
  const isUsual =
    isOne && own.length === usual.length && own.every((one) => usual.includes(one.period));
  const stated = isUsual
    ? { [first.to === null ? "value" : "between"]: numberOf(first) }
    : { at: Object.fromEntries(own.map((one) => [one.period, numberOf(one)])) };
  const hasBaseline = target.statements.some(({ baseline }) => baseline !== null);
  if (hasBaseline)
    mark("tiến độ của cấp trên đi từ số gốc của cấp trên: ghi số gốc của mình, đặt lại pace.");
  if (target.statements.length > 1) mark("mức đã được cấp trên điều chỉnh: đây là mức sau cùng.");
  const isGivenAlone = places !== null && typeof places === "object";
  const sentences = own.map((one) => {
    const numbers = [one.value, ...(one.to === null ? [] : [one.to])];
    const text = numbers.map((number) => levelText(number, unit_of_measure) ?? decimalText(number));
    const period = read.periods.find(({ code }) => code === one.period)?.name ?? one.period;
    return `${text.join(" - ")}${isOne ? "" : ` (${inSentence(period)})`}`;
  });
  const rule = `Mức giao cho ${area.name}: ${(isOne ? sentences.slice(0, 1) : sentences).join("; ")}, theo ${document}.`;
  const allRules = isGivenAlone ? [...rules, rule] : rules;
  return {
    target: {
      ...(target.comparator === "between" ? {} : { comparator: target.comparator }),
      ...stated,
      // a number of things that each place must reach is the whole of this one
      ...(places === "each" && partsNoun !== null && isOne && Number(first.value) === 0
        ? { for: "each" }
        : {}),
      ...(target.pace === "none" || hasBaseline ? {} : { pace: target.pace }),
      ...(isUsual && target.due !== "year_end" ? { due: target.due } : {}),
    },
    ...(allRules.length === 0 ? {} : { added_rules: allRules }),
  };
}

/** An exact decimal as a plan file has it: a level by its name, a number where it is short. */
function inFile(decimal: string, unit: string | null = null): number | string {
  const level = levelText(decimal, unit);
  if (level !== null) return level;
  return /^-?\d{1,12}(\.\d{1,4})?$/.test(decimal) ? Number(decimal) : decimal;
}
