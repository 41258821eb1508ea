import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { martsOfCases } from "./case-marts.ts";
import { runSource } from "./site-source.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";
import { readTable } from "./text-table.ts";
import { TIME_CASES } from "./time-cases.ts";

const given = martsOfCases();

const MARTS = given(
  smallPlan([indicator(REACH)]),
  `
  received          unit  period  people  reached
  2030-03-05T08:00  W-A1  Q1      100     10
  2030-03-05T09:00  W-A2  Q1      50      nil
  2030-03-05T10:00  W-A3  Q1      70      7
  2030-05-20T08:00  W-A1  H1      .       31
  2030-06-05T08:00  W-A1  Q2      110     15
  2030-06-06T08:00  W-A1  Q2      110     17 recounted
  2030-06-05T09:00  W-A2  Q2      .       5
`,
);

/** What the value of ward and period stands on, as `period measure value usage`. */
async function basisOf(period: string, area: string, marts = MARTS): Promise<string[]> {
  return marts.read(async (connection) => {
    await runSource(connection, "basis");
    const rows = await readTable(
      connection,
      `select
        source_period, measure, state, value, coalesce(note, '') as note, usage,
        coalesce('of ' || earlier.area_code, '') as earlier
      from basis
      join marts.area using (plan_id, area_id)
      left join marts.area as earlier
        on basis.plan_id = earlier.plan_id
        and basis.earlier_area = earlier.area_name_within_sentence
      where period = '${period}' and area.area_code = '${area}'
      order by row_no`,
    );
    return rows.map((row) =>
      [row.source_period, row.measure, row.state, row.value, row.note, row.usage, row.earlier]
        .filter((text) => text !== "")
        .join(" "),
    );
  });
}

test("a flow stands on every period so far, a stock on the latest, and what was replaced is named", async () => {
  expect(await basisOf("Q2", "A1")).toEqual([
    "Q1 reached reported 10 counts",
    "Q2 reached reported 15 replaced",
    // its note is for the city until somebody releases it
    "Q2 reached reported 17 counts",
    "Q1 people reported 100 earlier",
    "Q2 people reported 110 replaced",
    "Q2 people reported 110 counts",
  ]);
});

test("nil is 0 and counts; blank is not there, and leaves the stock before it standing", async () => {
  expect(await basisOf("Q2", "A2")).toEqual([
    "Q1 reached nil 0 counts",
    "Q2 reached reported 5 counts",
    "Q1 people reported 50 counts",
    "Q2 people blank - blank",
  ]);
});

test("what was not sent has its line, too", async () => {
  expect(await basisOf("Q2", "A3")).toEqual([
    "Q1 reached reported 7 counts",
    "Q2 reached not_sent - not_sent",
    "Q1 people reported 70 counts",
    "Q2 people not_sent - not_sent",
  ]);
});

test("a half-year stands on its own report, and its stock on the quarters where that is blank", async () => {
  expect(await basisOf("H1", "A1")).toEqual([
    "H1 reached reported 31 counts",
    "H1 people blank - blank",
    "Q1 people reported 100 earlier",
    "Q2 people reported 110 replaced",
    "Q2 people reported 110 counts",
  ]);
});

test("a half-year without a report of its own stands on the quarters", async () => {
  expect(await basisOf("H1", "A2")).toEqual([
    "Q1 reached nil 0 counts",
    "Q2 reached reported 5 counts",
    "Q1 people reported 50 counts",
    "Q2 people blank - blank",
  ]);
});

/**
 * Cases of a reform, in which old wards T1 and T2 become T exactly, and K1 becomes K not exactly; of
 * measures that are reported for some periods only; and of flows over several years.
 */
const ADDED = TIME_CASES.filter(({ rule }) =>
  /^k: (at|after) a reform|^k: a count of persons|^a: |^2: a flow over several years/.test(rule),
).map(({ rule, world, given: sent, asOf }) => ({ rule, marts: given(world, sent, asOf) }));
const [REFORMED, UNREPORTED] = ["k: at a reform", "k: after a reform"].map(
  (words) => ADDED.find(({ rule }) => rule.startsWith(words))?.marts,
);

test("an exact successor goes on with the flows of those before it, until it reports with their stocks", async () => {
  expect(await basisOf("Q3", "N-T", REFORMED)).toEqual([
    "Q1 reached reported 7 counts of O-T1",
    "Q1 reached reported 7 counts of O-T2",
    "Q2 reached reported 7 counts of O-T1",
    "Q2 reached reported 7 counts of O-T2",
    "Q3 reached reported 14 counts",
    "Q3 people reported 200 counts",
  ]);
  expect(await basisOf("Q3", "N-T", UNREPORTED)).toEqual([
    "Q1 reached reported 7 counts of O-T1",
    "Q1 reached reported 7 counts of O-T2",
    "Q2 reached reported 7 counts of O-T1",
    "Q2 reached reported 7 counts of O-T2",
    "Q3 reached not_sent - not_sent",
    "Q2 people reported 100 counts of O-T1",
    "Q2 people reported 100 counts of O-T2",
    "Q3 people not_sent - not_sent",
  ]);
});

test("an area that is gone and that nobody exactly continues has its flows in the list, and no stock", async () => {
  const flows = ["Q1 reached reported 7 counts", "Q2 reached reported 7 counts"];
  expect(await basisOf("Q4", "O-K1", REFORMED)).toEqual(flows);
  expect(await basisOf("Y", "O-K1", REFORMED)).toEqual(flows);
  expect(await basisOf("Q4", "O-T1", REFORMED)).toEqual([]);
  // its successor reports nothing, so that neither is in the whole
  expect(await basisOf("Q3", "O-K1", UNREPORTED)).toEqual([]);
});

test.each(ADDED)("what is listed adds up to the whole: $rule", async ({ marts }) => {
  const rows = await marts.read(async (connection) => {
    await runSource(connection, "basis");
    return readTable(
      connection,
      `with counted as (
        select
            period,
            coalesce(sum(basis.value) filter (where role = 'numerator'), 0) as numerator,
            sum(basis.value) filter (where role = 'denominator') as denominator
        from basis
        left join marts.attainment_by_ward_period as ward using (plan_id, indicator_code, period, area_id)
        where usage = 'counts' and coalesce(ward.areas_left_out, 0) = 0
        group by period
      ), place as (
        select period, sum(numerator) as numerator, sum(denominator) as denominator
        from (
            select period, numerator, denominator from marts.attainment_by_ward_period
            where areas_left_out = 0
            union all
            select period, numerator, denominator from marts.attainment_by_gone_area
        )
        group by period
      )
      select period
      from marts.attainment_by_plan_period as city
      left join counted using (period)
      left join place using (period)
      where city.numerator is not null and city.indicator_code = 'I'
        and (city.numerator, city.denominator, city.numerator, city.denominator) is distinct from
        (counted.numerator::decimal(28, 4), counted.denominator::decimal(28, 4), place.numerator, place.denominator)`,
    );
  });
  expect(rows).toEqual([]);
});

const WITHHELD = given(
  smallPlan([indicator({ kind: "ratio", numerator: ["solved"], denominator: ["cases"] })]),
  `
    received          unit  period  area  cases     solved
    2030-03-05T08:00  D1    Q1      A1    9 ninety  2
    2030-03-05T08:00  D1    Q1      A2    nil       .
  `,
);

test("of withheld figures the shared audience gets neither value, state, note, use nor cell", async () => {
  const rows = await WITHHELD.read(async (connection) => {
    await runSource(connection, "basis");
    return readTable(
      connection,
      `select distinct is_hidden, state, value, value_text, note, usage, sheet, cell, line
      from basis where period = 'Q1'`,
    );
  });
  expect(rows).toEqual([
    {
      is_hidden: "true",
      state: "-",
      value: "-",
      value_text: "-",
      note: "-",
      usage: "-",
      sheet: "-",
      cell: "-",
      line: "-",
    },
  ]);
});

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

function tableOf(sent: readonly Sending[]): string {
  const lines = sent.map(({ ward, period, cells }, index) => {
    const received = `2030-12-${10 + (index % 20)}T${10 + Math.floor(index / 20)}:00`;
    return `${received}  W-${ward}  ${period}  ${cells.join("  ")}`;
  });
  return [`received  unit  period  ${COUNTS.join("  ")}`, ...lines].join("\n");
}

const EACH = COUNTS.map((code, index) => ({
  ...indicator({ kind: "count", measures: [code] }, ">=", 1),
  code: `I${index}`,
}));

test("what counts makes up the figure, whoever sent what for which period", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sendings, { minLength: 20, maxLength: 20 }), async (plans) => {
      const given = martsOfCases(onTestFinished);
      const cases = plans.map((sent) => given(smallPlan(EACH), tableOf(sent)));
      for (const [index, marts] of cases.entries()) {
        const found = await marts.read(async (connection) => {
          await runSource(connection, "basis");
          return readTable(
            connection,
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
        });
        expect(found, tableOf(plans[index] ?? [])).toEqual([
          { figures: String(COUNTS.length * 4 * 6), different: "0" },
        ]);
      }
    }),
    { numRuns: 2, endOnFailure: true },
  );
});
