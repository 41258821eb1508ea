import { expect, test } from "vitest";
import { z } from "zod";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { isSound, verifyReports } from "../../pipelines/publishing/verify.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { readRows } from "../../pipelines/warehouse/connection.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { parseTable } from "../models/text-table.ts";
import type { World } from "../models/world.ts";
import { newOffice, officeIn, shownRows } from "./given.ts";

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

test("a version has last year's figures from the plan that its plan continues, of a new ward those of the wards that it is made of", async () => {
  const areas = [
    "1,C,City,city,,,,made up",
    "11,A1,Ward 1,ward,1,,2029-12-31,made up",
    "12,A2,Ward 2,ward,1,,2029-12-31,made up",
    "15,A5,Ward 5,ward,1,2030-01-01,,made up",
  ];
  const successors = ["11,15,2030-01-01,yes,made up", "12,15,2030-01-01,yes,made up"];
  const before = { ...ofYear("2029"), areas, successors };
  const office = newOffice(before);
  await office.sendAll([
    ["2029-03-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 10"],
    ["2029-03-05T08:00", "W-A2", "2029-Q1", "people 50\nreached 5"],
  ]);
  const world = { ...ofYear("2030", { continues: "p2029" }), areas, successors };
  const later = officeIn(office.folder, world, { beside: { "before.yaml": before.plan } });
  await later.send("2030-03-05T08:00", "W-A5", "2030-Q1", "people 160\nreached 20");
  await later.publish("2030-03-20T08:00", "2030-Q1");
  const { head, lines } = await later.read("2030-Q1");
  expect(head.last_year_period).toBe("2029-Q1");
  expect(
    shownRows(
      lines.filter(({ code }) => ["I", "reached"].includes(code)),
      "code area_code value_shown last_year_value change_from_last_year",
    ),
  ).toEqual(
    // 15 of 150, and 20 of 160
    parseTable(`
      code     area_code  value_shown  last_year_value  change_from_last_year
      I        -          12.5         10               2.5
      I        A5         12.5         10               2.5
      reached  -          20           15               5
      reached  A5         20           15               5
    `),
  );
  const check = await verifyReports(later.paths, { planId: null, period: null });
  expect({ versions: check.versions.length, sound: isSound(check) }).toEqual({
    versions: 1,
    sound: true,
  });
  const since = await queryModels({
    paths: later.paths,
    catalogue: later.catalogue,
    asOf: parseMoment("2030-03-21T08:00"),
    models: ["marts.report_since"],
    read: (connection) =>
      readRows(
        connection,
        z.object({ figures: z.number() }),
        "select figures_changed_since as figures from marts.report_since",
      ),
  });
  expect(since).toEqual([{ figures: 0 }]);
});

test("where the year before has changed since it was published it has to go out first, or nothing is compared with it", async () => {
  const before = ofYear("2029");
  const office = newOffice(before);
  await office.send("2029-03-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 10");
  await office.publish("2029-03-20T08:00", "2029-Q1");
  await office.send("2029-04-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 12");
  const later = officeIn(office.folder, ofYear("2030", { continues: "p2029" }), {
    beside: { "before.yaml": before.plan },
  });
  await later.send("2030-03-05T08:00", "W-A1", "2030-Q1", "people 100\nreached 14");
  const { blockers, report } = await later.preview("2030-03-20T08:00", "2030-Q1");
  // the ward and the whole, of the indicator and of the measure
  expect(blockers).toEqual([
    expect.stringMatching(
      /so với phiên bản 1 của báo cáo quarter 1 của kế hoạch 1\/KH, mà 4 số liệu của kỳ ấy nay đã khác\. Phát hành lại kỳ ấy trước/,
    ),
  ]);
  const { head, lines } = report;
  expect([head.previous_changed_version, head.last_year_changed_version]).toEqual([null, 1]);
  const whole = lines.find(({ code, area_id }) => code === "I" && area_id === null);
  expect([whole?.last_year_value, whole?.change_from_last_year]).toEqual(["10.0000", null]);
});
