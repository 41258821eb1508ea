import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { entryKey } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { type Catalogue, unitsIn } from "../../pipelines/sources/catalogue.ts";
import { COUNTRY, writeCountry } from "../bench/country.ts";
import { zipFile } from "../readers/zip-given.ts";
import { checkAfterKill, type Line, parsed, type SentFile } from "./kill-checker.ts";

const PROGRAM = fileURLToPath(new URL("../../bin/chitieu.mjs", import.meta.url));
/** Each right file reports for a commune and a quarter of its own, so that none replaces another. */
const COMMUNES = 60;
const QUARTERS = COUNTRY.years * 4;
/** Files that lie in the inbox at the start of a run, so that no kill comes after the work is done. */
const BACKLOG = 40;
/** A run that has begun is killed within so many milliseconds. */
const MAX_RUN_MS = 400;

/** What became of many runs that were killed. */
export interface KillReport {
  readonly kills: number;
  readonly files: number;
  readonly faults: readonly string[];
  readonly journalAhead: number;
  readonly halfArchived: number;
  readonly stillInInbox: number;
  /** The whole inbox was taken in by a last run that nobody killed. */
  readonly isEmptied: boolean;
  /** What `chitieu rebuild` says of the ledger at the end. */
  readonly rebuilt: string;
}

/**
 * Kills the real program with SIGKILL again and again while it takes in an inbox that is filled up
 * again and again, checks after each kill, lets it finish, and checks once more.
 * @param folder an empty one
 */
export async function killLoop(folder: string, kills: number, seed: number): Promise<KillReport> {
  const sources = join(folder, "sources");
  const inbox = join(sources, "inbox");
  mkdirSync(inbox, { recursive: true });
  const entries = join(folder, "warehouse", "archive", "entries");
  const catalogue = writeCountry(sources, COMMUNES);
  const folders = ["--sources", sources, "--warehouse", join(folder, "warehouse")];
  const refresh = (): Run => start(["refresh", ...folders]);
  const watching = (): Run => start(["watch", ...folders]);
  const random = randomOf(seed);
  const sent = new Map<string, SentFile>();
  const printed: Line[] = [];
  const faults: string[] = [];
  const hits = { journalAhead: 0, halfArchived: 0, stillInInbox: 0 };
  let killed = 0;
  while (killed < kills) {
    while (readdirSync(inbox).length < BACKLOG) await putFile(inbox, catalogue, sent, random);
    // a file is left alone while it may still be copied in
    if (killed % 10 === 0) await sleep(1100);
    const run = random() < 0.25 ? watching() : refresh();
    await killSometime(run, entries, random);
    if ((await run.ended) !== "SIGKILL") continue;
    killed += 1;
    printed.push(...parsed(run.output()));
    const findings = await checkAfterKill(folder, sent, printed);
    faults.push(...findings.faults.map((fault) => `kill ${killed}: ${fault}`));
    if (findings.isJournalAhead) hits.journalAhead += 1;
    if (findings.isHalfArchived) hits.halfArchived += 1;
    if (findings.isStillInInbox) hits.stillInInbox += 1;
    if (faults.length > 0) break;
  }
  await sleep(1100);
  const last = refresh();
  await last.ended;
  printed.push(...parsed(last.output()));
  faults.push(...(await checkAfterKill(folder, sent, printed)).faults);
  const rebuild = start(["rebuild", ...folders]);
  await rebuild.ended;
  return {
    kills: killed,
    files: sent.size,
    faults,
    ...hits,
    isEmptied: readdirSync(inbox).every((name) => name === ".da-nhan"),
    rebuilt: rebuild.output(),
  };
}

/** A run of the program. */
export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<string | null>;
  output(): string;
}

/** Starts the program. */
export function start(args: readonly string[]): Run {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = new Promise<string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_, signal) => resolve(signal));
  });
  return { child, ended, output: () => output };
}

/**
 * Some runs are killed while they start and open the ledger, some at any moment of taking files in,
 * some just when an entry of the journal has come about, which is when it matters most.
 */
async function killSometime(
  { child, output }: Run,
  entries: string,
  random: () => number,
): Promise<void> {
  const chance = random();
  if (chance < 0.1) await sleep(400 + random() * 600);
  else while (child.exitCode === null && output() === "") await sleep(1);
  if (chance >= 0.6 && existsSync(entries)) {
    const watching = new AbortController();
    const patience = setTimeout(() => watching.abort(), MAX_RUN_MS * 5);
    try {
      for await (const { filename } of watch(entries, { signal: watching.signal })) {
        if (filename?.endsWith(".json")) break;
      }
    } catch {
      // nothing has come about in time
    }
    clearTimeout(patience);
    if (random() < 0.5) await sleep(random() * 10);
  } else if (chance >= 0.1) {
    await sleep(random() * MAX_RUN_MS);
  }
  child.kill("SIGKILL");
}

/** Puts a file into the inbox: a CSV or a form, mostly right, sometimes wrong, sometimes sent again. */
async function putFile(
  inbox: string,
  catalogue: Catalogue,
  sent: Map<string, SentFile>,
  random: () => number,
): Promise<void> {
  const number = sent.size + 1;
  const chance = random();
  const alone = [...sent.values()].filter(({ isPackage }) => isPackage !== true);
  const [earlier] = alone.slice(-Math.ceil(random() * 60));
  const isForm = chance < 0.4;
  const name = `${String(number).padStart(6, "0")}.${isForm ? "xlsx" : "csv"}`;
  const path = join(inbox, name);
  // one in ten is a file that was sent before, under another name
  if (chance >= 0.9 && earlier !== undefined) {
    writeFileSync(path, earlier.content);
    const { within: _, ...again } = earlier;
    sent.set(name, again);
    return;
  }
  if (chance >= 0.8 && chance < 0.85) {
    await putPackage(inbox, catalogue, sent, number);
    return;
  }
  const isRight = chance < 0.8;
  const content = isForm
    ? await formOf(catalogue, number)
    : Buffer.from(csvOf(number, isRight ? String(number) : `khoảng ${number}`));
  writeFileSync(path, content);
  sent.set(name, { sha256: digestOf(content), content, people: isRight ? number : null });
}

/** Puts an archive of a CSV and a form into the inbox. */
async function putPackage(
  inbox: string,
  catalogue: Catalogue,
  sent: Map<string, SentFile>,
  number: number,
): Promise<void> {
  const within = `${String(number).padStart(6, "0")}.zip`;
  const csv = Buffer.from(csvOf(number + 1, String(number + 1)));
  const form = await formOf(catalogue, number + 2);
  const content = zipFile([
    { name: "a.csv", content: csv },
    { name: "b.xlsx", content: form },
  ]);
  writeFileSync(join(inbox, within), content);
  sent.set(within, { sha256: digestOf(content), content, people: null, isPackage: true });
  for (const [name, packed, people] of [
    ["a.csv", csv, number + 1],
    ["b.xlsx", form, number + 2],
  ] as const) {
    const sha256 = digestOf(packed);
    sent.set(`${within} › ${name}`, { sha256, content: packed, people, within });
  }
}

function digestOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function placeOf(number: number): { commune: number; quarter: number } {
  if (number >= COMMUNES * QUARTERS) throw new Error("too many files for this country");
  return { commune: number % COMMUNES, quarter: Math.floor(number / COMMUNES) };
}

function csvOf(number: number, people: string): string {
  const { commune, quarter } = placeOf(number);
  const unit = `X-${String(commune + 1).padStart(5, "0")}`;
  const period = `${COUNTRY.firstYear + Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`;
  return `plan,unit,period,area,measure,value,note\ncountry,${unit},${period},,stock_0,${people},\n`;
}

async function formOf({ plans: [plan] }: Catalogue, number: number): Promise<Uint8Array> {
  const { commune, quarter } = placeOf(number);
  const period = plan?.plan.periods[quarter];
  if (plan === undefined || period === undefined) throw new Error("no plan");
  const unit = unitsIn(plan, period)[commune];
  if (unit === undefined) throw new Error(`no unit ${commune}`);
  const values = new Map([[entryKey("stock_0"), String(number)]]);
  return filledForm(plan, unit, period, { nilReturn: false, values, notes: new Map() });
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
