import { expect, test } from "vitest";
import { newOffice, type Office } from "./given.ts";
import { fined, reports, seen, WORLD } from "./seen-by-everybody.ts";

// what a reader would find out by comparing states: told-by-versions.long.test.ts

const NOTHING = {
  measure: [[null, true]],
  wards: [null, null, null, null],
  readings: [null, null, null, null],
  indicator: [[null, "untold", true]],
  statuses: ["untold", "untold", "untold", "untold"],
};

const ALL = {
  measure: [["38.0000", false]],
  wards: ["10.0000", "12.0000", "7.0000", "9.0000"],
  readings: ["10.0000", "12.0000", "7.0000", "9.0000"],
  indicator: [["100.0000", "met", false]],
  statuses: ["met", "met", "met", "met"],
};

test("what a guarded measure is, everybody learns from published versions, and not from reports in between", async () => {
  const office = newOffice(WORLD);
  await office.sendAll(reports("2030-03-08", "Q1", [10, 12, 7, 9]));
  const before = await fined(office, "2030-03-09T08:00");
  expect(before).toEqual(NOTHING);

  await office.publish("2030-03-10T08:00", "Q1");
  expect(await fined(office, "2030-03-10T09:00")).toEqual(ALL);

  // 38 less 34 would tell that there are 4 fewer, and that those are of ward 1: it has 6
  await office.sendAll(reports("2030-03-11", "Q1", [6]));
  expect(await fined(office, "2030-03-12T08:00")).toEqual({
    ...ALL,
    // its reading counts no longer, and the new one is in no version
    readings: ["10.0000", "12.0000", "7.0000", "9.0000", null],
  });
});

test("what is not published yet is told apart from what a version withholds, also in tallies", async () => {
  const office = newOffice(WORLD);
  await office.sendAll(reports("2030-03-08", "Q1", [10, 2, 7, 9]));
  const told = async (moment: string) => {
    const views = await seen(office, moment, ["measure_by_ward_period", "status_by_place"]);
    const rowsOf = (view: string) =>
      (views.get(view) ?? [])
        .map((row) => new Map(Object.entries(row)))
        .filter((row) => row.get("period") === "Q1");
    const measures = rowsOf("measure_by_ward_period")
      .filter((row) => row.get("measure") === "fined")
      .map((row) => [row.get("is_withheld"), row.get("is_untold")]);
    const tallies = rowsOf("status_by_place").map((row) => [
      row.get("withheld"),
      row.get("untold"),
      row.get("lacking"),
    ]);
    return { measures, tallies };
  };
  // the three indicators of the fined, of which one is for the whole area alone
  expect(await told("2030-03-09T08:00")).toEqual({
    tallies: [...Array.from({ length: 4 }, () => [0, expect.any(Number), 0]), [0, 3, 0]],
    measures: Array.from({ length: 4 }, () => [true, true]),
  });
  await office.publish("2030-03-10T08:00", "Q1");
  const { measures, tallies } = await told("2030-03-10T09:00");
  expect(measures).toEqual(Array.from({ length: 4 }, () => [true, false]));
  expect(tallies.map(([, untold]) => untold)).toEqual([0, 0, 0, 0, 0]);
  expect(tallies.every(([withheld]) => Number(withheld) > 0)).toBe(true);
});

test("that nothing at all arose in a ward is told to nobody: it tells that its counts are 0", async () => {
  const office = newOffice(WORLD);
  await office.sendAll(reports("2030-03-08", "Q1", [0, 3, 4, 0]));
  await office.publish("2030-03-10T08:00", "Q1");
  const before = await seen(office, "2030-03-11T08:00");
  const written = await office.read("Q1", 1, "shared");
  await office.tamper("update submission set is_nil_return = true where submission_no in (1, 4)");
  await office.tamper(
    `update publication_row set content = replace(content, '"is_nil_return":false', '"is_nil_return":true')
    where part = 'unit'`,
  );
  expect(await seen(office, "2030-03-11T08:00")).toEqual(before);
  expect((await office.read("Q1", 1, "shared")).units).toEqual(written.units);
  expect((await office.read("Q1", 1, "city")).units.map((one) => one.is_nil_return)).toContain(
    true,
  );
});

test("of a withheld whole the status is withheld for every kind of indicator, and counted so", async () => {
  const office = newOffice(WORLD);
  // three in every ward: the share of wards with three or more would tell every count with the total
  await office.sendAll(reports("2030-03-08", "Q1", [3, 3, 3, 3]));
  await office.publish("2030-03-10T08:00", "Q1");
  const { lines, tallies } = await office.read("Q1", 1, "shared");
  expect(
    lines
      .filter(({ section, area_id }) => section === "indicator" && area_id === null)
      .map(({ code, status, value_shown, attained }) => [code, status, value_shown, attained]),
  ).toEqual([
    ["F", "withheld", null, null],
    ["H", "withheld", null, null],
    ["S", "withheld", null, null],
    ["M", "met", "8.0000", true],
  ]);
  expect(tallies.find(({ area_id }) => area_id === null)).toMatchObject({ withheld: 3, met: 1 });
  const rows = await seen(office, "2030-03-11T08:00", ["status_by_place"]);
  expect(rows.get("status_by_place")).toContainEqual(
    expect.objectContaining({ period: "Q1", area_id: null, withheld: 3, met: 1 }),
  );
});

test("whether doubts or changes of guarded measures stand in the way of publishing is not told", async () => {
  const readiness = async (office: Office, moment: string) =>
    ((await seen(office, moment, ["report_readiness"])).get("report_readiness") ?? []).filter(
      (row) => "period" in row && row.period === "Q2",
    );
  const [calm, jumping] = [newOffice(WORLD), newOffice(WORLD)];
  for (const [office, count] of [
    [calm, 10],
    [jumping, 1],
  ] as const) {
    await office.sendAll(reports("2030-03-08", "Q1", [count, 12, 7, 9]));
    await office.sendAll(reports("2030-06-08", "Q2", [40, 12, 7, 9]));
  }
  const told = await readiness(calm, "2030-06-09T08:00");
  expect(told).toMatchObject([{ verdict: "in_review", doubts: null, may_be_final: false }]);
  expect(await readiness(jumping, "2030-06-09T08:00")).toEqual(told);
});
