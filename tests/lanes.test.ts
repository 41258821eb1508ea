import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { laneOf, partsOf, ROOT, SLOW_PARTS, testFiles } from "./lanes.ts";

test.each([
  ["models of the numbers, through a helper", "tests/models/rules.test.ts", "slow"],
  ["a browser, through a helper", "tests/e2e/theme.test.ts", "slow"],
  ["LibreOffice", "tests/exports/libreoffice.long.test.ts", "long"],
  ["only types of a slow part", "tests/exports/narrative.test.ts", "fast"],
  ["nothing slow, in the room of slow ones", "tests/e2e/vietnamese.test.ts", "fast"],
  ["this one", "tests/lanes.test.ts", "fast"],
])("the lane of a test that imports %s", (_, file, lane) => {
  expect(laneOf(file)).toBe(lane);
});

test.each(SLOW_PARTS)("%s, which makes a test slow, is there", (part) => {
  const isThere =
    part.startsWith("node:") ||
    existsSync(join(ROOT, part)) ||
    existsSync(join(ROOT, "node_modules", part));
  expect(isThere).toBe(true);
});

test("what starts LibreOffice is long", () => {
  const found = testFiles().filter((file) => partsOf(file).has("tests/libreoffice.ts"));
  expect(found.length).toBeGreaterThan(2);
  expect(found.filter((file) => laneOf(file) !== "long")).toEqual([]);
});

test("no helper, which test files share, keeps what one of them ends", () => {
  const helpers = testFiles()
    .flatMap((file) => [...partsOf(file)])
    .filter((part) => part.startsWith("tests/"));
  expect(helpers.length).toBeGreaterThan(5);
  const ended = helpers.filter((part) =>
    /^(?:before|after)(?:All|Each)\(/m.test(readFileSync(join(ROOT, part), "utf8")),
  );
  expect(ended).toEqual([]);
});

test("pictures, which are taken without the test runner, wait for nothing of its", () => {
  expect(partsOf("tests/e2e/pictures.ts")).not.toContain("tests/e2e/ready.ts");
});

test("no file is found by the path of an address, in which «văn phòng» is encoded", () => {
  const found = new Set(testFiles().flatMap((file) => [file, ...partsOf(file)]));
  const encoded = [...found].filter(
    (file) =>
      /^(?:tests|pipelines)\//.test(file) &&
      /import\.meta\.url\)\.pathname/.test(readFileSync(join(ROOT, file), "utf8")),
  );
  expect(encoded).toEqual([]);
});
