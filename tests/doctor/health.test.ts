import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processContext } from "../../pipelines/cli/context.ts";
import { examineBackups } from "../../pipelines/doctor/backups.ts";
import { healthOf, metricsText } from "../../pipelines/doctor/health.ts";
import { BACKUP_RECORD } from "../../pipelines/ledger/backup.ts";
import { newFolder } from "../folders.ts";
import { csvOf, newWorld, sendOne } from "../intake/given.ts";

const NOW = new Date("2024-06-10T05:00:00Z");

/** Backups by the moments in their names, in Hanoi; what is found of them at noon of 10 June. */
const BACKUPS: [made: readonly string[], state: string, hours: number | undefined][] = [
  [[], "problem", undefined],
  [["20240608-100000"], "ok", 50],
  [["20240608-095959", "20240501-010000"], "problem", 50 + 1 / 3600],
  [["20240610-010000", "20240601-010000"], "ok", 11],
];

test.each(BACKUPS)("of the backups %j the last is %s", async (made, state, hours) => {
  const folder = newFolder();
  // one that was not finished is none
  mkdirSync(join(folder, "chitieu-20240610-110000"));
  for (const name of made) {
    mkdirSync(join(folder, `chitieu-${name}`));
    writeFileSync(join(folder, `chitieu-${name}`, BACKUP_RECORD), "{}");
  }
  const found = await examineBackups(folder, NOW);
  expect([found.state, found.amount]).toEqual([state, hours && hours * 3600]);
  expect((await examineBackups(join(folder, "none"), NOW)).state).toBe("problem");
});

test("a monitor is told states and amounts, as JSON and as metrics, and no figure, name or path", async () => {
  const world = newWorld();
  // so lately that no clock is asked about
  const received = new Date(Date.now() - 3_600_000).toISOString();
  await sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,"]), received });
  const backups = newFolder();
  const office = { waiting: 3, clockDoubt: null, read: <T>(work: () => Promise<T>) => work() };
  const health = await healthOf({ paths: world.paths, backups, office })();
  expect(health.state).toBe("problem");
  expect(health.checks.map(({ what, state, amount }) => [what, state, amount])).toEqual([
    ["folder", "ok", undefined],
    ["ledger", "ok", 1],
    ["archive", "ok", undefined],
    ["clock", "ok", undefined],
    ["marts", "note", undefined],
    ["disk", "ok", expect.any(Number)],
    ["backup", "problem", undefined],
    ["queue", "ok", 3],
  ]);
  expect(JSON.stringify(health)).not.toMatch(/[\\/]|UB-01|people/);
  const metrics = metricsText(health);
  expect(metrics.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([
    'chitieu_problem{check="folder"} 0',
    'chitieu_problem{check="ledger"} 0',
    'chitieu_problem{check="archive"} 0',
    'chitieu_problem{check="clock"} 0',
    'chitieu_problem{check="marts"} 0',
    'chitieu_problem{check="disk"} 0',
    'chitieu_problem{check="backup"} 1',
    'chitieu_problem{check="queue"} 0',
    expect.stringMatching(/^process_resident_memory_bytes \d+$/),
    "chitieu_journal_entries 1",
    expect.stringMatching(/^chitieu_disk_free_bytes \d+$/),
    "chitieu_waiting_files 3",
  ]);
  // each is said what it is, before it is said
  for (const [, name] of metrics.matchAll(/^([a-z_]+)(?:\{| )/gm)) {
    expect(metrics).toMatch(new RegExp(`^# HELP ${name} .*\\n# TYPE ${name} gauge\\n${name}`, "m"));
  }
});

test("what a service says is a log of JSON lines where that is asked for", () => {
  const lines: string[] = [];
  const output = { isTTY: true, write: (text: string) => lines.push(text) };
  const context = processContext(output, output, true);
  context.out("một");
  context.warn('hai "2"');
  context.progress("ba");
  context.clear();
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { at: expect.stringMatching(/^\d{4}-.*Z$/), level: "info", message: "một" },
    { at: expect.any(String), level: "warning", message: 'hai "2"' },
    { at: expect.any(String), level: "info", message: "ba" },
  ]);
  expect(lines.every((line) => line.endsWith("\n"))).toBe(true);
});
