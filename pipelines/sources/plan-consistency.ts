import { periodPlace } from "./baseline.ts";
import type { Plan, PlanIndicator, PlanIndicatorValue, PlanTargetStatement } from "./plan.ts";
import { isFlow, measuresOf } from "./plan.ts";

/** A rule that a plan file breaks, at a path of the file. */
export interface Inconsistency {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Averages are computed in a unit that divides by every number of periods up to this. */
const MAX_AVERAGED_PERIODS = 12;

type Report = (path: readonly (string | number)[], message: string) => void;

/**
 * Checks what no single field can show: references, dates that contradict each other, ceilings with
 * a pace, ratios whose parts are not reported at the same places.
 * @returns every broken rule, in the order of the file; empty when the plan is consistent.
 */
export function findInconsistencies(plan: Plan): Inconsistency[] {
  const found: Inconsistency[] = [];
  const report: Report = (path, message) => found.push({ path, message });
  checkUniqueCodes(plan, report);
  checkUnits(plan, report);
  checkPeriods(plan, report);
  checkMeasures(plan, report);
  checkIndicators(plan, report);
  checkGlossary(plan, report);
  return found;
}

function checkUniqueCodes(plan: Plan, report: Report): void {
  for (const section of ["groups", "units", "periods", "measures", "indicators"] as const) {
    const seen = new Set<string>();
    plan[section].forEach((entry, index) => {
      const key = entry.code.toUpperCase();
      if (seen.has(key)) report([section, index, "code"], `"${entry.code}" is there twice`);
      seen.add(key);
    });
  }
}

function checkGlossary(plan: Plan, report: Report): void {
  const seen = new Set<string>();
  plan.glossary.forEach(({ term }, index) => {
    const key = term.normalize("NFC").toLocaleLowerCase("vi");
    if (seen.has(key)) report(["glossary", index, "term"], `"${term}" is there twice`);
    seen.add(key);
  });
}

function checkUnits(plan: Plan, report: Report): void {
  plan.units.forEach((unit, index) => {
    if (unit.each_area && plan.reporting_areas === "none") {
      report(["units", index, "each_area"], "needs reporting_areas: children");
    }
    if (unit.each_area && !unit.name.includes("{area}")) {
      report(["units", index, "name"], 'must contain "{area}", since there is one for each area');
    }
    if (unit.each_area && !unit.short_name.includes("{area}")) {
      report(["units", index, "short_name"], 'must contain "{area}"');
    }
  });
}

function checkPeriods(plan: Plan, report: Report): void {
  const byCode = new Map(plan.periods.map((period) => [period.code, period]));
  const places = new Set<string>();
  plan.periods.forEach((period, index) => {
    const at = (field: string) => ["periods", index, field];
    if (period.data_from > period.data_to) report(at("data_to"), "lies before data_from");
    if (period.due_before <= period.data_from) report(at("due_before"), "lies before data_from");
    if (period.position > period.positions) report(at("position"), "is greater than positions");
    const place = `${period.kind} ${period.year} ${period.position}`;
    if (places.has(place))
      report(at("position"), "another period of this kind has it in this year");
    places.add(place);
    period.covers.forEach((code, coverIndex) => {
      const covered = byCode.get(code);
      const path = [...at("covers"), coverIndex];
      if (covered === undefined) report(path, `"${code}" is not a period of this plan`);
      else if (covered.covers.length > 0) report(path, `"${code}" itself covers others`);
      else if (covered.data_from < period.data_from || covered.data_to > period.data_to) {
        report(path, `"${code}" reaches outside ${period.data_from} to ${period.data_to}`);
      }
    });
  });
  const baseKinds = new Set(
    plan.periods.filter((period) => period.covers.length === 0).map((period) => period.kind),
  );
  if (baseKinds.size > 1) {
    report(
      ["periods"],
      `periods that cover no others must be of one kind, found ${[...baseKinds].join(", ")}`,
    );
  }
  for (const index of overlapping(plan)) {
    report(["periods", index, "data_from"], "overlaps another period of its kind");
  }
}

function overlapping(plan: Plan): number[] {
  return plan.periods.flatMap((period, index) =>
    plan.periods.some(
      (other, otherIndex) =>
        otherIndex < index &&
        other.kind === period.kind &&
        other.data_from <= period.data_to &&
        period.data_from <= other.data_to,
    )
      ? [index]
      : [],
  );
}

function checkMeasures(plan: Plan, report: Report): void {
  const units = new Map(plan.units.map((unit) => [unit.code, unit]));
  const measures = new Map(plan.measures.map((measure) => [measure.code, measure]));
  plan.measures.forEach((measure, index) => {
    const at = (...path: (string | number)[]) => ["measures", index, ...path];
    measure.reported_by.forEach((code, unitIndex) => {
      if (!units.has(code))
        report(at("reported_by", unitIndex), `"${code}" is not a unit of this plan`);
    });
    if (measure.by_area && plan.reporting_areas === "none") {
      report(at("by_area"), "needs reporting_areas: children");
    }
    const perArea = measure.reported_by.filter(
      (code) => measure.by_area || units.get(code)?.each_area === true,
    );
    if (perArea.length > 1) {
      report(
        at("reported_by"),
        `${perArea.join(" and ")} would both report it for the same area; give each its own measure`,
      );
    }
    if (measure.over_time === "average") {
      const isPlanLong =
        measure.sums_over === "plan" &&
        plan.periods.filter(({ covers }) => covers.length === 0).length > MAX_AVERAGED_PERIODS;
      if (isPlanLong || plan.periods.some(({ positions }) => positions > MAX_AVERAGED_PERIODS)) {
        report(
          at("over_time"),
          `an average is exact over at most ${MAX_AVERAGED_PERIODS} periods ${isPlanLong ? "" : "a year"}, and the plan has more`,
        );
      }
    }
    measure.due_in?.forEach((kind, kindIndex) => {
      if (!plan.periods.some((period) => period.kind === kind)) {
        report(at("due_in", kindIndex), `the plan has no period of the kind ${kind}`);
      }
    });
    if (measure.from !== undefined && !plan.periods.some(({ code }) => code === measure.from)) {
      report(at("from"), `"${measure.from}" is not a period of this plan`);
    }
    if (measure.kind === "yes_no" && measure.decimals > 0) {
      report(at("decimals"), "a yes/no measure has no decimals");
    }
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
        if (code === measure.code) report(path, "names the measure itself");
        else if (!measures.has(code)) report(path, `"${code}" is not a measure of this plan`);
        else if (placesOf(plan, code) !== placesOf(plan, measure.code)) {
          report(
            path,
            `"${code}" is reported at other places (${placesOf(plan, code)}) than this one (${placesOf(plan, measure.code)}), so the two cannot be compared`,
          );
        }
      });
    }
  });
}

/** Where a measure is reported: the same text for two measures reported at the same places. */
function placesOf(plan: Plan, code: string): string | undefined {
  const measure = plan.measures.find((one) => one.code === code);
  if (measure === undefined) return undefined;
  const places = new Set<string>();
  const whole: string[] = [];
  for (const unitCode of measure.reported_by) {
    const unit = plan.units.find((one) => one.code === unitCode);
    if (measure.by_area || unit?.each_area === true) places.add("every reporting area");
    else whole.push(unitCode);
  }
  if (whole.length === 1 && places.size === 0) places.add("the whole area");
  else for (const unitCode of whole) places.add(unitCode);
  return [...places].sort().join(", ");
}

function checkIndicators(plan: Plan, report: Report): void {
  const groups = new Set(plan.groups.map((group) => group.code));
  const measures = new Set(plan.measures.map((measure) => measure.code));
  plan.indicators.forEach((indicator, index) => {
    const at = (...path: (string | number)[]) => ["indicators", index, ...path];
    if (!groups.has(indicator.group)) {
      report(at("group"), `"${indicator.group}" is not a group of this plan`);
    }
    const value = indicator.value.kind === "change" ? indicator.value.of : indicator.value;
    const unknown = measuresOf(value).filter((code) => !measures.has(code));
    for (const code of unknown) report(at("value"), `"${code}" is not a measure of this plan`);
    if (indicator.from !== undefined && !plan.periods.some(({ code }) => code === indicator.from)) {
      report(at("from"), `"${indicator.from}" is not a period of this plan`);
    }
    checkTarget(plan, indicator, unknown.length === 0, (path, message) =>
      report(at("target", ...path), message),
    );
    if (unknown.length > 0) return;
    checkChange(plan, indicator, (message) => report(at("value"), message));
    checkComponents(plan, indicator, (message) => report(at("value"), message));
    checkAverages(plan, value, (message) => report(at("value"), message));
    if (value.kind === "ratio") {
      const places = new Set(measuresOf(value).map((code) => placesOf(plan, code)));
      if (places.size > 1) {
        report(
          at("value"),
          `its measures are reported at different places (${[...places].join(" | ")}), so a ratio of them would compare different things`,
        );
      }
    }
    if (value.kind === "share_of_areas") {
      for (const code of measuresOf(value)) {
        if (placesOf(plan, code) !== "every reporting area") {
          report(
            at("value"),
            `"${code}" is not reported by area alone, so areas cannot be counted by it`,
          );
        }
      }
    }
    if (value.kind === "share_of_units") {
      const places = new Set(measuresOf(value).map((code) => placesOf(plan, code)));
      if (places.size > 1) report(at("value"), "its measures are reported by different units");
    }
    if (value.kind === "all_of") {
      for (const code of measuresOf(value)) {
        if (placesOf(plan, code) !== "the whole area") {
          report(at("value"), `"${code}" is not reported once for the whole area`);
        }
      }
    }
  });
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
      report(`"${average}" is an average and cannot be added to other measures`);
    }
  }
  if (sums.length === 0) {
    for (const code of measuresOf(value)) {
      if (averages.has(code)) report(`"${code}" is an average and cannot decide a condition`);
    }
  }
}

/** What a target says against the periods and places of the plan and the value that it is about. */
function checkTarget(
  plan: Plan,
  { value, target }: PlanIndicator,
  isKnown: boolean,
  report: Report,
): void {
  const { comparator, pace, statements } = target;
  const isPeriod = (code: string): boolean => plan.periods.some((period) => period.code === code);
  statements.forEach((statement, index) => {
    const at = (field: string) => (statements.length > 1 ? [index, field] : [field]);
    if (statement.from !== null && !isPeriod(statement.from)) {
      report(at("from"), `"${statement.from}" is not a period of this plan`);
    }
    for (const code of periodsNamed(statement)) {
      if (!isPeriod(code)) report(at("at"), `"${code}" is not a period of this plan`);
    }
    for (const { value: lower, to } of numbersOf(statement)) {
      if (to !== null && Number(to) < Number(lower)) {
        report(at("between"), `${to} is below ${lower}; write the lower number first`);
      }
    }
    if (!isKnown || statement.for === null) return;
    if (plan.reporting_areas === "none") {
      report(at("for"), "the plan has no areas that report");
    } else if (!isByArea(plan, value)) {
      report(at("for"), "the indicator has no figures by area");
    }
  });
  if (pace !== "linear") return;
  if (comparator === "<" || comparator === "<=") {
    report(["pace"], `a ceiling (${comparator}) has no pace; write pace: none`);
  } else if (plan.schema > 1 && isKnown && !isFlow(plan, value)) {
    if (statements.some(({ baseline }) => baseline === null)) {
      report(
        ["pace"],
        "what does not add up from nothing has a linear pace only from a baseline; add one, or write pace: none",
      );
    }
  }
}

function periodsNamed(statement: PlanTargetStatement): string[] {
  const { at, for: places } = statement;
  const groups =
    places !== null && typeof places === "object" && "groups" in places
      ? Object.values(places.groups)
      : [];
  return [
    ...Object.keys(at ?? {}),
    ...groups.flatMap((number) => ("at" in number ? Object.keys(number.at) : [])),
  ];
}

/** Every number of a statement, those of a table left out. */
function numbersOf(statement: PlanTargetStatement) {
  const { at, for: places, value } = statement;
  const groups =
    places !== null && typeof places === "object" && "groups" in places
      ? Object.values(places.groups)
      : [];
  return [
    ...(value === null ? [] : [value]),
    ...Object.values(at ?? {}),
    ...groups.flatMap((number) => ("at" in number ? Object.values(number.at) : [number])),
  ];
}

/** Whether a value has figures by area. */
function isByArea(plan: Plan, value: PlanIndicatorValue): boolean {
  if (value.kind === "change") return isByArea(plan, value.of);
  if (value.kind === "all_of_indicators") {
    return plan.indicators
      .filter(({ code, value: { kind } }) => value.indicators.includes(code) && kind !== value.kind)
      .every((indicator) => isByArea(plan, indicator.value));
  }
  return measuresOf(value).some((code) => placesOf(plan, code)?.includes("every reporting area"));
}

function checkChange(
  plan: Plan,
  { value, target }: PlanIndicator,
  report: (message: string) => void,
): void {
  if (value.kind !== "change") return;
  const { from } = value;
  if (from !== "last_year" && from !== "previous" && periodPlace(plan, from) === null) {
    report(
      `from: "${from}" is neither last_year nor previous, nor a period as the plan writes them with a year`,
    );
  }
  if (target.pace === "linear") report("a change has no linear pace; write pace: none");
}

function checkComponents(
  plan: Plan,
  { code: own, value }: PlanIndicator,
  report: (message: string) => void,
): void {
  if (value.kind !== "all_of_indicators") return;
  for (const code of value.indicators) {
    const component = plan.indicators.find((one) => one.code === code);
    if (code === own) report("names the indicator itself");
    else if (component === undefined) report(`"${code}" is not an indicator of this plan`);
    else if (component.value.kind === value.kind) {
      report(`"${code}" itself takes several indicators together`);
    }
  }
}
