import { expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { compareMarts } from "../../pipelines/models/compare-marts.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { newOffice } from "./given.ts";

// what differs is named: verify.test.ts

test("marts that a report is newer than are not compared, and those built in part are those of a build as a whole", async () => {
  const office = newOffice(smallPlan([indicator(REACH)]));
  const { paths, catalogue } = office;
  await office.send("2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40");
  await office.publish("2030-03-10T08:00", "Q1");
  await buildMarts({ paths, catalogue, asOf: null });
  // in part: keys of rows are others than those of a build as a whole
  await office.send("2030-06-08T09:00", "W-A2", "Q2", "people 200\nreached 50");
  const before = await compareMarts(paths, catalogue);
  expect([before.faults, [...(before.behind ?? [])]]).toEqual([[], ["small"]]);
  await buildMarts({ paths, catalogue, asOf: null });
  expect(await compareMarts(paths, catalogue)).toEqual({ faults: [], behind: new Set() });
});
