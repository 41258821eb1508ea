import { expect, test } from "vitest";
import { confirmClock } from "../../pipelines/ledger/clock.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { compareMarts } from "../../pipelines/models/compare-marts.ts";
import { shownMarts } from "../../pipelines/warehouse/shown-marts.ts";
import { alter as alterFile } from "../asked.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { newOffice } from "./given.ts";

const ALTERED_MARTS = `
  update marts.core.attainment set numerator = 46 where numerator = 45;
  delete from marts.marts.report where period = 'Q1';
  create or replace view marts.shared.period as from marts.marts.period where period <> 'Q1'`;
const ALTERED_FAULTS = [
  "shared.period không phải khung nhìn do phần mềm lập.",
  ...[
    "attainment_by_ward_period: hàng small, I, Q1, 11, A1",
    "attainment_by_ward_quarter: hàng small, I, Q1, 11, A1",
    "figure: hàng small, indicator, I, Q1, 11",
  ].map((row) => `marts.${row}: numerator là 46.0000, tính lại được 45.0000.`),
  "marts.report: không có hàng cho 1, true, 1, first, Phát hành, tính lại thì có.",
];

test("marts that a report is newer than are not compared, those built in part are those of a build as a whole, and what was altered is named", async () => {
  const office = newOffice(smallPlan([indicator(REACH)]));
  const { paths, catalogue } = office;
  await office.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 45"],
    ["2030-03-08T09:00", "W-A2", "Q1", "people 200\nreached 20"],
  ]);
  await office.publish("2030-03-10T08:00", "Q1");
  await buildMarts({ paths, catalogue, asOf: null });
  // in part: keys of rows are others than those of a build as a whole
  await office.send("2030-06-08T09:00", "W-A2", "Q2", "people 200\nreached 50");
  const before = await compareMarts(paths, catalogue);
  expect([before.faults, [...(before.behind ?? [])]]).toEqual([[], ["small"]]);
  await buildMarts({ paths, catalogue, asOf: null });
  const recordedAt = new Date("2031-06-08T09:00:00Z");
  await confirmClock(paths, { recordedAt, softwareVersion: "test", reason: "Đúng" });
  const { proof, ...right } = await compareMarts(paths, catalogue);
  expect(right).toEqual({ faults: [], behind: new Set() });
  // by what was proven, with what came since
  await office.send("2030-06-08T10:00", "W-A1", "Q2", "people 100\nreached 60");
  await buildMarts({ paths, catalogue, asOf: null });
  expect(await compareMarts(paths, catalogue, proof)).toMatchObject(right);
  const alter = (sql: string) => alterFile(shownMarts(paths.marts) ?? "", "marts", sql);
  // what counts days is no part of the proof
  const renamed = (from: string, to: string): string =>
    `update marts.marts.submission_timeliness set unit_code = '${to}' where unit_code = '${from}'`;
  await alter(renamed("W-A1", "W-A9"));
  expect((await compareMarts(paths, catalogue, proof)).faults).toEqual([
    expect.stringMatching(/: marts\.submission_timeliness: hàng .*unit_code là W-A9.* được W-A1\./),
  ]);
  // whose row it was is gone
  await alter(`${renamed("W-A9", "W-A1")};update marts.marts.period_basis set plan_id = null`);
  expect((await compareMarts(paths, catalogue, proof)).faults).toEqual([
    expect.stringMatching(/: marts\.period_basis: .*plan_id là null, tính lại được small/),
  ]);
  await alter(`update marts.marts.period_basis set plan_id = 'small';${ALTERED_MARTS}`);
  const of = `${paths.marts}: `;
  for (const known of [null, proof]) {
    const { faults, behind } = await compareMarts(paths, catalogue, known);
    const named = faults.map((one) => one.slice(of.length).replace(" chitieu build tính lại.", ""));
    // these alone
    expect([named, behind]).toEqual([ALTERED_FAULTS, new Set()]);
  }
});
