import fc from "fast-check";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { smallPlan } from "../models/small-plan.ts";
import { planMeasure } from "../plan-parts.ts";
import type { Office } from "../publishing/given.ts";
import type { State } from "./auditor.ts";

const counts = (code: string, more = {}) =>
  planMeasure(code, code, "W", "sum", { sensitive: true, ...more });

/** Sensitive counts of several kinds: tied by a bound, a ratio, a total, a share; by wards, by an office. */
export const PLAN = smallPlan(
  { R: "closed/opened >= 90", F: "fined <= 30", A: "all <= 60", D: "solved/cases >= 90" },
  {
    measures: [
      ...[counts("opened"), counts("closed", { at_most: "opened" }), counts("fined")],
      ...[counts("all", { parts: ["women", "men"] }), counts("women"), counts("men")],
    ],
  },
);

/** What a unit reports of a period. */
interface Sent {
  readonly kind: "send";
  readonly unit: string;
  readonly period: "Q1" | "Q2" | "H1";
  readonly figures: string;
}
interface Published {
  readonly kind: "publish";
  readonly period: "Q1" | "Q2" | "H1";
}
export type Step = Sent | Published;

/** Counts as they occur: many zeros, many small ones. */
const count = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 4, arbitrary: fc.integer({ min: 5, max: 40 }) },
);
const WARDS = ["A1", "A2", "A3", "A4"] as const;

/** What a ward reports. */
const ofWard = fc
  .record({ opened: count, closed: count, fined: count, women: count, men: count })
  .map(({ opened, closed, fined, women, men }) =>
    [
      ...[`opened ${opened}`, `closed ${Math.min(opened, closed)}`, `fined ${fined}`],
      ...[`all ${women + men}`, `women ${women}`, `men ${men}`],
    ].join("\n"),
  );
/** What the office reports of every ward. */
const ofOffice = fc
  .array(fc.record({ cases: count, solved: count }), { minLength: 4, maxLength: 4 })
  .map((wards) =>
    wards
      .map(({ cases, solved }, index) =>
        [`cases A${index + 1} ${cases}`, `solved A${index + 1} ${Math.min(cases, solved)}`].join(
          "\n",
        ),
      )
      .join("\n"),
  );

const report = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ unit: fc.constantFrom(...WARDS.map(unitOf)), figures: ofWard }),
  },
  { weight: 1, arbitrary: fc.record({ unit: fc.constant("D1"), figures: ofOffice }) },
);

function unitOf(ward: string): string {
  return `W-${ward}`;
}

/** A whole round of reports of a period, some of them late or not sent. */
function round(period: "Q1" | "Q2"): fc.Arbitrary<Sent[]> {
  const wards = WARDS.map((ward) =>
    fc.tuple(fc.constant(ward), ofWard, fc.integer({ min: 0, max: 9 })),
  );
  return fc
    .tuple(fc.tuple(...wards), ofOffice)
    .map(([sent, office]) => [
      ...sent.flatMap(([ward, figures, chance]): Sent[] =>
        chance === 0 ? [] : [{ kind: "send", unit: unitOf(ward), period, figures }],
      ),
      { kind: "send", unit: "D1", period, figures: office },
    ]);
}

const correction = (period: "Q1" | "Q2" | "H1") =>
  report.map((one): Sent => ({ kind: "send", period, ...one }));
const publish = (period: "Q1" | "Q2" | "H1"): Step => ({ kind: "publish", period });

/** A half-year of an office: rounds of reports, corrections, late ones, and versions. */
export const history: fc.Arbitrary<Step[]> = fc
  .tuple(
    round("Q1"),
    fc.array(correction("Q1"), { maxLength: 2 }),
    round("Q2"),
    fc.array(fc.constantFrom("Q1" as const, "Q2" as const).chain(correction), { maxLength: 3 }),
    fc.array(correction("H1"), { maxLength: 2 }),
  )
  .map(([first, corrections, second, late, half]) => [
    ...first,
    publish("Q1"),
    ...corrections,
    ...(corrections.length > 0 ? [publish("Q1")] : []),
    ...second,
    publish("Q2"),
    ...late,
    ...(late.length > 0 ? [publish("Q1"), publish("Q2")] : []),
    ...half,
    publish("H1"),
  ]);

/**
 * Lives through a history.
 * @returns the pages of everybody as they were after each version, and before the last one
 */
export async function statesOf(office: Office, steps: readonly Step[]): Promise<State[]> {
  const states: State[] = [];
  let minute = 0;
  const moment = (): string => {
    minute += 1;
    const [hours, rest] = [Math.floor(minute / 60), minute % 60];
    return `2030-07-01T${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  };
  const keep = async (): Promise<void> => {
    const now = moment();
    const { paths, catalogue } = office;
    const { file } = await buildMarts({ paths, catalogue, asOf: parseMoment(now) });
    states.push({ moment: now, marts: file });
  };
  const versions = new Map<string, number>();
  let since: Sent[] = [];
  for (const step of steps) {
    if (step.kind === "send") {
      since.push(step);
      continue;
    }
    await office.sendAll(
      since.map(({ unit, period, figures }) => [moment(), unit, period, figures] as const),
    );
    since = [];
    if (step === steps.at(-1)) await keep();
    const version = (versions.get(step.period) ?? 0) + 1;
    versions.set(step.period, version);
    await office.publish(moment(), step.period, {
      acknowledge: true,
      force: true,
      ...(version === 1 ? {} : { class: "correction", reason: "Đính chính" }),
    });
    await keep();
  }
  return states;
}
