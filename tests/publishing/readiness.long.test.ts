import { expect, test } from "vitest";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { Failure } from "../../pipelines/vocabulary/failure.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { newOffice, type Office } from "./given.ts";

const WORLD = smallPlan([indicator(REACH)]);

/** How a period's report stands at a moment. */
async function readiness(office: Office, moment: string, period: string) {
  const sql = `select verdict, may_be_final, errors, doubts, missing, not_due, submissions_since
    from marts.report_readiness where period = '${period}'`;
  return (await office.ask(moment, "marts.report_readiness", sql))[0];
}

/** What blocks publishing at a moment, as a final version, too. */
async function blockersOf(office: Office, moment: string, period: string): Promise<string[]> {
  const version = await office.read(period).catch(() => null);
  const kind = version === null ? "first" : "late";
  try {
    const { blockers } = await office.preview(moment, period, { class: kind, isFinal: true });
    return [...blockers];
  } catch (error) {
    // a report of nothing cannot be drawn up
    if (error instanceof Failure) return ["There is nothing to publish."];
    throw error;
  }
}

/** What blocks a version only where it is to be final. */
const OF_FINAL = /[cC]hưa thể là số liệu chính thức|chính thức mà chưa có báo cáo/;

/** How a report stands, its verdict held against what publishing does at that moment. */
async function heldReadiness(office: Office, moment: string, period: string) {
  const row = await readiness(office, moment, period);
  const blockers = await blockersOf(office, moment, period);
  const found = [row?.verdict === "ready", row?.may_be_final];
  const isReady = blockers.every((one) => OF_FINAL.test(one));
  expect([moment, ...found]).toEqual([moment, isReady, blockers.length === 0]);
  return row;
}

async function verdict(office: Office, moment: string, period: string): Promise<unknown> {
  return (await heldReadiness(office, moment, period))?.verdict;
}

async function reportOfAll(office: Office, moment: string, period: string, reached: number) {
  await office.sendAll(
    ["A1", "A2", "A3", "A4"].map(
      (ward) => [moment, `W-${ward}`, period, `people 100\nreached ${reached}`] as const,
    ),
  );
}

test("the verdict on a report is what publishing it comes to, from its first day on", async () => {
  const office = newOffice(WORLD);
  expect(await verdict(office, "2030-02-01T08:00", "Q3")).toBe("not_begun");
  expect(await verdict(office, "2030-03-05T08:00", "Q1")).toBe("not_reported");

  await reportOfAll(office, "2030-03-06T08:00", "Q1", 20);
  expect(await heldReadiness(office, "2030-03-06T09:00", "Q1")).toMatchObject({
    verdict: "ready",
    missing: 0,
    not_due: 2,
    may_be_final: false,
  });
  // the year can go out on its quarters
  expect(await verdict(office, "2030-03-06T09:00", "Y")).toBe("ready");

  await office.publish("2030-03-07T08:00", "Q1");
  expect(await verdict(office, "2030-03-07T09:00", "Q1")).toBe("unchanged");
  // the deadline passes: two departments are missing now
  expect(await verdict(office, "2030-03-10T00:00", "Q1")).toBe("ready");

  await office.sendAll([
    ["2030-03-11T08:00", "D1", "Q1", "staff 10"],
    ["2030-03-11T08:00", "D2", "Q1", "staff 10"],
  ]);
  expect(await heldReadiness(office, "2030-03-11T09:00", "Q1")).toMatchObject({
    verdict: "ready",
    missing: 0,
    not_due: 0,
    may_be_final: true,
    submissions_since: 2,
  });
});

test("open errors and doubts stand in the way, those of earlier periods of the year as well", async () => {
  const office = newOffice(WORLD);
  await reportOfAll(office, "2030-03-06T08:00", "Q1", 2);
  await reportOfAll(office, "2030-06-06T08:00", "Q2", 3);
  expect(await verdict(office, "2030-06-06T09:00", "Q2")).toBe("ready");

  await refuse(office, "2030-06-07T08:00", "W-A1", "Q1");
  expect(await heldReadiness(office, "2030-06-07T09:00", "Q2")).toMatchObject({
    verdict: "open_findings",
    errors: 1,
    doubts: 0,
  });
  await office.send("2030-06-07T10:00", "W-A1", "Q1", "people 100\nreached 4");

  // ten times as many as in the quarter before, without a word why
  await office.send("2030-06-08T08:00", "W-A2", "Q2", "people 100\nreached 60");
  expect(await heldReadiness(office, "2030-06-08T09:00", "Q2")).toMatchObject({
    verdict: "open_findings",
    errors: 0,
    doubts: 1,
  });
});

test("a report beside which stands another quarter than was published waits for that one", async () => {
  const office = newOffice(WORLD);
  await reportOfAll(office, "2030-03-06T08:00", "Q1", 20);
  await office.publish("2030-03-07T08:00", "Q1");
  await reportOfAll(office, "2030-06-06T08:00", "Q2", 30);
  await office.send("2030-06-06T09:00", "W-A1", "Q1", "people 100\nreached 21");
  expect(await verdict(office, "2030-06-06T10:00", "Q2")).toBe("earlier_changed");
  expect(await verdict(office, "2030-06-06T10:00", "Q1")).toBe("ready");
  await office.publish("2030-06-06T11:00", "Q1", { class: "correction", reason: "Đính chính" });
  expect(await verdict(office, "2030-06-06T12:00", "Q2")).toBe("ready");
});

test("a report that stands on its own is not changed by what comes for shorter periods", async () => {
  const office = newOffice(WORLD);
  await reportOfAll(office, "2030-05-30T08:00", "H1", 30);
  await office.publish("2030-06-03T08:00", "H1");
  await reportOfAll(office, "2030-06-04T08:00", "Q2", 30);
  // each unit says the same as before, but for the quarter
  expect(await heldReadiness(office, "2030-06-04T09:00", "H1")).toMatchObject({
    verdict: "unchanged",
    submissions_since: 4,
  });
  await office.send("2030-06-04T10:00", "W-A1", "H1", "people 100\nreached 31");
  expect(await verdict(office, "2030-06-04T11:00", "H1")).toBe("ready");
});

test("a period before the plan is in force has no report", async () => {
  const office = newOffice(smallPlan([indicator(REACH)], { in_force_from: "2030-04-01" }));
  expect(await readiness(office, "2030-06-01T08:00", "Q1")).toMatchObject({
    verdict: "not_applicable",
  });
});

/** A file comes in that is refused for its figure. */
async function refuse(office: Office, moment: string, unit: string, period: string) {
  const line = `${office.plan.plan.id},${unit},${period},,reached,nhiều,`;
  const bytes = Buffer.from(`plan,unit,period,area,measure,value,note\n${line}\n`);
  const settings = { ...office, isDemonstration: false, softwareVersion: "test" };
  const at = { receivedAt: parseMoment(moment), recordedAt: parseMoment(moment) };
  const { outcome } = await withIntake(settings, ({ ingest }) =>
    ingest({ file: "refused.csv", content: { bytes }, ...at }),
  );
  expect(outcome).toBe("refused");
}
