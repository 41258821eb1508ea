import { vietnameseDate } from "../../vocabulary/date.ts";
import { signOf } from "../../vocabulary/decimal.ts";
import { levelKey, levelsOf } from "../../vocabulary/level.ts";
import { nearestCode } from "../../vocabulary/nearest.ts";
import { periodPlace } from "../plan/period-place.ts";
import type {
  Plan,
  PlanIndicator,
  PlanIndicatorValue,
  PlanMeasure,
  PlanPeriod,
} from "../plan/plan.ts";
import { isFlow, mayBeTaken, measuresOf } from "../plan/plan.ts";
import { SECTION_NAMES, SECTIONS, type Section } from "../plan/plan-path.ts";
import { numbersOf } from "../plan/plan-target.ts";

/** A rule that a plan file breaks, at a path of the file. */
export interface Inconsistency {
  readonly path: readonly (string | number)[];
  /** What was found, without a full stop. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly remedy?: string;
  /** The code that names no entry of a section, where that is what is wrong. */
  readonly unknown?: { readonly section: Section; readonly code: string };
  /** What kind of rule that is, where others have to know. */
  readonly code?: typeof UNCONFIRMED;
}

/** The code of what was read of a document and nobody has compared with it. */
export const UNCONFIRMED = "unconfirmed";

/** Averages are computed in a unit that divides by every number of periods up to this. */
const MAX_AVERAGED_PERIODS = 12;

type Report = (
  path: readonly (string | number)[],
  message: string,
  rest?: Omit<Inconsistency, "path" | "message">,
) => void;

/**
 * Checks what no single field can show: references, dates that contradict each other, ceilings with
 * a pace, ratios whose parts are not reported at the same places.
 * @returns every broken rule, in the order of the file; empty when the plan is consistent.
 */
export function findInconsistencies(plan: Plan): Inconsistency[] {
  const found: Inconsistency[] = [];
  const report: Report = (path, message, rest) => found.push({ path, message, ...rest });
  checkUnits(plan, report);
  // a unit that was to be one of each area is taken for it, so that not every measure of it is reported
  const meant = { ...plan, units: plan.units.map((one) => ({ ...one, each_area: isOfArea(one) })) };
  checkPeriods(meant, report);
  checkMeasures(meant, report);
  checkIndicators(meant, report);
  checkGlossary(plan, report);
  checkConfirmed(plan, report);
  return withSameCodes(plan, found);
}

function isOfArea({ each_area, name, short_name }: Plan["units"][number]): boolean {
  return each_area || [name, short_name].some((text) => text.includes("{area}"));
}

/**
 * Reports a code that names no entry of a section, with the one that was probably meant.
 * @returns whether it names one
 */
function checkCode(
  plan: Plan,
  section: Section,
  code: string,
  path: readonly (string | number)[],
  report: Report,
): boolean {
  const codes = plan[section].map((one) => one.code);
  if (codes.includes(code)) return true;
  const noun = SECTIONS[section];
  const meant = nearestCode(code, codes);
  report(path, `kế hoạch không có ${noun} “${code}”`, {
    remedy:
      meant === null
        ? `Sửa mã, hoặc khai thêm ${noun} này ở ${section}.`
        : `Có phải là “${meant}”?`,
    unknown: { section, code },
  });
  return false;
}

/** Adds codes that are there twice; where one is wanted that is missing, it is most likely the second one's. */
function withSameCodes(plan: Plan, found: readonly Inconsistency[]): Inconsistency[] {
  let rest = [...found];
  const twice = SECTION_NAMES.flatMap((section) => {
    const codes = plan[section].map(({ code }) => code.toUpperCase());
    return codes.flatMap((code, index): Inconsistency[] => {
      if (codes.indexOf(code) === index) return [];
      const wanted = rest.find(({ unknown }) => unknown?.section === section)?.unknown?.code;
      rest = rest.filter(({ unknown }) => unknown?.section !== section || unknown.code !== wanted);
      return [
        {
          path: [section, index, "code"],
          message: `mã “${plan[section][index]?.code}” được dùng hai lần`,
          remedy:
            wanted === undefined
              ? "Đặt mã khác cho một trong hai."
              : `Kế hoạch nhắc đến “${wanted}” mà không khai: có phải là mã của mục này?`,
        },
      ];
    });
  });
  return [...twice, ...rest];
}

function checkGlossary(plan: Plan, report: Report): void {
  const seen = new Set<string>();
  plan.glossary.forEach(({ term }, index) => {
    const key = term.normalize("NFC").toLocaleLowerCase("vi");
    if (seen.has(key)) report(["glossary", index, "term"], `“${term}” được ghi hai lần`);
    seen.add(key);
  });
}

/** What of a plan's lists was read from a sentence, or is in none of them, and what is to be done. */
const READ_FROM = {
  head: [
    "số, tên, cơ quan, ngày ban hành đọc từ các dòng này, chưa đối chiếu",
    "So với number, title, issuer, issued_on, đúng thì xóa câu này.",
  ],
  periods: ["kỳ báo cáo đọc từ câu này, chưa đối chiếu", "So với periods, đúng thì xóa câu này."],
  units: ["đơn vị đọc từ câu này, chưa đối chiếu", "So với units, đúng thì xóa câu này."],
  sentences: [
    "câu có con số mà chưa đọc được",
    "Lập chỉ tiêu từ câu này; không phải chỉ tiêu thì xóa câu này.",
  ],
} as const;

/** Nothing that was read counts before somebody has looked at it beside its sentence. */
function checkConfirmed({ indicators, unconfirmed = {} }: Plan, report: Report): void {
  const code = UNCONFIRMED;
  indicators.forEach((one, index) => {
    if (one.unconfirmed === undefined) return;
    const remedy = "So câu ấy với mức và cách đo; đúng rồi thì xóa dòng này.";
    const found = `chưa đối chiếu với câu của văn bản: “${one.quote}”`;
    report(["indicators", index, "unconfirmed"], found, { remedy, code });
  });
  for (const [about, [found, remedy]] of Object.entries(READ_FROM)) {
    const read = unconfirmed[about as keyof typeof READ_FROM] ?? [];
    read.forEach(({ quote }, index) => {
      report(["unconfirmed", about, index], `${found}: “${quote}”`, { remedy, code });
    });
  }
}

function checkUnits(plan: Plan, report: Report): void {
  plan.units.forEach((unit, index) => {
    if (unit.each_area && plan.reporting_areas === "none") {
      report(
        ["units", index, "each_area"],
        "kế hoạch không có địa bàn báo cáo (reporting_areas: none)",
      );
    }
    if (!unit.each_area && isOfArea(unit)) {
      report(["units", index], "tên có {area} mà không có each_area", {
        remedy: "Ghi each_area: true, nếu mỗi địa bàn có một đơn vị như vậy.",
      });
    }
    if (unit.each_area && !unit.name.includes("{area}")) {
      report(
        ["units", index, "name"],
        "phải có {area} ở chỗ tên địa bàn, vì mỗi địa bàn có một đơn vị",
      );
    }
    if (unit.each_area && !unit.short_name.includes("{area}")) {
      report(["units", index, "short_name"], "phải có {area} ở chỗ tên địa bàn");
    }
  });
}

function checkPeriods(plan: Plan, report: Report): void {
  const byCode = new Map(plan.periods.toReversed().map((period) => [period.code, period]));
  const places = new Map<string, string>();
  plan.periods.forEach((period, index) => {
    const at = (field: string) => ["periods", index, field];
    if (period.data_from > period.data_to) {
      report(at("data_to"), "trước ngày data_from", {
        remedy: "Xem lại năm và tháng, hoặc đổi chỗ hai ngày.",
      });
    } else if (period.due_before <= period.data_from) {
      report(at("due_before"), "không sau ngày data_from", { remedy: "Xem lại năm và tháng." });
    }
    if (period.position > period.positions) report(at("position"), "lớn hơn positions");
    const place = `${period.kind} ${period.year} ${period.position}`;
    const other = places.get(place);
    if (other !== undefined && other !== period.code) {
      report(at("position"), `cùng loại, cùng năm và cùng thứ tự với kỳ “${other}”`, {
        remedy: `Xem lại year (${period.year}) và position (${period.position}).`,
      });
    }
    places.set(place, period.code);
    period.covers.forEach((code, coverIndex) => {
      const covered = byCode.get(code);
      const path = [...at("covers"), coverIndex];
      checkCode(plan, "periods", code, path, report);
      if (covered === undefined) return;
      if (covered.covers.length > 0) {
        report(path, `kỳ “${code}” cũng là kỳ gồm các kỳ khác`, {
          remedy: "Ở covers chỉ ghi các kỳ gốc, là kỳ không có covers.",
        });
      } else if (covered.data_from < period.data_from || covered.data_to > period.data_to) {
        report(path, `kỳ “${code}” (${days(covered)}) vượt ra ngoài kỳ này (${days(period)})`, {
          remedy: "Xem lại ngày của hai kỳ.",
        });
      }
    });
  });
  const base = plan.periods.filter(({ covers }) => covers.length === 0);
  const kinds = [...new Set(base.map(({ kind }) => kind))];
  if (kinds.length > 1) {
    const codes = kinds.map((kind) => base.find((one) => one.kind === kind)?.code).join(", ");
    report(
      ["periods"],
      `các kỳ không có covers phải cùng một loại, ở đây có ${kinds.join(", ")} (${codes})`,
      { remedy: "Ghi covers cho các kỳ dài hơn." },
    );
  }
  plan.periods.forEach((period, index) => {
    const other = plan.periods
      .slice(0, index)
      .find(
        ({ kind, code, data_from, data_to }) =>
          kind === period.kind &&
          code !== period.code &&
          data_from <= period.data_to &&
          period.data_from <= data_to,
      );
    if (other === undefined) return;
    report(["periods", index, "data_from"], `chồng lên kỳ “${other.code}” (${days(other)})`, {
      remedy: "Xem lại ngày của hai kỳ.",
    });
  });
}

/** `từ 15/12/2023 đến 14/3/2024` of a period. */
function days({ data_from, data_to }: PlanPeriod): string {
  return `từ ${vietnameseDate(data_from)} đến ${vietnameseDate(data_to)}`;
}

function checkMeasures(plan: Plan, report: Report): void {
  const units = new Map(plan.units.map((unit) => [unit.code, unit]));
  plan.measures.forEach((measure, index) => {
    const at = (...path: (string | number)[]) => ["measures", index, ...path];
    measure.reported_by.forEach((code, unitIndex) => {
      checkCode(plan, "units", code, at("reported_by", unitIndex), report);
    });
    if (measure.by_area && plan.reporting_areas === "none") {
      report(at("by_area"), "kế hoạch không có địa bàn báo cáo (reporting_areas: none)");
    }
    const perArea = measure.reported_by.filter(
      (code) => measure.by_area || units.get(code)?.each_area === true,
    );
    if (measure.asked_of !== undefined && perArea.length === 0) {
      report(at("asked_of"), "số liệu này không được báo cáo theo từng địa bàn");
    }
    if (measure.taken_from !== undefined && !mayBeTaken(plan, measure)) {
      report(
        at("taken_from"),
        "chỉ lấy được số đếm do UBND từng địa bàn báo cáo (each_area), cộng qua các địa bàn (over_areas: sum), với over_time: sum hoặc last",
        { remedy: "Sửa các khóa ấy, hoặc bỏ taken_from và để đơn vị nộp biểu." },
      );
    }
    if (perArea.length > 1) {
      report(at("reported_by"), `${perArea.join(" và ")} đều báo cáo số này cho cùng một địa bàn`, {
        remedy: "Tách thành số liệu riêng cho từng đơn vị.",
      });
    }
    if (measure.over_time === "average") {
      const isPlanLong =
        measure.sums_over === "plan" &&
        plan.periods.filter(({ covers }) => covers.length === 0).length > MAX_AVERAGED_PERIODS;
      if (isPlanLong || plan.periods.some(({ positions }) => positions > MAX_AVERAGED_PERIODS)) {
        report(
          at("over_time"),
          `bình quân chỉ tính đúng được qua nhiều nhất ${MAX_AVERAGED_PERIODS} kỳ${isPlanLong ? "" : " một năm"}, kế hoạch có nhiều hơn`,
        );
      }
    }
    if (measure.sums_over === "period" && measure.over_time !== "min") {
      report(at("sums_over"), "period chỉ dùng với over_time: min (mỗi kỳ đều phải có)");
    }
    measure.due_in?.forEach((kind, kindIndex) => {
      if (!plan.periods.some((period) => period.kind === kind)) {
        report(at("due_in", kindIndex), `kế hoạch không có kỳ nào loại ${kind}`);
      }
    });
    if (measure.from !== undefined) {
      checkCode(plan, "periods", measure.from, at("from"), report);
    }
    if (measure.kind !== "count" && measure.decimals > 0) {
      report(at("decimals"), "số liệu có/không, số liệu xếp loại không có chữ số thập phân");
    }
    checkLevels(measure, (field, message, rest) => report(at(field), message, rest));
    for (const [field, codes] of [
      ["at_most", measure.at_most === undefined ? [] : [measure.at_most]],
      ["parts", measure.parts],
      [
        "percentage_of",
        measure.percentage_of === undefined
          ? []
          : [measure.percentage_of.part, measure.percentage_of.whole],
      ],
    ] as const) {
      codes.forEach((code, otherIndex) => {
        const path = field === "parts" ? at(field, otherIndex) : at(field);
        if (isLevel(plan, code) || isLevel(plan, measure.code)) {
          report(path, "số liệu xếp loại không phải là số lượng nên không có giới hạn, thành phần");
        } else if (code === measure.code) report(path, "nêu chính số liệu này");
        else if (
          checkCode(plan, "measures", code, path, report) &&
          isElsewhere(plan, code, placesOf(plan, measure.code)) &&
          isElsewhere(
            plan,
            code,
            placesOf(plan, measure.code)?.replace(areasAsked(plan, measure.code), EVERY_AREA),
          )
        ) {
          report(
            path,
            `“${code}” được báo cáo ở nơi khác (${placesOf(plan, code)}) với số liệu này (${placesOf(plan, measure.code)}) nên không so được với nhau`,
            { remedy: BY_AREA },
          );
        }
      });
    }
  });
}

/** Excel takes a list of so many signs. */
const MAX_LIST = 255;

/** A measure of levels is the latest of some words, which nothing adds up. */
function checkLevels(
  { kind, levels, unit_of_measure, over_time, over_areas, sensitive }: PlanMeasure,
  report: (field: string, message: string, rest?: Omit<Inconsistency, "path" | "message">) => void,
): void {
  if (kind !== "level") {
    if (levels !== undefined) report("levels", "chỉ dùng với kind: level");
    if (over_areas === "none") report("over_areas", "none chỉ dùng với kind: level");
    if (levelsOf(unit_of_measure) !== null) {
      report("unit_of_measure", "không có dấu < giữa hai chữ", { remedy: "Viết bằng chữ." });
    }
    return;
  }
  if (levels === undefined) {
    report("kind", "thiếu levels", { remedy: "Ghi levels, từ mức thấp nhất: [C, B, A]." });
    return;
  }
  const shown = levelsOf(unit_of_measure) ?? levels;
  const keys = levels.map((level) => levelKey(level, shown));
  const twice = levels.find((_, index) => keys.indexOf(keys[index] ?? "") < index);
  if (twice !== undefined) report("levels", `mức “${twice}” được ghi hai lần`);
  if (shown.join(",").length > MAX_LIST) {
    report("levels", "tên các mức dài quá để làm danh sách chọn trong biểu mẫu", {
      remedy: "Viết gọn tên mức.",
    });
  }
  if (over_time !== "last") {
    report("over_time", `mức xếp loại lấy mức báo cáo gần nhất, không lấy ${over_time}`, {
      remedy: "Ghi over_time: last.",
    });
  }
  if (over_areas !== "none") {
    report("over_areas", "mức xếp loại của các nơi không gộp lại được", {
      remedy: "Ghi over_areas: none.",
    });
  }
  if (sensitive) report("sensitive", "mức xếp loại không phải là số nhỏ cần giữ kín; ghi false");
}

function isLevel(plan: Plan, code: string): boolean {
  return plan.measures.find((one) => one.code === code)?.kind === "level";
}

const BY_AREA =
  "Mỗi địa bàn một số thì ghi by_area: true ở số liệu của phòng, ban, hoặc each_area: true ở đơn vị.";
const EVERY_AREA = "từng địa bàn";
const WHOLE = "toàn địa bàn";

/**
 * Where a measure is reported: the same text for two measures reported at the same places; undefined
 * where it names a unit that does not exist.
 */
function placesOf(plan: Plan, code: string): string | undefined {
  const measure = plan.measures.find((one) => one.code === code);
  if (measure === undefined) return undefined;
  const places = new Set<string>();
  const whole: string[] = [];
  for (const unitCode of measure.reported_by) {
    const unit = plan.units.find((one) => one.code === unitCode);
    if (unit === undefined) return undefined;
    if (measure.by_area || unit.each_area) places.add(areasAsked(plan, code));
    else whole.push(unitCode);
  }
  if (whole.length === 1 && places.size === 0) places.add(WHOLE);
  else for (const unitCode of whole) places.add(unitCode);
  return [...places].sort().join(", ");
}

/** `từng địa bàn`, or which of them where a measure is not asked of all. */
function areasAsked(plan: Plan, code: string): string {
  const asked_of = plan.measures.find((one) => one.code === code)?.asked_of;
  if (asked_of === undefined) return EVERY_AREA;
  return `${EVERY_AREA} (${[...(asked_of.kinds ?? asked_of.codes ?? [])].sort().join(", ")})`;
}

/** Whether it is sure that a measure is not reported at some places. */
function isElsewhere(plan: Plan, code: string, places: string | undefined): boolean {
  const own = placesOf(plan, code);
  return own !== undefined && places !== undefined && own !== places;
}

function checkIndicators(plan: Plan, report: Report): void {
  plan.indicators.forEach((indicator, index) => {
    const at = (...path: (string | number)[]) => ["indicators", index, ...path];
    checkCode(plan, "groups", indicator.group, at("group"), report);
    const value = indicator.value.kind === "change" ? indicator.value.of : indicator.value;
    const known = measuresOf(value).filter((code) =>
      checkCode(plan, "measures", code, at("value"), report),
    );
    const isKnown = known.length === measuresOf(value).length;
    if (indicator.from !== undefined) {
      checkCode(plan, "periods", indicator.from, at("from"), report);
    }
    checkTarget(plan, indicator, isKnown, (path, message, rest) =>
      report(at("target", ...path), message, rest),
    );
    if (!isKnown) return;
    checkChange(plan, indicator, (message) => report(at("value"), message));
    checkComponents(plan, indicator, (path, message, rest) =>
      report(at("value", ...path), message, rest),
    );
    checkAverages(plan, value, (message) => report(at("value"), message));
    checkLevelValue(plan, indicator, report, at);
    checkPlaces(plan, value, (message, remedy = "") => report(at("value"), message, { remedy }));
  });
}

/** What is computed from several measures needs them from the same places, or from certain ones. */
function checkPlaces(
  plan: Plan,
  value: PlanIndicatorValue,
  report: (message: string, remedy?: string) => void,
): void {
  const codes = measuresOf(value);
  const places = new Set(codes.flatMap((code) => placesOf(plan, code) ?? []));
  const elsewhere = (wanted: string) => codes.filter((code) => isElsewhere(plan, code, wanted));
  if (value.kind === "ratio" && places.size > 1) {
    report(
      `các số liệu được báo cáo ở nơi khác nhau (${[...places].join(" | ")}), nên tỷ lệ giữa chúng không có nghĩa`,
      BY_AREA,
    );
  } else if (value.kind === "share_of_areas") {
    for (const code of codes.filter((one) => isElsewhere(plan, one, areasAsked(plan, one)))) {
      report(
        `“${code}” không được báo cáo riêng theo từng địa bàn, nên không đếm được địa bàn`,
        BY_AREA,
      );
    }
    if (places.size > 1) {
      report("các số liệu hỏi những địa bàn khác nhau (asked_of), nên không đếm được địa bàn");
    }
  } else if (value.kind === "share_of_units" && places.size > 1) {
    report("các số liệu do các đơn vị khác nhau báo cáo, nên không đếm được đơn vị");
  } else if (value.kind === "all_of") {
    for (const code of elsewhere(WHOLE)) {
      report(`“${code}” không được báo cáo một lần cho toàn địa bàn`);
    }
  }
}

/** An average cannot be added to another figure, nor decide a condition, without losing exactness. */
function checkAverages(
  plan: Plan,
  value: PlanIndicatorValue,
  report: (message: string) => void,
): void {
  const averages = new Set(
    plan.measures
      .filter(({ over_time, over_areas }) => over_time === "average" || over_areas === "average")
      .map(({ code }) => code),
  );
  const sums =
    value.kind === "ratio"
      ? [value.numerator, value.denominator]
      : value.kind === "count"
        ? [value.measures]
        : [];
  for (const codes of sums) {
    const average = codes.find((code) => averages.has(code));
    if (average !== undefined && codes.length > 1) {
      report(`“${average}” là số bình quân, không cộng được với số liệu khác`);
    }
  }
  if (sums.length === 0) {
    for (const code of measuresOf(value)) {
      if (averages.has(code)) report(`“${code}” là số bình quân, không dùng làm điều kiện được`);
    }
  }
}

/** Levels decide conditions; a value is one of them only where it is one of the whole alone. */
function checkLevelValue(
  plan: Plan,
  { value: stated, target }: PlanIndicator,
  report: Report,
  at: (...path: (string | number)[]) => (string | number)[],
): void {
  const value = stated.kind === "change" ? stated.of : stated;
  const codes = measuresOf(value).filter((code) => isLevel(plan, code));
  const [code, more] = codes;
  if (code === undefined || "conditions" in value) return;
  const refuse = (field: string, message: string, remedy: string): void =>
    report(at(field), `“${code}” là số liệu xếp loại: ${message}`, { remedy });
  if (value.kind !== "count" || more !== undefined || measuresOf(value).length > 1) {
    refuse(
      "value",
      "không cộng, không chia được",
      "Ghi value: { kind: count, measures: [một mã] }, hoặc đếm nơi bằng share_of_areas.",
    );
  } else if (placesOf(plan, code) !== WHOLE) {
    refuse(
      "value",
      "mỗi nơi báo cáo một mức nên không có mức chung",
      `Đếm số nơi đạt: value: { kind: share_of_areas, conditions: [{ measure: ${code}, value: tên mức }] }; nơi nào cũng phải đạt thì mức là 100.`,
    );
  } else if (stated.kind === "change") {
    if (stated.as !== "ranks") {
      refuse("value", "chỉ so được bằng số bậc", "Ghi as: ranks, hoặc so thẳng với một mức.");
    }
  } else if (![">=", ">", "="].includes(target.comparator)) {
    refuse("target", `không so bằng ${target.comparator}`, "Ghi >=, > hoặc =.");
  }
  if (target.pace === "linear") refuse("target", "không có tiến độ đều", "Ghi pace: none.");
}

/** Holds a target against the periods and places of the plan and against its value. */
function checkTarget(
  plan: Plan,
  { value, target }: PlanIndicator,
  isKnown: boolean,
  report: Report,
): void {
  const { comparator, pace, statements } = target;
  statements.forEach((statement, index) => {
    const at = (field: string) => (statements.length > 1 ? [index, field] : [field]);
    if (statement.from !== null) checkCode(plan, "periods", statement.from, at("from"), report);
    const numbers = numbersOf(statement);
    for (const { period } of numbers) {
      if (period !== null) checkCode(plan, "periods", period, at("at"), report);
    }
    for (const { value: lower, to } of numbers.map(({ number }) => number)) {
      if (to !== null && Number(to) < Number(lower)) {
        report(at("between"), `${to} nhỏ hơn ${lower}; ghi số nhỏ trước`);
      }
    }
    if (!isKnown || statement.for === null) return;
    if (plan.reporting_areas === "none") {
      report(at("for"), "kế hoạch không có địa bàn báo cáo");
    } else if (!isByArea(plan, value)) {
      report(at("for"), "chỉ tiêu này không có số theo từng địa bàn");
    }
  });
  if (pace !== "linear") return;
  if (comparator === "<" || comparator === "<=") {
    report(["pace"], `mức “không quá”, “dưới” (${comparator}) không có tiến độ`, {
      remedy: "Ghi pace: none.",
    });
  } else if (plan.schema > 1 && isKnown && !isFlow(plan, value)) {
    if (statements.some(({ baseline }) => baseline === null)) {
      report(["pace"], "số này không cộng dồn từ 0 nên không có tiến độ đều nếu không có số gốc", {
        remedy: "Ghi thêm baseline: { period, value, source }, hoặc ghi pace: none.",
      });
    }
  }
}

/** Whether a value has figures by area. */
function isByArea(plan: Plan, value: PlanIndicatorValue): boolean {
  if (value.kind === "change") return isByArea(plan, value.of);
  if (value.kind === "all_of_indicators") {
    return plan.indicators
      .filter(({ code, value: { kind } }) => value.indicators.includes(code) && kind !== value.kind)
      .every((indicator) => isByArea(plan, indicator.value));
  }
  return measuresOf(value).some((code) => placesOf(plan, code)?.includes(EVERY_AREA) !== false);
}

function checkChange(
  plan: Plan,
  { value, target, unit_of_measure }: PlanIndicator,
  report: (message: string) => void,
): void {
  if (value.kind !== "change") return;
  const { from, as, better } = value;
  if (better !== undefined && as !== "ranks") {
    report('better chỉ dùng với as: ranks; giảm là tốt thì ghi comparator: "<=" và số âm');
  }
  // sentences know by the unit whether they say `tăng 2` or `gấp 2`
  if ((as === "times") !== (unit_of_measure === "lần") && as !== "ranks") {
    report(
      as === "times"
        ? "as: times thì unit_of_measure là “lần”"
        : "đơn vị tính “lần” chỉ dùng với as: times; số lần tăng thêm thì ghi đơn vị “lượt”",
    );
  }
  const numbers = target.statements.flatMap(numbersOf);
  if (as === "times" && numbers.some(({ number }) => signOf(number.value) <= 0)) {
    report("as: times: mức phải lớn hơn 0; giảm một nửa là 0.5");
  }
  if (as === "ranks") checkRanks(plan, value.of, report);
  if (from !== "last_year" && from !== "previous" && periodPlace(plan, from) === null) {
    report(
      `from: “${from}” không phải last_year, previous, cũng không phải mã kỳ theo cách ghi của kế hoạch; so với một giai đoạn thì ghi số bình quân một năm ở baselines.csv vào kỳ của năm cuối`,
    );
  }
  if (from === "previous" && value.of.kind === "count" && isFlow(plan, value.of)) {
    const codes = value.of.measures.join(", ");
    report(
      `from: previous so hai số lũy kế từ đầu năm, mà số lũy kế của ${codes} không bao giờ giảm; ghi from: last_year, hoặc dùng số liệu over_time: last ghi số của riêng kỳ`,
    );
  }
  if (target.pace === "linear") report("mức tăng, giảm không có tiến độ đều; ghi pace: none");
}

/** A rank is one figure as it stands, and those of several areas make no sum. */
function checkRanks(plan: Plan, of: PlanIndicatorValue, report: (message: string) => void): void {
  const [code = "", more] = measuresOf(of);
  const measure = plan.measures.find((one) => one.code === code);
  if (of.kind !== "count" || more !== undefined || measure?.over_time !== "last") {
    report(
      "as: ranks: thứ hạng là một số liệu over_time: last (of: { kind: count, measures: [mã] })",
    );
  } else if (measure.over_areas === "sum" && placesOf(plan, code) !== WHOLE) {
    report(
      `as: ranks: thứ hạng của các địa bàn không cộng được; “${code}” ghi over_areas: min, max hoặc average`,
    );
  }
}

function checkComponents(plan: Plan, { code: own, value }: PlanIndicator, report: Report): void {
  if (value.kind !== "all_of_indicators") return;
  for (const code of value.indicators) {
    const component = plan.indicators.find((one) => one.code === code);
    if (code === own) report([], "nêu chính chỉ tiêu này");
    else if (!checkCode(plan, "indicators", code, [], report)) continue;
    else if (component?.value.kind === value.kind) {
      report([], `chỉ tiêu “${code}” cũng là chỉ tiêu gồm nhiều chỉ tiêu`);
    }
  }
}
