import { beforeAll, expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { opened } from "../asked.ts";
import { newFolder } from "../folders.ts";
import { officeIn } from "../publishing/given.ts";
import { viewMarts } from "./mart-views.ts";
import { runSource } from "./site-source.ts";
import { ofYear, PERIODS, smallPlan } from "./small-plan.ts";
import { parseTable, readTable, type TextRow } from "./text-table.ts";
import type { World } from "./world.ts";

/** The small plan in a year, its codes and names of periods with it. */
function inYear(year: number, target: number, unit_of_measure = "người"): World {
  const { plan, ...beside } = smallPlan(`reached/people >= ${target}`, {
    schema: 2,
    measures: [{ code: "reached", unit_of_measure }],
    periods: PERIODS.map((one) => ofYear(year, one)),
  });
  const continues = year === 2028 ? {} : { continues: `p${year - 1}` };
  return { ...beside, plan: { ...plan, id: `p${year}`, ...continues } };
}

/** Each continues the one before it; the last counts otherwise. */
const PLANS = [inYear(2028, 5), inYear(2029, 10), inYear(2030, 30), inYear(2031, 30, "lượt người")];

const SENT = ["people 100\nreached 4", "people 200\nreached 30", "people 100\nreached 40"];

let found: TextRow[];

beforeAll(async () => {
  const folder = newFolder("chitieu-earlier-");
  const beside: Record<string, object> = {};
  for (const [no, world] of PLANS.entries()) {
    const year = 2028 + no;
    const office = officeIn(folder, world, { beside });
    await office.send(`${year}-03-05T08:00`, "W-A1", `${year}-Q1`, SENT[no] ?? SENT[0] ?? "");
    beside[`${year}.yaml`] = world.plan;
    if (no < PLANS.length - 1) continue;
    const { file } = await buildMarts({ ...office, asOf: null });
    found = await opened(file, "warehouse", async (connection) => {
      await viewMarts(connection, "warehouse");
      await runSource(connection, "earlier_figure");
      return await readTable(
        connection,
        `select plan_id, code, earlier_plan_id as plan, period, coalesce(area_code, '-') as area, value, target_value as target, status
        from earlier_figure
        left join marts.area using (plan_id, area_id)
        where area_code is not distinct from if(area_id is null, null, 'A1')
          and (code not like '~%' or value is not null)
        order by all`,
      );
    });
  }
});

const earlierOf = (plan: string) =>
  found.filter(({ plan_id }) => plan_id === plan).map(({ plan_id, ...row }) => row);

test("an indicator goes back over every plan that its plan continues, with the target of its time", () => {
  // 4 of 100 against 5 by the year's end, then 30 of 200 against 10
  expect(earlierOf("p2030")).toEqual(
    parseTable(`
      code  plan   period   area  value  target  status
      I     p2028  2028-Q1  -     4      5       not_yet
      I     p2028  2028-Q1  A1    4      5       not_yet
      I     p2029  2029-Q1  -     15     10      met
      I     p2029  2029-Q1  A1    15     10      met
    `),
  );
});

test("what is counted otherwise is another thing", () => {
  expect(earlierOf("p2031")).toEqual([]);
});
