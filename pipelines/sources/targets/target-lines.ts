import { vietnameseDate } from "../../vocabulary/date.ts";
import { decimalText, scaledText, unscaled } from "../../vocabulary/decimal.ts";
import { nameWithinSentence } from "../areas/area.ts";
import {
  isFlow,
  measuresOf,
  type Plan,
  type PlanIndicator,
  type PlanMeasure,
  type PlanPeriod,
} from "../plan/plan.ts";
import { countedText, workedExample } from "./counted.ts";
import { numberText, periodPhrase, unitText, wholeTargetText } from "./formula.ts";
import type { ResolvedTarget, TargetRow } from "./target.ts";

const SCALE = 4;
/** Decimals of a pace as it is shown. */
const SHOWN = 2;

/** A target as who signs the plan is to read it. */
export interface TargetLines {
  readonly code: string;
  /** `1.1 ≥ 30%, tiến độ đều theo kỳ, hạn hết năm 2024 (quý II năm 2024: 10%; quý III năm 2024: 20%)`. */
  readonly asked: string;
  /** `Số A ÷ Tổng số B × 100; lấy số báo cáo gần nhất; xét toàn xã và từng thôn, hạn hết năm 2024`. */
  readonly counted: string;
  /** `nếu quý I ghi 80/100 và quý II ghi 82/100 thì đến quý II là 82/100 = 82%`. */
  readonly example: string | null;
  /** Those of a table: `phường Tam Thanh: ≥ 1.200 cơ sở`. */
  readonly places: readonly string[];
}

/** The targets of a plan that are told, each with what it counts and the places of its table. */
export function targetLines(
  plan: Plan,
  targets: ReadonlyMap<string, ResolvedTarget>,
  isShown: (indicator: PlanIndicator) => boolean = () => true,
  isPlace: (row: TargetRow) => boolean = () => true,
): TargetLines[] {
  return plan.indicators.filter(isShown).map((indicator): TargetLines => {
    const target = targets.get(indicator.code);
    const text = wholeTargetText(plan, indicator, target?.groups ?? []);
    const rows = target?.rows ?? [];
    const paces = indicator.target.pace === "linear" ? paceText(plan, indicator, rows) : "";
    const due = dueText(plan, indicator, rows);
    const asked = [
      `${indicator.code} ${text}`,
      ...(indicator.target.pace === "linear" ? [", tiến độ đều theo kỳ"] : []),
      due,
      paces === "" ? "" : ` (${paces})`,
    ].join("");
    return {
      ...{ code: indicator.code, asked, example: workedExample(plan, indicator) },
      counted: `${countedText(plan, indicator)}${due || milestonesText(plan, indicator)}`,
      places: placeLines(plan, indicator, rows.filter(isPlace)),
    };
  });
}

/** Everything that is to be read of a target, the further lines indented. */
export function linesOf({ asked, counted, example, places }: TargetLines): string[] {
  const below = [...places, `đo: ${counted}`, ...(example === null ? [] : [`ví dụ: ${example}`])];
  return [asked, ...below.map((line) => `  ${line}`)];
}

/** When it is due where that is in the text of the target. */
function milestonesText(plan: Plan, { target }: PlanIndicator): string {
  if (target.due === "each_period") return ", hạn ở mọi kỳ";
  const codes = target.statements.flatMap(({ at }) => Object.keys(at ?? {}));
  return `, hạn ${[...new Set(codes)].map((code) => periodPhrase(plan, code)).join(", ")}`;
}

/** `phường Tam Thanh: ≥ 1.200 cơ sở`: the numbers of a table, each place in a line. */
function placeLines(plan: Plan, indicator: PlanIndicator, rows: readonly TargetRow[]): string[] {
  const own = rows.filter(({ area }) => area !== null);
  const places = [...new Set(own.map(({ area }) => area))];
  const isOne = (some: readonly TargetRow[]): boolean =>
    new Set(some.map(({ value, to }) => `${value} ${to}`)).size === 1 &&
    some.length === new Set(own.map(({ due }) => due)).size;
  return places.map((area) => {
    const some = own
      .filter((row) => row.area === area)
      .sort((one, other) => one.due.data_to.localeCompare(other.due.data_to));
    const numbers = some.map(({ value, to, due, effectiveFrom }) => {
      const from = effectiveFrom === null ? "" : `, từ ${vietnameseDate(effectiveFrom)}`;
      const number = numberText(plan, indicator, { value, to });
      return isOne(some) ? number : `${number} (${periodPhrase(plan, due.code)}${from})`;
    });
    return `${area === null ? "" : nameWithinSentence(area)}: ${[...new Set(numbers)].join(", ")}`;
  });
}

/** `, hạn hết năm 2024`; of milestones it is in the text of the target. */
function dueText(plan: Plan, { target }: PlanIndicator, rows: readonly TargetRow[]): string {
  const isInTarget =
    target.due === "each_period" || target.statements.some(({ at }) => at !== null);
  if (isInTarget) return "";
  const dues = [...new Set(rows.map(({ due }) => due))];
  // a year that is declared in part is judged before it ends, which its author is to see
  const words = dues.map((due) =>
    isLastOfYear(plan, due) && due.position === due.positions
      ? `hết năm ${due.year}`
      : `hết ${periodPhrase(plan, due.code)}`,
  );
  return words.length === 0 ? "" : `, hạn ${[...new Set(words)].join(", ")}`;
}

function isLastOfYear(plan: Plan, due: PlanPeriod): boolean {
  return plan.periods.every(
    ({ covers, year, data_to }) => covers.length > 0 || year !== due.year || data_to <= due.data_to,
  );
}

/** `quý II năm 2024: 10%; quý III năm 2024: 20%`: the pace of the whole in each base period that counts. */
function paceText(plan: Plan, indicator: PlanIndicator, rows: readonly TargetRow[]): string {
  const own = rows.filter(({ area, groupNo }) => area === null && groupNo === null);
  const base = basePeriods(plan, indicator);
  const flow = isFlow(plan, indicator.value);
  // a flow begins anew with each year, unless it adds up over the plan
  const isYearly = flow && !countedIn(plan, indicator).every((one) => one.sums_over === "plan");
  const paces = base.flatMap((period): string[] => {
    const inForce = latestAmendment(own, period);
    const due = inForce.find((row) => row.due.data_to >= period.data_to);
    if (due === undefined) return [];
    const before = inForce.filter(
      (row) => row.due.data_to < due.due.data_to && (!isYearly || row.due.year === due.due.year),
    );
    const previous = before.at(-1);
    const from = previous?.value ?? (flow ? "0" : (due.paceFrom ?? "0"));
    const way = base.filter(
      ({ data_to, year }) =>
        data_to <= due.due.data_to &&
        data_to > (previous?.due.data_to ?? "") &&
        (!isYearly || year === due.due.year),
    );
    const gone = way.filter(({ data_to }) => data_to <= period.data_to).length;
    const pace = onTheWay(from, due.value, gone, way.length);
    // nothing was to be reached yet
    if (pace === "0") return [];
    return [`${periodPhrase(plan, period.code)}: ${pace}${unitText(indicator.unit_of_measure)}`];
  });
  return paces.join("; ");
}

/** The measures that a value counts; what it divides by is none of them. */
function countedIn(plan: Plan, { value }: PlanIndicator): PlanMeasure[] {
  const codes = value.kind === "ratio" ? value.numerator : measuresOf(value);
  return plan.measures.filter(({ code }) => codes.includes(code));
}

/** The numbers in force in a period, those due first in front. */
function latestAmendment(rows: readonly TargetRow[], period: PlanPeriod): TargetRow[] {
  const begun = rows.filter(({ effectiveFrom }) => (effectiveFrom ?? "") <= period.data_to);
  const latest = begun
    .map(({ effectiveFrom }) => effectiveFrom ?? "")
    .sort()
    .at(-1);
  return begun
    .filter(({ effectiveFrom }) => (effectiveFrom ?? "") === latest)
    .sort((one, other) => one.due.data_to.localeCompare(other.due.data_to));
}

/** The base periods in which an indicator is judged, in order of time; as `core/target_in_period.sql`. */
function basePeriods(plan: Plan, indicator: PlanIndicator): PlanPeriod[] {
  const startOf = (from: string | undefined): string =>
    plan.periods.find(({ code }) => code === from)?.data_from ?? "";
  const starts = measuresOf(indicator.value)
    .flatMap((code) => plan.measures.filter((measure) => measure.code === code))
    .map(({ from }) => startOf(from))
    .sort();
  // a count stands on what there is of its measures, anything else needs them all
  const known = (indicator.value.kind === "count" ? starts[0] : starts.at(-1)) ?? "";
  const start = [plan.in_force_from, startOf(indicator.from), known].sort().at(-1) ?? "";
  return plan.periods
    .filter(({ covers, data_to }) => covers.length === 0 && data_to >= start)
    .sort((one, other) => one.data_to.localeCompare(other.data_to));
}

function onTheWay(from: string, to: string, gone: number, all: number): string {
  const [start, end] = [unscaled(from, SCALE), unscaled(to, SCALE)];
  const step = 10n ** BigInt(SCALE - SHOWN);
  const exact = start * BigInt(all) + (end - start) * BigInt(gone);
  // upwards, so that nothing below the pace seems to reach it
  const divisor = BigInt(all) * step;
  const up = exact >= 0n ? (exact + divisor - 1n) / divisor : exact / divisor;
  return decimalText(scaledText(up, SHOWN));
}
