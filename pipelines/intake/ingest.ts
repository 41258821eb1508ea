import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { clearStaged, discardFile } from "../ledger/archive.ts";
import { ClockAsked, clockDoubt, type SteadyClock } from "../ledger/clock.ts";
import { lastMoment, type NewEntry } from "../ledger/entry.ts";
import { withLedger, withoutLedger } from "../ledger/ledger.ts";
import { PrintedTexts } from "../persons/printed-texts.ts";
import { keptName } from "../readers/personal-data.ts";
import type { RawDocument } from "../readers/raw-document.ts";
import type { ReceivedFile } from "../readers/received-file.ts";
import { keepCheckedPlans } from "../sources/catalogue.ts";
import { textsOfCatalogue } from "../sources/printed.ts";
import { officeTime, vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import {
  type Delivery,
  type IntakeSettings,
  type OpenIntake,
  type Outcome,
  type Outcomes,
  type ReadFile,
  type Taken,
  unreadFile,
} from "./delivery.ts";
import {
  type EarlierAcceptance,
  erasedWhen,
  findAccepted,
  findClaims,
  findSame,
  whatIsKnown,
} from "./earlier-receipts.ts";
import { prepareIntake } from "./find-problems.ts";
import { ingestForms } from "./ingest-forms.ts";
import { ingestPackage } from "./ingest-package.ts";
import { judgeOne, mayKnow } from "./judge.ts";
import { problemOf } from "./problem-wording.ts";
import { openReadAhead, type ReadAhead } from "./read-ahead.ts";
import { isNoReport, readReceived, receive } from "./read-received.ts";
import { openReadingPool } from "./reading-pool.ts";
import { outcomeOfSame, prepareReceipts, recordOne, rowsIfAccepted } from "./record-receipt.ts";
import { findRenamings, type Renamings } from "./resolve-names.ts";

/** The result of a trial run. */
export interface Examined {
  readonly problems: readonly Problem[];
  /** What a form says; nothing of another file. */
  readonly readings: RawDocument["readings"];
  /** What the ledger would hold of it; null of what would be refused. */
  readonly rows: NewEntry | null;
}

/** Ingests files; holds the lock of the ledger. */
export interface Intake {
  /**
   * Before anything is taken in by the clock of this machine.
   * @throws ClockAsked where that is asked about first
   */
  askAboutClock(steady?: SteadyClock): Promise<void>;
  /** When a file was last recorded, in milliseconds. */
  lastReceived(): Promise<number>;
  /**
   * Reads and judges a file like `ingest` without keeping or recording anything.
   * @returns a Failure where that was not possible
   */
  examine(delivery: Delivery): Promise<Examined | Failure>;
  /** @returns what became of the file itself */
  ingest(delivery: Delivery): Promise<Outcome>;
  /**
   * Ingests files in their order, forms together where that makes no difference.
   * @param together how many at most
   * @returns for each, as soon as it is in the ledger, what became of it, or why it could not be
   * ingested
   */
  ingestAll(deliveries: readonly Delivery[], together?: number): AsyncGenerator<Outcomes | Failure>;
}

/**
 * Opens the ledger for ingesting files and closes it whatever happens. Waits while another process
 * holds it.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function withIntake<T>(
  settings: IntakeSettings,
  work: (intake: Intake) => Promise<T>,
): Promise<T> {
  const { paths, catalogue } = settings;
  const printed = new PrintedTexts(() => textsOfCatalogue(catalogue));
  const reading = openReadingPool(() => textsOfCatalogue(catalogue));
  try {
    return await withLedger(paths, async (connection) => {
      keepCheckedPlans(catalogue);
      await clearStaged(paths);
      await prepareIntake(connection, catalogue);
      await prepareReceipts(connection);
      await connection.run("set threads = 1");
      let found: Promise<Renamings> | null = null;
      const renamings = (): Promise<Renamings> => (found ??= findRenamings(connection));
      const apart = async <T>(read: Promise<T>): Promise<T> => {
        const isSoon = Promise.race([read.then(() => true), sleep(HELD_MS, false, { ref: false })]);
        return (await isSoon) ? read : withoutLedger(connection, paths, () => read);
      };
      const open = { connection, printed, reading, renamings, apart };
      const intake: OpenIntake = { ...settings, ...open };
      // awaited here, while the ledger is open
      return await work({
        askAboutClock: async (steady) => {
          const doubt = await clockDoubt(connection, new Date(), steady);
          if (doubt !== null) throw new ClockAsked(doubt);
        },
        lastReceived: () => lastMoment(connection, "receipt"),
        examine: (delivery) => orFailure(examine(intake, delivery)),
        ingest: async (delivery) => outcomesOf(await ingestOne(intake, delivery))[0],
        async *ingestAll(deliveries, together) {
          for await (const taken of ingestAll(intake, deliveries, together)) {
            yield taken instanceof Failure ? taken : outcomesOf(taken);
          }
        },
      });
    });
  } finally {
    reading.close();
  }
}

function outcomesOf(taken: Taken): Outcomes {
  if ("noReport" in taken) throw new Error("a file that was not packed has no outcome");
  return taken;
}

/**
 * Ingests one file of any kind: receives it, looks it up in the ledger, reads, judges, records and
 * answers it.
 * @param ahead the file if it was received and read already; its copy is removed here, too
 */
async function ingestOne(
  intake: OpenIntake,
  delivery: Delivery,
  ahead: ReadFile | null = null,
): Promise<Taken> {
  refuseFuture(intake, delivery);
  const file = ahead?.file ?? (await receive(intake, delivery));
  const take = async (): Promise<Taken> => {
    const before = await lookUp(intake, delivery, file);
    if ("outcome" in before) return [before.outcome];
    const read = ahead ?? (await readReceived(intake, delivery, file));
    // others may have had the ledger meanwhile
    const known = await lookUp(intake, delivery, file);
    if ("outcome" in known) return [known.outcome];
    if (read.medium === "package" && delivery.isPacked !== true) {
      const ingestWithin = (within: readonly Delivery[], ahead: ReadAhead) =>
        ingestAll(intake, within, undefined, ahead);
      return ingestPackage(intake, read, ingestWithin);
    }
    const judged = await judgeOne(intake, read, known.earlier);
    if (delivery.isPacked === true && isNoReport(judged)) return { noReport: judged };
    return [await recordOne(intake, judged)];
  };
  return take().finally(() => discardFile(file));
}

async function examine(intake: OpenIntake, delivery: Delivery): Promise<Examined> {
  const file = await receive(intake, delivery);
  try {
    const read = await readReceived(intake, delivery, file);
    const judged = await judgeOne(intake, read);
    const { problems } = judged;
    const isRefused = problems.some(({ severity }) => severity === "error");
    const rows = isRefused ? null : await rowsIfAccepted(intake, judged);
    return { problems, readings: read.document?.readings ?? [], rows };
  } finally {
    await discardFile(file);
  }
}

async function* ingestAll(
  intake: OpenIntake,
  deliveries: readonly Delivery[],
  together?: number,
  ahead = openReadAhead(intake),
): AsyncGenerator<Taken | Failure> {
  try {
    let done = 0;
    while (done < deliveries.length) {
      const found = await orFailure(ingestForms(intake, deliveries.slice(done), ahead, together));
      // what fails for many may work for one, and is reported for each
      for (const outcome of found instanceof Failure ? [null] : found) {
        const delivery = deliveries[done];
        if (delivery === undefined) return;
        done += 1;
        const form = await ahead.handOver(delivery);
        if (outcome === null) {
          // what was archived before the others failed is received anew
          const staged = form !== null && existsSync(form.file.path) ? form : null;
          yield await orFailure(ingestOne(intake, delivery, staged));
          continue;
        }
        if (form !== null) await discardFile(form.file);
        yield [outcome];
      }
    }
  } finally {
    await ahead.discardAll();
  }
}

function refuseFuture({ printed }: OpenIntake, { file, receivedAt, recordedAt }: Delivery): void {
  if (receivedAt <= recordedAt) return;
  throw new Failure(
    `${shownText(keptName(file, printed))} không thể được nhận ở một thời điểm chưa đến (${officeTime(receivedAt)}).`,
    { exitCode: 2 },
  );
}

/**
 * Looks a file up in the ledger.
 * @returns its outcome where nothing has to be read for it: it is recorded already, was erased, or
 * repeats what was accepted; else the earlier acceptances of its bytes
 */
async function lookUp(
  intake: OpenIntake,
  delivery: Delivery,
  file: ReceivedFile,
): Promise<{ readonly outcome: Outcome } | { readonly earlier: EarlierAcceptance | null }> {
  const { connection } = intake;
  const { sha256, name } = file;
  const known = await whatIsKnown(connection, sha256);
  if (known.isReceived && delivery.isInPlace === true) {
    const same = await findSame(connection, file, delivery.receivedAt);
    if (same !== null) {
      const recorded = unreadFile({ delivery, file }, same.medium, same.problems);
      return { outcome: await outcomeOfSame(intake, recorded, same) };
    }
  }
  // who may not report for a unit does not learn either that it has sent the same, or that it was erased
  const mayLearn = known.isReceived && mayKnow(await findClaims(connection, sha256), delivery);
  if (!mayLearn) return { earlier: null };
  const erasedAt = known.isErased ? await erasedWhen(connection, sha256) : null;
  if (erasedAt !== null) {
    const problem = problemOf("file_erased", name, { date: vietnameseDate(erasedAt) });
    const refused = unreadFile({ delivery, file }, "unknown", [problem]);
    return { outcome: await recordOne(intake, refused) };
  }
  const earlier = await findAccepted(connection, sha256, delivery.receivedAt);
  if (delivery.again === true || earlier?.changes_nothing !== true) return { earlier };
  const repeated = unreadFile({ delivery, file }, earlier.medium, []);
  return { outcome: await recordOne(intake, { ...repeated, repeats: earlier }) };
}

/** What takes longer to be read leaves the ledger to others meanwhile, in milliseconds. */
const HELD_MS = 1000;

/** Turns any error into a Failure, so that one file does not stop the others. */
async function orFailure<T>(work: Promise<T>): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    const failure = fileFailure(error, "không tiếp nhận được");
    if (failure instanceof Failure) return failure;
    const message = error instanceof Error ? error.message : String(error);
    return new Failure(
      `không tiếp nhận được: ${message} Lỗi của chương trình; đề nghị báo cho người phát triển, kèm tệp.`,
      { cause: error },
    );
  }
}
