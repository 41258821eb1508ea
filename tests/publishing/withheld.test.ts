import { beforeAll, describe, expect, test } from "vitest";
import { newFolder } from "../folders.ts";
import { smallPlan } from "../models/small-plan.ts";
import { copyOffice, newOffice, type Office, officeIn } from "./given.ts";
import { measures, officeOf, type Report, send, WARDS } from "./sensitive-given.ts";

/** Whether the shared audience saw figures of the measure: of the whole, of the wards. */
async function visible(office: Office, period: string, version: number, code = "s0") {
  const { lines } = await office.read(period, version, "shared");
  const own = lines.filter((line) => line.section === "measure" && line.code === code);
  return {
    whole: own.filter(({ area_id }) => area_id === null).map(({ value_shown }) => value_shown),
    wards: own.filter(({ area_id }) => area_id !== null).map(({ value_shown }) => value_shown),
  };
}

const four = (moment: string, period: "Q1" | "Q2", counts: readonly number[]): Report[] =>
  WARDS.flatMap((ward, index) => {
    const count = counts[index];
    return count === undefined || Number.isNaN(count)
      ? []
      : [{ ward, period, moment, counts: [count] }];
  });

interface Story {
  readonly because: string;
  /** Counts of the four wards in the first quarter when version 1 is published. */
  readonly first: readonly number[];
  /** Then ward 1 corrects its count to this. */
  readonly corrected: number;
  readonly seen: readonly [first: object, second: object];
}

const HIDDEN = [null, null, null, null];

const STORIES: readonly Story[] = [
  {
    because: "nothing is small and nothing moves by less than five: all is shown",
    first: [10, 20, 30, 40],
    corrected: 15,
    seen: [
      { whole: ["100.0000"], wards: ["10.0000", "20.0000", "30.0000", "40.0000"] },
      { whole: ["105.0000"], wards: ["15.0000", "20.0000", "30.0000", "40.0000"] },
    ],
  },
  {
    because: "a correction by three would be told by the difference of the versions",
    first: [10, 20, 30, 40],
    corrected: 13,
    seen: [
      { whole: ["100.0000"], wards: ["10.0000", "20.0000", "30.0000", "40.0000"] },
      { whole: [null], wards: HIDDEN },
    ],
  },
  {
    because: "what a ward is now would be told by the new total and what the wards had been",
    first: [10, 20, 30, 40],
    corrected: 3,
    seen: [
      { whole: ["100.0000"], wards: ["10.0000", "20.0000", "30.0000", "40.0000"] },
      { whole: [null], wards: HIDDEN },
    ],
  },
  {
    because: "what was withheld stays so, for the total's change would tell what it had been",
    first: [3, 20, 30, 40],
    corrected: 9,
    seen: [
      { whole: ["93.0000"], wards: HIDDEN },
      { whole: ["99.0000"], wards: HIDDEN },
    ],
  },
];

describe("a count of ward 1 is corrected", () => {
  let office: Office;
  // each story is a measure of its own in one office
  beforeAll(async () => {
    const folder = newFolder();
    office = officeIn(folder, smallPlan([], { measures: measures(STORIES.length) }));
    await send(
      office,
      ...WARDS.map((ward, index): Report => {
        const counts = STORIES.map(({ first }) => first[index] ?? 0);
        return { ward, period: "Q1", moment: "2030-03-08T08:00", counts };
      }),
    );
    await office.publish("2030-03-10T08:00", "Q1");
    const counts = STORIES.map(({ corrected }) => corrected);
    await send(office, { ward: "A1", period: "Q1", moment: "2030-03-11T08:00", counts });
    await office.publish("2030-03-12T08:00", "Q1", { class: "correction", reason: "Đính chính" });
  });

  test.each(STORIES.map((story, index) => ({ ...story, code: `s${index}` })))(
    "$because",
    async ({ code, seen }) => {
      expect([await visible(office, "Q1", 1, code), await visible(office, "Q1", 2, code)]).toEqual(
        seen,
      );
    },
  );
});

describe("of a quarter that was published", () => {
  let published: Office;
  beforeAll(async () => {
    published = officeOf(1);
    await send(published, ...four("2030-03-08T08:00", "Q1", [10, 20, 30, 40]));
    await published.publish("2030-03-10T08:00", "Q1");
  });
  const officeWithFirst = () => copyOffice(published, smallPlan([], { measures: measures(1) }));

  test("the next quarter's report would tell the correction of this one's", async () => {
    const office = officeWithFirst();
    await send(office, { ward: "A1", period: "Q1", moment: "2030-03-11T08:00", counts: [13] });
    await send(office, ...four("2030-06-08T08:00", "Q2", [10, 20, 30, 40]));
    await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
    expect(await visible(office, "Q2", 1)).toEqual({ whole: [null], wards: HIDDEN });
  });

  test("what is withheld now that was shown is no other report", async () => {
    const office = officeWithFirst();
    // a small count in the next quarter withholds the wards of the whole year
    await send(office, ...four("2030-06-08T08:00", "Q2", [3, 20, 30, 40]));
    const again = { class: "correction", reason: "Đính chính" } as const;
    await expect(office.publish("2030-06-10T08:00", "Q1", again)).rejects.toThrow(
      /giống hệt phiên bản 1/,
    );
    await office.publish("2030-06-10T08:00", "Q1", { ...again, force: true });
    expect(await visible(office, "Q1", 2)).toEqual({ whole: ["100.0000"], wards: HIDDEN });
  });
});

test("what a later report compared with would tell the correction in the earlier one's", async () => {
  const [stock] = measures(1);
  const office = newOffice(smallPlan([], { measures: [{ ...stock, over_time: "last" }] }));
  await send(office, ...four("2030-03-08T08:00", "Q1", [10, 20, 30, 40]));
  await send(office, ...four("2030-06-08T08:00", "Q2", [50, 60, 70, 80]));
  await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  await send(office, { ward: "A1", period: "Q1", moment: "2030-06-11T08:00", counts: [13] });
  await office.publish("2030-06-12T08:00", "Q1", { acknowledge: true });
  expect(await visible(office, "Q1", 1)).toEqual({ whole: [null], wards: HIDDEN });
});

test("a correction of what is left up to a bound is told by no total, of this quarter or the next", async () => {
  const world = smallPlan([], {
    measures: measures(2).map((one) => (one.code === "s1" ? { ...one, at_most: "s0" } : one)),
  });
  const office = newOffice(world);
  const reports = (
    day: string,
    period: "Q1" | "Q2",
    counts: readonly (readonly [cases: number, solved: number])[],
  ): Report[] =>
    counts.map((one, index) => ({
      ward: WARDS[index] ?? "A1",
      period,
      moment: `${day}T08:00`,
      counts: one,
    }));
  // left over: 3, 10, 10 and 10; no ward is shown, for 3 is small
  const first = [
    [13, 10],
    [20, 10],
    [30, 20],
    [40, 30],
  ] as const;
  await send(office, ...reports("2030-03-08", "Q1", first));
  await office.publish("2030-03-10T08:00", "Q1");
  expect(await visible(office, "Q1", 1)).toEqual({ whole: ["103.0000"], wards: HIDDEN });
  const later = copyOffice(office, world);

  // of 33 there are 30 left: cases and solved are 7 and 10 more, and no small difference
  await send(office, ...reports("2030-03-11", "Q1", [[20, 20]]));
  await office.publish("2030-03-12T08:00", "Q1", { class: "correction", reason: "Đính chính" });
  expect(await visible(office, "Q1", 2)).toEqual({ whole: [null], wards: HIDDEN });

  // the next quarter's total to date would tell it, too
  await send(later, ...reports("2030-03-11", "Q1", [[20, 20]]));
  const all = [
    [9, 9],
    [9, 9],
    [9, 9],
    [9, 9],
  ] as const;
  await send(later, ...reports("2030-06-08", "Q2", all));
  await later.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  expect(await visible(later, "Q2", 1)).toEqual({ whole: [null], wards: HIDDEN });
});

test("a ward's report that comes late must not be told by the totals without and with it", async () => {
  const office = officeOf(1);
  await send(office, ...four("2030-03-08T08:00", "Q1", [Number.NaN, 20, 30, 40]));
  await office.publish("2030-03-10T08:00", "Q1");
  await send(office, { ward: "A1", period: "Q1", moment: "2030-03-11T08:00", counts: [2] });
  await office.publish("2030-03-12T08:00", "Q1", { class: "late", reason: "Gửi muộn" });
  expect(await visible(office, "Q1", 2)).toEqual({ whole: [null], wards: HIDDEN });
});
