import { expect, test } from "vitest";
import { newWorld } from "./given.ts";
import { HABITS, takeInHabits, takeInMade } from "./habits.ts";
import { officeFiles } from "./office-files.ts";

/** Each habit once; `CHITIEU_RUNS=2000 npx vitest run tests/intake/habits.long.test.ts` takes in so many forms. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? Object.keys(HABITS).length);

test("no form is misread, whatever clerks do to it", { timeout: 3000 * RUNS }, async () => {
  const { right, misread, alarms } = await takeInHabits(newWorld(), RUNS, 0);
  expect(misread).toEqual([]);
  expect(alarms).toEqual([]);
  expect(right).toBeGreaterThan(RUNS / 4);
});

// each held against what a person reads in it
test.each(await officeFiles(newWorld()))("no file is misread: $name", async ({ made, must }) => {
  const wrong = (await takeInMade(newWorld(), made)).filter(
    ({ became }) =>
      became === "misread" ||
      (must === "read" && became === "refused") ||
      (must === "refused" && became !== "refused"),
  );
  expect(wrong.map(({ became, made: { what }, told }) => `${became} ${what}: ${told}`)).toEqual([]);
});
