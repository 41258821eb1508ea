import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { isSound } from "../../pipelines/publishing/verify.ts";
import { readHanded } from "../../pipelines/readers/handed-reader.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { type Ended, run } from "../cli/run.ts";
import { shareOf } from "../drawn-source.ts";
import { newFolder } from "../folders.ts";
import { readJournal, rowsOfCopy } from "../ledger/kill-checker.ts";
import { HEAD, type Office, officeIn } from "./given.ts";
import {
  alter,
  city,
  inYear,
  makeKeys,
  officeTaking,
  packageOf,
  province,
  sealedBy,
} from "./handed-given.ts";

const WATCH = new URL("../ledger/kill-at-step.js", import.meta.url).href;
const YEAR = "2024";
const keys = await makeKeys();
const DOCUMENT = { ...HEAD, recipients: ["Chính phủ"], addressed_to: "Chính phủ" };

/** The office above, in a folder; it would take unsigned packages of who has no key here. */
const above = (folder: string): Office =>
  officeIn(folder, inYear(province({ takes_unsigned: true, document: DOCUMENT }), YEAR));

async function officeBelow(): Promise<Office> {
  const below = officeIn(newFolder(), inYear(city(), YEAR));
  await below.send(`${YEAR}-06-08T08:00`, "W-A1", "Q2", "people 100\nreached 80");
  const choice = { sealKey: keys.own, acknowledge: true, force: true };
  await below.publish(`${YEAR}-06-20T08:00`, "Q2", choice);
  return below;
}

/** The office above, with a package of city C in its folder, and one that was altered and is not signed. */
async function withPackages(): Promise<string> {
  const signed = await packageOf(await officeBelow(), "Q2");
  const { folder } = officeTaking(keys);
  const list = join(folder, "keys", "keys.csv");
  writeFileSync(list, readFileSync(list, "utf8").replaceAll("2030", YEAR));
  above(folder);
  writeFileSync(join(folder, "a.zip"), signed);
  writeFileSync(join(folder, "b.zip"), sealedBy(null, signed, alter));
  return folder;
}

/** Steps that change what is there or name it, but for marts that nobody sees yet. */
const KINDS = /^(?:writeFile|rename|copyFile|run) (?!warehouse\/marts\/(?!shown$))/;

interface Command {
  readonly folder: string;
  readonly args: readonly string[];
}

/** Runs a command, and ends it before a step. */
async function runUntil({ folder, args }: Command, killAt = ""): Promise<Ended> {
  const watched = { KILL_WITHIN: folder, KILL_STEPS: join(folder, "steps.txt"), KILL_AT: killAt };
  const env = { NODE_OPTIONS: `--import=${WATCH}`, ...watched };
  return await run([...args, "--sources", folder, "--warehouse", join(folder, "warehouse")], {
    env,
  });
}

/** The first and the last step of each kind that a command takes. */
async function stepsOf(command: Command): Promise<Set<string>> {
  writeFileSync(join(command.folder, "steps.txt"), "");
  await runUntil(command);
  const kinds = new Map<string, [first: string, last: string]>();
  const taken = readFileSync(join(command.folder, "steps.txt"), "utf8").trim().split("\n");
  for (const step of taken) {
    const kind = step.replace(/ \(\d+\)$/, "");
    if (KINDS.test(kind)) kinds.set(kind, [kinds.get(kind)?.[0] ?? step, step]);
  }
  return new Set([...kinds.values()].flat());
}

const copyOf = (given: string): string => {
  const folder = newFolder();
  cpSync(given, folder, { recursive: true });
  return folder;
};

/** Kills a command before a step: the journal is whole, and at most one entry ahead of the ledger. */
async function killBefore(step: string, command: Command): Promise<void> {
  const { signal, err } = await runUntil(command, step);
  expect([step, signal, err]).toEqual([step, "SIGKILL", err]);
  const warehouse = join(command.folder, "warehouse");
  const faults: string[] = [];
  const journal = readJournal(join(warehouse, "archive", "entries"), faults);
  const [entries = []] = await rowsOfCopy(warehouse, [
    "select sha256 from entry order by entry_no",
  ]);
  const known = entries.map(({ sha256 }) => sha256);
  const written = journal.map(({ sha256 }) => sha256);
  expect([step, ...faults, ...written.slice(0, known.length)]).toEqual([step, ...known]);
  expect(written.length - known.length).toBeLessThan(2);
}

/** What counts of the packages: each figure once, of the signed one. */
const counted = ({ paths }: Office) =>
  withLedger(paths, async (connection) => {
    const sql = `select handed.version, handed.signed_by, reading.measure, reading.value::integer
      from ledger.reading join ledger.submission using (submission_no)
      join ledger.handed_up as handed using (receipt_no) order by all`;
    return (await selectRows(connection, sql)).map(Object.values);
  });
const COUNTED = [
  [1, keys.own.publicKey, "people", 100],
  [1, keys.own.publicKey, "reached", 80],
];
const takeIn = (folder: string): Command => {
  const files = ["a.zip", "b.zip"].map((name) => join(folder, name));
  return { folder, args: ["ingest", ...files] };
};

test("killed while it takes packages in, an office has the signed one once and nothing of the other", async () => {
  const given = await withPackages();
  const steps = await stepsOf(takeIn(copyOf(given)));
  expect(steps.size).toBeGreaterThan(10);
  for (const step of shareOf(steps, 3)) {
    const folder = copyOf(given);
    await killBefore(step, takeIn(folder));
    const { out } = await runUntil(takeIn(folder));
    const office = above(folder);
    expect([step, out, ...(await counted(office))]).toEqual([step, out, ...COUNTED]);
    await rebuildLedger(office.paths, { replace: true });
    expect(await counted(office)).toEqual(COUNTED);
  }
}, 1_800_000);

test("killed while it publishes what was handed up to it, an office has whole versions, all of them signed", async () => {
  const given = await withPackages();
  await runUntil(takeIn(given));
  const first = { class: "first", sealKey: keys.other, acknowledge: true } as const;
  const office = above(given);
  await office.publish(`${YEAR}-06-22T08:00`, "Q2", first);
  const why = ["--class", "correction", "--reason", "Thử", "--acknowledge", "--force"];
  const args = ["publish", "Q2", ...why, "--seal-key", join(keys.folder, "other")];
  const steps = await stepsOf({ folder: copyOf(given), args });
  expect(steps.size).toBeGreaterThan(10);
  for (const step of shareOf(steps, 3)) await killBefore(step, { folder: given, args });
  const { code } = await runUntil({ folder: given, args });
  expect(code).toBe(0);
  const { versions } = await office.verify(false);
  // each that was put down before a kill, one after the other
  expect(versions.length).toBeGreaterThan(1);
  expect(isSound(await office.verify())).toBe(true);
  for (const [index] of versions.entries()) {
    const handed = readHanded(await packageOf(office, "Q2", index + 1));
    const version = { signedBy: keys.other.publicKey, publication: { version: index + 1 } };
    expect(handed).toMatchObject({ ok: true, version });
  }
  expect(await counted(office)).toEqual(COUNTED);
  await rebuildLedger(office.paths, { replace: true });
  expect(isSound(await office.verify(false))).toBe(true);
}, 1_800_000);

test("killed while it writes a package, an office has a whole one or none", async () => {
  const below = await officeBelow();
  const out = join(below.folder, "out");
  const args = ["export", "Q2", "--plan", "small", "--package", "--out", out];
  const command = { folder: below.folder, args: [...args, "--replace"] };
  const steps = await stepsOf(command);
  for (const step of steps) {
    rmSync(out, { recursive: true });
    await killBefore(step, command);
    const made = readdirSync(out).filter((name) => name.endsWith(".zip"));
    expect(made.every((name) => readHanded(readFileSync(join(out, name))).ok)).toBe(true);
  }
  await runUntil(command);
  expect(readdirSync(out).filter((name) => name.endsWith(".zip"))).toHaveLength(1);
}, 1_800_000);
