import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { PlanMeasure, PlanPeriod } from "../../pipelines/sources/plan/plan.ts";
import { attach, readRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { intervalsOf, type Knowledge, type Terms } from "./interval.ts";

/** A hidden count of which a reader finds out more than that it is from 1 to 4. */
export interface Narrowed {
  readonly what: string;
  readonly truth: number;
  readonly least: number;
  readonly most: number;
}

export interface Audit {
  /** What was shown to the shared audience, as equations. */
  readonly equations: number;
  /** Hidden counts from 1 to 4, of which each was tried. */
  readonly hidden: number;
  readonly narrowed: readonly Narrowed[];
}

/**
 * Marts as everybody could read them at some moment. Only the schema `shared` is read for what it is shown;
 * `city` says which counts are small, and whether what was made of `shared` is true.
 */
export interface State {
  readonly moment: string;
  /** Path of marts as of that moment. */
  readonly marts: string;
}

/** More that a reader knows, such as the figures of his own ward; true of a reading. */
export type Insider = (reading: {
  readonly unit_id: string;
  readonly area_id: number | null;
}) => boolean;

/** A plan, and those of its measures that are guarded. */
export interface AuditedPlan {
  readonly planId: string;
  readonly measures: readonly PlanMeasure[];
  readonly periods: readonly Pick<PlanPeriod, "code" | "covers">[];
}

/**
 * What a reader who keeps every state of the pages and every version can work out of hidden counts.
 * @throws Error when an equation does not hold in truth: then the auditor reads the pages wrongly
 */
export async function audit(
  states: Iterable<State> | AsyncIterable<State>,
  plans: readonly AuditedPlan[],
  isKnown: Insider = () => false,
): Promise<Audit> {
  return workedOut(await learntFrom(states, plans, isKnown));
}

/**
 * What such a reader learns, by plan. From each state come the readings and versions that it shows, with
 * the readings that these stand on (the page of a figure lists them), and figures of live pages that no
 * version says; from the plan, which is public, what bounds what and what is the total of what.
 * @param office a mark of the office, where there are several
 */
export async function learntFrom(
  states: Iterable<State> | AsyncIterable<State>,
  plans: readonly AuditedPlan[],
  isKnown: Insider = () => false,
  office = "",
): Promise<Learnt[]> {
  const learnt = plans.map((plan) => new Learnt(plan, office));
  for await (const state of states) {
    await withConnection(async (connection) => {
      await attach(connection, state.marts, "m", { readOnly: true });
      for (const [index, { planId }] of plans.entries()) {
        learnt[index]?.learn(await readState(connection, planId), isKnown);
      }
    });
  }
  return learnt;
}

/**
 * What follows from all that was learnt together.
 * @param ties sums that are 0, as what an office above has of one below less what it stands on there
 */
export async function workedOut(
  learnt: readonly Learnt[],
  ties: readonly Terms[] = [],
): Promise<Audit> {
  const truth = (name: string): number => learnt.reduce((sum, one) => sum + one.truthOf(name), 0);
  for (const terms of ties) {
    const sum = [...terms].reduce((all, [name, times]) => all + times * truth(name), 0);
    if (sum !== 0) throw new Error(`no tie: ${[...terms.keys()].join(", ")} come to ${sum}`);
  }
  const knowledge = {
    equations: [
      ...learnt.flatMap((one) => one.knowledge.equations),
      ...ties.map((terms) => ({ terms, sum: 0 })),
    ],
    notNegative: learnt.flatMap((one) => one.knowledge.notNegative),
  };
  const targets = learnt.flatMap((one) => one.targets);
  const intervals = await intervalsOf(
    knowledge,
    targets.map(({ terms }) => terms),
  );
  const narrowed = targets.flatMap(({ what, truth }, index): Narrowed[] => {
    const interval = intervals[index];
    if (interval === null || interval === undefined) throw new Error(`nothing fits: ${what}`);
    return interval.least > 1 || interval.most < 4 ? [{ what, truth, ...interval }] : [];
  });
  return { equations: knowledge.equations.length, hidden: targets.length, narrowed };
}

const Reading = z.object({
  submission_no: z.string(),
  period: z.string(),
  unit_id: z.string(),
  measure: z.string(),
  area_id: z.number().nullable(),
  is_blank: z.boolean(),
  value: z.number().nullable(),
  truth: z.number().nullable(),
});
const Due = z.object({
  measure: z.string(),
  unit_id: z.string(),
  area_id: z.number().nullable(),
  period: z.string(),
  is_due: z.boolean(),
  over_time: z.string(),
  over_areas: z.string().nullable(),
  is_sensitive: z.boolean(),
  /** Readings with a value that the figure to date stands on. */
  to_date: z.array(z.string()),
  in_period: z.array(z.string()),
});
const Figure = z.object({
  /** null: a live page. */
  version: z.number().nullable(),
  measure: z.string(),
  area_id: z.number().nullable(),
  period: z.string(),
  value: z.number().nullable(),
  value_in_period: z.number().nullable(),
});

type State_ = Awaited<ReturnType<typeof readState>>;

const number = (name: string) => `${name}::double as ${name}`;

async function readState(connection: DuckDBConnection, planId: string) {
  const parameters = { planId };
  const readings = await readRows(
    connection,
    Reading,
    `select reading.submission_no::varchar as submission_no, reading.period, reading.unit_id,
        reading.measure, reading.area_id, reading.is_blank, ${number("reading.value").replace("as reading.", "as ")},
        city.value::double as truth
    from m.shared.reading as reading
    inner join m.city.reading as city
        on reading.plan_id = city.plan_id
        and reading.submission_no = city.submission_no
        and reading.measure = city.measure
        and reading.area_id is not distinct from city.area_id
    where reading.plan_id = $planId`,
    parameters,
  );
  const dues = await readRows(
    connection,
    Due,
    `select due.measure, due.unit_id, due.area_id, due.period, due.is_due, measure.over_time,
        measure.over_areas, measure.is_sensitive and measure.kind = 'count' as is_sensitive,
        coalesce(list(distinct unknown) filter (
            where has_value
            and (measure.over_time <> 'last' or source.period = due.stock_period)
        ), []) as to_date,
        coalesce(list(distinct unknown) filter (where has_value and source.period = due.period), [])
            as in_period
    from m.shared.figure_due as due
    inner join m.shared.measure as measure
        on due.plan_id = measure.plan_id and due.measure = measure.measure
    inner join m.shared.period as asked
        on due.plan_id = asked.plan_id and due.period = asked.period
    left join (
        select source.*, source_period.data_to,
            concat_ws(' ', source.submission_no, source.measure, source.source_area_id) as unknown
        from m.shared.figure_reading as source
        inner join m.shared.period as source_period
            on source.plan_id = source_period.plan_id and source.period = source_period.period
    ) as source
        on due.plan_id = source.plan_id and due.measure = source.measure
        and due.unit_id = source.unit_id and due.area_id is not distinct from source.area_id
        and due.span = source.span and due.series = source.series
        and source.data_to <= asked.data_to
    where due.plan_id = $planId
    group by all`,
    parameters,
  );
  const versions = await readRows(
    connection,
    Figure,
    `select version, code as measure, area_id, period, value_shown::double as value,
        value_in_period_shown::double as value_in_period
    from m.shared.report_line
    where plan_id = $planId and section = 'measure' and is_latest`,
    parameters,
  );
  const live = await readRows(
    connection,
    Figure,
    `select null::integer as version, measure, area_id, period, value_to_date::double as value,
        value_in_period::double as value_in_period
    from m.shared.measure_by_ward_period where plan_id = $planId
    union all
    select null, measure, null, period, value_to_date::double, value_in_period::double
    from m.shared.measure_by_plan_period where plan_id = $planId`,
    parameters,
  );
  return { readings, dues, versions, live };
}

/** What is learnt of a plan, state by state. */
export class Learnt {
  private readonly measures: ReadonlyMap<string, PlanMeasure>;
  private readonly truth = new Map<string, number>();
  private readonly equations = new Map<string, { terms: Terms; sum: number }>();
  private readonly notNegative: Terms[] = [];
  private readonly sums = new Map<string, Terms>();
  private readonly seenVersions = new Set<string>();
  private readonly seenReadings = new Set<string>();
  /** What each figure stood on when it was looked at last. */
  private standing: ReturnType<typeof groupDues> = new Map();
  private readonly office: string;
  private readonly covers: ReadonlyMap<string, readonly string[]>;

  constructor({ measures, periods }: AuditedPlan, office: string) {
    this.measures = new Map(measures.map((one) => [one.code, one]));
    this.covers = new Map(periods.map(({ code, covers }) => [code, covers]));
    this.office = office;
  }

  /** Readings that the whole of a measure stands on in a period. */
  wholeOf(measure: string, period: string): Terms {
    return this.standing.get(placeKey(measure, null, period))?.inPeriod ?? new Map();
  }

  truthOf(name: string): number {
    return this.truth.get(name) ?? 0;
  }

  /** All that a state of the pages tells. */
  learn({ readings, dues, versions, live }: State_, isKnown: Insider): void {
    for (const reading of readings) {
      if (!this.measures.has(reading.measure) || reading.is_blank) continue;
      const name = this.office + nameOf(reading);
      if (reading.truth === null) throw new Error(`${name} has no value`);
      const isNew = !this.seenReadings.has(name);
      this.seenReadings.add(name);
      this.truth.set(name, reading.truth);
      const own = new Map([[name, 1]]);
      if (isNew && this.measures.get(reading.measure)?.sensitive === true) this.target(name, own);
      if (reading.value !== null) this.equation(own, reading.value, name);
      if (isKnown(reading)) this.equation(own, reading.truth, name);
    }
    for (const name of this.seenReadings) this.learnTies(name);
    const ofOffice = (names: readonly string[]) => names.map((name) => this.office + name);
    const own = dues.map((due) => ({
      ...due,
      to_date: ofOffice(due.to_date),
      in_period: ofOffice(due.in_period),
    }));
    const standing = groupDues(own);
    this.standing = standing;
    for (const [key, { inPeriod }] of standing) this.learnParts(key, inPeriod);
    for (const due of own) {
      if (!due.is_sensitive || !this.measures.has(due.measure)) continue;
      const place = `${due.measure} of unit ${due.unit_id} at ${due.area_id} in ${due.period}`;
      if (due.over_time === "sum") this.target(`${place} to date`, termsOf(due.to_date));
    }
    for (const [key, { toDate, inPeriod }] of standing) {
      const [measure = ""] = key.split(" ");
      if (this.measures.get(measure)?.sensitive !== true) continue;
      this.target(`${key} to date`, toDate);
      this.target(`${key} in the period`, inPeriod);
      const bound = this.measures.get(measure)?.at_most;
      const over = bound === undefined ? undefined : standing.get(key.replace(measure, bound));
      if (over === undefined) continue;
      this.target(`${key} up to ${bound}, to date`, difference(over.toDate, toDate));
      this.target(`${key} up to ${bound}, in the period`, difference(over.inPeriod, inPeriod));
    }
    const published = new Set<string>();
    for (const figure of [...versions, ...live]) {
      if (!this.measures.has(figure.measure)) continue;
      const key = placeKey(figure.measure, figure.area_id, figure.period);
      const shown = `${key} ${figure.value} ${figure.value_in_period}`;
      if (figure.version !== null) {
        published.add(shown);
        // what an earlier version stands on was learnt when it was the latest
        const version = `${key} v${figure.version}`;
        if (this.seenVersions.has(version)) continue;
        this.seenVersions.add(version);
      } else if (published.has(shown)) continue;
      const terms = standing.get(key);
      if (terms === undefined) continue;
      if (figure.value !== null) this.equation(terms.toDate, figure.value, `${shown} to date`);
      if (figure.value_in_period !== null) {
        this.equation(terms.inPeriod, figure.value_in_period, `${shown} in the period`);
      }
    }
  }

  get knowledge(): Knowledge {
    return { equations: [...this.equations.values()], notNegative: this.notNegative };
  }

  /** What was hidden, and is a count from 1 to 4. */
  get targets(): { what: string; terms: Terms; truth: number }[] {
    return [...this.sums].flatMap(([what, terms]) => {
      const truth = this.worth(terms);
      return terms.size > 0 && truth >= 1 && truth <= 4 ? [{ what, terms, truth }] : [];
    });
  }

  /** By the plan, what is in one report together: bounds, and totals of parts. */
  private learnTies(name: string): void {
    const [submission = "", code = "", area] = name.split(" ");
    const measure = this.measures.get(code);
    const beside = (other: string): string =>
      [submission, other, area].filter((one) => one !== undefined).join(" ");
    if (measure?.at_most !== undefined && this.seenReadings.has(beside(measure.at_most))) {
      const over = difference(new Map([[beside(measure.at_most), 1]]), new Map([[name, 1]]));
      // a reader cannot tell whether it holds; where it does not, it would mislead him
      if (this.worth(over) >= 0) this.notNegative.push(over);
    }
    const parts = measure?.parts ?? [];
    if (parts.length > 0 && parts.every((part) => this.seenReadings.has(beside(part)))) {
      const terms = new Map([[name, 1], ...parts.map((part) => [beside(part), -1] as const)]);
      if (this.worth(terms) === 0) this.equation(terms, 0, `parts of ${name}`);
    }
  }

  /** A ward that reports a period and all that lies in it has reported the same, unless a page says otherwise. */
  private learnParts(key: string, own: Terms): void {
    const [measure = "", place = "", period = ""] = key.split(" ");
    if (place === "whole" || this.measures.get(measure)?.over_time !== "sum") return;
    const ofPart = (part: string, at: string): Terms | undefined =>
      this.standing.get([measure, at, part].join(" "))?.inPeriod;
    const asked = (this.covers.get(period) ?? []).filter((part) => ofPart(part, "whole")?.size);
    const parts = asked.map((part) => ofPart(part, place) ?? new Map());
    if (parts.length === 0 || parts.some(({ size }) => size === 0)) return;
    const over = parts.reduce(difference, own);
    const isTold = [...over.values()].some((times) => times !== 0);
    if (isTold && this.worth(over) === 0) this.equation(over, 0, `parts of ${key}`);
  }

  private equation(terms: Terms, sum: number, what: string): void {
    if (Math.abs(this.worth(terms) - sum) > 1e-9) {
      throw new Error(`${what} is ${sum}, by what it stands on ${this.worth(terms)}`);
    }
    this.equations.set([...terms].sort().join(" "), { terms, sum });
  }

  private target(what: string, terms: Terms): void {
    this.sums.set(`${what}: ${[...terms.keys()].join(" + ")}`, terms);
  }

  private worth(terms: Terms): number {
    let sum = 0;
    for (const [name, times] of terms) {
      const value = this.truth.get(name);
      if (value === undefined) throw new Error(`${name} is no reading`);
      sum += times * value;
    }
    return sum;
  }
}

function nameOf({ submission_no, measure, area_id }: z.infer<typeof Reading>): string {
  return [submission_no, measure, ...(area_id === null ? [] : [area_id])].join(" ");
}

function placeKey(measure: string, area: number | null, period: string): string {
  return `${measure} ${area ?? "whole"} ${period}`;
}

function termsOf(names: readonly string[]): Terms {
  return new Map(names.map((name) => [name, 1]));
}

function difference(one: Terms, other: Terms): Terms {
  const left = new Map(one);
  for (const [name, times] of other) left.set(name, (left.get(name) ?? 0) - times);
  return left;
}

/** What each figure stands on: of a ward, and of the whole, by measure, place and period. */
function groupDues(dues: readonly z.infer<typeof Due>[]) {
  const found = new Map<string, { toDate: Map<string, number>; inPeriod: Map<string, number> }>();
  const add = (key: string, { to_date, in_period }: z.infer<typeof Due>): void => {
    const own = found.get(key) ?? { toDate: new Map(), inPeriod: new Map() };
    for (const name of to_date) own.toDate.set(name, 1);
    for (const name of in_period) own.inPeriod.set(name, 1);
    found.set(key, own);
  };
  for (const due of dues) {
    if (due.over_time !== "sum" && due.over_time !== "last") continue;
    if (due.area_id !== null && due.is_due)
      add(placeKey(due.measure, due.area_id, due.period), due);
    if (due.over_areas === "sum") add(placeKey(due.measure, null, due.period), due);
  }
  return found;
}
