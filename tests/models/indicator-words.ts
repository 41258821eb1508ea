/** How a test names an indicator: `VALUE COMPARATOR TARGET …`, or its parts as a plan file has them. */
export type IndicatorWords =
  | string
  | ({ readonly value: string | object } & Readonly<Record<string, unknown>>);

/**
 * An indicator by words such as `reached/people >= 30 linear`, `areas with plan, grade at B >= 75`,
 * `change of reached from last_year as percent <= -5`, `reached >= 10 by Q2, 40 by Q4 each`,
 * `reached <= 50; from Q3 <= 30 in each period`. At least 30 are asked for unless they say.
 */
export function indicatorOf(words: IndicatorWords, code = "I"): object {
  const { value, ...others } = typeof words === "string" ? { value: words } : words;
  const [, of = value, asked = ">= 30"] =
    typeof value === "string" ? (/^(.+?) ((?:[<>]=?|=) .+)$/.exec(value) ?? []) : [];
  const targets = asked.split("; ").map(targetOf);
  return {
    code,
    group: "1",
    name: "Indicator",
    short_name: "Indicator",
    quote: "made up",
    unit_of_measure: "%",
    value: typeof of === "string" ? figureOf(of) : of,
    target: targets.length === 1 ? targets[0] : targets,
    ...others,
  };
}

function targetOf(words: string): object {
  const found =
    /^(?:from (\S+) )?([<>=]+) (.+?)( linear)?( each)?( in each period)?$/.exec(words) ?? [];
  const [, from, comparator, asked = "", pace, each, due] = found;
  const milestones = asked.split(", ").map((one) => one.split(" by "));
  return {
    ...(from !== undefined && { from }),
    comparator,
    ...(asked.includes(" by ")
      ? { at: Object.fromEntries(milestones.map(([no = "", by = ""]) => [by, numberOf(no)])) }
      : { value: numberOf(asked) }),
    ...(pace !== undefined && { pace: "linear" }),
    ...(each !== undefined && { for: "each" }),
    ...(due !== undefined && { due: "each_period" }),
  };
}

const numberOf = (text: string): number | string => (/^-?\d+$/.test(text) ? Number(text) : text);

const WAYS: readonly (readonly [RegExp, (...parts: (string | undefined)[]) => object])[] = [
  [
    /^change of (.+) from (\S+) as (\w+)(, lower is better)?$/,
    (of = "", from, as, lower) => ({
      ...{ kind: "change", of: figureOf(of), from, as },
      ...(lower !== undefined && { better: "lower" }),
    }),
  ],
  [/^areas with (.+)$/, (all) => ({ kind: "share_of_areas", conditions: conditions(all) })],
  [/^units with (.+)$/, (all) => ({ kind: "share_of_units", conditions: conditions(all) })],
  [/^all of indicators (.+)$/, (all) => ({ kind: "all_of", indicators: all?.split(", ") })],
  [/^all of (.+)$/, (all) => ({ kind: "all_of", conditions: conditions(all) })],
  [
    /^(\w+)\/(\w+)(?: per (\d+))?$/,
    (one, other, factor) => ({
      ...{ kind: "ratio", numerator: [one], denominator: [other] },
      ...(factor !== undefined && { factor: Number(factor) }),
    }),
  ],
  [/^(\w+)$/, (one) => ({ kind: "count", measures: [one] })],
];

function figureOf(words: string): object {
  for (const [way, make] of WAYS) {
    const parts = way.exec(words);
    if (parts !== null) return make(...parts.slice(1));
  }
  throw new Error(`no value: ${words}`);
}

/** `plan`, `grade at B`, `cases at least 2` */
const conditions = (all = ""): object[] =>
  all.split(", ").map((one) => {
    const [measure, value] = one.split(" at ");
    if (value === undefined) return { measure };
    const least = value.replace("least ", "");
    return value === least
      ? { measure, value }
      : { measure, comparator: ">=", value: Number(least) };
  });
