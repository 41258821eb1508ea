import { expect, test } from "vitest";
import { martsOfCases } from "./case-marts.ts";
import { runSource } from "./site-source.ts";
import { indicator, smallPlan } from "./small-plan.ts";
import { readTable } from "./text-table.ts";

const given = martsOfCases();

// three cases in all: whether that meets the target of 20 would tell how many they are
const SMALL = given(
  smallPlan([indicator({ kind: "count", measures: ["cases"] }, ">=", 20)]),
  `
  received          unit  period  area  cases
  2030-03-05T08:00  D1    Q1      A1    3
  2030-03-05T08:00  D1    Q1      A2    0
  2030-03-05T08:00  D1    Q1      A3    0
  2030-03-05T08:00  D1    Q1      A4    0
`,
);

test("a status that is withheld is counted as withheld, or as not told yet, for whoever may not see it", async () => {
  const counts = await SMALL.rows(
    `select audience, not_yet, withheld, untold from marts.status_by_place
    where period = 'Q1' and area_id is null order by audience`,
  );
  expect(counts).toEqual([
    { audience: "city", not_yet: "1", withheld: "0", untold: "0" },
    { audience: "release", not_yet: "0", withheld: "1", untold: "0" },
    { audience: "shared", not_yet: "0", withheld: "0", untold: "1" },
  ]);
  const overview = await SMALL.read(async (connection) => {
    await runSource(connection, "period");
    return readTable(
      connection,
      "select not_yet, withheld, untold from period where period = 'Q1'",
    );
  });
  expect(overview).toEqual([{ not_yet: "0", withheld: "0", untold: "1" }]);
});
