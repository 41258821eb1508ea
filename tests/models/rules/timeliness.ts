import { expect, test } from "vitest";
import { smallPlan } from "../small-plan.ts";
import { parseTable } from "../text-table.ts";
import { inCity } from "./areas.ts";
import { given } from "./given.ts";

const NOTHING_SENT = "received  unit  period  people";

// due before 10 March: 23:59:59 of the 9th there is 16:59:59 UTC, a second later it is late
const AROUND_A_DEADLINE = given(
  smallPlan("reached/people"),
  `
    received              unit  period  people
    2030-03-09T23:59:59   W-A1  Q1      1
    2030-03-10T00:00:00   W-A2  Q1      1
    2030-03-12T08:00:00   W-A3  Q1      1
    2030-03-01T08:00:00   D1    Q1      .
    2030-03-20T08:00:00   D1    Q1      .
  `,
  "2030-06-09T23:59:59",
);

test("on time ends with the day before the deadline in Asia/Ho_Chi_Minh", async () => {
  const expected = parseTable(`
    unit_code  period  timeliness  days_late  submissions  first_received_at    last_received_at
    D1         Q1      on_time     -          2            2030-03-01 08:00:00  2030-03-20 08:00:00
    D2         Q1      missing     -          0            -                    -
    W-A1       Q1      on_time     -          1            2030-03-09 23:59:59  2030-03-09 23:59:59
    W-A2       Q1      late        1          1            2030-03-10 00:00:00  2030-03-10 00:00:00
    W-A3       Q1      late        3          1            2030-03-12 08:00:00  2030-03-12 08:00:00
    W-A4       Q1      missing     -          0            -                    -
    D1         Q2      not_due     -          0            -                    -
  `);
  const found = await AROUND_A_DEADLINE.rows(
    `select unit_code, period, timeliness, days_late, submissions, first_received_at,
           last_received_at
    from marts.submission_timeliness
    where period = 'Q1' or (period = 'Q2' and unit_code = 'D1')
    order by period, unit_code`,
  );
  expect(found).toEqual(expected);
});

// a report that was sent back or recalled has never come, nor what it had replaced
const MORE_TIME = given(
  smallPlan("reached/people"),
  `
    received              unit  period  area                people
    2030-03-05T08:00:00   W-A1  Q1      granted:2030-03-12  .
    2030-03-06T08:00:00   W-A1  Q1      granted:2030-03-15  .
    2030-03-14T23:59:59   W-A1  Q1      -                   1
    2030-03-06T08:00:00   W-A2  Q1      granted:2030-03-15  .
    2030-03-16T00:00:00   W-A2  Q1      -                   1
    2030-03-01T08:00:00   W-A3  Q1      -                   1
    2030-03-02T08:00:00   W-A3  Q1      -                   2
    2030-03-05T08:00:00   W-A3  Q1      returned            .
    2030-03-01T08:00:00   W-A4  Q1      -                   1
    2030-03-02T08:00:00   W-A4  Q1      recalled            .
    2030-03-12T08:00:00   W-A4  Q1      -                   3
    2030-03-01T08:00:00   D1    Q1      -                   .
    2030-03-02T08:00:00   D1    Q1      recalled            .
    2030-03-06T08:00:00   D2    Q1      granted:2030-07-01  .
  `,
  "2030-06-09T23:59:59",
);

test("more time that was granted counts, a report that was sent back or recalled does not", async () => {
  const expected = parseTable(`
    unit_code  due_before  is_extended  timeliness  days_late  submissions  state
    D1         2030-03-10  false        missing     -          0            not_sent
    D2         2030-07-01  true         not_due     -          0            not_sent
    W-A1       2030-03-15  true         on_time     -          1            received
    W-A2       2030-03-15  true         late        2          1            received
    W-A3       2030-03-10  false        missing     -          0            returned
    W-A4       2030-03-10  false        late        3          1            received
  `);
  const found = await MORE_TIME.rows(
    `select unit_code, due_before, is_extended, timeliness, days_late, submissions, state
    from marts.unit_report where period = 'Q1' order by unit_code`,
  );
  expect(found).toEqual(expected);
  // 1 of W-A1, 1 of W-A2, 3 of W-A4
  expect(
    await MORE_TIME.rows(
      "select value_in_period as value from marts.measure_by_plan_period where measure = 'people' and period = 'Q1'",
    ),
  ).toEqual(parseTable("value\n5"));
  expect(await MORE_TIME.rows("select rule, severity from marts.findings")).toEqual(
    parseTable("rule  severity\nsent_back_not_resent  error"),
  );
});

const DUE = [
  ["2030-06-09T23:59:59", "not_due"],
  ["2030-06-10", "missing"],
].map(([asOf = "", expected = ""]) => ({
  asOf,
  expected,
  marts: given(smallPlan("reached/people"), NOTHING_SENT, asOf),
}));

test.each(DUE)(
  "as of $asOf a report due before 10 June is $expected",
  async ({ marts, expected }) => {
    const found = await marts.rows(
      "select distinct timeliness from marts.submission_timeliness where period = 'Q2'",
    );
    expect(found).toEqual([{ timeliness: expected }]);
  },
);

const ABOLISHED = given(
  inCity("E", smallPlan("reached/people", { in_force_from: "2030-05-06" })),
  NOTHING_SENT,
);

test("before the plan is in force nothing is due, and an abolished ward owes nothing", async () => {
  const found = await ABOLISHED.rows(
    `select period, timeliness, count(*) as units from marts.submission_timeliness
    where period in ('Q1', 'Q2', 'Q3') group by all order by period`,
  );
  expect(found).toEqual(
    parseTable(`
      period  timeliness      units
      Q1      not_applicable  6
      Q2      missing         6
      Q3      missing         5
    `),
  );
});

const SILENT = smallPlan("reached/people");
const { units } = SILENT.plan as { units: readonly object[] };
const D3 = { code: "D3", item: 4, name: "Department 3", short_name: "D3" };
const WITHOUT_WORK = given(
  { ...SILENT, plan: { ...SILENT.plan, units: [...units, D3] } },
  `
    people               Q1
    D1 D2                .
    W-A1 W-A2 W-A3 W-A4  1
  `,
  "2030-06-09T23:59:59",
);

test("a unit of which the plan asks nothing owes nothing and holds nothing up", async () => {
  expect(
    await WITHOUT_WORK.rows(
      `select count(*) as units from marts.submission_timeliness
      where unit_code = 'D3'`,
    ),
  ).toEqual([{ units: "0" }]);
  expect(
    await WITHOUT_WORK.rows(
      `select units, units_received, missing, verdict, may_be_final
      from marts.report_readiness where period = 'Q1'`,
    ),
  ).toEqual([
    { units: "6", units_received: "6", missing: "0", verdict: "ready", may_be_final: "true" },
  ]);
});
