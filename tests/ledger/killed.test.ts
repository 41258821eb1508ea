import { join } from "node:path";
import { expect, test } from "vitest";
import { newWorld } from "../reception/given.ts";
import { killLoop } from "./kill-loop.ts";

const KILLS = 15;

// `npm run bench:kills` does the same 500 times
test("killed again and again: every file is taken in once or still to be taken in", async () => {
  const report = await killLoop(join(newWorld().folder, "killed"), KILLS, 1);
  expect(report).toMatchObject({
    kills: KILLS,
    faults: [],
    isEmptied: true,
    rebuilt: expect.stringMatching(/ holds what the archive holds /),
  });
}, 300_000);
