import { lstat, readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../ledger/journal.ts";
import { isPersonal } from "../readers/personal-data.ts";
import { isDebris } from "../readers/received-file.ts";
import { Failure } from "../vocabulary/failure.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { Delivery, Outcome } from "./delivery.ts";
import {
  type Again,
  type InboxFile,
  type InboxLook,
  type LeftFile,
  lookIntoInbox,
  SETTLED_MS,
  type Sightings,
  stateOf,
} from "./inbox-files.ts";
import type { Intake } from "./ingest.ts";
import { removeFolder, setAside } from "./processed-files.ts";
import { startReading } from "./reading-pool.ts";

const NOT_KEPT =
  "có dữ liệu cá nhân: đã trả lại và không lưu. Đề nghị người gửi lấy tệp ra khỏi thư mục nhận và gửi lại sau khi bỏ dữ liệu ấy.";
const NOT_KEPT_OPENED =
  "đã mở, từng biểu trong đó được tiếp nhận riêng; phần còn lại không được lưu (xem phiếu trả lời) nên tệp không có trong kho lưu trữ. Lấy tệp ra khỏi thư mục nhận.";
const TOO_LARGE =
  "quá lớn: đã trả lại mà không đọc, không lưu. Đề nghị người gửi lấy tệp ra khỏi thư mục nhận và chỉ gửi số liệu.";

/** So many files are looked at before the first of them is ingested. */
const MAX_TOGETHER = 128;

export interface InboxResult {
  readonly outcomes: readonly Outcome[];
  readonly left: readonly LeftFile[];
}

/** Who takes the files of an inbox in, and what is called after each. */
export interface Taking {
  readonly by?: Actor;
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * Starts the reading process where the inbox has anything but CSV files, so that it is ready when plans
 * are read and the ledger is open.
 */
export async function startReadingOf(inbox: string): Promise<void> {
  const names = await readdir(inbox).catch((): string[] => []);
  if (names.some((name) => !isDebris(name) && !/\.csv$/i.test(name))) startReading();
}

/** Looks into the inbox and, where a file has just changed, once more when it may be still. */
export async function lookAtRest(inbox: string): Promise<InboxLook> {
  const seen: Sightings = new Map();
  const look = await lookIntoInbox(inbox, seen);
  const waits = look.left.flatMap(({ again }) =>
    again instanceof Date ? [again.getTime() - Date.now()] : [],
  );
  const wait = Math.max(0, ...waits.filter((one) => one <= SETTLED_MS));
  if (wait === 0) return look;
  await sleep(wait + 10);
  return lookIntoInbox(inbox, seen);
}

/**
 * Ingests the files of the inbox that are ready, in the order of their names, and moves each one away
 * when its outcome is in the ledger. A file counts as received when it came into the inbox. One
 * that cannot be moved away is recorded once.
 * @param by who has them taken in; left out where nobody is known
 * @param onOutcome called after each file
 * @returns what is wrong with one file leaves it there
 */
export async function ingestInbox(
  look: InboxLook,
  intake: Intake,
  { by, onOutcome = () => undefined }: Taking = {},
): Promise<InboxResult> {
  const { inbox, ready } = look;
  const outcomes: Outcome[] = [];
  const left: LeftFile[] = [...look.left];
  const leave = ({ toldName }: InboxFile, { reason, again }: Omit<LeftFile, "file">): void => {
    left.push({ file: toldName, reason, again });
  };
  for (let first = 0; first < ready.length; first += MAX_TOGETHER) {
    const files: InboxFile[] = [];
    for (const file of ready.slice(first, first + MAX_TOGETHER)) {
      if (await isAsSeen(file)) files.push(file);
      else leave(file, CHANGED);
    }
    const results = intake.ingestAll(files.map((file) => deliveryOf(file, by)));
    for (const file of files) {
      const { value: taken } = await results.next();
      if (taken === undefined) throw new Error("a file of the inbox has no outcome");
      if (taken instanceof Failure) {
        leave(file, { reason: taken.message, again: "later" });
        continue;
      }
      for (const one of taken) {
        if (one.is_known) continue;
        outcomes.push(one);
        onOutcome(one);
      }
      const [outcome] = taken;
      // the only copy there is: its sender has to clean it and to take it away
      const reason = outcome.is_kept
        ? await moveAway(inbox, file, outcome)
        : { reason: notKept(outcome), again: "changed" as const };
      if (reason !== null) leave(file, reason);
    }
  }
  left.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { outcomes, left };
}

function notKept({ medium, outcome, problems }: Outcome): string {
  if (medium === "package" && outcome !== "refused") return NOT_KEPT_OPENED;
  return isPersonal(problems) ? NOT_KEPT : TOO_LARGE;
}

const CHANGED = {
  reason: "đã thay đổi sau khi được xem; để lại cho lần sau.",
  again: new Date(0) as Again,
};

const REPLACED = {
  reason: "đã tiếp nhận, sau đó người gửi thay tệp khác; nội dung mới để lại cho lần sau.",
  again: new Date(0) as Again,
};

async function isAsSeen({ path, stats }: InboxFile): Promise<boolean> {
  const now = await lstat(path, { bigint: true }).catch(() => null);
  return now !== null && stateOf(now) === stateOf(stats);
}

function deliveryOf({ path, shownName, stats }: InboxFile, by: Actor | undefined): Delivery {
  const now = new Date();
  const receivedAt = stats.ctime < now ? stats.ctime : now;
  return {
    file: shownName,
    content: { path },
    receivedAt,
    recordedAt: now,
    isInPlace: true,
    ...(by && { by }),
  };
}

/** @returns why it stays where it is, or null */
async function moveAway(
  inbox: string,
  file: InboxFile,
  { sha256, is_known, receipt_no }: Outcome,
): Promise<Omit<LeftFile, "file"> | null> {
  try {
    if (!(await isAsSeen(file))) return REPLACED;
    await setAside(inbox, file, { stats: file.stats, sha256 });
    if (file.taken !== null) await removeFolder(file.taken.folder);
    return null;
  } catch (error) {
    const done = is_known ? `đã tiếp nhận trước đây (phiếu số ${receipt_no})` : "đã tiếp nhận";
    const failure = fileFailure(error, `${done} nhưng không lấy được ra khỏi thư mục nhận`);
    if (!(failure instanceof Failure)) throw error;
    const more = "Tệp không được tiếp nhận lần nữa khi chưa thay đổi.";
    return { reason: `${failure.message} ${more}`, again: "later" };
  }
}
