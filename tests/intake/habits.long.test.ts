import { expect, test } from "vitest";
import { newWorld } from "./given.ts";
import { takeInMade } from "./habits.ts";
import { officeFiles } from "./office-files.ts";

// each held against what a person reads in it
test.each(await officeFiles(newWorld()))("no file is misread: $name", async ({ made, must }) => {
  const judged = await takeInMade(newWorld(), made);
  const wrong = judged.filter(
    ({ became, made: { isHonest, what } }) =>
      became === "misread" ||
      // what a figure of an .xls is reckoned from is not known
      (isHonest === true && became !== "right" && !what.endsWith("another sheet (.xls)")) ||
      (must === "read" && became === "refused") ||
      (must === "refused" && became !== "refused"),
  );
  expect(wrong.map(({ became, made, problems }) => `${became} ${made.what}: ${problems}`)).toEqual(
    [],
  );
});
