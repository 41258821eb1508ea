import { OF_THE_DOING, takenOverTime } from "../../reading-plans/counted-words.ts";
import { dayAfter, vietnameseDate } from "../../vocabulary/date.ts";
import { decimalText, scaledText, unscaled } from "../../vocabulary/decimal.ts";
import { labelKey } from "../../vocabulary/label.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { levelsOf } from "../../vocabulary/level.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { type Area, type AreaFiles, isValidOn } from "../areas/area.ts";
import { successorsOf } from "../areas/area-files.ts";
import { disputeOf } from "../areas/country.ts";
import type { ResolvedPlan } from "../catalogue.ts";
import type { Inconsistency } from "../file/plan-consistency.ts";
import type { Baseline } from "../office/baseline.ts";
import { periodPlace } from "../plan/period-place.ts";
import type { Plan, PlanIndicator, PlanPeriod } from "../plan/plan.ts";
import { isFlow, measuresOf } from "../plan/plan.ts";
import { numbersOf } from "../plan/plan-target.ts";
import type { TargetRow } from "../targets/target.ts";

/** Decimals that a number of a plan may have. */
const SCALE = 4;

/** Reports something that is lawful, but seldom meant. */
type Report = (path: Inconsistency["path"], message: string, remedy: string) => void;

/** What the checks report, in their order. */
function reported(...checks: ((report: Report) => void)[]): Inconsistency[] {
  const found: Inconsistency[] = [];
  for (const check of checks) {
    check((path, message, remedy) => found.push({ path, message, remedy }));
  }
  return found;
}

/** What is lawful within a plan, but seldom meant. */
export function odditiesOf(plan: Plan): Inconsistency[] {
  return reported(
    (report) => checkInForce(plan, report),
    (report) => checkDates(plan, report),
    (report) => checkSameNames(plan, report),
    (report) => checkPeriods(plan, report),
    (report) => checkCovered(plan, report),
    (report) => checkSilentUnits(plan, report),
    (report) => checkMeasures(plan, report),
    (report) => {
      plan.indicators.forEach((one, index) => {
        checkIndicator(plan, one, (field, message, remedy) =>
          report(["indicators", index, ...field], message, remedy),
        );
      });
    },
  );
}

/**
 * What is lawful of a plan with its areas, but seldom meant.
 * @param files the areas that there are, and what becomes of them
 * @param baselines earlier figures that are stated
 */
export function placeOddities(
  resolved: ResolvedPlan,
  files: AreaFiles,
  baselines: readonly Baseline[],
): Inconsistency[] {
  return reported(
    (report) => checkAreas(resolved, files, report),
    (report) => checkOrphans(resolved, files, report),
    (report) => checkSplitAreas(resolved, files, report),
    (report) => checkDisputed(resolved, files, report),
    (report) => checkTargetsOfAreas(resolved, report),
    (report) => checkEarlier(resolved, baselines, report),
  );
}

/** A change of which nobody will ever know the earlier side. */
function checkEarlier(
  { plan }: ResolvedPlan,
  baselines: readonly Baseline[],
  report: Report,
): void {
  const isOfYears = new Set(plan.periods.map(({ year }) => year)).size > 1;
  plan.indicators.forEach(({ value }, index) => {
    if (value.kind !== "change" || plan.continues !== undefined) return;
    const isWithin =
      value.from === "previous" ||
      (value.from === "last_year"
        ? isOfYears
        : plan.periods.some(({ code }) => code === value.from));
    const year =
      value.from === "last_year"
        ? Math.min(...plan.periods.map((one) => one.year)) - 1
        : periodPlace(plan, value.from)?.year;
    const unknown = measuresOf(value.of).filter(
      (code) => !baselines.some((one) => one.measure === code && one.period.year === year),
    );
    if (isWithin || unknown.length === 0) return;
    report(
      ["indicators", index, "value"],
      `không có số của thời gian được so (${unknown.join(", ")}), nên chỉ tiêu không bao giờ được đánh giá`,
      "Ghi số ấy ở baselines.csv; kế hoạch trước có ở đây thì ghi continues.",
    );
  });
}

function checkInForce(plan: Plan, report: Report): void {
  const last = lastDay(plan);
  if (plan.in_force_from <= last) return;
  report(
    ["in_force_from"],
    `kế hoạch có hiệu lực từ ${vietnameseDate(plan.in_force_from)}, sau khi kỳ cuối cùng kết thúc (${vietnameseDate(last)}), nên không đơn vị nào phải báo cáo`,
    "Xem lại năm của ngày có hiệu lực.",
  );
}

/** Days of a period, and of the plan, that lie too far apart to be meant. */
function checkDates(plan: Plan, report: Report): void {
  const { issued_on, in_force_from } = plan;
  const late = plan.periods.find(
    (one) => one.data_to >= in_force_from && one.due_before <= issued_on,
  );
  if (late !== undefined) {
    report(
      ["issued_on"],
      `kế hoạch ký ngày ${vietnameseDate(issued_on)}, sau hạn gửi của ${inSentence(late.name)} (trước ngày ${vietnameseDate(late.due_before)}) mà kỳ ấy vẫn phải báo cáo vì hiệu lực từ ${vietnameseDate(in_force_from)}`,
      "Xem lại hai ngày.",
    );
  }
  plan.periods.forEach(({ year, data_from, data_to, due_before, estimate }, index) => {
    const at = (field: string) => ["periods", index, field];
    const days = `số liệu từ ${vietnameseDate(data_from)} đến ${vietnameseDate(data_to)}`;
    if (!isYearOf({ year, data_from, data_to })) {
      report(at("year"), `năm báo cáo là ${year} mà ${days}`, "Xem lại year và các ngày của kỳ.");
      return;
    }
    const isOfOtherYear = Math.abs(yearsBetween(data_to, due_before)) > 1;
    if (!isOfOtherYear && (due_before > data_to || estimate)) return;
    report(
      at("due_before"),
      `hạn gửi trước ngày ${vietnameseDate(due_before)} mà ${days}`,
      isOfOtherYear
        ? "Xem lại năm của hạn gửi."
        : "Xem lại hai ngày; nếu đúng như vậy thì số liệu có phần ước thực hiện, ghi estimate: true.",
    );
  });
}

function isYearOf(period: Pick<PlanPeriod, "year" | "data_from" | "data_to">): boolean {
  const { year, data_from, data_to } = period;
  return Number(data_from.slice(0, 4)) <= year && year <= Number(data_to.slice(0, 4));
}

/** Years from one day to another, below zero where that is the earlier one. */
function yearsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / (366 * 24 * 60 * 60 * 1000);
}

/** Periods that readers cannot tell from one another. */
function checkSameNames({ periods }: Plan, report: Report): void {
  periods.forEach(({ name }, index) => {
    const other = periods.slice(0, index).find((one) => one.name === name);
    if (other === undefined) return;
    report(
      ["periods", index, "name"],
      `cùng tên với kỳ “${other.code}”`,
      "Xem lại tên của hai kỳ.",
    );
  });
}

/** A year that is put together of fewer periods than it has. */
function checkCovered(plan: Plan, report: Report): void {
  for (const period of plan.periods) {
    const parts = plan.periods.filter(({ code }) => period.covers.includes(code));
    const left = plan.periods.filter(
      (one) =>
        parts.some(({ kind }) => kind === one.kind) &&
        !period.covers.includes(one.code) &&
        one.data_from >= period.data_from &&
        one.data_to <= period.data_to,
    );
    if (left.length === 0) continue;
    report(
      ["periods", plan.periods.indexOf(period), "covers"],
      `kỳ này không gồm ${left.map(({ name }) => name).join(", ")}, dù nằm trong khoảng từ ${vietnameseDate(period.data_from)} đến ${vietnameseDate(period.data_to)}`,
      "Ghi đủ các kỳ vào covers.",
    );
  }
}

function checkAreas({ plan, area, areas }: ResolvedPlan, files: AreaFiles, report: Report): void {
  const kinds: Readonly<Record<string, string>> = AREA_KINDS;
  const { code, noun } = plan.area;
  if (Object.values(kinds).includes(noun) && ![noun, undefined].includes(kinds[area.kind])) {
    report(
      ["area", "code"],
      `“${code}” là ${area.name}, mà noun ghi “${noun}”`,
      "Xem lại mã; đúng mã thì sửa noun.",
    );
  }
  const last = lastDay(plan);
  const ended = (one: Area): boolean => one.valid_to !== null && one.valid_to < last;
  const isReplaced = areas.some(
    ({ valid_from }) => valid_from !== null && valid_from > firstDay(plan),
  );
  if (ended(area) && !isReplaced) {
    report(
      ["area", "code"],
      `${area.name} chỉ còn đến ${vietnameseDate(area.valid_to ?? "")}, trước khi các kỳ của kế hoạch kết thúc`,
      "Nếu các địa bàn mới báo cáo tiếp thì nêu ở reporting_areas, kèm from; nếu không thì bỏ các kỳ sau đó.",
    );
  }
  const goesOn = (one: Area): boolean =>
    successorsOf(one, files).some(({ area_id }) => areas.some((heir) => heir.area_id === area_id));
  const leaving = areas.filter((one) => ended(one) && !goesOn(one));
  if (leaving.length > 0 && !isReplaced) {
    const names = leaving.map(({ name }) => name).join(", ");
    report(
      ["reporting_areas"],
      `${names}: không còn trước khi các kỳ của kế hoạch kết thúc, và không có địa bàn mới nào báo cáo thay`,
      "Nếu có địa bàn mới thì nêu ở reporting_areas, kèm from.",
    );
  }
}

/** Areas like those that report, which lie below none: a cell that was left blank. */
function checkOrphans({ plan, area, areas }: ResolvedPlan, files: AreaFiles, report: Report): void {
  if (plan.reporting_areas !== "children") return;
  const orphans = files.areas.filter(
    (one) =>
      one.parent_id === null &&
      one.area_id !== area.area_id &&
      areas.some(({ kind }) => kind === one.kind) &&
      isValidOn(one, plan.in_force_from),
  );
  if (orphans.length === 0) return;
  report(
    ["reporting_areas"],
    `${orphans.map(({ name }) => name).join(", ")}: không có parent_id trong areas/areas.csv nên không báo cáo`,
    `Nếu thuộc ${area.name} thì ghi parent_id ${area.area_id}.`,
  );
}

function checkSplitAreas({ plan, areas }: ResolvedPlan, files: AreaFiles, report: Report): void {
  const split = areas.filter(
    (area) =>
      area.valid_to !== null &&
      area.valid_to < lastDay(plan) &&
      successorsOf(area, files).length > 1,
  );
  if (split.length === 0) return;
  report(
    ["reporting_areas"],
    `${split.map(({ name }) => name).join(", ")}: chia thành nhiều địa bàn nên chuỗi số liệu dừng lại, không địa bàn mới nào nối tiếp`,
    "Nếu chia như vậy thì để nguyên; nếu nhập trọn vào một địa bàn thì sửa areas/successors.csv.",
  );
}

/** Units of which the official lists do not say the same. */
function checkDisputed({ area, areas }: ResolvedPlan, files: AreaFiles, report: Report): void {
  const disputed = [area, ...areas].flatMap((one) => {
    const isSettled = files.successors.some(({ area_id }) => area_id === one.area_id);
    const dispute = isSettled ? null : disputeOf(one);
    return dispute === null ? [] : [`${one.code} ${one.name}: ${dispute}`];
  });
  if (disputed.length === 0) return;
  report(
    ["reporting_areas"],
    disputed.join("; "),
    "Hỏi lại nơi có thẩm quyền; biết rồi thì ghi ở areas/successors.csv.",
  );
}

function checkTargetsOfAreas({ plan, targets, areas }: ResolvedPlan, report: Report): void {
  plan.indicators.forEach((indicator, index) => {
    const path = ["indicators", index, "target", "for"];
    const reported = new Set<Area>();
    const { rows = [], outlived = [] } = targets.get(indicator.code) ?? {};
    for (const { area: gone, due } of outlived) {
      const goesOn = rows.some((row) => row.area?.code === gone?.code && row.due === due);
      if (gone === null || goesOn || reported.has(gone)) continue;
      reported.add(gone);
      report(
        path,
        `mức giao của ${gone.name} không được tính: địa bàn chỉ còn đến ${vietnameseDate(gone.valid_to ?? "")}, trước khi đến hạn (${due.name})`,
        "Ghi mức giao của địa bàn kế tiếp vào bảng.",
      );
    }
    if (reported.size > 0) return;
    // the same of several years is reported once
    const dues = new Map<string, string[]>();
    for (const due of new Set(rows.filter((row) => row.area !== null).map((row) => row.due))) {
      const message = wrongQuotas(indicator, inForce(rows, due), areas, due);
      if (message !== null) dues.set(message, [...(dues.get(message) ?? []), due.code]);
    }
    for (const [message, codes] of dues) {
      report(path, `${codes.join(", ")}: ${message}`, "Đối chiếu bảng giao với kế hoạch.");
    }
  });
}

/** The numbers of a target at the end of a period: of several of one place the latest. */
function inForce(rows: readonly TargetRow[], due: PlanPeriod): TargetRow[] {
  const own = rows.filter((row) => row.due === due && row.groupNo === null);
  return own.filter(
    (row) =>
      !own.some(
        (other) =>
          other.area === row.area && (other.effectiveFrom ?? "") > (row.effectiveFrom ?? ""),
      ),
  );
}

/** Places without a number, and numbers that do not add up to that of the whole; null where neither. */
function wrongQuotas(
  { value }: PlanIndicator,
  rows: readonly TargetRow[],
  areas: ResolvedPlan["areas"],
  due: PlanPeriod,
): string | null {
  const given = rows.filter(({ area }) => area !== null);
  const without = areas.filter(
    (one) => isValidOn(one, due.data_to) && !given.some(({ area }) => area === one),
  );
  const whole = rows.find(({ area }) => area === null);
  const sum = given.reduce((total, row) => total + unscaled(row.value, SCALE), 0n);
  const isSum =
    whole === undefined || value.kind !== "count" || sum === unscaled(whole.value, SCALE);
  const names = without.map((one) => one.calledWithinSentence).join(", ");
  const found = [
    ...(without.length === 0 ? [] : [`không có mức giao cho ${names}`]),
    ...(isSum
      ? []
      : [
          `các mức giao cộng lại là ${decimalText(scaledText(sum, SCALE))}, mức chung là ${decimalText(whole.value)}`,
        ]),
  ];
  return found.length === 0 ? null : found.join("; ");
}

function lastDay(plan: Plan): string {
  return (
    plan.periods
      .map(({ data_to }) => data_to)
      .sort()
      .at(-1) ?? ""
  );
}

function firstDay(plan: Plan): string {
  return plan.periods.map(({ data_from }) => data_from).sort()[0] ?? "";
}

/** The periods of one kind in order of time. */
function byKind(plan: Plan): PlanPeriod[][] {
  const kinds = [...new Set(plan.periods.map(({ kind }) => kind))];
  return kinds.map((kind) =>
    plan.periods
      .filter((one) => one.kind === kind)
      .sort((one, other) => one.data_from.localeCompare(other.data_from)),
  );
}

function checkPeriods(plan: Plan, report: Report): void {
  for (const periods of byKind(plan)) {
    periods.forEach((period, index) => {
      const before = periods[index - 1];
      // kinds with only one or two periods a year, such as half-years, are not adjacent
      const follows = before !== undefined && isNext(before, period);
      if (follows && period.data_from > dayAfter(before.data_to)) {
        report(
          ["periods", plan.periods.indexOf(period), "data_from"],
          `giữa kỳ “${before.code}” (đến ${vietnameseDate(before.data_to)}) và kỳ này (từ ${vietnameseDate(period.data_from)}) có những ngày không thuộc kỳ nào`,
          "Xem lại data_from và data_to.",
        );
      }
    });
    const dated = periods.filter(isYearOf);
    // a period of a wrong year would be missing in its own
    if (dated.length < periods.length) continue;
    for (const year of new Set(dated.map((one) => one.year))) {
      checkYear(
        plan,
        dated.filter((one) => one.year === year),
        report,
      );
    }
  }
}

function isNext(before: PlanPeriod, period: PlanPeriod): boolean {
  return (
    (before.year === period.year && period.position === before.position + 1) ||
    (before.year + 1 === period.year &&
      before.position === before.positions &&
      period.position === 1)
  );
}

/** Checks the periods of one kind and year; of several problems the first. */
function checkYear(plan: Plan, periods: readonly PlanPeriod[], report: Report): void {
  const [first] = periods;
  const last = periods.at(-1);
  if (first === undefined || last === undefined) return;
  const at = (period: PlanPeriod, field: string) => [
    "periods",
    plan.periods.indexOf(period),
    field,
  ];
  const counts = new Set(periods.map(({ positions }) => positions));
  if (counts.size > 1) {
    report(
      at(last, "positions"),
      `các kỳ loại ${first.kind} của năm ${first.year} ghi positions khác nhau (${[...counts].join(", ")})`,
      "Ghi cùng một số: trong năm có mấy kỳ loại này.",
    );
    return;
  }
  const late = periods.find(
    (period, index) => period.position < (periods[index - 1]?.position ?? 0),
  );
  if (late !== undefined) {
    const message = "thứ tự position không theo thứ tự ngày tháng của các kỳ cùng loại";
    report(at(late, "position"), message, "Xem lại position.");
    return;
  }
  const isBase = periods.every(({ covers }) => covers.length === 0);
  const there = new Set(periods.map(({ position }) => position));
  const missing = Array.from({ length: first.positions }, (_, index) => index + 1).filter(
    (position) => !there.has(position),
  );
  // of periods that cover others a plan may ask for some only: a half-year without the second one
  const isAsked = isBase && (missing.length < first.positions || plan.periods.length > 1);
  if (!isAsked || missing.length === 0) return;
  report(
    at(last, "position"),
    `năm ${first.year} có ${first.positions} kỳ loại ${first.kind} nhưng thiếu kỳ thứ ${missing.join(", ")}`,
    there.has(first.positions)
      ? "Khai thêm kỳ, nếu kế hoạch có yêu cầu."
      : "Khai đủ các kỳ; nếu không, mức của cả năm được xét ngay ở kỳ cuối đã khai.",
  );
}

function checkSilentUnits(plan: Plan, report: Report): void {
  plan.units.forEach(({ code, name }, index) => {
    const same = plan.units.slice(0, index).find((one) => labelKey(one.name) === labelKey(name));
    if (same !== undefined)
      report(
        ["units", index, "name"],
        `cùng tên với đơn vị “${same.code}”`,
        "Gộp lại, hoặc sửa tên.",
      );
    if (plan.measures.some(({ reported_by }) => reported_by.includes(code))) return;
    report(
      ["units", index],
      "không có số liệu nào giao đơn vị này báo cáo, nên đơn vị không phải gửi gì",
      "Nếu đơn vị phải báo cáo thì ghi mã vào reported_by của số liệu.",
    );
  });
}

/** Of marks the best and the worst. */
const BEST = /^(?:A\+?|I|xuất sắc|giỏi|tốt)$/iu;
const WORST = /^(?:[B-F]|I{2,3}|IV|yếu|kém|trung bình|(?:không|chưa) \p{L}.*)$/iu;

function checkMeasures(plan: Plan, report: Report): void {
  plan.measures.forEach((measure, index) => {
    const { name, kind, unit_of_measure, percentage_of, decimals, over_time, levels } = measure;
    if (BEST.test(levels?.[0] ?? "") && WORST.test(levels?.at(-1) ?? ""))
      report(
        ["measures", index, "levels"],
        `mức thấp nhất ghi trước, mà ở đây là ${levels?.[0]}`,
        `Ghi ngược lại: [${levels?.toReversed().join(", ")}].`,
      );
    if (kind === "count" && over_time === "sum" && takenOverTime(name) === "last")
      report(
        ["measures", index, "over_time"],
        "tên là số đang có ở ngày chốt mà các kỳ được cộng lại: quý I có 80, quý II có 82 thì thành 162",
        "Số đang có thì ghi over_time: last; số của riêng từng kỳ thì nêu rõ ở tên, như “trong kỳ”.",
      );
    const isAsked = percentage_of !== undefined || decimals > 0;
    if (kind !== "count" || unit_of_measure !== "%" || isAsked) return;
    report(
      ["measures", index, "unit_of_measure"],
      "số liệu là số đếm mà đơn vị tính là %",
      "Báo cáo tử số và mẫu số rồi để chỉ tiêu tính tỷ lệ; nếu đơn vị phải tự ghi tỷ lệ thì ghi percentage_of hoặc decimals.",
    );
  });
}

/** @param report takes paths within the indicator */
function checkIndicator(
  plan: Plan,
  { value, target, unit_of_measure }: PlanIndicator,
  report: Report,
): void {
  const isByPlace = target.statements.some(
    ({ value: own, at, for: places }) =>
      own === null && at === null && typeof places === "object" && places !== null,
  );
  if (value.kind === "change" && isByPlace) {
    report(
      ["target", "for"],
      "mức tăng, giảm chỉ ghi theo địa bàn, nên toàn địa bàn không được đánh giá",
      "Nếu kế hoạch có mức chung thì ghi thêm chỉ tiêu cho mức ấy.",
    );
  }
  checkIdle(plan, value, target, levelsOf(unit_of_measure), report);
  const hasBaseline = target.statements.some(({ baseline }) => baseline !== null);
  if (target.pace === "linear" && hasBaseline && isFlow(plan, value)) {
    report(
      ["target", "baseline"],
      "số này cộng dồn từ 0 nên tiến độ tính từ 0, số gốc không dùng đến",
      "Bỏ baseline.",
    );
  }
  if (value.kind === "ratio" && checkSides(plan, value, report)) return;
  if (unit_of_measure !== "%") return;
  const measureOf = (code: string | undefined) => plan.measures.find((one) => one.code === code);
  if (value.kind === "count" && measureOf(value.measures[0])?.unit_of_measure !== "%") {
    report(
      ["unit_of_measure"],
      "giá trị là số lượng mà đơn vị tính là %",
      "Ghi đơn vị của số lượng, hoặc dùng kind: ratio.",
    );
  }
  if (value.kind !== "ratio" || value.factor !== 100) return;
  const [part, whole] = [value.denominator.join(", "), value.numerator.join(", ")];
  const bounds = new Set(value.denominator);
  const isBound = value.numerator.every((code) => reaches(plan, code, bounds));
  if (isBound || measuresOf(value).some((code) => measureOf(code) === undefined)) return;
  if (value.denominator.every((code) => reaches(plan, code, new Set(value.numerator)))) {
    report(
      ["value"],
      `mẫu số (${part}) không bao giờ lớn hơn tử số (${whole}), nên tỷ lệ không dưới 100%`,
      "Có phải tử số và mẫu số bị đổi chỗ? Nếu phải thì đổi numerator và denominator cho nhau.",
    );
    return;
  }
  report(
    ["value"],
    `không có gì ngăn tử số (${value.numerator.join(", ")}) lớn hơn mẫu số (${value.denominator.join(", ")}), tỷ lệ có thể vượt 100%`,
    "Ghi at_most ở số liệu là tử số, nếu nó không thể lớn hơn mẫu số.",
  );
}

/** Whether the two sides of a ratio cannot be what is meant, by their names. */
function checkSides(
  plan: Plan,
  value: Extract<PlanIndicator["value"], { kind: "ratio" }>,
  report: Report,
): boolean {
  const named = (codes: readonly string[]): string =>
    plan.measures
      .filter(({ code }) => codes.includes(code))
      .map(({ name }) => name)
      .join(" + ");
  const [part, whole] = [named(value.numerator), named(value.denominator)];
  const thing = (name: string): string => labelKey(name.replace(/^(?:tổng\s+)?số\s+/iu, ""));
  const rest = thing(part).startsWith(`${thing(whole)} `)
    ? thing(part)
        .slice(thing(whole).length)
        .replace(/^\s*(?:được|đã|đạt)\s+/u, "")
    : "";
  const isSame = [...value.numerator].sort().join() === [...value.denominator].sort().join();
  const message = isSame
    ? `tử số và mẫu số là cùng một số liệu (${value.numerator.join(", ")}), nên tỷ lệ không bao giờ đổi`
    : thing(part) === thing(whole)
      ? `tử số (${part}) và mẫu số (${whole}) là cùng một điều, nên tỷ lệ luôn là 100%`
      : rest !== "" && thing(whole).includes(rest)
        ? `mẫu số (${whole}) đã gồm điều kiện của tử số (${part}), nên tỷ lệ luôn là 100%`
        : OF_THE_DOING.test(whole)
          ? `mẫu số (${whole}) kết thúc bằng điều chỉ nói về việc ở tử số (${part})`
          : null;
  if (message === null) return false;
  report(
    ["value"],
    message,
    "Xem lại numerator và denominator: mẫu số là tất cả, đạt hay chưa đạt.",
  );
  return true;
}

/** A target that is always met, or never: a share is nothing below 0 and nothing above 100. */
function checkIdle(
  plan: Plan,
  value: PlanIndicator["value"],
  { comparator, statements }: PlanIndicator["target"],
  levels: readonly string[] | null,
  report: Report,
): void {
  if (value.kind === "change") return;
  const [none, all] = levels === null ? [0, 100] : [1, levels.length];
  const isShare =
    value.kind === "ratio"
      ? value.factor === 100 &&
        value.numerator.every((code) => reaches(plan, code, new Set(value.denominator)))
      : value.kind !== "count" || levels !== null;
  const numbers = statements.flatMap(numbersOf).map(({ number }) => number);
  for (const { value: number, to } of numbers) {
    if (to !== null) continue;
    const [isNone, isAll] = [Number(number) === none, isShare && Number(number) === all];
    const isBeyond = isShare && Number(number) > all;
    const isAlways =
      (isNone && comparator === ">=") ||
      (isAll && comparator === "<=") ||
      (isBeyond && comparator.startsWith("<"));
    const isNever =
      (isNone && comparator === "<") ||
      (isAll && comparator === ">") ||
      (isBeyond && !comparator.startsWith("<"));
    if (!isAlways && !isNever) continue;
    report(
      ["target", "comparator"],
      `mức ${comparator} ${levels?.[Number(number) - 1] ?? decimalText(number)} ${isAlways ? "lúc nào cũng đạt" : "không bao giờ đạt"}`,
      levels !== null
        ? "Xem lại tên mức, hoặc thứ tự của levels: mức thấp nhất ghi trước."
        : isNone
          ? '“Không để xảy ra” ghi comparator: "=", value: 0.'
          : isBeyond
            ? "Tỷ lệ này nhiều nhất là 100; xem lại số."
            : '“100%” ghi comparator: ">=".',
    );
    return;
  }
}

/** Whether a measure is bounded by one of some measures, itself or by what bounds it. */
function reaches(plan: Plan, code: string, bounds: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  let next: string | undefined = code;
  while (next !== undefined && !seen.has(next)) {
    if (bounds.has(next)) return true;
    seen.add(next);
    const one: string = next;
    next =
      plan.measures.find((measure) => measure.code === one)?.at_most ??
      plan.measures.find(({ parts }) => parts.includes(one))?.code;
  }
  return false;
}
