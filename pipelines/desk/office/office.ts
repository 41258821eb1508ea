import { setTimeout as sleep } from "node:timers/promises";
import type { Delivery, Outcomes } from "../../intake/delivery.ts";
import { type Examined, type Intake, withIntake } from "../../intake/ingest.ts";
import { askAboutClock, ClockAsked, SteadyClock } from "../../ledger/clock.ts";
import type { NewEntry } from "../../ledger/entry.ts";
import type { Actor } from "../../ledger/journal.ts";
import { JournalEnd } from "../../ledger/journal-end.ts";
import { findingsIfCame, isAboutUnit } from "../../models/finding.ts";
import { readShortfalls, type ShortfallsAsked } from "../../models/shortfall.ts";
import { readStandingReport } from "../../models/standing-report.ts";
import {
  type Preview,
  type PublishedVersion,
  type PublishRequest,
  previewReport,
  publishReport,
  type VersionPages,
} from "../../publishing/publish.ts";
import type { PublishingChoice } from "../../publishing/publish-blockers.ts";
import type { SealKey } from "../../publishing/seal-key.ts";
import { type Catalogue, type ResolvedPlan, readCatalogue } from "../../sources/catalogue.ts";
import { folderState } from "../../sources/folder-state.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import { handedPlan } from "../../sources/writing/handed-plan.ts";
import { officeTime } from "../../vocabulary/date.ts";
import { Failure, resultOrFailure } from "../../vocabulary/failure.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import { shownMarts } from "../../warehouse/shown-marts.ts";
import { TimeShare } from "../../warehouse/time-share.ts";
import { deliveryOf, HeldFiles } from "../kept/held-files.ts";
import type { Claim, ListedReceipt } from "../kept/receipts.ts";
import { approvePlan } from "../plans/plan-approval.ts";
import { DraftChanges } from "../plans/plan-changes.ts";
import type { PlanDraft } from "../plans/plan-drafts.ts";
import { type Board, readBoard } from "./board.ts";
import { problemOfDoubt } from "./online-form.ts";
import { Lanes } from "./sender-lanes.ts";

export interface OfficeSettings {
  readonly sources: string;
  readonly paths: WarehousePaths;
  readonly softwareVersion: string;
  /** What published versions are signed with; null where they are not. */
  readonly sealKey: SealKey | null;
  /** Renders the pages of versions; without it they are published without pages of their own. */
  readonly pageOf?: VersionPages | undefined;
  /** A watch beside builds the marts anew of what comes in. */
  readonly isWatched?: boolean;
}

/** Which report is meant, and how it is to be published. */
export interface ReportRequest extends PublishingChoice {
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
}

/** What something that is done with the warehouse is given. */
export interface Turn {
  readonly paths: WarehousePaths;
  readonly sources: string;
  /** What is put down of it: when, and by which program. */
  readonly now: { readonly recordedAt: Date; readonly softwareVersion: string };
}

/** A report of a unit of a plan for a period. */
interface ReportOfOffice {
  readonly plan: string;
  readonly period: string;
  readonly unitId: string;
}

function reportOf({ plan, period, unitId }: ReportOfOffice): string {
  return JSON.stringify([plan, period, unitId]);
}

/** A file that somebody hands in, with who waits for what becomes of it. */
interface Waiting {
  readonly delivery: Delivery;
  readonly done: (taken: Outcomes | Failure) => void;
}

/** Something that somebody would hand in, with who waits for what a check of it finds. */
interface Asked {
  readonly delivery: Delivery;
  readonly done: (examined: Examined | Failure) => void;
}

/** So many forms are taken in together, which takes about a second, and so many files that are no forms. */
const FORMS_OF_TURN = 64;
const FILES_OF_TURN = 2;

/** After so long others may have the ledger, who look for it again and again, however many files wait. */
const TURN_MS = 5000;
const OTHERS_MS = 300;

/** So many checks are made at a time. */
const ASKED_OF_TURN = 4;

/** So many checks may wait of one sender; he may ask again. */
const MAX_ASKED = 4;

/** So many previews are kept. */
const MAX_PREVIEWS = 20;

/** A file that somebody has handed in while the clock was asked about. */
export class FileHeld extends Failure {
  constructor() {
    super(
      "Tệp đã được giữ lại và tự được tiếp nhận khi đồng hồ máy chủ được kiểm tra xong; không phải gửi lại",
    );
  }
}

/** How often files that wait are tried again where nothing has changed. */
const HELD_MS = 600_000;

/** How often it is looked whether others have written: commands, the watch. */
const LOOK_MS = 2000;

/**
 * To find out how the office stands takes as long as several files, which wait meanwhile: on the evening
 * of a deadline it may take this share of the time. At other times it is found out after each file: so
 * many milliseconds are put by for that. What it takes is counted in processor time, so that a busy
 * machine does not put it off.
 */
const BOARD_SHARE = 0.1;
const BOARD_MS = 10_000;

/** The more has come since the board was read the later it is read again: by so long for each, and at most. */
const REST_MS = 200;
const MAX_REST_MS = 20_000;

/** Once the watch has built the marts the board is read from them; for so long they are waited for. */
const MARTS_MS = 3000;
const MARTS_LOOK_MS = 50;

/**
 * What the desk does with the warehouse, one thing after another, since one process alone may write
 * the ledger, and within it one connection. Files come first, and after a turn of them something else
 * that waits; how the office stands is found out anew when nobody waits.
 */
export class Office {
  readonly #settings: OfficeSettings;
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting = new Lanes<Waiting>();
  readonly #asked = new Lanes<Asked>();
  readonly #acts: (() => Promise<void>)[] = [];
  #board: Board | null = null;
  /** Reports that have come since the board was read, each with its receipt. */
  readonly #come = new Map<string, ReportOfOffice & { readonly receiptNo: number }>();
  /** Reports as forms show them, until something comes. */
  readonly #standing = new Map<string, Awaited<ReturnType<typeof readStandingReport>>>();
  /** To draw up a report takes seconds; while nothing has changed it is the same. */
  #previews = { state: "", made: new Map<string, Preview>() };
  readonly #changes = new DraftChanges();
  /** What the form that was looked at last would be asked, so that it is not found out again when it is sent. */
  #tried: { readonly of: string; readonly problems: readonly Problem[] } | null = null;
  /** The sources as they were last read. */
  #read: { readonly state: string; readonly catalogue: Catalogue } | null = null;
  #seen = "";
  readonly #journal: JournalEnd;
  readonly #boardTime = new TimeShare(BOARD_SHARE, BOARD_MS);
  /** When the board may be read again at the earliest. */
  #boardFrom = 0;
  /** Of this machine, as long as the desk runs. */
  readonly clock = new SteadyClock();
  /** Files that wait while the clock is asked about. */
  readonly #held: HeldFiles;
  #hasHeld = false;
  /** When it was last asked whether they may be taken in. */
  #heldAsked = "";
  /** Ends when the board knows what has come by now; null where nobody waits for that. */
  #catchingUp: Promise<void> | null = null;
  /** Ends when the board is known for which it was caught up last. */
  #beingRead: Promise<void> = Promise.resolve();
  /** Boards that were begun, and which of them is the one that is known. */
  readonly #boards = { begun: 0, known: 0 };
  /** The marts that were shown when a report came last: they are without it. */
  #martsBefore: string | null = null;
  #isWorking = false;
  /** When others are to have the ledger at the latest, and when they last could. */
  readonly #turn = { until: 0, ended: 0 };
  #isEnded = false;
  #timer: NodeJS.Timeout | null = null;
  #started: Promise<void> | null = null;

  constructor(settings: OfficeSettings, onFailure: (error: unknown) => void) {
    this.#settings = settings;
    this.#onFailure = onFailure;
    this.#held = new HeldFiles(settings.paths.desk);
    this.#journal = new JournalEnd(settings.paths);
  }

  /**
   * Finds out for the first time how the office stands; what is asked for meanwhile waits for its turn.
   * @throws Failure when the sources or the ledger do not allow it
   */
  start(): Promise<void> {
    this.#started ??= this.#act(async () => {
      await this.#readBoard();
      this.#hasHeld = (await this.#held.list()).length > 0;
      if (!this.#isEnded) this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    });
    return this.#started;
  }

  /** Whether there is a board, for which it waits at most so long. */
  async hasBoard(patienceMs: number): Promise<boolean> {
    if (this.#board !== null) return true;
    const read = this.start().then(() => true);
    return Promise.race([read, sleep(patienceMs, false, { ref: false })]);
  }

  /** How the office stood when it was last found out. */
  get board(): Board {
    if (this.#board === null) throw new Error("the office was not started");
    return this.#board;
  }

  /** Why the clock is asked about; null where nothing speaks against it. */
  get clockDoubt(): Board["clock"] {
    return this.#board?.clock ?? null;
  }

  /** Whether its figures are made up, as far as it is known. */
  get isDemonstration(): boolean {
    return this.#board?.isDemonstration ?? false;
  }

  /** How many files and forms wait for their turn. */
  get waiting(): number {
    return this.#waiting.size + this.#asked.size;
  }

  /**
   * Ingests a file, after those that its sender handed in before it.
   * @returns what became of it once that is in the journal, or why it could not be ingested; `FileHeld`
   * where it was kept and is taken in later
   */
  async receive(delivery: Delivery): Promise<Outcomes | Failure> {
    if (this.#isEnded) return new Failure("Bàn làm việc đang dừng.");
    return new Promise((done) => {
      this.#waiting.add({ delivery, done });
      void this.#work();
    });
  }

  /**
   * What a report would be asked about if it were handed in: by its checks, and by the models once it
   * counts. Nothing of it is kept.
   * @returns a failure where that cannot be found out, also where its sender asks too often at a time
   */
  async examine(delivery: Delivery, report: ReportOfOffice): Promise<Examined | Failure> {
    if (this.#isEnded || this.#asked.of(delivery).length >= MAX_ASKED) {
      return new Failure("Đang kiểm tra quá nhiều biểu, thử lại sau ít phút.");
    }
    const examined = await new Promise<Examined | Failure>((done) => {
      this.#asked.add({ delivery, done });
      void this.#work();
    });
    if (examined instanceof Failure || examined.rows === null) return examined;
    const { rows } = examined;
    const further = await resultOrFailure(this.#act(() => this.#doubtsIfCame(report, rows)));
    if (further instanceof Failure) return further;
    return { ...examined, problems: [...examined.problems, ...further] };
  }

  async #doubtsIfCame(report: ReportOfOffice, rows: NewEntry): Promise<readonly Problem[]> {
    const catalogue = await this.#catalogue();
    const plan = catalogue.plans.find((one) => one.plan.id === report.plan);
    if (plan === undefined) return [];
    const { paths } = this.#settings;
    const { submission, reading } = rows;
    const of = JSON.stringify([report, submission, reading, await this.#state()]);
    if (this.#tried?.of === of) return this.#tried.problems;
    const known = new Set(this.board.findings.map(({ finding_id }) => finding_id));
    const findings = await findingsIfCame({ paths, catalogue, plan, rows });
    const problems = findings.flatMap((one) => {
      const isNew = !known.has(one.finding_id) && isAboutUnit(one, plan, report.unitId);
      return isNew && one.severity === "doubt" ? [problemOfDoubt(one, report.period)] : [];
    });
    this.#tried = { of, problems };
    return problems;
  }

  /**
   * The report of a unit for a period that counts now, and what it reported for the period before; where
   * the unit has sent nothing for the plan that is known without waiting for a turn.
   * @throws Failure when the ledger cannot be read
   */
  async standing(report: ReportOfOffice): ReturnType<typeof readStandingReport> {
    const isOfUnit = (plan: string, unitId: string): boolean =>
      plan === report.plan && unitId === report.unitId;
    const isSent =
      this.board.rows.some((row) => isOfUnit(row.plan_id, row.unit_id) && row.submissions > 0) ||
      // sent, and sent back or recalled
      this.board.acts.some(({ plan_id, unit_id }) => isOfUnit(plan_id, unit_id)) ||
      [...this.#come.values()].some(({ plan, unitId }) => isOfUnit(plan, unitId));
    if (!isSent) return { now: null, before: null };
    const known = this.#standing.get(reportOf(report));
    if (known !== undefined) return known;
    return this.read(async ({ paths }) => {
      const found = await readStandingReport({
        ...{ paths, catalogue: await this.#catalogue() },
        ...report,
      });
      this.#standing.set(reportOf(report), found);
      return found;
    });
  }

  /**
   * Whether the board knows what a file has brought. Where it does not it is read first, but on
   * the evening of a deadline.
   */
  async isKnown({ outcome, claims }: Pick<ListedReceipt, "outcome" | "claims">): Promise<boolean> {
    const isKnown = (): boolean =>
      outcome !== "accepted" || claims.every((one) => this.receiptOfComing(one) === null);
    if (!isKnown()) await this.catchUp();
    return isKnown();
  }

  /**
   * Has the board know what has come since it was read, once for all who wait for that; but on the evening
   * of a deadline, when nobody takes a turn for it.
   */
  async catchUp(): Promise<void> {
    const isBehind = async (): Promise<boolean> => (await this.#state()) !== this.#seen;
    if (this.waiting > 0 || !this.#isBoardDue() || !(await isBehind())) return;
    this.#catchingUp ??= Promise.all([this.#untilMarts(), this.#beingRead])
      .then(async () => {
        if (this.#isBoardDue()) await this.#act((endTurn) => this.#catchUpNow(isBehind, endTurn));
        else this.#catchingUp = null;
      })
      .catch((error: unknown) => {
        // the next one begins anew
        this.#catchingUp = null;
        throw error;
      });
    await this.#catchingUp;
  }

  #catchUpNow(isBehind: () => Promise<boolean>, endTurn: () => void): Promise<void> {
    // what comes from now on may not be in it
    this.#catchingUp = null;
    const read = async (): Promise<void> => {
      if (!this.#isEnded && (await isBehind())) await this.#readBoardOrReport(endTurn);
    };
    const reading = read();
    this.#beingRead = reading.catch(() => undefined);
    return reading;
  }

  /** Waits until the watch has built marts since a report came, but not long. */
  async #untilMarts(): Promise<void> {
    const { paths, isWatched = false } = this.#settings;
    const until = performance.now() + MARTS_MS;
    const isBuilt = (): boolean => shownMarts(paths.marts) !== this.#martsBefore;
    while (isWatched && !this.#isEnded && !isBuilt() && performance.now() < until)
      await sleep(MARTS_LOOK_MS);
  }

  /** The receipt of a report that has come and that the board does not know yet; null where it does. */
  receiptOfComing({ plan_id: plan, period, unit_id: unitId }: Claim): number | null {
    return this.#come.get(reportOf({ plan, period, unitId }))?.receiptNo ?? null;
  }

  /**
   * Causes and remedies as they stand now, with the indicators that they may be about.
   * @throws Failure when the ledger cannot be read
   */
  async shortfalls(
    asked: Omit<ShortfallsAsked, "paths" | "catalogue">,
  ): ReturnType<typeof readShortfalls> {
    return this.read(async ({ paths }) =>
      readShortfalls({ ...asked, paths, catalogue: await this.#catalogue() }),
    );
  }

  /**
   * A report as it would be published now.
   * @throws Failure when it cannot be drawn up
   */
  async preview(request: ReportRequest): Promise<Preview> {
    return this.#act(() => this.#previewNow(request));
  }

  /**
   * Publishes a report.
   * @param seen the substance of the preview that whoever approves it has seen
   * @throws SeenChanged when its figures are others now, PublishingRefused with everything that stands
   * against it; nothing is published then
   */
  async publish(request: ReportRequest, seen: string, by: Actor): Promise<PublishedVersion> {
    return this.write(async () => {
      const { drawn } = await this.#previewNow(request);
      const approved = { name: by.name ?? by.account, at: new Date().toISOString() };
      const document = { ...request.document, approved };
      return publishReport({ ...(await this.#publishing(request)), document, by, drawn, seen });
    });
  }

  async #previewNow(request: ReportRequest): Promise<Preview> {
    const state = await this.#state();
    if (this.#previews.state !== state || this.#previews.made.size >= MAX_PREVIEWS) {
      this.#previews = { state, made: new Map() };
    }
    const { plan, period, ...choice } = request;
    const key = JSON.stringify([plan.plan.id, period.code, choice]);
    const known = this.#previews.made.get(key);
    if (known !== undefined) return known;
    const preview = await previewReport(await this.#publishing(request));
    this.#previews.made.set(key, preview);
    return preview;
  }

  async #publishing(request: ReportRequest): Promise<PublishRequest> {
    const { paths, softwareVersion, sealKey, pageOf } = this.#settings;
    const catalogue = await this.#catalogue();
    // as the sources have it now
    const plan =
      catalogue.plans.find((one) => one.plan.id === request.plan.plan.id) ?? request.plan;
    const when = { asOf: null, publishedAt: new Date() };
    return { ...request, ...when, paths, catalogue, plan, softwareVersion, sealKey, pageOf };
  }

  /** Does something with the warehouse when it is its turn: one process has one connection. */
  read<T>(work: (turn: Turn) => Promise<T>): Promise<T> {
    const { paths, sources, softwareVersion } = this.#settings;
    return this.#act(() =>
      work({ paths, sources, now: { recordedAt: new Date(), softwareVersion } }),
    );
  }

  /**
   * The same of something that may write to the ledger or the sources: how the office stands is found out
   * again then, and what was written stands whether or not that succeeds.
   * @throws ClockAsked where the clock is asked about first, but for what is about the clock itself
   */
  write<T>(work: (turn: Turn) => Promise<T>, what?: "about the clock"): Promise<T> {
    return this.read(async (turn) => {
      if (what === undefined) await askAboutClock(turn.paths, turn.now.recordedAt, this.clock);
      const done = await work(turn);
      if ((await this.#state()) !== this.#seen) await this.#readBoardOrReport();
      return done;
    });
  }

  get softwareVersion(): string {
    return this.#settings.softwareVersion;
  }

  /** Where the files of plans, areas and units lie. */
  get sources(): string {
    return this.#settings.sources;
  }

  /** A plan as one file for the offices below, signed as versions are. */
  handedPlan(plan: ResolvedPlan): { readonly name: string; readonly bytes: Buffer } {
    return handedPlan(plan, this.#settings.sealKey);
  }

  /**
   * Puts a plan into use that was written at the desk.
   * @returns what stands against it; null where it is in use now
   * @throws Failure when the ledger or the sources cannot be written
   */
  approvePlan(draft: PlanDraft, by: Actor): Promise<string | null> {
    return this.write(async ({ now, ...places }) =>
      approvePlan(draft, { ...places, ...now, catalogue: await this.#catalogue(), by }),
    );
  }

  /** What a draft would change; null where it changes neither a plan in use nor what others stand on. */
  async changesBy(draft: PlanDraft): Promise<readonly string[] | null> {
    if (draft.file === null && draft.areas.length === 0) return null;
    return this.read(async (turn) =>
      this.#changes.of(draft, {
        ...turn,
        catalogue: await this.#catalogue(),
        state: await this.#state(),
      }),
    );
  }

  /** Ends after what is under way. */
  async close(): Promise<void> {
    this.#isEnded = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#beingRead;
    while (this.#isWorking) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Does something when it is its turn, which ends with it, or before where it says so. */
  #act<T>(act: (endTurn: () => void) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const inTurn = (endTurn: () => void): void =>
        void act(endTurn).then(resolve, reject).finally(endTurn);
      this.#acts.push(() => new Promise(inTurn));
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      while (this.waiting > 0 || this.#acts.length > 0) {
        await this.#letOthers();
        const hasFiles = this.#waiting.size > 0;
        if (this.waiting > 0) await this.#takeIn();
        const act = this.#acts.shift();
        if (act !== undefined) await act();
        else if (hasFiles) void this.catchUp();
        this.#turn.ended = performance.now();
      }
    } finally {
      this.#isWorking = false;
    }
  }

  /** Lets others have the ledger where they could not for long. */
  async #letOthers(): Promise<void> {
    const now = performance.now();
    const rest = this.#turn.ended + OTHERS_MS - now;
    if (rest > 0 && now < this.#turn.until) return;
    if (rest > 0) await sleep(rest);
    this.#turn.until = performance.now() + TURN_MS;
  }

  /** Ingests what waits and looks at what is asked about, by turns, in one opening of the ledger. */
  async #takeIn(): Promise<void> {
    const { paths, softwareVersion } = this.#settings;
    const { isDemonstration } = this;
    const begun: (Waiting | Asked)[] = [];
    const mayGoOn = (): boolean => this.#acts.length === 0 && performance.now() < this.#turn.until;
    try {
      const catalogue = await this.#catalogue();
      await withIntake({ paths, catalogue, isDemonstration, softwareVersion }, async (intake) => {
        const isAsked = await isClockAsked(intake, this.clock);
        if (!isAsked && this.#hasHeld) await this.#takeHeld(intake);
        do {
          for (const asked of this.#asked.take(ASKED_OF_TURN)) {
            begun.push(asked);
            asked.done(await intake.examine(asked.delivery));
          }
          const files = this.#waiting.take(FORMS_OF_TURN, FILES_OF_TURN);
          begun.push(...files);
          if (isAsked) {
            await this.#hold(files);
            continue;
          }
          const answered = files.values();
          for await (const taken of intake.ingestAll(files.map(({ delivery }) => delivery))) {
            if (!(taken instanceof Failure)) this.#noteCome(taken);
            answered.next().value?.done(taken);
          }
        } while (this.waiting > 0 && mayGoOn());
      });
    } catch (error) {
      this.#onFailure(error);
      const failure =
        error instanceof Failure ? error : new Failure("không tiếp nhận được", { cause: error });
      // what is in the journal was answered already; a second answer changes nothing
      const others = [...this.#waiting.take(), ...this.#asked.take()];
      for (const { done } of [...begun, ...others]) done(failure);
    }
  }

  async #hold(files: readonly Waiting[]): Promise<void> {
    for (const { delivery, done } of files) {
      await this.#held.keep(delivery);
      this.#hasHeld = true;
      done(new FileHeld());
    }
  }

  /** Takes in what waited; what cannot be taken in waits on. */
  async #takeHeld(intake: Intake): Promise<void> {
    const held = (await this.#held.list()).sort((a, b) => (a.id < b.id ? -1 : 1));
    const since = await intake.lastReceived();
    this.#hasHeld = false;
    for (const one of held) {
      for await (const taken of intake.ingestAll([deliveryOf(one, since, new Date())])) {
        if (taken instanceof Failure) {
          this.#onFailure(taken);
          this.#hasHeld = true;
          continue;
        }
        this.#noteCome(taken);
        await this.#held.remove(one);
      }
    }
  }

  #noteCome(taken: Outcomes): void {
    this.#standing.clear();
    for (const { submissions, receipt_no: receiptNo } of taken) {
      if (submissions.length > 0) this.#martsBefore = shownMarts(this.#settings.paths.marts);
      for (const { plan_id: plan, period, unit_id: unitId } of submissions) {
        this.#come.set(reportOf({ plan, period, unitId }), { plan, period, unitId, receiptNo });
      }
    }
  }

  #isBoardDue(): boolean {
    return this.#boardTime.wait === 0 && performance.now() >= this.#boardFrom;
  }

  async #look(): Promise<void> {
    if (this.#isWorking || this.#isEnded || !this.#isBoardDue()) return;
    this.#isWorking = true;
    try {
      const state = await this.#state();
      // a while later a working day may have begun
      const asked = `${state}\n${Math.floor(Date.now() / HELD_MS)}`;
      if (this.#hasHeld && asked !== this.#heldAsked) {
        this.#heldAsked = asked;
        await this.#takeIn();
      }
    } finally {
      this.#isWorking = false;
    }
    if (this.waiting > 0 || this.#acts.length > 0) await this.#work();
    else await this.catchUp();
  }

  async #readBoardOrReport(endTurn?: () => void): Promise<void> {
    try {
      await this.#readBoard(endTurn);
    } catch (error) {
      this.#onFailure(error);
    }
  }

  async #readBoard(endTurn?: () => void): Promise<void> {
    const { paths } = this.#settings;
    const seen = await this.#state();
    this.#boards.begun += 1;
    const [no, come] = [this.#boards.begun, [...this.#come]];
    const catalogue = await this.#catalogue();
    const read = () => readBoard(paths, catalogue, this.clock, endTurn);
    const board = await this.#boardTime.spend(read);
    this.#boardFrom = performance.now() + Math.min(MAX_REST_MS, REST_MS * come.length);
    // one that was begun later knows more
    if (no < this.#boards.known) return;
    this.#boards.known = no;
    this.#board = board;
    for (const [report, one] of come) if (this.#come.get(report) === one) this.#come.delete(report);
    this.#standing.clear();
    this.#seen = seen;
  }

  async #catalogue(): Promise<Catalogue> {
    const state = await folderState(this.#settings.sources);
    if (this.#read?.state !== state) {
      const { sources, paths } = this.#settings;
      this.#read = { state, catalogue: readCatalogue(sources, paths, true) };
    }
    return this.#read.catalogue;
  }

  /** What the board stands on: the journal, the sources, the day, and the clock. */
  async #state(): Promise<string> {
    const today = officeTime(new Date()).slice(0, 10);
    return [
      await this.#journal.file(),
      await folderState(this.#settings.sources),
      today,
      this.clock.setsUntil(),
    ].join("\n");
  }
}

async function isClockAsked(intake: Intake, clock: SteadyClock): Promise<boolean> {
  try {
    await intake.askAboutClock(clock);
    return false;
  } catch (error) {
    if (error instanceof ClockAsked) return true;
    throw error;
  }
}
