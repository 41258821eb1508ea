import type { BigIntStats } from "node:fs";
import { lstat, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { Delivery, Intake, Outcome } from "./ingest.ts";

/** A file is left alone until it has not changed for so long. */
const SETTLED_MS = 1000;

const NOT_KEPT =
  "holds personal data: it was refused and is not kept in the archive. Have its sender take it out of the inbox and send it again without them.";

/** So many files are looked at before the first of them is ingested. */
const MAX_TOGETHER = 128;

/** A file that stays in the inbox, and why. */
export interface LeftFile {
  readonly file: string;
  readonly reason: string;
}

export interface InboxResult {
  readonly outcomes: readonly Outcome[];
  readonly left: readonly LeftFile[];
}

/**
 * Ingests every file of the inbox, in the order of their names, and removes each one when its
 * outcome is in the ledger. A file counts as received when it came to lie in the inbox.
 * @param onOutcome called after each file
 * @throws Failure when the inbox cannot be read; what is wrong with one file leaves it there
 */
export async function ingestInbox(
  inbox: string,
  intake: Intake,
  onOutcome: (outcome: Outcome) => void = () => undefined,
): Promise<InboxResult> {
  const outcomes: Outcome[] = [];
  const left: LeftFile[] = [];
  const leave = (name: string, error: unknown): void => {
    const failure = fileFailure(error, "could not be ingested");
    if (!(failure instanceof Failure)) throw error;
    left.push({ file: shownText(name), reason: failure.message });
  };
  const names = await listInbox(inbox);
  for (let first = 0; first < names.length; first += MAX_TOGETHER) {
    const found: FoundFile[] = [];
    for (const name of names.slice(first, first + MAX_TOGETHER)) {
      try {
        found.push(await findFile(join(inbox, name), name));
      } catch (error) {
        leave(name, error);
      }
    }
    const results = intake.ingestAll(found.map(({ delivery }) => delivery));
    for (const { path, name, stats } of found) {
      try {
        const { value: outcome } = await results.next();
        if (outcome === undefined || outcome instanceof Failure) throw outcome;
        outcomes.push(outcome);
        onOutcome(outcome);
        // the only copy there is: its sender has to clean it and to take it away
        if (!outcome.is_kept) throw new Failure(NOT_KEPT);
        await removeIngested(path, stats);
      } catch (error) {
        leave(name, error);
      }
    }
  }
  left.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { outcomes, left };
}

async function listInbox(inbox: string): Promise<string[]> {
  try {
    const names = await readdir(inbox);
    return names.filter((name) => !isTemporary(name)).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw fileFailure(error, `The inbox ${inbox} could not be read`);
  }
}

/** Names under which office programs and copy programs keep what is not finished. */
function isTemporary(name: string): boolean {
  return /^\.|^~|~$|\.(part|partial|tmp|temp|crdownload|download|lock)$|^Thumbs\.db$/i.test(name);
}

interface FoundFile {
  readonly path: string;
  readonly name: string;
  readonly stats: BigIntStats;
  readonly delivery: Delivery;
}

async function findFile(path: string, name: string): Promise<FoundFile> {
  const stats = await lstat(path, { bigint: true });
  if (!stats.isFile()) {
    throw new Failure("is not a file; put the files themselves into the inbox.");
  }
  const now = new Date();
  if (now.getTime() - Math.max(Number(stats.mtimeMs), Number(stats.ctimeMs)) < SETTLED_MS) {
    throw new Failure(
      "has just changed and may still be being copied; it is left for the next run.",
    );
  }
  const receivedAt = stats.ctime < now ? stats.ctime : now;
  const delivery = { file: name, content: { path }, receivedAt, recordedAt: now };
  return { path, name, stats, delivery };
}

/** What tells one content of a path from another without reading it. */
const IDENTITY = ["dev", "ino", "size", "mtimeNs", "ctimeNs"] as const;

/** Removes a file that is in the ledger, unless its sender has put another content in its place. */
async function removeIngested(path: string, taken: BigIntStats): Promise<void> {
  try {
    const now = await lstat(path, { bigint: true });
    if (IDENTITY.some((one) => now[one] !== taken[one])) {
      throw new Failure(
        "was ingested, and was then replaced by its sender; the new content is left for the next run.",
      );
    }
    await unlink(path);
  } catch (error) {
    throw fileFailure(error, "was ingested but could not be removed from the inbox");
  }
}
