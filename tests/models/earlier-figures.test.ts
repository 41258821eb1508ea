import { expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newOffice, officeIn } from "../publishing/given.ts";
import { viewMarts } from "./mart-views.ts";
import { runSource } from "./site-source.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";
import { parseTable, readTable } from "./text-table.ts";
import type { World } from "./world.ts";

/** The small plan in a year, its codes and names of periods with it. */
function ofYear(year: string, target: number, changes: object = {}): World {
  const world = smallPlan([indicator(REACH, ">=", target)]);
  const plan = JSON.parse(
    JSON.stringify(world.plan)
      .replaceAll("2030", year)
      .replaceAll(/"(Q\d|H1|Y)"/g, `"${year}-$1"`),
  );
  return { ...world, plan: { ...plan, schema: 2, id: `p${year}`, ...changes } };
}

/** What the explorer has of plans before, after each year's first quarter. */
async function earlierFigures(changes: object): Promise<ReturnType<typeof readTable>> {
  const [first, second] = [ofYear("2028", 5), ofYear("2029", 10, { continues: "p2028" })];
  const beside = { "first.yaml": first.plan, "second.yaml": second.plan };
  const office = newOffice(first);
  await office.send("2028-03-05T08:00", "W-A1", "2028-Q1", "people 100\nreached 4");
  const later = officeIn(office.folder, second, { beside: { "first.yaml": first.plan } });
  await later.send("2029-03-05T08:00", "W-A1", "2029-Q1", "people 200\nreached 30");
  const last = officeIn(office.folder, ofYear("2030", 30, { continues: "p2029", ...changes }), {
    beside,
  });
  await last.send("2030-03-05T08:00", "W-A1", "2030-Q1", "people 100\nreached 40");
  const { file } = await buildMarts({ ...last, asOf: null });
  return await withConnection(async (connection) => {
    await attach(connection, file, "warehouse", { readOnly: true });
    await viewMarts(connection, "warehouse");
    await runSource(connection, "earlier_figure");
    return await readTable(
      connection,
      `select code, earlier_plan_id as plan, period, coalesce(area_code, '-') as area, value, target_value as target, status
       from earlier_figure
       left join marts.area using (plan_id, area_id)
       where plan_id = 'p2030' and area_code is not distinct from if(area_id is null, null, 'A1')
         and (code not like '~%' or value is not null)
       order by all`,
    );
  });
}

test("an indicator goes back over every plan that its plan continues, with the target of its time", async () => {
  // 4 of 100 against 5 by the year's end, then 30 of 200 against 10
  expect(await earlierFigures({})).toEqual(
    parseTable(`
      code  plan   period   area  value  target  status
      I     p2028  2028-Q1  -     4      5       not_yet
      I     p2028  2028-Q1  A1    4      5       not_yet
      I     p2029  2029-Q1  -     15     10      met
      I     p2029  2029-Q1  A1    15     10      met
    `),
  );
});

test("what is counted otherwise is another thing", async () => {
  const plan = ofYear("2030", 30).plan as {
    readonly measures: readonly { readonly code: string }[];
  };
  const measures = plan.measures.map((one) =>
    one.code === "reached" ? { ...one, unit_of_measure: "lượt người" } : one,
  );
  expect(await earlierFigures({ measures })).toEqual([]);
});
