import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, sha256Of, syncPath } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { uniqueName } from "../warehouse/random.ts";

/** Kinds of ledger entry. */
export const ENTRY_KINDS = [
  "receipt",
  "acknowledgement",
  "explanation",
  "reminder",
  "publication",
  "decision",
  "erasure",
  "plan",
  "report",
  "shortfall",
  "clock",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The tables that entries add rows to. */
export const JOURNALED_TABLES = [
  "receipt",
  "problem",
  "refusal",
  "submission",
  "reading",
  "held_text",
  "handed_up",
  "text_decision",
  "acknowledgement",
  "explanation",
  "reminder",
  "publication",
  "publication_row",
  "publication_file",
  "erasure",
  "erased",
  "plan_change",
  "report_act",
  "shortfall",
  "clock_act",
] as const;
export type JournaledTable = (typeof JOURNALED_TABLES)[number];

const Row = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*$/),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Table = z.enum(JOURNALED_TABLES);

/** A row by its columns. Numbers beyond 2^53, decimals and moments are text. */
export type Row = z.infer<typeof Row>;

const Part = z.strictObject({
  table: Table,
  file: z.string().regex(/^\d{12}-[a-z_]+\.parquet$/),
  sha256: Digest,
});

/** Rows of one table that are too many for JSON: a Parquet file beside the entry. */
export type Part = z.infer<typeof Part>;

/** Who caused an entry, as it was known then, and by which way. */
export const Actor = z.strictObject({
  way: z.enum(["desk", "command", "folder", "key"]),
  /** The account at the desk, the key, or the user of the system who ran the command or the watch. */
  account: z.string(),
  /** How the account or key was called, and in which role; null of a command or the watch. */
  name: z.string().nullable(),
  role: z.string().nullable(),
  /** Digest of the key and of what it calls its request (`Idempotency-Key`), so that it is done once. */
  request: Digest.optional(),
});
export type Actor = z.infer<typeof Actor>;

/** What an older program cannot know of an entry: raised when it would misread one. */
export const JOURNAL_SCHEMA = 11;

const Entry = z.strictObject({
  /**
   * 2 since there are held texts and decisions on texts, 3 since entries say who caused them, 4 since
   * versions have files and a seal, 5 since units explain doubts and are reminded, and since what an
   * entry said can be erased, 6 since the watched folder is a way, and since reminders are mailed, 7
   * since plans are approved at the desk, 8 since reports get more time, are sent back and recalled,
   * since causes and remedies are written down, and since other offices hand up their versions, 9 since
   * what they hand up says what of it is of which of their areas, 10 since moments are set right, 11
   * since JSON is taken in, and since a key is a way, and names its requests.
   */
  schema: z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, JOURNAL_SCHEMA]),
  entry_no: z.int().positive(),
  kind: z.enum(ENTRY_KINDS),
  /** sha256 of the file of the entry before; null in the first. */
  previous: Digest.nullable(),
  /** What the clock of the machine said; not there in entries of before schema 10. */
  clock: z.iso.datetime().optional(),
  by: Actor.optional(),
  rows: z.partialRecord(Table, z.array(Row)),
  parts: z.array(Part),
});

/** The rows that one transaction added to the ledger. */
export type Entry = z.infer<typeof Entry>;

/** An entry of the journal, with the text and the digest of its file. */
export interface KeptEntry {
  readonly entry: Entry;
  readonly content: string;
  readonly sha256: string;
}

/** The journal differs from what was written. */
export class JournalFault extends Failure {}

const STAGED = ".staged-";

/** `000000000012-receipt.json` */
export function entryFile(entryNo: number, kind: EntryKind): string {
  return `${numberText(entryNo)}-${kind}.json`;
}

/** `000000000012-reading.parquet` */
export function partFile(entryNo: number, table: JournaledTable): string {
  return `${numberText(entryNo)}-${table}.parquet`;
}

function numberText(entryNo: number): string {
  return String(entryNo).padStart(12, "0");
}

/**
 * Writes an entry whole, and makes sure that it is on the disk.
 * @throws Failure when the journal cannot be written.
 */
export async function writeEntry(paths: WarehousePaths, entry: Entry): Promise<KeptEntry> {
  const content = entryText(entry);
  await stage(paths, entryFile(entry.entry_no, entry.kind), (staged) =>
    writeFile(staged, content, { flag: "wx", flush: true }),
  );
  return { entry, content, sha256: sha256Of(content) };
}

/** The file of an entry. */
export function entryText(entry: Entry): string {
  return `${JSON.stringify(entry, null, 1)}\n`;
}

/**
 * Writes the Parquet file of an entry whole, and makes sure that it is on the disk.
 * @param write writes it at the path that it is given
 * @throws Failure when the journal cannot be written.
 */
export async function writePart(
  paths: WarehousePaths,
  entryNo: number,
  table: JournaledTable,
  write: (path: string) => Promise<void>,
): Promise<Part> {
  const file = partFile(entryNo, table);
  await stage(paths, file, async (staged) => {
    await write(staged);
    await syncPath(staged);
  });
  return { table, file, sha256: await digestOf(join(paths.entries, file)) };
}

async function stage(
  paths: WarehousePaths,
  name: string,
  write: (staged: string) => Promise<void>,
): Promise<void> {
  const staged = join(paths.entries, `${STAGED}${uniqueName()}`);
  try {
    await mkdir(paths.entries, { recursive: true });
    const before = await listedNow(paths);
    await write(staged);
    listed = null;
    await moveFile(staged, join(paths.entries, name));
    await syncPath(paths.entries);
    if (before === null) return;
    // whoever writes holds the ledger: nobody else has written meanwhile
    const entries = [...before.entries, ...entriesAmong([name])];
    const since = performance.now();
    listed = { state: await folderState(paths), since, isSettled: false, entries };
  } catch (error) {
    await rm(staged, { force: true }).catch(() => undefined);
    throw fileFailure(error, "Không ghi được nhật ký trong kho lưu trữ");
  }
}

/** An entry of the journal by its number, with the name of its file. */
export interface ListedEntry {
  readonly entryNo: number;
  readonly file: string;
}

/** A folder that has not changed for so long gets another time with its next change, on any disk. */
const SETTLED_MS = 2500;

/** The journal as it was last listed: one of years has a hundred thousand entries. */
let listed: {
  readonly state: string;
  /** When the folder was first found so, by the time of this process: no clock that is set moves it. */
  readonly since: number;
  /** Any change since would have given the folder another time. */
  readonly isSettled: boolean;
  readonly entries: readonly ListedEntry[];
} | null = null;

async function folderState({ entries }: WarehousePaths): Promise<string> {
  const folder = await stat(entries, { bigint: true }).catch(() => null);
  return `${entries} ${folder?.ino} ${folder?.mtimeNs} ${folder?.ctimeNs}`;
}

/** The entries that the journal holds, ascending. */
export async function listEntries(paths: WarehousePaths): Promise<readonly ListedEntry[]> {
  const known = await listedNow(paths);
  return known?.isSettled ? known.entries : (await listNow(paths)).entries;
}

/** What was listed, if the folder is as it was then; another may be listed while that is asked. */
async function listedNow(paths: WarehousePaths): Promise<typeof listed> {
  const known = listed;
  return known?.state === (await folderState(paths)) ? known : null;
}

async function listNow(paths: WarehousePaths) {
  const state = await folderState(paths);
  const now = performance.now();
  const since = listed?.state === state ? listed.since : now;
  const names = await readdir(paths.entries).catch((): string[] => []);
  const entries = entriesAmong(names);
  listed = { state, since, isSettled: now - since > SETTLED_MS, entries };
  return { names, entries };
}

/**
 * The entries after a number, ascending, found by their names: it needs no list of the folder, and neither
 * its time, that some disks count in steps of two seconds, nor a clock.
 */
export function entriesFollowing(paths: WarehousePaths, entryNo: number): ListedEntry[] {
  const found: ListedEntry[] = [];
  for (let next = entryNo + 1; ; next += 1) {
    const files = ENTRY_KINDS.map((kind) => entryFile(next, kind));
    const file = files.find((one) => existsSync(join(paths.entries, one)));
    if (file === undefined) return found;
    found.push({ entryNo: next, file });
  }
}

function entriesAmong(names: readonly string[]): readonly ListedEntry[] {
  return names
    .filter((name) => /^\d{12}-[a-z]+\.json$/.test(name))
    .sort()
    .map((file) => ({ entryNo: Number(file.slice(0, 12)), file }));
}

/**
 * Reads an entry.
 * @throws Failure that names the file when it cannot be read or is no entry.
 */
export async function readEntry(paths: WarehousePaths, file: string): Promise<KeptEntry> {
  const path = join(paths.entries, file);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw fileFailure(error, `Không đọc được ${path}`);
  }
  const content = bytes.toString("utf8");
  const entry = entryOf(content);
  if (entry === null || entryFile(entry.entry_no, entry.kind) !== file) {
    throw new JournalFault(`${path} không phải một mục nhật ký do chitieu ghi.`);
  }
  return { entry, content, sha256: sha256Of(bytes) };
}

/**
 * The entry that a text is; null where it is none.
 * @throws Failure where a newer program wrote it
 */
export function entryOf(content: string): Entry | null {
  const value = parseJson(content);
  const { schema } = z.object({ schema: z.number() }).catch({ schema: 0 }).parse(value);
  if (schema > JOURNAL_SCHEMA) {
    throw new Failure(
      `Nhật ký do bản chitieu mới hơn ghi (cấu trúc ${schema}; bản này đọc được đến ${JOURNAL_SCHEMA}). Chưa thay đổi gì. Dùng lại bản mới ấy.`,
    );
  }
  const parsed = Entry.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Checks that the Parquet files of an entry are the ones that were written with it.
 * @throws Failure that names the first that is missing or differs.
 */
export async function checkParts(paths: WarehousePaths, { parts }: Entry): Promise<void> {
  for (const { file, sha256 } of parts) {
    const path = join(paths.entries, file);
    if ((await digestOf(path).catch(() => null)) !== sha256) {
      throw new JournalFault(`${path} bị thiếu hoặc khác với khi ghi.`);
    }
  }
}

/** Removes an entry of a transaction that failed, with its Parquet files. */
export async function removeEntry(
  paths: WarehousePaths,
  entryNo: number,
  kind: EntryKind,
): Promise<void> {
  listed = null;
  await rm(join(paths.entries, entryFile(entryNo, kind)), { force: true });
  for (const table of JOURNALED_TABLES) {
    await rm(join(paths.entries, partFile(entryNo, table)), { force: true });
  }
}

/**
 * Removes what a killed process left half written. Only while the ledger is held.
 * @returns the entries that the journal holds: there is one for every file that ever came in, so they are
 * listed once for both, and not where the folder is as this process has left it
 */
export async function clearHalfWritten(paths: WarehousePaths): Promise<readonly ListedEntry[]> {
  const known = await listedNow(paths);
  if (known !== null) {
    const following = entriesFollowing(paths, known.entries.at(-1)?.entryNo ?? 0);
    if (following.length === 0) return known.entries;
  }
  const { names, entries } = await listNow(paths);
  const last = entries.at(-1)?.entryNo ?? 0;
  const isLeft = (name: string): boolean =>
    name.startsWith(STAGED) || (name.endsWith(".parquet") && Number(name.slice(0, 12)) > last);
  for (const name of names.filter(isLeft)) await rm(join(paths.entries, name), { force: true });
  return entries;
}

/** Hexadecimal sha256 of a file of any size. */
export async function digestOf(path: string | Buffer): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    digest.update(chunk as Buffer);
  }
  return digest.digest("hex");
}
