import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Failure } from "../../pipelines/vocabulary/failure.ts";
import { runHere } from "../cli/run.ts";
import {
  archivedFiles,
  csvOf,
  inboxNames,
  newWorld,
  send,
  takeInbox,
  type World,
} from "../intake/given.ts";
import { canMount, mount, unmount } from "./small-disk.ts";

const LEDGER = /^Không ghi được \S+ledger\.duckdb: ổ đĩa đã đầy\.$/;
const STAGING = /^Không tiếp nhận được a\.csv: ổ đĩa đã đầy\.$/;
const JOURNAL = /^Không ghi được nhật ký trong kho lưu trữ: ổ đĩa đã đầy\.$/;

/** Free space in KiB, with a ledger there or not, and where the space ends. */
const CASES: [free: number, hasLedger: boolean, expected: RegExp][] = [
  // the ledger cannot be made
  [0, false, LEDGER],
  [4, false, LEDGER],
  [128, false, LEDGER],
  // the file cannot be copied
  [0, true, STAGING],
  // the file can be archived, but not put down in the journal
  [4, true, JOURNAL],
  // the journal has it, the ledger cannot
  [8, true, LEDGER],
];

const FIRST_ENTRY = "000000000001-receipt.json";

/** What a run says about the inbox, or why it ended. */
async function runInbox(world: World): Promise<string[]> {
  try {
    const { outcomes, left } = await takeInbox(world);
    return [...outcomes.map(({ outcome }) => outcome), ...left.map(({ reason }) => reason)];
  } catch (error) {
    if (error instanceof Failure) return [error.message];
    throw error;
  }
}

test.skipIf(!canMount()).each(CASES)(
  "%i KiB free, ledger there: %s → a clear failure, nothing half done, and the next run takes it in",
  async (free, hasLedger, expected) => {
    const world = newWorld("2024");
    mkdirSync(world.paths.folder);
    mount(world.paths.folder);
    try {
      if (hasLedger) {
        await send(world, {
          content: csvOf(["UB-02,Q2,,people,5,"]),
          received: "2024-12-20",
        });
      }
      writeFileSync(
        join(world.sources, "inbox", "a.csv"),
        csvOf(["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,3,"]),
      );
      const { bavail, bsize } = statfsSync(world.paths.folder);
      const ballast = join(world.paths.folder, "ballast");
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - free * 1024));

      const full = await runInbox(world);
      expect(full).toEqual([expect.stringMatching(expected)]);
      expect(inboxNames(world)).toEqual(["a.csv"]);
      if (hasLedger) expect(readdirSync(world.paths.entries)).toEqual([FIRST_ENTRY]);

      rmSync(ballast);
      const before = hasLedger ? 1 : 0;
      const counts = `select
        (select count(*) from receipt)::integer as receipts,
        (select count(*) from submission)::integer as submissions,
        (select count(*) from reading)::integer as readings`;
      expect(await world.rows(counts)).toEqual([
        { receipts: before, submissions: before, readings: before },
      ]);
      expect(await runInbox(world)).toEqual(["accepted"]);
      expect(inboxNames(world)).toEqual([]);
      expect(await world.rows(counts)).toEqual([
        { receipts: before + 1, submissions: before + 1, readings: before + 2 },
      ]);
      // beside them what the sender is asked
      expect(readdirSync(world.paths.folder).sort()).toEqual([
        "archive",
        "ledger.duckdb",
        "replies",
      ]);
      expect(archivedFiles(world)).toHaveLength(before + 1);
    } finally {
      unmount(world.paths.folder);
    }
  },
);

test.skipIf(!canMount()).each([0, 200, 800, 2000])(
  "%i KiB free: a build says that the disk is full, and with room it succeeds",
  async (free) => {
    const world = newWorld("2024");
    mkdirSync(world.paths.folder);
    mount(world.paths.folder);
    const folders = ["--sources", world.sources, "--warehouse", world.paths.folder];
    try {
      await send(world, { content: csvOf(["UB-02,Q2,,people,5,"]), received: "2024-12-20" });
      const { bavail, bsize } = statfsSync(world.paths.folder);
      const ballast = join(world.paths.folder, "ballast");
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - free * 1024));
      for (const command of [["build"], ["refresh"]]) {
        const { code, err } = await runHere([...command, ...folders]);
        expect([code, err]).toEqual([
          1,
          expect.stringMatching(/Ổ đĩa chứa .*warehouse đã đầy|Không ghi được .*: ổ đĩa đã đầy/),
        ]);
        expect(err).not.toMatch(/lỗi của chương trình|^ +at /m);
      }
      execFileSync("mount", ["-o", "remount,size=64m", world.paths.folder]);
      expect((await runHere(["build", ...folders])).code).toBe(0);
    } finally {
      unmount(world.paths.folder);
    }
  },
);
