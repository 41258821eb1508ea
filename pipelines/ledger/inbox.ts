import type { BigIntStats } from "node:fs";
import { lstat, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { shownText } from "../intake/shown-text.ts";
import { Failure } from "../vocabulary/failure.ts";
import { fileFailure } from "./file-failure.ts";
import type { Intake, Outcome } from "./ingest.ts";

/** A file is left alone until it has not changed for so long. */
const SETTLED_MS = 1000;

const NOT_KEPT =
  "holds personal data: it was refused and is not kept in the archive. Have its sender take it out of the inbox and send it again without them.";

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
 * Takes in every file of the inbox, in the order of their names, and removes each one when its
 * outcome is in the ledger. A file counts as received when it came to lie in the inbox.
 * @param onOutcome called after each file
 * @throws Failure when the inbox cannot be read; what is wrong with one file leaves it there
 */
export async function takeInbox(
  inbox: string,
  intake: Intake,
  onOutcome: (outcome: Outcome) => void = () => undefined,
): Promise<InboxResult> {
  const outcomes: Outcome[] = [];
  const left: LeftFile[] = [];
  for (const name of await listInbox(inbox)) {
    const path = join(inbox, name);
    try {
      const found = await lstat(path, { bigint: true });
      const outcome = await takeFile(path, name, found, intake);
      outcomes.push(outcome);
      onOutcome(outcome);
      // the only copy there is: its sender has to clean it and to take it away
      if (!outcome.is_kept) throw new Failure(NOT_KEPT);
      await removeTaken(path, found);
    } catch (error) {
      const failure = fileFailure(error, "could not be taken in");
      if (!(failure instanceof Failure)) throw error;
      left.push({ file: shownText(name), reason: failure.message });
    }
  }
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

async function takeFile(
  path: string,
  name: string,
  found: BigIntStats,
  intake: Intake,
): Promise<Outcome> {
  if (!found.isFile()) {
    throw new Failure("is not a file; put the files themselves into the inbox.");
  }
  const now = new Date();
  if (now.getTime() - Math.max(Number(found.mtimeMs), Number(found.ctimeMs)) < SETTLED_MS) {
    throw new Failure(
      "has just changed and may still be being copied; it is left for the next run.",
    );
  }
  return intake.ingest({
    file: name,
    content: { path },
    receivedAt: found.ctime < now ? found.ctime : now,
    recordedAt: now,
  });
}

/** What tells one content of a path from another without reading it. */
const IDENTITY = ["dev", "ino", "size", "mtimeNs", "ctimeNs"] as const;

/** Removes a file that is in the ledger, unless its sender has put another content in its place. */
async function removeTaken(path: string, taken: BigIntStats): Promise<void> {
  try {
    const now = await lstat(path, { bigint: true });
    if (IDENTITY.some((one) => now[one] !== taken[one])) {
      throw new Failure(
        "was taken in, and was then replaced by its sender; the new content is left for the next run.",
      );
    }
    await unlink(path);
  } catch (error) {
    throw fileFailure(error, "was taken in but could not be removed from the inbox");
  }
}
