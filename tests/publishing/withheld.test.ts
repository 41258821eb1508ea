import { beforeAll, describe, expect, test } from "vitest";
import { smallPlan } from "../models/small-plan.ts";
import { copyOffice, newOffice, type Office } from "./given.ts";
import { measures, NOTHING, type Report, send, visible, WARDS } from "./sensitive-given.ts";

interface Story {
  readonly because: string;
  /** Counts of the four wards in the first quarter when version 1 is published. */
  readonly first: readonly number[];
  /** Then ward 1 corrects its count to this. */
  readonly corrected: number;
  readonly seen: readonly [first: string, second: string];
}

const STORIES: readonly Story[] = [
  {
    because: "nothing is small and nothing moves by less than five: all is shown",
    ...{ first: [10, 20, 30, 40], corrected: 15 },
    seen: ["100 10 20 30 40", "105 15 20 30 40"],
  },
  {
    because: "a correction by three would be told by the difference of the versions",
    ...{ first: [10, 20, 30, 40], corrected: 13 },
    seen: ["100 10 20 30 40", NOTHING],
  },
  {
    because: "what a ward is now would be told by the new total and what the wards had been",
    ...{ first: [10, 20, 30, 40], corrected: 3 },
    seen: ["100 10 20 30 40", NOTHING],
  },
  {
    because: "what was withheld stays so, for the total's change would tell what it had been",
    ...{ first: [3, 20, 30, 40], corrected: 9 },
    seen: ["93 - - - -", "99 - - - -"],
  },
];

/** Counts of cases and of these solved that leave 3, 10, 10 and 10; of 33 that are left 30 are then solved. */
const BOUND = {
  first: [
    [13, 20, 30, 40],
    [10, 10, 20, 30],
  ],
  corrected: [20, 20],
} as const;
const [CASES, SOLVED] = ["s4", "s5"];
/** Of this nothing is corrected, but it is small in the next quarter. */
const LATER_SMALL = "s6";
const WORLD = smallPlan([], {
  measures: measures(7).map((one) => (one.code === SOLVED ? { ...one, at_most: CASES } : one)),
});

describe("of a quarter that was published", () => {
  const correction = { class: "correction", reason: "Đính chính" } as const;
  const corrected: Report = {
    ...{ ward: "A1", period: "Q1", moment: "2030-03-11T08:00" },
    counts: [...STORIES.map((story) => story.corrected), ...BOUND.corrected, 10],
  };
  /** Every measure of a ward is so many in the second quarter, the last one another number. */
  const nextQuarter = (few: number): Report[] =>
    WARDS.map((ward, index) => ({
      ...{ ward, period: "Q2", moment: "2030-06-08T08:00" },
      counts: [...Array.from({ length: 6 }, () => 10 * (index + 1)), index === 0 ? few : 20],
    }));
  let first: Office;
  let office: Office;
  // each story is a measure of its own in one office
  beforeAll(async () => {
    office = newOffice(WORLD);
    const [cases, solved] = BOUND.first;
    await send(
      office,
      ...WARDS.map((ward, index): Report => {
        const stories = STORIES.map((story) => story.first[index] ?? 0);
        const counts = [...stories, cases[index] ?? 0, solved[index] ?? 0, 10 * (index + 1)];
        return { ward, period: "Q1", moment: "2030-03-08T08:00", counts };
      }),
    );
    await office.publish("2030-03-10T08:00", "Q1");
    first = copyOffice(office, WORLD);
    await send(office, corrected);
    await office.publish("2030-03-12T08:00", "Q1", correction);
  });

  test.each(STORIES.map((story, index) => ({ ...story, code: `s${index}` })))(
    "a count of ward 1 is corrected: $because",
    async ({ code, seen }) => {
      expect([await visible(office, "Q1", 1, code), await visible(office, "Q1", 2, code)]).toEqual(
        seen,
      );
    },
  );

  test("a correction of what is left up to a bound is told by no total", async () => {
    // no ward is shown, for 3 is small
    expect(await visible(office, "Q1", 1, CASES)).toBe("103 - - - -");
    // cases and solved are 7 and 10 more, and no small difference
    expect(await visible(office, "Q1", 2, CASES)).toBe(NOTHING);
  });

  test("the next quarter's report would tell the correction of this one's", async () => {
    const later = copyOffice(first, WORLD);
    await send(later, corrected, ...nextQuarter(20));
    await later.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
    for (const code of ["s1", CASES]) {
      expect([code, await visible(later, "Q2", 1, code)]).toEqual([code, NOTHING]);
    }
  });

  test("what is withheld now that was shown is no other report", async () => {
    const later = copyOffice(first, WORLD);
    // a small count in the next quarter withholds the wards of the whole year
    await send(later, ...nextQuarter(3));
    await expect(later.publish("2030-06-10T08:00", "Q1", correction)).rejects.toThrow(
      /giống hệt phiên bản 1/,
    );
    await later.publish("2030-06-10T08:00", "Q1", { ...correction, force: true });
    expect(await visible(later, "Q1", 2, LATER_SMALL)).toBe("100 - - - -");
  });
});
