import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { keyCode } from "../../contract/check-code.ts";
import { publicKeyPem } from "../../contract/sealing.ts";
import type { Delivery, Outcomes } from "../../intake/delivery.ts";
import { type Examined, withIntake } from "../../intake/ingest.ts";
import { removeTakenCopies } from "../../intake/processed-files.ts";
import type { NewEntry } from "../../ledger/entry.ts";
import type { WrittenText } from "../../ledger/entry-texts.ts";
import {
  type Erasure,
  type ErasureRequest,
  erase,
  meaning,
  plannedErasure,
  writtenTexts,
} from "../../ledger/erase.ts";
import { type Actor, listEntries } from "../../ledger/journal.ts";
import {
  acknowledgeFindings,
  type Decision,
  decideOnTexts,
  explainFinding,
  type RecordedAct,
  type RecordedPlan,
  type RemindedReport,
  type ReminderWay,
  type ReportAct,
  readPlanChanges,
  readReportActs,
  recordPlan,
  recordReportActs,
  recordShortfalls,
  remindUnits,
  type ShortfallText,
} from "../../ledger/recorded-acts.ts";
import { queryModels } from "../../models/build-marts.ts";
import { linkedPlans } from "../../models/built-from.ts";
import { FINDING_MODELS, type Finding, findingsIfCame, findingsIn } from "../../models/finding.ts";
import { type PlanFigure, readPlanFigures } from "../../models/plan-figures.ts";
import { readShortfalls, type ShortfallsAsked } from "../../models/shortfall.ts";
import { readStandingReport } from "../../models/standing-report.ts";
import {
  type OfficeUnit,
  STATUS_MODELS,
  type StatusRow,
  statusIn,
} from "../../models/submission-status.ts";
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
import { readPublications, type StoredPublication } from "../../publishing/stored-publication.ts";
import { type Catalogue, type ResolvedPlan, readCatalogue } from "../../sources/catalogue.ts";
import { checkPlanFile } from "../../sources/check/plan-check.ts";
import { folderState } from "../../sources/folder-state.ts";
import {
  keysFile,
  type OfficeKey,
  readOfficeKeys,
  withKeyLine,
} from "../../sources/office/office-keys.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import { unsettledLines } from "../../sources/unsettled-plan.ts";
import { handedPlan } from "../../sources/writing/handed-plan.ts";
import { officeTime } from "../../vocabulary/date.ts";
import { Failure } from "../../vocabulary/failure.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import { sha256Of } from "../../warehouse/files.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import { placeFiles } from "../../warehouse/place-files.ts";
import { changedFigures } from "../plans/plan-changes.ts";
import {
  approvedText,
  dataOf,
  fileNameOf,
  fileState,
  filesOf,
  type PlanDraft,
  withDraftIn,
} from "../plans/plan-drafts.ts";
import { problemOfDoubt } from "./online-form.ts";
import { type Unsent, unsentWith } from "./unsent.ts";

/** How the office stands: what every page of the desk shows. */
export interface Board {
  /** Every report of every unit. */
  readonly rows: readonly StatusRow[];
  readonly units: readonly OfficeUnit[];
  readonly findings: readonly Finding[];
  readonly catalogue: Catalogue;
  /** What has been published, in its order; moments in milliseconds since 1970. */
  readonly versions: readonly StoredPublication[];
  /** Plans that were approved at the desk, in their order. */
  readonly planChanges: readonly RecordedPlan[];
  /** What was done about reports of units, in its order. */
  readonly acts: readonly RecordedAct[];
  /** The moment as of which it holds. */
  readonly at: Date;
}

export interface OfficeSettings {
  readonly sources: string;
  readonly paths: WarehousePaths;
  readonly softwareVersion: string;
  readonly isDemonstration: boolean;
  /** What published versions are signed with; null where they are not. */
  readonly sealKey: SealKey | null;
  /** Renders the pages of versions; without it they are published without pages of their own. */
  readonly pageOf?: VersionPages | undefined;
}

/** Which report is meant, and how it is to be published. */
export interface ReportRequest extends PublishingChoice {
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
}

/** What would go with some texts, and where they stand besides. */
export interface FoundTexts extends Erasure {
  readonly unsent: readonly Unsent[];
}

/** By what a form of the desk names a text, which is in no address and no log. */
export function idOfText({ text }: Pick<WrittenText, "text">): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
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

/** Something that somebody would hand in, with who waits for what would be said of it. */
interface Asked {
  readonly delivery: Delivery;
  readonly done: (examined: Examined | Failure) => void;
}

/** What waits, a lane a sender: one of each comes in turn, so that nobody waits for all that another sends. */
class Lanes<T extends { readonly delivery: Delivery }> {
  readonly #lanes = new Map<string, T[]>();

  get isEmpty(): boolean {
    return this.#lanes.size === 0;
  }

  /** What waits of the sender of a delivery. */
  of({ by }: Delivery): readonly T[] {
    return this.#lanes.get(by?.account ?? "") ?? [];
  }

  add(one: T): void {
    const { delivery } = one;
    this.#lanes.set(delivery.by?.account ?? "", [...this.of(delivery), one]);
  }

  next(): T | undefined {
    for (const [sender, [one, ...rest]] of this.#lanes) {
      this.#lanes.delete(sender);
      if (rest.length > 0) this.#lanes.set(sender, rest);
      return one;
    }
    return undefined;
  }

  takeAll(): T[] {
    const all = [...this.#lanes.values()].flat();
    this.#lanes.clear();
    return all;
  }
}

/** While somebody waits for something else, so many files are taken in at a time. */
const FILES_OF_TURN = 2;

/** So often one sender waits at most to hear what would be said of something; he may ask again. */
const MAX_ASKED = 4;

/** So many previews are kept. */
const MAX_PREVIEWS = 20;

/** How often it is looked whether others have written: commands, the watch. */
const LOOK_MS = 2000;

/**
 * To find out how the office stands takes as long as several files, which wait meanwhile: on the evening
 * of a deadline it may take this share of the time. At other times it is found out after each file: so
 * many milliseconds are put by for that.
 */
const BOARD_SHARE = 0.1;
const BOARD_MS = 10_000;

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
  /** Reports that have come since the board was read. */
  readonly #come = new Map<string, ReportOfOffice>();
  /** Reports as forms show them, until something comes. */
  readonly #standing = new Map<string, Awaited<ReturnType<typeof readStandingReport>>>();
  /** To draw up a report takes seconds; while nothing has changed it is the same. */
  #previews = { state: "", made: new Map<string, Preview>() };
  /** What the draft that was looked at last would change; to compute it takes seconds. */
  #before: { readonly of: string; readonly figures: readonly PlanFigure[] } | null = null;
  #changes: { readonly of: string; readonly told: readonly string[] } | null = null;
  /** What the form that was looked at last would be asked, so that it is not found out again when it is sent. */
  #tried: { readonly of: string; readonly told: readonly Problem[] } | null = null;
  /** The sources as they were last read. */
  #read: { readonly state: string; readonly catalogue: Catalogue } | null = null;
  #seen = "";
  /** For how long the board may be read, and when that was reckoned; below 0 files alone are taken in. */
  #boardTime = { left: BOARD_MS, at: 0 };
  #isWorking = false;
  #isEnded = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(settings: OfficeSettings, onFailure: (error: unknown) => void) {
    this.#settings = settings;
    this.#onFailure = onFailure;
  }

  /** @throws Failure when the sources or the ledger do not allow it */
  async start(): Promise<void> {
    await this.#readBoard();
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  /** How the office stood when it was last found out. */
  get board(): Board {
    if (this.#board === null) throw new Error("the office was not started");
    return this.#board;
  }

  /**
   * Ingests a file, after those that its sender handed in before it.
   * @returns what became of it once that is in the journal, or why it could not be ingested
   */
  async receive(delivery: Delivery): Promise<Outcomes | Failure> {
    if (this.#isEnded) return new Failure("Bàn làm việc đang dừng.");
    return new Promise((done) => {
      this.#waiting.add({ delivery, done });
      void this.#work();
    });
  }

  /**
   * What would be said of the form of a report if it were handed in, at once and by the models once it
   * counts; nothing is kept of it.
   * @returns why that cannot be said where it cannot, also where its sender asks too often at a time
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
    try {
      const further = await this.#act(() => this.#doubtsIfCame(report, rows));
      return { ...examined, problems: [...examined.problems, ...further] };
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  }

  async #doubtsIfCame(report: ReportOfOffice, rows: NewEntry): Promise<readonly Problem[]> {
    const catalogue = await this.#catalogue();
    const plan = catalogue.plans.find((one) => one.plan.id === report.plan);
    if (plan === undefined) return [];
    const { paths } = this.#settings;
    const { submission, reading } = rows;
    const of = JSON.stringify([report, submission, reading, await this.#state()]);
    if (this.#tried?.of === of) return this.#tried.told;
    const known = new Set(this.board.findings.map(({ finding_id }) => finding_id));
    const findings = await findingsIfCame({ paths, catalogue, plan, rows });
    const told = findings.flatMap((one) => {
      const isNew = !known.has(one.finding_id) && one.unit_id === report.unitId;
      return isNew && one.severity === "doubt" ? [problemOfDoubt(one, report.period)] : [];
    });
    this.#tried = { of, told };
    return told;
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
    return this.#act(async () => {
      const { paths } = this.#settings;
      const found = await readStandingReport({
        ...{ paths, catalogue: await this.#catalogue() },
        ...report,
      });
      this.#standing.set(reportOf(report), found);
      return found;
    });
  }

  /**
   * Whether the board knows what has come for some reports. Where it does not it is read first, but on
   * the evening of a deadline.
   */
  async isKnown(reports: readonly ReportOfOffice[]): Promise<boolean> {
    const isKnown = (): boolean => reports.every((one) => !this.#come.has(reportOf(one)));
    if (isKnown()) return true;
    await this.#act(async () => {
      if (!isKnown() && this.#isBoardDue()) await this.#readBoardOrSay();
    });
    return isKnown();
  }

  /**
   * Lets findings stand, with a reason.
   * @throws Failure when the ledger cannot be written
   */
  async acknowledge(findingIds: readonly string[], reason: string, by: Actor): Promise<void> {
    await this.#record((paths, now) =>
      acknowledgeFindings(paths, { ...now, findingIds, reason, by }),
    );
  }

  /**
   * Records what a unit says about a doubt.
   * @throws Failure when the ledger cannot be written
   */
  async explain(findingId: string, said: string, by: Actor): Promise<void> {
    await this.#record((paths, now) =>
      explainFinding(paths, { ...now, findingId, text: said, by }),
    );
  }

  /**
   * Records that units were reminded of reports.
   * @throws Failure when the ledger cannot be written
   */
  async remind(reports: readonly RemindedReport[], how: ReminderWay, by: Actor): Promise<void> {
    await this.#record((paths, now) => remindUnits(paths, { ...now, reports, how, by }));
  }

  /**
   * Records that reports get more time, are sent back or recalled, or that they are to.
   * @throws Failure when the ledger cannot be written
   */
  async actOn(acts: readonly ReportAct[], by: Actor): Promise<void> {
    await this.#record((paths, now) => recordReportActs(paths, { ...now, acts, by }));
  }

  /**
   * Causes and remedies as they stand now, with the indicators that they may be about.
   * @throws Failure when the ledger cannot be read
   */
  async shortfalls(
    asked: Omit<ShortfallsAsked, "paths" | "catalogue">,
  ): ReturnType<typeof readShortfalls> {
    const { paths } = this.#settings;
    return this.#act(async () =>
      readShortfalls({ ...asked, paths, catalogue: await this.#catalogue() }),
    );
  }

  /**
   * Records causes and remedies.
   * @throws Failure when the ledger cannot be written
   */
  async saySo(texts: readonly ShortfallText[], by: Actor): Promise<void> {
    await this.#record((paths, now) => recordShortfalls(paths, { ...now, texts, by }));
  }

  /**
   * Records who may read texts.
   * @throws Failure when the ledger cannot be written
   */
  async decide(textIds: readonly string[], decision: Decision, by: Actor): Promise<void> {
    const decidedBy = by.name ?? by.account;
    await this.#record((paths, now) =>
      decideOnTexts(paths, { ...now, textIds, decision, decidedBy, by }),
    );
  }

  #record(
    record: (
      paths: WarehousePaths,
      now: { readonly recordedAt: Date; readonly softwareVersion: string },
    ) => Promise<unknown>,
  ): Promise<void> {
    const { paths, softwareVersion } = this.#settings;
    return this.#act(async () => {
      await record(paths, { recordedAt: new Date(), softwareVersion });
      // it stands from here on, whether or not the board can be read
      await this.#readBoardOrSay();
    });
  }

  /**
   * Erases the file of a receipt, with every text that was in it, for good.
   * @throws Failure when the ledger cannot be written
   */
  async eraseFile(receiptNo: number, reason: string, by: Actor): Promise<void> {
    await this.#act(() =>
      this.#erase({ receipts: [receiptNo], texts: [], phrases: [], reason, by }),
    );
  }

  /**
   * What would go if every text went in which some words stand.
   * @throws Failure when the journal is not whole
   */
  async lookForTexts(words: string): Promise<FoundTexts> {
    const { paths } = this.#settings;
    const wanted = { receipts: [], texts: [], phrases: [words] };
    const erasure = await this.#act(() => plannedErasure(paths, wanted));
    const unsent = await unsentWith(deskFolder(paths), meaning(wanted));
    return { ...erasure, unsent };
  }

  /**
   * Erases texts wherever they stand, with the files that they came in, for good.
   * @param ids as `idOfText` has them
   * @returns false, and nothing is erased, when one of them is not there any more
   * @throws Failure when the ledger cannot be written
   */
  async eraseTexts(ids: readonly string[], reason: string, by: Actor): Promise<boolean> {
    return this.#act(async () => {
      const wanted = new Set(ids);
      const found = await writtenTexts(this.#settings.paths, (text) =>
        wanted.has(idOfText({ text })),
      );
      const texts = [...new Set(found.map(({ text }) => text))];
      if (texts.length === 0 || texts.length < wanted.size) return false;
      await this.#erase({ receipts: [], texts, phrases: [], reason, by });
      return true;
    });
  }

  async #erase(
    wanted: Pick<ErasureRequest, "receipts" | "texts" | "phrases" | "reason"> & {
      readonly by: Actor;
    },
  ): Promise<void> {
    const { paths, sources, softwareVersion } = this.#settings;
    const { files } = await erase({
      ...wanted,
      paths,
      erasedBy: wanted.by.name ?? wanted.by.account,
      recordedAt: new Date(),
      softwareVersion,
    });
    const digests = new Set(files.map(({ sha256 }) => sha256));
    await removeTakenCopies(join(sources, "inbox"), digests);
    await this.#readBoardOrSay();
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
   * @returns null when its figures are others now; nothing is published then
   * @throws PublishingRefused with everything that stands against it
   */
  async publish(request: ReportRequest, seen: string, by: Actor): Promise<PublishedVersion | null> {
    return this.#act(async () => {
      if ((await this.#previewNow(request)).substance !== seen) return null;
      const approved = { name: by.name ?? by.account, at: new Date().toISOString() };
      const published = await publishReport({
        ...(await this.#publishing(request)),
        document: { ...request.document, approved },
        by,
      });
      await this.#readBoardOrSay();
      return published;
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

  /** Reads of the warehouse what is on no board, when it is its turn: one process has one connection. */
  async read<T>(work: (paths: WarehousePaths) => Promise<T>): Promise<T> {
    return this.#act(() => work(this.#settings.paths));
  }

  get softwareVersion(): string {
    return this.#settings.softwareVersion;
  }

  /** Where the files of plans, areas and units lie. */
  get sources(): string {
    return this.#settings.sources;
  }

  /** The keys of other offices, as they are listed now. */
  keys(): readonly OfficeKey[] {
    return readOfficeKeys(this.sources).keys;
  }

  /** Lists a key of another office, or what is said of it from now on. */
  async keepKey(
    line: Pick<OfficeKey, "key" | "area" | "name" | "from" | "until" | "by">,
  ): Promise<void> {
    return this.#act(async () => {
      const { key, ...said } = line;
      const list = keysFile(this.sources);
      const known = this.keys().find((one) => one.key === key)?.file;
      const file = known ?? `${keyCode(key)}.pub`;
      const text = existsSync(list) ? readFileSync(list, "utf8") : "";
      const written = withKeyLine(text, { ...said, file, until: said.until ?? "" });
      const pem = { file: join(dirname(list), file), bytes: Buffer.from(publicKeyPem(key)) };
      await placeFiles(
        [...(known === undefined ? [pem] : []), { file: list, bytes: Buffer.from(written) }],
        () => true,
      );
      await this.#readBoardOrSay();
    });
  }

  /** A plan as one file for the offices below, signed as versions are. */
  handedPlan(plan: ResolvedPlan): { readonly name: string; readonly bytes: Buffer } {
    return handedPlan(plan, this.#settings.sealKey);
  }

  /**
   * Writes the file of a plan that was written at the desk, with what goes with it, among the sources.
   * @returns what stands against it; nothing is written then. Null where it is in use now
   * @throws Failure when the ledger or the sources cannot be written
   */
  async approvePlan(draft: PlanDraft, by: Actor): Promise<string | null> {
    return this.#act(async () => {
      const { paths, sources, softwareVersion } = this.#settings;
      const against = await standsAgainst(draft, sources, paths, await this.#catalogue());
      if (against !== null) return against;
      const files = [...filesOf(draft, sources)].map(([name, text]) => ({
        file: join(sources, name),
        bytes: Buffer.from(text),
      }));
      const before = files.map(({ file }) => (existsSync(file) ? readFileSync(file) : null));
      await placeFiles(files, () => true);
      try {
        await recordPlan(paths, {
          planId: String(dataOf(draft).id),
          fileName: fileNameOf(draft),
          sha256: sha256Of(approvedText(draft)),
          preparedBy: draft.saved.name,
          recordedAt: new Date(),
          ...{ softwareVersion, by },
        });
      } catch (error) {
        // what the journal does not know was not approved
        for (const [index, { file }] of files.entries()) {
          const bytes = before[index];
          if (bytes) await placeFiles([{ file, bytes }], () => true);
          else await rm(file, { force: true });
        }
        throw error;
      }
      await this.#readBoardOrSay();
      return null;
    });
  }

  /**
   * What of figures and verdicts a draft would change, of other plans too; null where it changes neither
   * a plan in use nor what others stand on.
   * @throws Failure when the ledger cannot be read
   */
  async changesBy(draft: PlanDraft): Promise<readonly string[] | null> {
    const id = String(dataOf(draft).id);
    const { file, tables, areas } = draft;
    if (file === null && areas.length === 0) return null;
    return this.#act(async () => {
      const { paths, sources } = this.#settings;
      const catalogue = await this.#catalogue();
      const state = await this.#state();
      const of = JSON.stringify([draft.key, approvedText(draft), tables, areas, state]);
      if (this.#changes?.of === of) return this.#changes.told;
      const told = await withDraftIn(sources, draft, async (folder) => {
        const changed = readCatalogue(folder, { plans: paths.plans });
        // areas are common to all
        const only =
          areas.length > 0 ? undefined : linkedPlans([id], [...catalogue.plans, ...changed.plans]);
        const [before, after] = await Promise.all([
          this.#figuresBefore(JSON.stringify([state, [...(only ?? [])]]), catalogue, only),
          readPlanFigures(paths, changed, only),
        ]);
        return catalogue.plans.flatMap(({ plan }) => {
          const isOwn = (one: { readonly plan_id: string }): boolean => one.plan_id === plan.id;
          const now = changed.plans.find((one) => one.plan.id === plan.id)?.plan ?? plan;
          const lines = changedFigures(before.filter(isOwn), after.filter(isOwn), now);
          return plan.id === id ? lines : lines.map((line) => `${plan.number}: ${line}`);
        });
      });
      this.#changes = { of, told };
      return told;
    });
  }

  /** Figures as they are: the same for each change of a plan that somebody looks at. */
  async #figuresBefore(
    of: string,
    catalogue: Catalogue,
    only: ReadonlySet<string> | undefined,
  ): Promise<readonly PlanFigure[]> {
    if (this.#before?.of !== of) {
      this.#before = { of, figures: await readPlanFigures(this.#settings.paths, catalogue, only) };
    }
    return this.#before.figures;
  }

  /** Ends after what is under way. */
  async close(): Promise<void> {
    this.#isEnded = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    while (this.#isWorking) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Does something when it is its turn. */
  #act<T>(act: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#acts.push(() => act().then(resolve, reject));
      void this.#work();
    });
  }

  #hasForms(): boolean {
    return !this.#waiting.isEmpty || !this.#asked.isEmpty;
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      while (this.#hasForms() || this.#acts.length > 0) {
        const hasFiles = !this.#waiting.isEmpty;
        if (this.#hasForms()) await this.#takeIn();
        const act = this.#acts.shift();
        if (act !== undefined) await act();
        else if (hasFiles && !this.#hasForms() && this.#isBoardDue()) await this.#readBoardOrSay();
      }
    } finally {
      this.#isWorking = false;
    }
  }

  /** Ingests what waits and looks at what is asked about, by turns, in one opening of the ledger. */
  async #takeIn(): Promise<void> {
    const { paths, isDemonstration, softwareVersion } = this.#settings;
    const begun: (Waiting | Asked)[] = [];
    try {
      const catalogue = await this.#catalogue();
      await withIntake({ paths, catalogue, isDemonstration, softwareVersion }, async (intake) => {
        let files = 0;
        while (this.#hasForms() && (files < FILES_OF_TURN || this.#acts.length === 0)) {
          const asked = this.#asked.next();
          if (asked !== undefined) {
            begun.push(asked);
            asked.done(await intake.examine(asked.delivery));
          }
          const file = this.#waiting.next();
          if (file === undefined) continue;
          begun.push(file);
          files += 1;
          for await (const taken of intake.ingestAll([file.delivery])) {
            if (!(taken instanceof Failure)) this.#noteCome(taken);
            file.done(taken);
          }
        }
      });
    } catch (error) {
      this.#onFailure(error);
      const failure =
        error instanceof Failure ? error : new Failure("không tiếp nhận được", { cause: error });
      // what is in the journal has been told already; a second answer changes nothing
      const others = [...this.#waiting.takeAll(), ...this.#asked.takeAll()];
      for (const { done } of [...begun, ...others]) done(failure);
    }
  }

  #noteCome(taken: Outcomes): void {
    this.#standing.clear();
    for (const { plan_id: plan, period, unit_id: unitId } of taken.flatMap(
      ({ submissions }) => submissions,
    )) {
      this.#come.set(reportOf({ plan, period, unitId }), { plan, period, unitId });
    }
  }

  #isBoardDue(): boolean {
    const now = Date.now();
    const { left, at } = this.#boardTime;
    this.#boardTime = { left: Math.min(BOARD_MS, left + BOARD_SHARE * (now - at)), at: now };
    return this.#boardTime.left > 0;
  }

  async #look(): Promise<void> {
    if (this.#isWorking || this.#isEnded || !this.#isBoardDue()) return;
    this.#isWorking = true;
    try {
      if ((await this.#state()) !== this.#seen) await this.#readBoardOrSay();
    } finally {
      this.#isWorking = false;
    }
    if (this.#hasForms() || this.#acts.length > 0) await this.#work();
  }

  async #readBoardOrSay(): Promise<void> {
    try {
      await this.#readBoard();
    } catch (error) {
      this.#onFailure(error);
    }
  }

  async #readBoard(): Promise<void> {
    const { paths } = this.#settings;
    const seen = await this.#state();
    const catalogue = await this.#catalogue();
    const at = new Date();
    const all = { plan: null, period: null };
    const board = await queryModels({
      paths,
      catalogue,
      asOf: null,
      models: [...STATUS_MODELS, ...FINDING_MODELS],
      read: async (connection) => ({
        ...(await statusIn(connection, all)),
        findings: await findingsIn(connection, all),
        versions: await readPublications(connection),
        planChanges: await readPlanChanges(connection),
        acts: await readReportActs(connection),
      }),
    });
    this.#board = { ...board, catalogue, at };
    this.#boardTime = {
      ...this.#boardTime,
      left: this.#boardTime.left - (Date.now() - at.getTime()),
    };
    this.#come.clear();
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

  /** What the board stands on: the journal, the sources, and the day. */
  async #state(): Promise<string> {
    const { paths, sources } = this.#settings;
    const entries = await listEntries(paths);
    const today = officeTime(new Date()).slice(0, 10);
    return [entries.at(-1)?.file ?? "", await folderState(sources), today].join("\n");
  }
}

/** Why the file of a draft cannot be written; null where nothing stands against it. */
async function standsAgainst(
  draft: PlanDraft,
  sources: string,
  paths: WarehousePaths,
  { unsettled }: Catalogue,
): Promise<string | null> {
  const name = fileNameOf(draft);
  if (fileState(join(sources, "plans", name)) !== draft.base) {
    return draft.base === null
      ? `Đã có tệp kế hoạch ${name}: đặt mã kế hoạch khác ở bước Căn cứ.`
      : `Tệp ${name} đã được sửa sau khi bản này được mở. Mở lại kế hoạch từ tệp rồi sửa tiếp.`;
  }
  return withDraftIn(sources, draft, (folder) => {
    const { problems, plan } = checkPlanFile(join(folder, "plans", name), folder);
    if (plan === null) return `Còn ${problems.length} điểm phải sửa.`;
    try {
      // the areas and units of all may have changed with it
      const known = new Set(unsettled.map((one) => basename(one.file)));
      const worse = readCatalogue(folder, { plans: paths.plans }).unsettled.filter(
        (one) => !known.has(basename(one.file)),
      );
      return worse.length === 0
        ? null
        : `Kế hoạch khác không còn đúng: ${worse.flatMap(unsettledLines).join(" ")}`;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return error.message.replaceAll(folder, "");
    }
  });
}

/** Where the desk keeps accounts, sessions and the log of acts. */
export function deskFolder({ folder }: WarehousePaths): string {
  return join(folder, "desk");
}
