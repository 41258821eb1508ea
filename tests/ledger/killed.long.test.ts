import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newWorld } from "../intake/given.ts";
import { killLoop } from "./kill-loop.ts";
import { killPublishing } from "./kill-publishing.ts";

/** `CHITIEU_RUNS=1000 npx vitest run tests/ledger/killed.long.test.ts` kills so often. */
const KILLS = Number(process.env.CHITIEU_RUNS ?? 5);
const SEED = Number(process.env.CHITIEU_SEED ?? 1);
const TIMEOUT_MS = 60_000 * KILLS;

test(
  "killed again and again: every file is taken in once or still to be taken in",
  async () => {
    const report = await killLoop(join(newWorld().folder, "killed"), KILLS, SEED);
    expect(report).toMatchObject({
      kills: KILLS,
      faults: [],
      isEmptied: true,
      rebuilt: expect.stringMatching(/ khớp với kho lưu trữ /),
    });
  },
  TIMEOUT_MS,
);

test(
  "killed while it publishes: a version is whole and kept, or not there",
  async () => {
    const folder = join(newWorld().folder, "published");
    mkdirSync(folder);
    const { faults, verified, rebuilt } = await killPublishing(folder, Math.ceil(KILLS / 5), SEED);
    expect(faults).toEqual([]);
    expect(verified).toBe("holds");
    expect(rebuilt).toMatch(/ khớp với kho lưu trữ /);
  },
  TIMEOUT_MS,
);
