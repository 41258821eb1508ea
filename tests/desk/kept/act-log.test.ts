import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ActLog } from "../../../pipelines/desk/kept/act-log.ts";
import { runHere } from "../../cli/run.ts";
import { newFolder } from "../../folders.ts";
import { newWorld } from "../../intake/given.ts";

const act = (at: string, about: string) => ({
  ...{ at, account: "quan-tri", act: "mời tài khoản", about, address: "10.0.0.7" },
});

/** Five acts in three months, one of them at the first hour of a month in Hanoi. */
async function filled(desk: string): Promise<ActLog> {
  const log = new ActLog(desk);
  await log.add(act("2024-05-20T02:00:00Z", "a"));
  await Promise.all([
    log.add(act("2024-05-31T17:30:00Z", "b")),
    log.add(act("2024-06-10T02:00:00Z", "c")),
  ]);
  // another process, whose clock is behind
  const later = new ActLog(desk);
  await later.add(act("2024-04-01T02:00:00Z", "d"));
  await later.add(act("2024-07-01T02:00:00Z", "e"));
  return later;
}

const abouts = async (log: ActLog, month: string) => (await log.of(month)).map((one) => one.about);

test("acts are in the file of their month in Hanoi, in the order in which they were done", async () => {
  const log = await filled(newFolder());
  expect(await log.months()).toEqual(["2024-07", "2024-06", "2024-05"]);
  expect(await abouts(log, "2024-05")).toEqual(["a"]);
  expect(await abouts(log, "2024-06")).toEqual(["d", "c", "b"]);
  expect(await abouts(log, "2024-07")).toEqual(["e"]);
  expect(await log.check()).toEqual({ lines: 5, faults: [] });
});

/** What is done to the files of a log, and the line at which the chain no longer holds; null where it does. */
const SPOILT: [what: string, spoil: (folder: string) => void, at: string | null][] = [
  ["nothing", () => undefined, null],
  [
    "a line that was changed",
    (folder) => changed(join(folder, "2024-06.jsonl"), '"c"', '"x"'),
    "dòng 3 của .*2024-06",
  ],
  [
    "a line that was taken out",
    (folder) => changed(join(folder, "2024-06.jsonl"), /.*"c".*\n/, ""),
    "dòng 2 của .*2024-06",
  ],
  [
    "a month that was taken out",
    (folder) => rmSync(join(folder, "2024-06.jsonl")),
    "dòng 1 của .*2024-07",
  ],
  ["the first month", (folder) => rmSync(join(folder, "2024-05.jsonl")), "dòng 1 của .*2024-06"],
  [
    "a line of somebody else",
    (folder) => appendFileSync(join(folder, "2024-07.jsonl"), '{"previous":null}\n'),
    "dòng 2 của .*2024-07",
  ],
  ["the last month", (folder) => rmSync(join(folder, "2024-07.jsonl")), "cắt phần cuối"],
  [
    "the last line of a month, and the month after it",
    (folder) => {
      rmSync(join(folder, "2024-07.jsonl"));
      changed(join(folder, "2024-06.jsonl"), /.*"d".*\n/, "");
    },
    "cắt phần cuối",
  ],
  ["all lines", (folder) => rmSync(folder, { recursive: true }), "cắt phần cuối"],
];

function changed(file: string, from: string | RegExp, to: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

test.each(SPOILT)("%s is seen in the chain", async (_, spoil, at) => {
  const folder = newFolder();
  const log = await filled(folder);
  spoil(join(folder, "acts"));
  const { faults } = await log.check();
  expect(faults).toEqual(at === null ? [] : [expect.stringMatching(at)]);
});

test("a cut end is seen also where more was written since, and where months were removed it is none", async () => {
  const folder = newFolder();
  await filled(folder);
  rmSync(join(folder, "acts", "2024-07.jsonl"));
  const log = new ActLog(folder);
  await log.add(act("2024-07-02T02:00:00Z", "f"));
  expect((await log.check()).faults).toEqual([expect.stringMatching("cắt phần cuối")]);
  await log.prune("2024-06", "root", new Date("2026-01-01T00:00:00Z"));
  expect(await log.check()).toEqual({ lines: 1, faults: [] });
});

test("a line that a kill cut off is gone, and the next follows the one before", async () => {
  const folder = newFolder();
  await filled(folder);
  appendFileSync(join(folder, "acts", "2024-07.jsonl"), '{"previous":"');
  const log = new ActLog(folder);
  await log.add(act("2024-07-02T02:00:00Z", "f"));
  expect(await abouts(log, "2024-07")).toEqual(["f", "e"]);
  expect(await log.check()).toEqual({ lines: 6, faults: [] });
});

test("a log of before the chain is what its first line follows", async () => {
  const folder = newFolder();
  const earlier = join(folder, "acts.jsonl");
  writeFileSync(earlier, '{"at":"2024-01-01"}\n');
  const log = await filled(folder);
  expect(await log.check()).toEqual({ lines: 5, faults: [] });
  appendFileSync(earlier, "x");
  expect((await log.check()).faults).toHaveLength(1);
});

test("months that need be kept no longer are removed, and the chain of the others holds", async () => {
  const { paths } = newWorld("2024");
  mkdirSync(paths.archive, { recursive: true });
  const log = await filled(paths.desk);
  await log.add(act(new Date().toISOString(), "now"));
  const prune = async (...args: string[]) => {
    const answer = await runHere(["prune", "--warehouse", paths.folder, ...args]);
    return [answer.code, answer.out + answer.err];
  };
  expect(await prune()).toEqual([2, expect.stringContaining("Nêu gỡ những gì")]);
  const aside = ["before-restore-1", "entries-1-a", "ledger-1.duckdb"];
  for (const name of aside) mkdirSync(join(paths.folder, name, "desk"), { recursive: true });
  expect((await prune("--aside"))[1]).toMatch(/^(sẽ gỡ .*\n){3}Chưa gỡ/);
  const planned = [0, expect.stringMatching(/^sẽ gỡ nhật ký tháng 2024-05\n.*06\n.*07\n.*Chưa gỡ/)];
  expect(await prune("--keep-acts", "1")).toEqual(planned);
  expect(await log.months()).toHaveLength(4);
  const done = [0, expect.stringMatching(/2024-07\n(đã gỡ .*\n){2}đã gỡ .*ledger-1.duckdb\n$/)];
  expect(await prune("--keep-acts", "1", "--aside", "--yes")).toEqual(done);
  expect(readdirSync(paths.folder).filter((name) => aside.includes(name))).toEqual([]);
  expect(await prune("--keep-acts", "1", "--aside")).toEqual([0, "Không có gì để gỡ.\n"]);
  expect(await log.check()).toEqual({ lines: 1, faults: [] });
  await log.add(act(new Date().toISOString(), "later"));
  expect(await new ActLog(paths.desk).check()).toEqual({ lines: 2, faults: [] });
});
