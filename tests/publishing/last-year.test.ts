import { expect, test } from "vitest";
import { isSound, verifyReports } from "../../pipelines/publishing/verify.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import type { World } from "../models/world.ts";
import { newOffice, officeIn } from "./given.ts";

/** The small plan in a year, its codes and names of periods with it. */
function ofYear(year: string, changes: object = {}): World {
  const world = smallPlan([indicator(REACH, ">=", 30)]);
  const plan = JSON.parse(
    JSON.stringify(world.plan)
      .replaceAll("2030", year)
      .replaceAll(/"(Q\d|H1|Y)"/g, `"${year}-$1"`),
  );
  return { ...world, plan: { ...plan, schema: 2, id: `p${year}`, ...changes } };
}

test("a version has last year's figures from the plan that its plan continues", async () => {
  const before = ofYear("2029");
  const office = newOffice(before);
  await office.send("2029-03-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 10");
  const later = officeIn(office.folder, ofYear("2030", { continues: "p2029" }), {
    beside: { "before.yaml": before.plan },
  });
  await later.send("2030-03-05T08:00", "W-A1", "2030-Q1", "people 100\nreached 14");
  await later.publish("2030-03-20T08:00", "2030-Q1");
  const report = await later.read("2030-Q1");
  expect(report.head.last_year_period).toBe("2029-Q1");
  expect(
    report.lines
      .filter(({ code, area_id }) => ["I", "reached"].includes(code) && area_id === null)
      .map((line) => [
        line.code,
        line.value_shown,
        line.last_year_value,
        line.change_from_last_year,
      ]),
  ).toEqual([
    ["I", "14.0000", "10.0000", "4.0000"],
    ["reached", "14.0000", "10.0000", "4.0000"],
  ]);
  const check = await verifyReports(later.paths, { planId: null, period: null });
  expect({ versions: check.versions.length, sound: isSound(check) }).toEqual({
    versions: 1,
    sound: true,
  });
});
