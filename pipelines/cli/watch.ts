import { join } from "node:path";
import { startReadingOf } from "../intake/inbox.ts";
import {
  type InboxFile,
  type InboxLook,
  type LeftFile,
  lookIntoInbox,
  type Sightings,
  stateOf,
} from "../intake/inbox-files.ts";
import { type Waiting, WatchReport, waitingFor } from "../intake/watch-state.ts";
import { SteadyClock } from "../ledger/clock.ts";
import { JournalEnd } from "../ledger/journal-end.ts";
import { type Catalogue, readCatalogue } from "../sources/catalogue.ts";
import { folderState } from "../sources/folder-state.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { TimeShare } from "../warehouse/time-share.ts";
import { reportingWaits } from "../warehouse/waiting.ts";
import { systemActor } from "./actor.ts";
import type { Context } from "./context.ts";
import { FolderNotices } from "./folder-notices.ts";
import { leftText } from "./outcome-text.ts";
import { plainFailure } from "./plain-failure.ts";
import { warnOfPlans } from "./read-sources.ts";
import { refreshMarts, takeIn } from "./refresh-warehouse.ts";

/** How often the folders are looked at where no notice comes, as on network drives. */
const LOOK_MS = 500;

/** A file that is due now was not taken for a reason of its own. */
const LEAST_PAUSE_MS = 20;

/** How often files that were taken in are looked at again: there are many of them. */
const TAKEN_MS = 10_000;

/** Changed plans and areas are taken up when nothing has moved for so long. */
const SETTLED_MS = 1200;

/** Models take a tenth of the time where something comes again and again; files do not wait for that. */
const MODELS = [0.1, 10_000, 30_000] as const;

/** What failed is tried again after so many seconds, and the longer the more often it failed. */
const PAUSES = [5, 10, 20, 40, 80, 160, 300] as const;

/** A new file is not kept waiting for longer than this by a failure before it. */
const NEW_FILE_MS = 10_000;

/** A file that is to be looked at again so soon is not worth a word. */
const FRESH_MS = 5000;

export interface Watching {
  readonly sources: string;
  readonly paths: WarehousePaths;
  /** Ends the watch after the round that is under way. */
  readonly signal: AbortSignal;
}

type Part = "sources" | "intake" | "models" | "watch";

/** Something that did not succeed, and when it is tried again. */
interface Trouble {
  readonly since: Date;
  readonly failedAt: number;
  readonly times: number;
  readonly message: string;
  readonly again: number;
}

/** A file that a round has left in the inbox. */
interface LeftBehind extends Omit<Trouble, "failedAt"> {
  /** What the file was then: one that has changed is another one. */
  readonly state: string;
}

/**
 * Takes in what is ready in the inbox and builds the models, again and again until it is ended:
 * when a file has come to rest, whatever else is still arriving, when plans or areas have changed, when
 * another program has written to the journal, and when a new day has begun. Whoever shows pages sees
 * that the marts are others.
 * Nothing that goes wrong ends it: what failed is tried again, after a pause that grows, and
 * `watch.json` says since when it waits and for what.
 */
export async function watchSources(watching: Watching, context: Context): Promise<void> {
  await new Watch(watching, context).run();
}

class Watch {
  readonly #watching: Watching;
  readonly #context: Context;
  readonly #report: WatchReport;
  readonly #seen: Sightings = new Map();
  readonly #troubles = new Map<Part, Trouble>();
  readonly #leftBehind = new Map<string, LeftBehind>();
  /** Since when each file of the inbox has been waiting, by name. */
  readonly #since = new Map<string, Date>();
  #sources = { state: "", since: 0, handled: null as string | null };
  #read: { readonly state: string; readonly catalogue: Catalogue } | null = null;
  #lookedAtTaken = 0;
  readonly #clock = new SteadyClock();
  #clockSets = 0;
  #areMartsOld = true;
  readonly #modelsTime = new TimeShare(...MODELS);
  /** The day in the office of which the marts are: what is late, closed or due changes with it. */
  #day = "";
  /** The last entry of the journal that is in the marts: others write, too. */
  #entry: string | null = null;
  readonly #journal: JournalEnd;

  constructor(watching: Watching, context: Context) {
    this.#watching = watching;
    this.#context = context;
    this.#report = new WatchReport(watching.paths);
    this.#journal = new JournalEnd(watching.paths);
  }

  async run(): Promise<void> {
    const { sources, paths, signal } = this.#watching;
    const notices = new FolderNotices([this.#inbox, paths.entries]);
    let isAnnounced = false;
    while (!signal.aborted) {
      let again = Number.POSITIVE_INFINITY;
      try {
        again = await this.#turn();
      } catch (error) {
        await this.#fail("watch", error);
      }
      if (!isAnnounced) this.#context.out(`đang theo dõi ${sources}  (Ctrl-C để dừng)`);
      isAnnounced = true;
      const pause = Math.min(LOOK_MS, Math.max(LEAST_PAUSE_MS, again - Date.now()));
      await notices.wait(pause, signal);
    }
    notices.close();
    await this.#report.end();
  }

  get #inbox(): string {
    return join(this.#watching.sources, "inbox");
  }

  /** @returns when a file that has just come will have been still for long enough */
  async #turn(): Promise<number> {
    const haveSourcesChanged = await this.#lookAtSources();
    this.#lookAtClock();
    if (this.#day !== today()) this.#areMartsOld = true;
    if (this.#entry !== (await this.#journal.file())) this.#areMartsOld = true;
    const look = await this.#lookIntoInbox();
    const ready = look.ready.filter((file) => this.#isDue(file));
    const isNew = ready.some(({ path }) => !this.#leftBehind.has(keyOf(path)));
    const isDue = ready.length > 0 || (this.#areMartsOld && this.#modelsTime.wait === 0);
    if (haveSourcesChanged || (isDue && this.#mayTry(isNew))) {
      await this.#round({ ...look, ready }, haveSourcesChanged);
    }
    this.#troubles.delete("watch");
    await this.#report.write(this.#waiting(look));
    const due = Math.min(
      ...look.left.flatMap(({ again }) => (again instanceof Date ? [again.getTime()] : [])),
    );
    // what reads it has started by then
    if (due - Date.now() < FRESH_MS) await startReadingOf(this.#inbox);
    return due;
  }

  /** Whether plans or areas are others than at the last round, and at rest. */
  async #lookAtSources(): Promise<boolean> {
    const state = await folderState(this.#watching.sources);
    if (state !== this.#sources.state) {
      this.#sources = { ...this.#sources, state, since: Date.now() };
    }
    const { since, handled } = this.#sources;
    return handled === null || (state !== handled && Date.now() - since >= SETTLED_MS);
  }

  /** Plans and areas, read again only where they lie there otherwise than when they were read. */
  #readSources(): Catalogue {
    const { state } = this.#sources;
    if (this.#read?.state !== state) {
      const catalogue = readCatalogue(this.#watching.sources, this.#watching.paths);
      this.#read = { state, catalogue };
      warnOfPlans(catalogue, { ...this.#context, warn: (text) => this.#warn(text) });
    }
    return this.#read.catalogue;
  }

  async #lookIntoInbox(): Promise<InboxLook> {
    const withTaken = Date.now() - this.#lookedAtTaken >= TAKEN_MS;
    if (withTaken) this.#lookedAtTaken = Date.now();
    return lookIntoInbox(this.#inbox, this.#seen, { withTaken });
  }

  /** What waits for a moment of a clock that was set since is tried now. */
  #lookAtClock(): void {
    const sets = this.#clock.setsUntil();
    if (sets === this.#clockSets) return;
    this.#clockSets = sets;
    this.#lookedAtTaken = 0;
    this.#sources = { ...this.#sources, since: 0 };
    for (const [key, one] of this.#leftBehind) {
      if (Number.isFinite(one.again)) this.#leftBehind.set(key, { ...one, again: 0 });
    }
    for (const [part, one] of this.#troubles) this.#troubles.set(part, { ...one, again: 0 });
  }

  /** Whether a file is to be tried: a new one, or one whose pause is over. */
  #isDue({ path, stats }: InboxFile): boolean {
    const left = this.#leftBehind.get(keyOf(path));
    return left === undefined || left.state !== stateOf(stats) || Date.now() >= left.again;
  }

  #mayTry(isNew: boolean): boolean {
    const now = Date.now();
    return [...this.#troubles].every(
      ([, { again, failedAt }]) => now >= again || (isNew && now >= failedAt + NEW_FILE_MS),
    );
  }

  async #round(look: InboxLook, haveSourcesChanged: boolean): Promise<void> {
    const { paths } = this.#watching;
    this.#sources = { ...this.#sources, handled: this.#sources.state };
    const out = (text: string): void => this.#say(text);
    let part: Part = "sources";
    const waits = async (text: string): Promise<void> => {
      await this.#fail(part, new Failure(text));
      await this.#report.write(this.#waiting(look));
    };
    const round = async (): Promise<void> => {
      const catalogue = this.#readSources();
      this.#troubles.delete(part);
      part = "intake";
      if (haveSourcesChanged) this.#areMartsOld = true;
      if (look.ready.length > 0) {
        const result = await takeIn(
          { ...look, left: [] },
          { paths, catalogue, by: systemActor("folder"), clock: this.#clock },
          this.#context,
          out,
        );
        if (result.outcomes.length > 0) this.#areMartsOld = true;
        this.#noteLeft(look.ready, result.left);
      }
      this.#troubles.delete(part);
      part = "models";
      const mayWait = !haveSourcesChanged && this.#modelsTime.wait > 0;
      if (!this.#areMartsOld || mayWait) return;
      const day = today();
      const entry = await this.#journal.file();
      await this.#modelsTime.spend(() => refreshMarts({ paths, catalogue }, this.#context, out));
      this.#day = day;
      this.#entry = entry;
      this.#areMartsOld = false;
      this.#troubles.delete(part);
    };
    try {
      await reportingWaits((text) => void waits(text), round);
    } catch (error) {
      await this.#fail(part, error);
    }
  }

  async #fail(part: Part, error: unknown): Promise<void> {
    const plain = await plainFailure(error, this.#watching.paths).catch(() => error);
    const text = plain instanceof Error ? plain.message : String(plain);
    const message =
      plain instanceof Failure
        ? text
        : `${text} (lỗi của chương trình; đề nghị báo cho người phát triển)`;
    const before = this.#troubles.get(part);
    const times = (before?.times ?? 0) + 1;
    const failedAt = Date.now();
    const again = failedAt + pauseAfter(times);
    const since = before?.since ?? new Date(failedAt);
    this.#troubles.set(part, { since, failedAt, times, message, again });
    this.#context.refuse();
    // the same again and again would bury other lines
    if (before?.message === message) return;
    const seconds = Math.round((again - failedAt) / 1000);
    this.#warn(`${waitingFor(part)}: ${message}\n  Thử lại sau ${seconds} giây, rồi thưa dần.`);
  }

  /** Remembers what a round has left in the inbox, and reports what is new. */
  #noteLeft(tried: readonly InboxFile[], left: readonly LeftFile[]): void {
    const reasons = new Map(left.map((one) => [one.file, one]));
    for (const { path, toldName, stats } of tried) {
      const key = keyOf(path);
      const one = reasons.get(toldName);
      const before = this.#leftBehind.get(key);
      if (one === undefined) {
        this.#leftBehind.delete(key);
        continue;
      }
      const times = (before?.times ?? 0) + 1;
      this.#leftBehind.set(key, {
        since: before?.since ?? new Date(),
        times,
        message: one.reason,
        state: stateOf(stats),
        again: againOf(one, times),
      });
      this.#context.refuse();
      if (before?.message !== one.reason) this.#warn(leftText(one));
    }
  }

  #waiting(look: InboxLook): Waiting[] {
    const now = Date.now();
    const files = new Map<string, Waiting>();
    for (const one of look.left) {
      const { file, reason, again } = one;
      const again_at = again instanceof Date ? again : null;
      // most files have just come when they are first seen
      if (again_at !== null && again_at.getTime() - now < FRESH_MS) continue;
      if (!this.#since.has(file)) this.#warn(leftText(one));
      files.set(file, this.#waitingFile(file, reason, again_at));
      this.#context.refuse();
    }
    const there = new Set<string>();
    for (const { path, toldName, stats } of look.ready) {
      there.add(keyOf(path));
      const left = this.#leftBehind.get(keyOf(path));
      if (left === undefined || left.state !== stateOf(stats)) continue;
      const again = Number.isFinite(left.again) ? new Date(left.again) : null;
      files.set(toldName, this.#waitingFile(toldName, left.message, again));
    }
    for (const key of this.#leftBehind.keys()) if (!there.has(key)) this.#leftBehind.delete(key);
    for (const name of this.#since.keys()) if (!files.has(name)) this.#since.delete(name);
    const parts = [...this.#troubles].map(([part, { since, message, again }]) => ({
      for: part,
      since: since.toISOString(),
      reason: message,
      again_at: new Date(again).toISOString(),
    }));
    return [...parts, ...files.values()];
  }

  #waitingFile(file: string, reason: string, again: Date | null): Waiting {
    const since = this.#since.get(file) ?? new Date();
    this.#since.set(file, since);
    // to the second, so that what has not changed is not written again
    const again_at = again === null ? null : `${again.toISOString().slice(0, 19)}Z`;
    return { for: file, since: since.toISOString(), reason, again_at };
  }

  #say(text: string): void {
    this.#context.out(`${clock()}  ${text}`);
  }

  #warn(text: string): void {
    this.#context.warn(`${clock()}  ${text}`);
  }
}

function clock(): string {
  return officeTime(new Date()).slice(11);
}

function today(): string {
  return officeTime(new Date()).split(" ")[0] ?? "";
}

function keyOf(path: Buffer): string {
  return path.toString("latin1");
}

function pauseAfter(times: number): number {
  return (PAUSES[times - 1] ?? PAUSES.at(-1) ?? 0) * 1000;
}

function againOf({ again }: LeftFile, times: number): number {
  if (again === "changed") return Number.POSITIVE_INFINITY;
  return again === "later" ? Date.now() + pauseAfter(times) : again.getTime();
}
