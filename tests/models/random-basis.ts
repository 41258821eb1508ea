import fc from "fast-check";
import { expect } from "vitest";
import type { AddCase, CaseMarts } from "./case-marts.ts";
import { askSource } from "./site-source.ts";
import { indicator, smallPlan } from "./small-plan.ts";
import { textRow } from "./text-table.ts";

/** One measure of each way over time; each indicator has one of them, so that every one is traced. */
const COUNTS = ["people", "reached", "forms", "load"] as const;
const PERIODS = ["Q1", "Q2", "Q3", "H1", "Y"] as const;
const WARDS = ["A1", "A2", "A3"] as const;

const cell = fc.constantFrom("1", "4", "6", "9", "nil", ".");
/** What is sent, and sent again, by whom for which period; a cell for each measure. */
interface Sending {
  readonly ward: string;
  readonly period: string;
  readonly cells: readonly string[];
}
const sending: fc.Arbitrary<Sending> = fc.record({
  ward: fc.constantFrom(...WARDS),
  period: fc.constantFrom(...PERIODS),
  cells: fc.tuple(cell, cell, cell, cell),
});

const sendings = fc.array(sending, { minLength: 1, maxLength: 24 });

const EACH = smallPlan(
  COUNTS.map((code, index) => ({
    ...indicator({ kind: "count", measures: [code] }, ">=", 1),
    code: `I${index}`,
  })),
);

function tableOf(sent: readonly Sending[]): string {
  const lines = sent.map(({ ward, period, cells }, index) => {
    const received = `2030-12-${10 + (index % 20)}T${10 + Math.floor(index / 20)}:00`;
    return `${received}  W-${ward}  ${period}  ${cells.join("  ")}`;
  });
  return [`received  unit  period  ${COUNTS.join("  ")}`, ...lines].join("\n");
}

/** Adds plans with random reports, each with a check of its figures against what they stand on. */
export function randomCases(
  given: AddCase,
  plans: number,
): readonly { readonly sent: string; readonly expectBasis: () => Promise<void> }[] {
  return fc.sample(sendings, plans).map((sketch) => {
    const sent = tableOf(sketch);
    const marts = given(EACH, sent);
    return { sent, expectBasis: () => expectBasisOfFigures(marts, sent) };
  });
}

/** Holds every figure against what it is said to stand on. */
async function expectBasisOfFigures(marts: CaseMarts, sent: string): Promise<void> {
  const found = await askSource(
    marts,
    ["basis"],
    `with counted as (
        select
            plan_id, measure, area_id, period,
            case any_value(over_time)
                when 'sum' then sum(value)
                when 'max' then max(value)
                when 'min' then min(value)
                when 'average' then avg(value)
                when 'last' then if(count(*) = 1, sum(value), -1)
            end as value
        from basis
        where usage = 'counts'
        group by all
    )
    select
        count(*) as figures,
        count(*) filter (where not coalesce(
            abs(value_to_date - counted.value) < 0.0001
            -- a minimum does not hold where one is missing
            or (over_time = 'min' and value_to_date is null and periods_missing_before > 0),
            value_to_date is null and counted.value is null
        )) as different
    from marts.measure_by_ward_period as figure
    join marts.measure using (plan_id, measure)
    left join counted using (plan_id, measure, area_id, period)
    where has_indicator`,
  );
  expect(found.map(textRow), sent).toEqual([
    { figures: String(COUNTS.length * 4 * 6), different: "0" },
  ]);
}
