import { beforeAll, describe, expect, test } from "vitest";
import { newOffice } from "./given.ts";
import { fined, finedIn, reports, seen, VIEWS_OF_FINED, worldOf } from "./seen-by-everybody.ts";

// what a reader would find out by comparing states: known-by-versions.long.test.ts

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

describe("of guarded measures everybody learns from published versions", () => {
  const OTHERS = { _few: [10, 2, 7, 9], _three: [3, 3, 3, 3] };
  const office = newOffice(worldOf(["", ...Object.keys(OTHERS)]));
  const look = (moment: string) => seen(office, moment, [...VIEWS_OF_FINED, "status_by_place"]);
  type Seen = Awaited<ReturnType<typeof look>>;
  let before: Seen;
  let after: Seen;
  beforeAll(async () => {
    await office.sendAll(reports("2030-03-08", "Q1", [10, 12, 7, 9], OTHERS));
    before = await look("2030-03-09T08:00");
    await office.publish("2030-03-10T08:00", "Q1");
    after = await look("2030-03-10T09:00");
  });

  test("what they are, and nothing from reports in between", async () => {
    expect(finedIn(before)).toEqual(NOTHING);
    expect(finedIn(after)).toEqual(ALL);
    // 38 less 34 would tell that there are 4 fewer, and that those are of ward 1: it has 6
    await office.sendAll(reports("2030-03-11", "Q1", [6], OTHERS));
    expect(await fined(office, "2030-03-12T08:00")).toEqual({
      ...ALL,
      // its reading counts no longer, and the new one is in no version
      readings: ["10.0000", "12.0000", "7.0000", "9.0000", null],
    });
  });

  test("what is not published yet, apart from what a version withholds, also in tallies", () => {
    const shown = (views: Seen, view: string, columns: readonly string[]) =>
      (views.get(view) ?? [])
        .map((row) => new Map(Object.entries(row)))
        .filter((row) => row.get("period") === "Q1")
        .filter((row) => (row.get("measure") ?? "fined_few") === "fined_few")
        .map((row) => columns.map((column) => row.get(column)));
    const measures = (views: Seen) =>
      shown(views, "measure_by_ward_period", ["is_withheld", "is_untold"]);
    const tallies = (views: Seen) =>
      shown(views, "status_by_place", ["withheld", "untold", "lacking"]);
    // three indicators of each kind of the fined, of which one is for the whole area alone
    expect(tallies(before)).toEqual([
      ...Array.from({ length: 4 }, () => [0, expect.any(Number), 0]),
      [0, 9, 0],
    ]);
    expect(measures(before)).toEqual(Array.from({ length: 4 }, () => [true, true]));
    expect(measures(after)).toEqual(Array.from({ length: 4 }, () => [true, false]));
    expect(tallies(after).map(([, untold]) => untold)).toEqual([0, 0, 0, 0, 0]);
    expect(tallies(after).every(([withheld]) => Number(withheld) > 0)).toBe(true);
  });

  // three in every ward: the share of wards with three or more would tell every count with the total
  test("of a withheld whole the status of no kind of indicator, and it is counted so", async () => {
    const { lines, tallies } = await office.read("Q1", 1, "shared");
    const whole = lines.filter(
      ({ section, area_id }) => section === "indicator" && area_id === null,
    );
    expect(
      whole
        .filter(({ code }) => /_three$|^M$/.test(code))
        .map(({ code, status, value_shown, attained }) => [code, status, value_shown, attained]),
    ).toEqual([
      ["F_three", "withheld", null, null],
      ["H_three", "withheld", null, null],
      ["S_three", "withheld", null, null],
      ["M", "met", "8.0000", true],
    ]);
    const count = (status: string) => whole.filter((one) => one.status === status).length;
    const counted = { area_id: null, withheld: count("withheld"), met: count("met") };
    expect(tallies.find(({ area_id }) => area_id === null)).toMatchObject(counted);
    expect(after.get("status_by_place")).toContainEqual(
      expect.objectContaining({ period: "Q1", ...counted }),
    );
  });
});
