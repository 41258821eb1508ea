import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newWorld } from "../intake/given.ts";
import { killLoop } from "./kill-loop.ts";
import { killPublishing } from "./kill-publishing.ts";

const KILLS = 6;

// `npm run bench:kills` does the same 500 times and more
test("killed again and again: every file is taken in once or still to be taken in", async () => {
  const report = await killLoop(join(newWorld().folder, "killed"), KILLS, 1);
  expect(report).toMatchObject({
    kills: KILLS,
    faults: [],
    isEmptied: true,
    rebuilt: expect.stringMatching(/ holds what the archive holds /),
  });
}, 300_000);

test("killed while it publishes: a version is whole and kept, or not there", async () => {
  const folder = join(newWorld().folder, "published");
  mkdirSync(folder);
  const { faults, verified, rebuilt } = await killPublishing(folder, 2, 1);
  expect(faults).toEqual([]);
  expect(verified).toBe("holds");
  expect(rebuilt).toMatch(/ holds what the archive holds /);
}, 300_000);
