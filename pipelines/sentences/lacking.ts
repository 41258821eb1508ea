import { grouped } from "../vocabulary/grouped.ts";
import { capital, inSentence } from "../vocabulary/letter-case.ts";
import { PROVISIONAL } from "../vocabulary/status.ts";
import { enumerated, joined, namesIn, present } from "./name-list.ts";
import { basisClause, count } from "./report-words.ts";

// What the figures of a published report lack, each said once. A document and the page of a version say it alike.

/** Who has figures of an indicator, of the plan's whole area (`area_no` 0) or of one reporting area. */
export interface CoveredLine {
  readonly code: string;
  readonly area_no: number;
  readonly value_kind: string | null;
  readonly status: string | null;
  readonly value: string | number | null;
  readonly is_provisional: boolean | null;
  readonly is_hidden: boolean;
  readonly areas_expected: number | null;
  readonly areas_reported: number | null;
  readonly areas_carried: number | null;
  readonly areas_left_out: number | null;
  readonly basis: string | null;
}

/** A reporting unit, and what it sent. */
export interface CoveringUnit {
  readonly unit_name: string;
  /** Of the reporting area that it reports for alone; null for a department. */
  readonly area_no: number | null;
  readonly timeliness: string;
  /** What it owes of closed periods before, a period a line; null or absent in earlier versions. */
  readonly missing_before?: string | null;
}

export interface Covered {
  readonly period_name: string;
  readonly area_noun: string;
  readonly units_expected: number;
  /** Of indicators, those of areas too. */
  readonly lines: readonly CoveredLine[];
  readonly units: readonly CoveringUnit[];
  /** Reporting areas as they are written within a sentence, by their number. */
  readonly areas: ReadonlyMap<number, string>;
  /** Figures are doubted. */
  readonly has_doubts: boolean;
}

/** Places that a sentence names; more are counted. */
const MAX_NAMED = 5;

/**
 * What is missing of the periods before, by period and unit; of whom the whole's indicators have no
 * figure of the period, of whom an earlier one stands, who is left out; which verdicts may still change.
 */
export function lackingSentences(covered: Covered): string[] {
  const whole = covered.lines.filter(({ area_no }) => area_no === 0);
  const lines = whole.flatMap((line) => {
    const basis = basisClause(line.basis);
    return [...lackingClauses(covered, line), ...present([basis])].map((what): [string, string] => [
      what,
      line.code,
    ]);
  });
  const open = whole.filter((line) => line.is_provisional === true && !line.is_hidden);
  const [unjudged, judged] = [true, false].map((wanted) =>
    open.filter(({ status }) => (status === "no_target") === wanted).map(({ code }) => code),
  ) as [string[], string[]];
  const until = joined(
    ["nhận đủ báo cáo của các kỳ", covered.has_doubts && "kiểm tra xong số liệu cần lưu ý"],
    " và ",
  );
  return [
    ...missingBefore(covered.units),
    ...gathered(lines).map(([what, codes]) => `${capital(coded(codes))}: ${what}.`),
    ...present([
      judged.length > 0 &&
        `Đánh giá ${coded(judged)} là ${PROVISIONAL}, xác định lại khi ${until}.`,
      unjudged.length > 0 &&
        `Số liệu ${coded(unjudged)} là ${PROVISIONAL}, xác định lại khi ${until}.`,
    ]),
  ];
}

/**
 * `Quý III năm 2024 còn thiếu: báo cáo của Ủy ban nhân dân phường Tam Thanh.` Of whole reports every one
 * is named; who owes many is named once with all of them where that is shorter.
 */
function missingBefore(units: readonly CoveringUnit[]): string[] {
  const lines = units.map(({ unit_name, missing_before }) => {
    const all = namesIn(missing_before ?? null).map((line) => line.split(/: (.*)/));
    const whole = all.flatMap(([period = "", figures]) => (figures === undefined ? [period] : []));
    return { unit_name, all, whole };
  });
  const wholes = lines.flatMap(({ whole }) => (whole.length > 0 ? [whole] : []));
  const isByUnit = new Set(wholes.map(String)).size < new Set(wholes.flat()).size;
  const owed = lines.flatMap(({ unit_name, all, whole }): [string, [string, boolean]][] => {
    const reports = isByUnit && whole.length > 0 ? [[capital(periodsText(whole))]] : null;
    const named = [...(reports ?? []), ...all.filter(([, figures]) => !reports || figures)];
    return named.map(([period = "", figures]) => {
      const what = inSentence(figures ?? "báo cáo");
      return [period, [`${what} của ${unit_name}`, figures === undefined]];
    });
  });
  const inOrder = gathered(owed).sort(([one], [other]) => orderOf(one) - orderOf(other));
  return inOrder.map(([period, all]) => {
    const [reports, figures] = [true, false].map((wanted) =>
      all.filter(([, isReport]) => isReport === wanted).map(([what]) => what),
    ) as [string[], string[]];
    const rest = figures.length - MAX_NAMED;
    const more = rest > 0 && `một số số liệu của ${count(rest)} đơn vị khác`;
    const what = present([...reports, ...figures.slice(0, MAX_NAMED), more]);
    return `${period} còn thiếu: ${what.join("; ")}.`;
  });
}

/** Which part of a year names end in, by kind: how many months each has, the shorter first. */
const SPANS: readonly (readonly [RegExp, number])[] = [
  [/^tháng (\d+)/i, 1],
  [/^quý (\d+|[IV]+)/i, 3],
  [/^(\d+) tháng (?!cuối)/i, 1],
  [/^/, 12],
];

/** When a period ends, by its name; one whose year is not known comes last. */
function orderOf(name: string): number {
  const [year = "9999"] = /\d{4}/.exec(name) ?? [];
  const span = SPANS.findIndex(([named]) => named.test(name));
  const [named, months] = SPANS[span] ?? [/^/, 12];
  const ends = numberOf(named.exec(name)?.[1] ?? "1") * months;
  return Number(year) * 1000 + ends * 10 + span;
}

const NUMBERED = /^(Tháng|Quý) (\d+|[IV]+) năm (\d+)$/;
const QUARTERS = ["I", "II", "III", "IV"];

const numberOf = (position: string): number => QUARTERS.indexOf(position) + 1 || Number(position);

interface NamedPeriod {
  readonly kind: string;
  readonly position: string;
  readonly no: number;
  readonly year: string;
}

/** Periods by their names, those that follow one another together: `tháng 1–12 và quý I–IV năm 2026`. */
function periodsText(names: readonly string[]): string {
  const found = names.map((name): NamedPeriod => {
    const [, kind = name, position = "", year = ""] = NUMBERED.exec(name) ?? [];
    return { kind, position, no: numberOf(position), year };
  });
  return gathered(found.map((one) => [one.year, one]))
    .map(([year, inYear]) => {
      const kinds = gathered(inYear.map((one) => [one.kind, one]));
      const texts = kinds.map(([kind, all]) => inSentence(`${kind} ${runsText(all)}`.trim()));
      return joined([enumerated(texts), year !== "" && `năm ${year}`], " ");
    })
    .join("; ");
}

function runsText(all: readonly NamedPeriod[]): string {
  const runs: NamedPeriod[][] = [];
  for (const one of all) {
    const run = runs.at(-1);
    if (run?.at(-1)?.no === one.no - 1) run?.push(one);
    else runs.push([one]);
  }
  return runs
    .map((run) => [...new Set([run[0]?.position, run.at(-1)?.position])].join("–"))
    .join(", ");
}

/** Who is silent, carried and left out of an indicator, by name where these are few and known. */
export function lackingClauses(
  covered: Covered,
  line: Omit<CoveredLine, "value_kind" | "is_hidden"> & Partial<CoveredLine>,
): string[] {
  const { areas_expected: expected, areas_reported: reported, value_kind } = line;
  if (expected === null || reported === null || line.status === "not_reported") return [];
  // of what does not apply nothing is said that could lack something
  if (line.status === "not_applicable" && line.value === null && !line.is_hidden) return [];
  const { areas, units } = covered;
  const own = covered.lines.filter(
    ({ code, area_no, areas_expected }) =>
      code === line.code && area_no > 0 && (areas_expected ?? 1) > 0,
  );
  const isOfAreas = expected === own.length;
  const noun = value_kind === "all_of" ? "điều kiện" : isOfAreas ? covered.area_noun : "đơn vị";
  const [carried, leftOut] = [line.areas_carried ?? 0, line.areas_left_out ?? 0];
  const unknown = expected - reported - carried - leftOut;
  const silent = units.filter(({ timeliness }) => /^(missing|not_due)$/.test(timeliness));
  // every unit is asked, and those that lack are those that sent nothing
  const areSilent =
    expected === covered.units_expected && expected - reported === silent.length && !isOfAreas;
  const whose = (counted: number, isMeant: (part: CoveredLine) => boolean): string => {
    const named = isOfAreas
      ? own.filter(isMeant).map(({ area_no }) => areas.get(area_no) ?? "")
      : areSilent
        ? silent.map(({ area_no, unit_name }) => areas.get(area_no ?? 0) ?? unit_name)
        : [];
    return named.length === counted && counted <= MAX_NAMED
      ? named.join(", ")
      : `${count(counted)} ${noun}`;
  };
  const isCarried = (part: CoveredLine): boolean => (part.areas_carried ?? 0) > 0;
  const isLeftOut = ({ status }: CoveredLine): boolean =>
    status === "not_reported" || status === "in_doubt";
  const isUnknown = (part: CoveredLine): boolean =>
    // of a measure a place has no count of places
    (part.areas_expected === null
      ? part.value === null && !part.is_hidden
      : part.areas_expected > (part.areas_reported ?? 0)) &&
    !isCarried(part) &&
    !(leftOut > 0 && isLeftOut(part));
  return present([
    unknown > 0 &&
      `chưa có số liệu ${inSentence(covered.period_name)} của ${whose(unknown, isUnknown)}`,
    carried > 0 && `lấy số đã báo cáo ở kỳ trước của ${whose(carried, isCarried)}`,
    leftOut > 0 && `tỷ lệ chưa tính ${whose(leftOut, isLeftOut)}`,
  ]);
}

/** Pairs by their first part, in the order in which it comes first. */
export function gathered<T>(pairs: readonly (readonly [string, T])[]): [string, T[]][] {
  const found = [...grouped(pairs, ([key]) => key)];
  return found.map(([key, all]) => [key, all.map(([, value]) => value)]);
}

/** `chỉ tiêu 1.1`, `các chỉ tiêu 1.1, 1.3a` */
function coded(codes: readonly string[]): string {
  return `${codes.length > 1 ? "các " : ""}chỉ tiêu ${codes.join(", ")}`;
}
