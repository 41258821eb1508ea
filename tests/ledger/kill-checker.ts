import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type Json } from "@duckdb/node-api";

// knows nothing of the program: what it finds it reads from the files and the database themselves

/** A file that was put into the inbox: one figure, by which it is known again, or an error. */
export interface SentFile {
  readonly sha256: string;
  readonly content: Uint8Array;
  /** The people that it reports; null when it must be refused, or is a package. */
  readonly people: number | null;
  /** Of a file in a package: the name of that in the inbox. */
  readonly within?: string;
  /** It packs others, which are sent files by themselves. */
  readonly isPackage?: boolean;
}

/** What was found after a kill. `faults` must be empty; the rest says where the kill hit. */
export interface Findings {
  readonly faults: string[];
  /** An entry of the journal that the ledger does not hold yet. */
  readonly isJournalAhead: boolean;
  /** A file that was half copied, half written, or archived without being in the ledger. */
  readonly isHalfArchived: boolean;
  /** A file that is in the ledger and has not been taken out of the inbox. */
  readonly isStillInInbox: boolean;
}

/** What the program printed about files: `accepted  name` and so on. */
export interface Line {
  readonly name: string;
  readonly outcome: "accepted" | "refused" | "duplicate";
}

/** A watch writes the time before it. */
const SAID = /^(?:\d\d:\d\d:\d\d +)?(accepted|refused|duplicate) +((?:\S+ › )?[^\s:]+)/gm;

/** Reads what the program has printed; a line that a kill cut short counts for nothing. */
export function parsed(output: string): Line[] {
  const whole = output.slice(0, output.lastIndexOf("\n") + 1);
  return [...whole.matchAll(SAID)].map(([, outcome, name]) => ({
    outcome: outcome as Line["outcome"],
    name: name ?? "",
  }));
}

/**
 * Checks a warehouse and its inbox after a kill.
 * @param sent every file that was ever put into the inbox, by name
 * @param printed everything that the program ever said about them
 */
export async function checkAfterKill(
  folder: string,
  sent: ReadonlyMap<string, SentFile>,
  printed: readonly Line[],
): Promise<Findings> {
  const faults: string[] = [];
  const inbox = readdirSync(join(folder, "sources", "inbox"));
  const archive = join(folder, "warehouse", "archive");
  const archived = existsSync(archive) ? readdirSync(archive) : [];
  const isHalf = archived.some((name) => name.startsWith("."));
  const kept = archived.filter((name) => /^[0-9a-f]{64}$/.test(name));
  for (const name of kept) {
    if (digest(readFileSync(join(archive, name))) !== name) faults.push(`archive: ${name} differs`);
  }
  const ledger = await readLedger(join(folder, "warehouse"));

  const outcomes = new Map<string, string[]>();
  for (const { sha256, outcome } of ledger.receipts) {
    outcomes.set(text(sha256), [...(outcomes.get(text(sha256)) ?? []), text(outcome)]);
    if (!kept.includes(text(sha256))) faults.push(`${sha256} is in the ledger, not in the archive`);
  }
  for (const [name, { sha256, people, within, isPackage }] of sent) {
    const there = outcomes.get(sha256) ?? [];
    const accepted = there.filter((one) => one === "accepted").length;
    if (accepted > 1) faults.push(`${name} was accepted ${accepted} times`);
    if (people === null && isPackage !== true && accepted > 0) {
      faults.push(`${name} is wrong and was accepted`);
    }
    if ((people !== null || isPackage === true) && there.includes("refused")) {
      faults.push(`${name} was refused`);
    }
    if (there.length === 0 && !inbox.includes(within ?? name)) faults.push(`${name} is lost`);
    // a package is put down after what is in it
    const whole = outcomes.get(sent.get(within ?? "")?.sha256 ?? "") ?? [];
    if (there.length === 0 && whole.length > 0) faults.push(`${name} was left out of ${within}`);
  }
  for (const { name, outcome } of printed) {
    const there = outcomes.get(sent.get(name)?.sha256 ?? "") ?? [];
    const expected = outcome === "refused" ? "refused" : "accepted";
    if (!there.includes(expected)) faults.push(`${name} was said to be ${outcome}, and is not`);
  }

  const figures = new Map(ledger.figures.map((row) => [text(row.sha256), row]));
  for (const [name, { sha256, people, isPackage }] of sent) {
    const row = figures.get(sha256);
    // a package says nothing itself
    const isAccepted = isPackage !== true && (outcomes.get(sha256) ?? []).includes("accepted");
    if (isAccepted !== (row !== undefined)) faults.push(`${name}: readings without receipt`);
    if (row !== undefined && (Number(row.figures) !== 1 || Number(row.people) !== people)) {
      faults.push(`${name}: ${row.figures} figures, ${row.people} people instead of ${people}`);
    }
  }

  const journal = readJournal(join(archive, "entries"), faults);
  const lastEntry = Number(ledger.entries.at(-1)?.entry_no ?? 0);
  if (journal.length < lastEntry) faults.push("the journal ends before the ledger");
  if (journal.length > lastEntry + 1) faults.push("more than one entry is missing in the ledger");
  for (const { entry_no, sha256 } of ledger.entries) {
    if (journal[Number(entry_no) - 1]?.sha256 !== sha256) faults.push(`entry ${entry_no} differs`);
  }
  const inJournal = journal.slice(0, lastEntry).flatMap(({ receipts }) => receipts);
  const inLedger = ledger.receipts.map(
    ({ receipt_no, sha256, outcome }) => `${receipt_no} ${sha256} ${outcome}`,
  );
  if (inJournal.join() !== inLedger.join()) faults.push("journal and ledger differ in receipts");

  const firstNames = new Map([...sent].reverse().map(([name, { sha256 }]) => [sha256, name]));
  const isFirst = (name: string): boolean => firstNames.get(sent.get(name)?.sha256 ?? "") === name;
  return {
    faults,
    isJournalAhead: journal.length > lastEntry,
    isHalfArchived: isHalf || kept.some((name) => !outcomes.has(name)),
    isStillInInbox: inbox.some(
      (name) => isFirst(name) && outcomes.has(sent.get(name)?.sha256 ?? ""),
    ),
  };
}

interface LedgerRows {
  readonly receipts: Record<string, Json>[];
  readonly figures: Record<string, Json>[];
  readonly entries: Record<string, Json>[];
}

async function readLedger(warehouse: string): Promise<LedgerRows> {
  const [receipts = [], figures = [], entries = []] = await rowsOfCopy(warehouse, [
    "select receipt_no, sha256, outcome from receipt order by receipt_no",
    `select sha256, count(value) as figures, sum(value) as people
    from receipt join submission using (receipt_no) join reading using (submission_no)
    group by sha256`,
    "select entry_no, sha256 from entry order by entry_no",
  ]);
  return { receipts, figures, entries };
}

/**
 * What queries find in a copy of the ledger, so that what a kill left behind stays as it is for the
 * next run; nothing where there is no ledger.
 */
export async function rowsOfCopy(
  warehouse: string,
  queries: readonly string[],
): Promise<Record<string, Json>[][]> {
  const file = join(warehouse, "ledger.duckdb");
  if (!existsSync(file)) return queries.map(() => []);
  const folder = mkdtempSync(join(tmpdir(), "chitieu-copy-"));
  const copy = join(folder, "ledger.duckdb");
  copyFileSync(file, copy);
  if (existsSync(`${file}.wal`)) copyFileSync(`${file}.wal`, `${copy}.wal`);
  const instance = await DuckDBInstance.create(copy);
  const connection = await instance.connect();
  try {
    const found: Record<string, Json>[][] = [];
    for (const sql of queries) {
      found.push((await connection.runAndReadAll(sql)).getRowObjectsJson());
    }
    return found;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

export interface JournalEntry {
  readonly sha256: string;
  readonly receipts: string[];
}

/** Reads the journal, and says what is wrong with it. */
export function readJournal(folder: string, faults: string[]): JournalEntry[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((one) => !one.startsWith(".")) : [];
  let previous: string | null = null;
  return names.sort().map((name, index) => {
    const bytes = readFileSync(join(folder, name));
    const entry = JSON.parse(bytes.toString("utf8"));
    if (entry.entry_no !== index + 1) faults.push(`journal: ${name} is not entry ${index + 1}`);
    if (entry.previous !== previous) faults.push(`journal: ${name} does not follow`);
    previous = digest(bytes);
    const rows: Record<string, unknown>[] = entry.rows.receipt ?? [];
    return {
      sha256: previous,
      receipts: rows.map((row) => `${row.receipt_no} ${row.sha256} ${row.outcome}`),
    };
  });
}

/** Hexadecimal sha256. */
export function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function text(value: Json | undefined): string {
  return String(value);
}
