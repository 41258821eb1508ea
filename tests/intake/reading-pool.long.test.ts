import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import {
  openReadingPool,
  type ReadingPool,
  startReading,
} from "../../pipelines/intake/reading-pool.ts";
import { READING_LIMITS } from "../../pipelines/readers/reading-limits.ts";
import { pack, unpack } from "../../pipelines/workbook/zip.ts";
import { newFolder } from "../folders.ts";
import { newWorld, takeInbox } from "./given.ts";

const FORM = join(import.meta.dirname, "../fixtures/forms/as-sent.xlsx");
const folder = newFolder("chitieu-reading-");

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A form whose sheet has so many blanks within its first element. */
function blanks(count: number): Uint8Array {
  const parts = unpack(readFileSync(FORM));
  if (parts === null) throw new Error("no parts");
  for (const [name, content] of parts) {
    if (!/worksheets\/[^/]*\.xml$/.test(name)) continue;
    const sheet = content.toString("utf8").replace("<worksheet", `<worksheet${" ".repeat(count)}`);
    parts.set(name, Buffer.from(sheet));
  }
  return pack(parts, 9);
}

function newPool(limits = READING_LIMITS): ReadingPool {
  const pool = openReadingPool(() => [], limits);
  onTestFinished(() => pool.close());
  return pool;
}

let slowFile: string | null = null;
/** A file that is read for a second. */
const slow = (): string => (slowFile ??= written("slow.xlsx", blanks(8_000_000)));

const fate = (reading: object): string => ("unread" in reading ? String(reading.unread) : "read");

test("one process reads form after form, in the order in which it is asked", async () => {
  const pool = newPool();
  const readings = ["a", "b", "c"].map((name) => pool.form({ path: FORM, name }));
  for (const reading of readings) expect(await reading).toMatchObject({ ok: true });
});

test("what the office prints is known there too", async () => {
  const parts = unpack(readFileSync(FORM));
  parts?.set(
    "xl/comments1.xml",
    Buffer.from("<comments><comment><text><t>Nông Văn Kiên</t></text></comment></comments>"),
  );
  const path = written("printed.xlsx", pack(parts ?? [], 6));
  for (const [texts, count] of [
    [[], 1],
    [["Nông Văn Kiên"], 0],
  ] as const) {
    // told as soon as a process is there, which was started beforehand, and once
    startReading();
    let calls = 0;
    const pool = openReadingPool(() => {
      calls += 1;
      return texts;
    });
    expect(calls).toBe(1);
    const reading = await pool.form({ path, name: "f" });
    pool.close();
    expect(calls).toBe(1);
    expect("ok" in reading && reading.ok ? reading.doubts.length : null).toBe(count);
  }
});

test("17 kB that made the reader's stack overflow hurt only themselves", async () => {
  const pool = newPool();
  const bytes = blanks(9_000_000);
  expect(bytes.length).toBeLessThan(60_000);
  const bomb = await pool.form({ path: written("blanks.xlsx", bytes), name: "bomb" });
  expect(["failed", "limits", "read"]).toContain(fate(bomb));
  if ("ok" in bomb) expect(bomb.ok).toBe(false);
  expect(await pool.form({ path: FORM, name: "after" })).toMatchObject({ ok: true });
});

/** Limits that a form keeps, but for one. */
const BROKEN: [name: string, limits: { memory: number; time: number }][] = [
  ["memory", { ...READING_LIMITS, memory: 40 * 1024 * 1024 }],
  ["time", { ...READING_LIMITS, time: 1 }],
];

test.each(BROKEN)("a file that takes more %s than is allowed is not read", async (_, limits) => {
  const reading = await newPool(limits).form({ path: slow(), name: "slow" });
  expect(fate(reading)).toBe("limits");
});

/** Numbers of the processes that read for this one. */
function readers(): number[] {
  const listed = execFileSync("ps", ["-o", "pid=,ppid=,args=", "-A"], { encoding: "utf8" });
  return listed.split("\n").flatMap((line) => {
    const [, pid, parent] = /^ *(\d+) +(\d+) .*reading-process/.exec(line) ?? [];
    return Number(parent) === process.pid ? [Number(pid)] : [];
  });
}

test.each([
  [1, /^(?:read|failed)$/],
  [9, /không phải do tệp|Không khởi động được tiến trình đọc/],
])("a file whose process was ended by somebody %d times is refused for none", async (most, end) => {
  const pool = newPool();
  await pool.form({ path: FORM, name: "first" });
  const reading = pool
    .form({ path: slow(), name: "slow" })
    .then(fate, (error: Error) => error.message);
  let isOver = false;
  void reading.finally(() => {
    isOver = true;
  });
  for (let ended = 0; ended < most && !isOver; ended += 1) {
    const [pid] = readers();
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    await sleep(30);
  }
  expect(await reading).toMatch(end);
});

const [LEDGER, WATCH] = ["ledger/ledger", "warehouse/own-watch"].map(
  (module) => new URL(`../../dist/${module}.js`, import.meta.url).href,
);

/** How a process ends that runs a module. */
const endOf = (script: string): Promise<unknown[]> =>
  once(
    spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" }),
    "exit",
  );

test.each([1, 2])("others have the ledger while the first of %d forms is read", async (count) => {
  const world = newWorld();
  for (let one = 0; one < count; one += 1)
    copyFileSync(FORM, join(world.sources, "inbox", `${one}.xlsx`));
  startReading();
  await expect.poll(readers).toHaveLength(1);
  const [pid = 0] = readers();
  process.kill(pid, "SIGSTOP");
  const taken = takeInbox(world);
  await sleep(4000);
  const others = endOf(`
    import { withLedger } from "${LEDGER}";
    await withLedger(${JSON.stringify(world.paths)}, async () => {});`);
  const first = await Promise.race([taken, others, sleep(20_000, "held")]);
  process.kill(pid, "SIGCONT");
  expect(first).toEqual([0, null]);
  expect((await taken).outcomes).toHaveLength(count);
});

test.each([
  ["computes for ever", "for (;;);", [null, "SIGVTALRM"]],
  ["waits for what never comes", "", [75, null]],
  ["is blocked", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", [null, "SIGKILL"]],
  ["is done", "setBusy(false); setTimeout(() => process.exit(0), 1000)", [0, null]],
])("a process that %s ends as it says", async (_, work, end) => {
  const script = `
    import { watchOwn } from "${WATCH}";
    const setBusy = watchOwn({ time: 300, still: 300, every: 20 });
    setInterval(() => {}, 1e6);
    setBusy(true);
    ${work}`;
  expect(await endOf(script)).toEqual(end);
});

test("a process that a file has ended is started again, and one at rest is taken up", async () => {
  const first = openReadingPool(() => []);
  await first.form({ path: FORM, name: "first" });
  first.close();
  const pool = newPool();
  const path = written("text.csv", Buffer.from("stt;SĐT\n1;0912345678\n"));
  const head = readFileSync(path);
  const file = { name: "text.csv", path, byteSize: 22, sha256: "", head, lineCount: 2 };
  expect(await pool.personalText({ ...file, longLine: null })).toMatchObject([
    { code: "personal_data" },
    { code: "personal_data" },
  ]);
  await pool.form({ path: slow(), name: "slow" });
  expect(await pool.form({ path: FORM, name: "after" })).toMatchObject({ ok: true });
});
