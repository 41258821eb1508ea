import { expect, test } from "vitest";
import { isSound } from "../../pipelines/publishing/verify.ts";
import { indicator, REACH } from "../models/small-plan.ts";
import { expectRows, lineOf, newOffice, officeIn, ofYear } from "./given.ts";

const ASKED = [indicator(REACH, ">=", 30)];

test("a version has last year's figures from the plan that its plan continues, of a new ward those of the wards that it is made of", async () => {
  const areas = [
    "1,C,City,city,,,,made up",
    "11,A1,Ward 1,ward,1,,2029-12-31,made up",
    "12,A2,Ward 2,ward,1,,2029-12-31,made up",
    "15,A5,Ward 5,ward,1,2030-01-01,,made up",
  ];
  const successors = ["11,15,2030-01-01,yes,made up", "12,15,2030-01-01,yes,made up"];
  const before = { ...ofYear("2029", ASKED), areas, successors };
  const office = newOffice(before);
  await office.sendAll([
    ["2029-03-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 10"],
    ["2029-03-05T08:00", "W-A2", "2029-Q1", "people 50\nreached 5"],
  ]);
  const world = { ...ofYear("2030", ASKED, { continues: "p2029" }), areas, successors };
  const later = officeIn(office.folder, world, { beside: { "before.yaml": before.plan } });
  await later.send("2030-03-05T08:00", "W-A5", "2030-Q1", "people 160\nreached 20");
  await later.publish("2030-03-20T08:00", "2030-Q1");
  const { head, lines } = await later.read("2030-Q1");
  expect(head.last_year_period).toBe("2029-Q1");
  // 15 of 150, and 20 of 160
  expectRows(
    lines.filter(({ code }) => ["I", "reached"].includes(code)),
    `
      code     area_code  value_shown  last_year_value  change_from_last_year
      I        -          12.5         10               2.5
      I        A5         12.5         10               2.5
      reached  -          20           15               5
      reached  A5         20           15               5
    `,
  );
  const check = await later.verify();
  expect([check.versions.length, isSound(check)]).toEqual([1, true]);
  const sql = "select figures_changed_since::integer as figures from marts.report_since";
  const since = await later.ask("2030-03-21T08:00", "marts.report_since", sql);
  expect(since).toEqual([{ figures: 0 }]);
});

test("where the year before has changed since it was published it has to go out first, or nothing is compared with it", async () => {
  const before = ofYear("2029", ASKED);
  const office = newOffice(before);
  await office.send("2029-03-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 10");
  await office.publish("2029-03-20T08:00", "2029-Q1");
  await office.send("2029-04-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 12");
  const later = officeIn(office.folder, ofYear("2030", ASKED, { continues: "p2029" }), {
    beside: { "before.yaml": before.plan },
  });
  await later.send("2030-03-05T08:00", "W-A1", "2030-Q1", "people 100\nreached 14");
  const { blockers, report } = await later.preview("2030-03-20T08:00", "2030-Q1");
  // the ward and the whole, of the indicator and of the measure
  expect(blockers).toEqual([
    expect.stringMatching(
      /so với phiên bản 1 của báo cáo quarter 1 của kế hoạch 1\/KH, mà 4 số liệu, đánh giá của kỳ ấy nay đã khác\. Phát hành lại kỳ ấy trước/,
    ),
  ]);
  const { previous_changed_version, last_year_changed_version } = report.head;
  expect([previous_changed_version, last_year_changed_version]).toEqual([null, 1]);
  const compared = { last_year_value: "10.0000", change_from_last_year: null };
  expect(lineOf(report)).toMatchObject(compared);
});
