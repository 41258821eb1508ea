import type { BigIntStats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { digestOf } from "../ledger/journal.ts";
import { isCertain, keptName } from "../readers/personal-data.ts";
import { isDebris } from "../readers/received-file.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { nameOfBytes, shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { isHeldOpen, unlessMissing } from "../warehouse/files.ts";
import { fileEnd } from "./file-end.ts";
import {
  listTaken,
  pathOf,
  removeFolder,
  removeTaken,
  setAside,
  type TakenFile,
} from "./processed-files.ts";

/** A file is left alone until it has been unchanged for so long. */
export const SETTLED_MS = 2000;

/** The same for a file that is complete by its end: a copy in progress writes sooner. */
const WHOLE_SETTLED_MS = 250;

/** The same for a file that looks truncated: copies stall. */
const CUT_OFF_MS = 5 * 60 * 1000;

/**
 * When a file that stays in the inbox may be looked at again: not before it changes, after a while,
 * or at a moment.
 */
export type Again = "changed" | "later" | Date;

/** A file that stays in the inbox, and why. */
export interface LeftFile {
  readonly file: string;
  readonly reason: string;
  readonly again: Again;
}

/** A file of the inbox that is ready: still long enough, or whole by its own end. */
export interface InboxFile {
  /** As bytes, since a name need not be UTF-8. */
  readonly path: Buffer;
  readonly name: Buffer;
  readonly shownName: string;
  /** What is told of its name, also to who keeps a log: nothing that is certainly about a person. */
  readonly toldName: string;
  readonly stats: BigIntStats;
  /** It was ingested before and has changed since. */
  readonly taken: TakenFile | null;
}

/** The files of an inbox. */
export interface InboxLook {
  readonly inbox: string;
  readonly ready: readonly InboxFile[];
  readonly left: readonly LeftFile[];
}

/** Since when each file has been seen as it is, over several looks. */
export type Sightings = Map<string, { readonly state: string; readonly since: number }>;

/**
 * Looks into the inbox, in the order of names: which files are ready, and why others are not. How long
 * a file has been still comes from the disk's times or, where these are in the future, from earlier
 * looks.
 * A missing inbox is empty; one that cannot be read is itself left.
 * @param seen what earlier looks saw; this one is added
 * @param withTaken also at what was taken in before and may have been written on since
 */
export async function lookIntoInbox(
  inbox: string,
  seen: Sightings = new Map(),
  { withTaken = true }: { readonly withTaken?: boolean } = {},
): Promise<InboxLook> {
  const names = await listInbox(inbox);
  if (names instanceof Failure) {
    return { inbox, ready: [], left: [{ file: inbox, reason: names.message, again: "later" }] };
  }
  const taken = withTaken ? await listTaken(inbox) : [];
  const changed = [
    ...taken.filter(({ isChanged }) => isChanged),
    ...(withTaken ? await removeTaken(inbox, taken) : []),
  ];
  const files = [
    ...names.map((name) => ({ path: pathOf(inbox, name), name, taken: null })),
    ...changed.map((one) => ({ path: pathOf(one.folder, one.name), name: one.name, taken: one })),
  ];
  const ready: InboxFile[] = [];
  const left: LeftFile[] = [];
  for (const file of files) {
    const shownName = nameOfBytes(file.name);
    const toldName = shownText(keptName(shownName, undefined, isCertain));
    const leave = (reason: string, again: Again): void => {
      left.push({ file: toldName, reason, again });
    };
    try {
      const stats = await lstat(file.path, { bigint: true });
      const stillFor = stillnessOf(file.path, stats, seen);
      const reason = await reasonToLeave(file.path, shownName, stats, stillFor);
      if (reason !== null) leave(...reason);
      else if (file.taken === null || !(await isUnchanged(inbox, file.taken, stats))) {
        ready.push({ ...file, shownName, toldName, stats });
      }
    } catch (error) {
      // it was taken away meanwhile
      if (error instanceof Error && "code" in error && error.code === "ENOENT") continue;
      const failure = fileFailure(error, "không đọc được");
      if (!(failure instanceof Failure)) throw error;
      leave(failure.message, "later");
    }
  }
  if (withTaken) forget(seen, files);
  return { inbox, ready, left };
}

/** Whether a file that was taken in still has its content; some copies set its time when they end. */
async function isUnchanged(inbox: string, taken: TakenFile, stats: BigIntStats): Promise<boolean> {
  const { folder, name, sha256 } = taken;
  const path = pathOf(folder, name);
  if ((await digestOf(path)) !== sha256) return false;
  await setAside(inbox, { path, name }, { stats, sha256 });
  await removeFolder(folder);
  return true;
}

async function listInbox(inbox: string): Promise<Buffer[] | Failure> {
  try {
    const names = await unlessMissing(readdir(inbox, { encoding: "buffer" }));
    return (names ?? []).filter((name) => !isDebris(nameOfBytes(name))).sort(Buffer.compare);
  } catch (error) {
    const failure = fileFailure(error, "không đọc được");
    if (failure instanceof Failure) return failure;
    throw failure;
  }
}

/** Names under which office programs and copy programs keep what is not finished. */
function isUnfinished(name: string): boolean {
  return /^~|~$|\.(part|partial|tmp|temp|crdownload|download|lock)$/i.test(name);
}

/** How long a file has been unchanged: `isSure` by the times on disk, else only as observed. */
interface Stillness {
  readonly milliseconds: number;
  readonly isSure: boolean;
}

function stillnessOf(path: Buffer, stats: BigIntStats, seen: Sightings): Stillness {
  const key = path.toString("latin1");
  const state = stateOf(stats);
  const known = seen.get(key);
  const since = known?.state === state ? known.since : performance.now();
  seen.set(key, { state, since });
  const now = Date.now();
  const changes = [Number(stats.mtimeMs), Number(stats.ctimeMs)].filter((one) => one <= now);
  const observed = performance.now() - since;
  // a time in the future is that of another clock
  return changes.length === 0
    ? { milliseconds: observed, isSure: false }
    : { milliseconds: Math.max(observed, now - Math.max(...changes)), isSure: true };
}

/** Changes when the content of a path does, without reading it. */
export function stateOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

function forget(seen: Sightings, files: readonly { readonly path: Buffer }[]): void {
  const there = new Set(files.map(({ path }) => path.toString("latin1")));
  for (const key of seen.keys()) if (!there.has(key)) seen.delete(key);
}

const JUST_CHANGED = "vừa thay đổi, có thể còn đang chép; để lại cho lần sau.";

async function reasonToLeave(
  path: Buffer,
  name: string,
  stats: BigIntStats,
  { milliseconds, isSure }: Stillness,
): Promise<[reason: string, again: Again] | null> {
  if (!stats.isFile()) {
    return ["không phải tệp; chép thẳng các tệp vào thư mục nhận.", "changed"];
  }
  if (milliseconds < SETTLED_MS) {
    const isWhole = isSure && !isUnfinished(name) && (await fileEnd(path)) === "whole";
    const settled = isWhole ? WHOLE_SETTLED_MS : SETTLED_MS;
    return isWhole && milliseconds >= settled
      ? null
      : [JUST_CHANGED, new Date(Date.now() + settled - milliseconds)];
  }
  const until = new Date(Date.now() + CUT_OFF_MS - milliseconds);
  const isFresh = isSure && milliseconds < CUT_OFF_MS;
  if (await isHeldOpen(path)) return ["đang mở ở chương trình khác; đóng lại để nhận.", "later"];
  if (isUnfinished(name)) {
    return isFresh
      ? ["theo tên tệp thì còn đang ghi.", until]
      : [
          "mang tên của tệp còn đang ghi. Nếu tệp đã đủ thì đặt lại tên cho đúng; nếu không thì xóa đi.",
          "changed",
        ];
  }
  const end = isFresh ? await fileEnd(path) : "unclear";
  return typeof end === "string"
    ? null
    : [
        `có thể còn đang chép: ${end.missing}. Nếu không có gì thêm, tệp được tiếp nhận như hiện có lúc ${officeTime(until).slice(11, 16)}.`,
        until,
      ];
}
