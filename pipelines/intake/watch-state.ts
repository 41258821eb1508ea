import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import { moveFile } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { isAlive, ownProcess } from "../warehouse/process-identity.ts";

/** What the watch waits for. Moments are ISO text. */
const Waiting = z.object({
  /** `sources`, `intake`, `models`, `pages`, or the name of a file in the inbox. */
  for: z.string(),
  since: z.string(),
  reason: z.string(),
  /** When it is tried again; null: when it changes. */
  again_at: z.string().nullable(),
});
export type Waiting = z.infer<typeof Waiting>;

const State = z.object({
  schema: z.literal(1),
  process: z.int(),
  began: z.string(),
  /** When the watch was started. */
  since: z.string(),
  written_at: z.string(),
  waiting: z.array(Waiting),
  /** What waits besides those that are listed. */
  more: z.int(),
});

/** The last state of the watch of a warehouse. */
export type WatchState = z.infer<typeof State> & { readonly isRunning: boolean };

/** The file has this size from the first: what is written later fits in even on a full disk. */
const BYTES = 16 * 1024;
const MAX_LISTED = 20;

/** Keeps `watch.json` while a watch runs. */
export class WatchReport {
  readonly #paths: WarehousePaths;
  readonly #since = new Date().toISOString();
  #written = "";

  constructor(paths: WarehousePaths) {
    this.#paths = paths;
  }

  /** Writes what is waited for. Where it cannot be written, the watch is what matters. */
  async write(waiting: readonly Waiting[]): Promise<void> {
    const text = JSON.stringify(waiting);
    if (text === this.#written) return;
    try {
      await mkdir(this.#paths.folder, { recursive: true });
      await writeKept(this.#paths.watch, await this.#content(waiting));
      this.#written = text;
    } catch {
      // written again at the next round
    }
  }

  /** Removes it, as the watch ends. */
  async end(): Promise<void> {
    await rm(this.#paths.watch, { force: true }).catch(() => undefined);
  }

  async #content(waiting: readonly Waiting[]): Promise<Buffer> {
    const own = { ...(await ownProcess()), since: this.#since };
    const written_at = new Date().toISOString();
    for (let listed = Math.min(waiting.length, MAX_LISTED); ; listed -= 1) {
      const state = {
        schema: 1,
        ...own,
        written_at,
        waiting: waiting
          .slice(0, listed)
          .map((one) => ({ ...one, reason: one.reason.slice(0, 1000) })),
        more: waiting.length - listed,
      };
      const text = Buffer.from(`${JSON.stringify(state, null, 1)}\n`);
      if (text.length <= BYTES) return Buffer.concat([text], BYTES).fill(" ", text.length);
    }
  }
}

/** Writes over what is there; the first time the file appears with its content, never empty. */
async function writeKept(path: string, content: Buffer): Promise<void> {
  if (existsSync(path)) {
    const handle = await open(path, "r+");
    try {
      await handle.write(content, 0, BYTES, 0);
    } finally {
      await handle.close();
    }
    return;
  }
  const begun = `${path}.begun`;
  await writeFile(begun, content);
  await moveFile(begun, path);
}

/** What the watch of a warehouse waits for; null where none runs, or it ended in order. */
export async function readWatchState(paths: WarehousePaths): Promise<WatchState | null> {
  try {
    const state = State.parse(JSON.parse(await readFile(paths.watch, "utf8")));
    return { ...state, isRunning: await isAlive(state) };
  } catch {
    return null;
  }
}

/** The parts of a watch, as it says that they wait. */
const PARTS: Readonly<Record<string, string>> = {
  sources: "Đọc kế hoạch và địa bàn",
  intake: "Tiếp nhận báo cáo",
  models: "Tính số liệu",
  pages: "Lập trang báo cáo",
  watch: "Theo dõi thư mục",
};

/** What waits: a part of the watch in words, or the name of a file. */
export function waitingFor(what: string): string {
  return PARTS[what] ?? what;
}
