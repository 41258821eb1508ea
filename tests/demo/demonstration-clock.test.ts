import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  followDemonstrationClock,
  leaveDemonstrationClock,
  STAMP,
  setDemonstrationClock,
} from "../../pipelines/demo/demonstration-clock.ts";
import { newFolder } from "../folders.ts";

test("whoever works on a demonstration goes by its clock, which runs, and by none elsewhere", async () => {
  const before = Date;
  const folder = newFolder();
  followDemonstrationClock(folder);
  expect(Date).toBe(before);
  await setDemonstrationClock(folder, new Date("2024-12-16T01:00:00Z"));
  followDemonstrationClock(folder);
  expect(Date).toBe(before);
  // the mark of a demonstration is there too
  writeFileSync(join(folder, STAMP), "{}");
  followDemonstrationClock(folder);
  try {
    expect(new Date().toISOString()).toMatch(/^2024-12-16T01:/);
    expect(new Date(Date.now()).toISOString()).toMatch(/^2024-12-16T01:/);
    // a moment that is said is that moment
    expect([new Date(0).getTime(), new Date(2026, 0).getFullYear()]).toEqual([0, 2026]);
    expect(new Date() instanceof before).toBe(true);
  } finally {
    leaveDemonstrationClock();
  }
  expect(Date).toBe(before);
});
