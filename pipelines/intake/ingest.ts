import { open } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { clearStaged, discardFile, type FileContent, stageFile } from "../ledger/archive.ts";
import { withLedger } from "../ledger/ledger.ts";
import { PrintedTexts } from "../persons/printed-texts.ts";
import { looksLikeWorkbook } from "../readers/form-reader.ts";
import type { RawDocument } from "../readers/raw-document.ts";
import { openReadingPool } from "../readers/reading-pool.ts";
import { NO_TEXT, type ReceivedFile } from "../readers/received-file.ts";
import { keepCheckedPlans } from "../sources/catalogue.ts";
import { textsOfCatalogue } from "../sources/printed.ts";
import { officeTime, vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { refuseOthers } from "./allowed-reports.ts";
import { prepareReceipts } from "./append-receipt.ts";
import type {
  Delivery,
  IntakeSettings,
  OpenSettings,
  Outcome,
  Outcomes,
  Taken,
} from "./delivery.ts";
import {
  type EarlierAcceptance,
  findAccepted,
  findErased,
  findReceived,
  findSame,
  whatIsKnown,
} from "./earlier-receipts.ts";
import { prepareIntake } from "./find-problems.ts";
import { ingestPackage } from "./ingest-package.ts";
import { ALL_ROWS, NO_ROWS } from "./intake-tables.ts";
import {
  isNoReport,
  type JudgedFile,
  judgeFiles,
  keptName,
  type ReadFile,
  readReceived,
} from "./judge.ts";
import { word } from "./problem-wording.ts";
import { openReadAhead, type ReadAhead, type ReadForm } from "./read-ahead.ts";
import { type Judgement, outcomeOfSame, putDown, putOneDown } from "./record-receipt.ts";
import { findRenamings, type Renamings } from "./resolve-names.ts";

/** So many forms are judged together at most. */
const MAX_TOGETHER = 128;

/**
 * A larger file is judged by as many threads as there are; of a smaller one handing the work out costs
 * more than it spares.
 */
const BYTES_OF_ONE_THREAD = 1024 * 1024;

/** What would be said of a file if it were handed in. */
export interface Examined {
  readonly problems: readonly Problem[];
  /** What stands in a form; nothing of another file. */
  readonly readings: RawDocument["readings"];
}

/** Ingests files; holds the lock of the ledger. */
export interface Intake {
  /**
   * Reads and judges a file as `ingest` would; nothing is kept of it and nothing put down.
   * @returns why it could not be, where it could not
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
 * Opens the ledger for ingesting files and closes it whatever happens. While another process holds
 * it, waits.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function withIntake<T>(
  settings: IntakeSettings,
  work: (intake: Intake) => Promise<T>,
): Promise<T> {
  const printed = new PrintedTexts(() => textsOfCatalogue(settings.catalogue));
  const reading = openReadingPool(() => textsOfCatalogue(settings.catalogue));
  try {
    return await withLedger(settings.paths, async (connection) => {
      keepCheckedPlans(settings.catalogue);
      await clearStaged(settings.paths);
      await prepareIntake(connection, settings.catalogue);
      await prepareReceipts(connection);
      await connection.run("set threads = 1");
      let renamings: Promise<Renamings> | null = null;
      const open: OpenSettings = {
        ...settings,
        printed,
        reading,
        renamings: () => (renamings ??= findRenamings(connection)),
      };
      // awaited here, while the ledger is open
      return await work({
        examine: (delivery) => orFailure(examine(connection, open, delivery)),
        ingest: async (delivery) => {
          const [outcome] = outcomesOf(await ingestOne(connection, open, delivery));
          return outcome;
        },
        async *ingestAll(deliveries, together) {
          for await (const taken of ingestAll(connection, open, deliveries, together)) {
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

async function* ingestAll(
  connection: DuckDBConnection,
  settings: OpenSettings,
  deliveries: readonly Delivery[],
  together = MAX_TOGETHER,
): AsyncGenerator<Taken | Failure> {
  const ahead = openReadAhead(connection, settings);
  const looks = new Map<Delivery, Promise<boolean>>();
  const isForm = (delivery: Delivery): Promise<boolean> => {
    const there = looks.get(delivery);
    if (there !== undefined) return there;
    const look = firstBytes(delivery.content).then(looksLikeWorkbook);
    looks.set(delivery, look);
    return look;
  };
  try {
    let done = 0;
    while (done < deliveries.length) {
      const rest = deliveries.slice(done);
      const work = { rest, together, ahead, isForm };
      const found = await orFailure(ingestForms(connection, settings, work));
      // what stands in the way of many may not stand in the way of one, and is told for each
      const outcomes = found instanceof Failure ? [null] : found;
      for (const outcome of outcomes) {
        const delivery = deliveries[done];
        if (delivery === undefined) return;
        done += 1;
        const form = await ahead.handOver(delivery);
        if (outcome === null) {
          yield await orFailure(ingestOne(connection, settings, delivery, form));
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

/** What is wrong with one file, whatever it is, does not keep the others from being ingested. */
async function orFailure<T>(work: Promise<T>): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    const failure = fileFailure(error, "could not be ingested");
    if (failure instanceof Failure) return failure;
    const message = error instanceof Error ? error.message : String(error);
    return new Failure(
      `could not be ingested: ${message} This should not happen; please report it with the file.`,
      { cause: error },
    );
  }
}

/**
 * Ingests one file of any kind.
 * @param form what was read of it already, and its copy, which is thrown away in the end
 */
async function ingestOne(
  connection: DuckDBConnection,
  settings: OpenSettings,
  delivery: Delivery,
  form: ReadForm | null = null,
): Promise<Taken> {
  if (delivery.receivedAt > delivery.recordedAt) {
    throw new Failure(
      `${shownText(delivery.file)} cannot have been received in the future (${officeTime(delivery.receivedAt)}).`,
      { exitCode: 2 },
    );
  }
  const file = form?.file ?? (await stageFile(settings.paths, delivery.file, delivery.content));
  const named = { ...file, name: keptName(file.name, settings.printed) };
  const isLarge = file.byteSize > BYTES_OF_ONE_THREAD;
  if (isLarge) await connection.run("reset threads");
  try {
    const known = await whatIsKnown(connection, file.sha256);
    const same =
      known.isReceived && delivery.isInPlace === true
        ? await findSame(connection, named, delivery.receivedAt)
        : null;
    if (same !== null) {
      return [await outcomeOfSame(settings.paths, { delivery, file: named, same })];
    }
    const erased = known.isErased ? await findErased(connection, file.sha256) : null;
    if (erased !== null) {
      const judged = refusedAsErased(named, erased);
      return [await putOneDown(connection, settings, { delivery, duplicate: null, judged })];
    }
    const earlier = known.isReceived
      ? await findAccepted(connection, file.sha256, delivery.receivedAt)
      : null;
    const duplicate = delivery.again !== true && earlier?.changesNothing === true ? earlier : null;
    if (duplicate !== null) {
      return [
        await putOneDown(connection, settings, {
          delivery,
          duplicate,
          judged: duplicateOf(named, duplicate),
        }),
      ];
    }
    const read = form?.read ?? (await readReceived(connection, file, settings));
    if (read.medium === "package" && delivery.isPacked !== true) {
      const others = (within: readonly Delivery[]) => ingestAll(connection, settings, within);
      return await ingestPackage(connection, settings, others, { delivery, read, earlier });
    }
    const [judged] = await judgeFiles(connection, [read], dayOf(delivery), settings);
    if (judged === undefined) throw new Error("the file was not judged");
    if (delivery.isPacked === true && isNoReport(judged)) return { noReport: judged };
    const asked = delivery.again === true ? judged : withQuestions(judged, earlier);
    const own = await refuseOthers(connection, asked, delivery.mayReport);
    return [await putOneDown(connection, settings, { delivery, duplicate, judged: own })];
  } finally {
    if (isLarge) await connection.run("set threads = 1");
    await discardFile(file);
  }
}

async function examine(
  connection: DuckDBConnection,
  settings: OpenSettings,
  delivery: Delivery,
): Promise<Examined> {
  const file = await stageFile(settings.paths, delivery.file, delivery.content);
  try {
    const read = await readReceived(connection, file, settings);
    const [judged] = await judgeFiles(connection, [read], dayOf(delivery), settings);
    if (judged === undefined) throw new Error("the file was not judged");
    const own = await refuseOthers(connection, judged, delivery.mayReport);
    return { problems: own.problems, readings: read.document?.readings ?? [] };
  } finally {
    await discardFile(file);
  }
}

/** Of each report that was corrected since the same file was accepted: whether it is a mistake. */
function withQuestions(judged: JudgedFile, earlier: EarlierAcceptance | null): JudgedFile {
  if (earlier === null) return judged;
  const at = (moment: string): string => `${moment.slice(11, 16)} ${vietnameseDate(moment)}`;
  const first = at(earlier.firstReceivedAt);
  const questions = earlier.replaced.map(
    ({ unitName: unit, periodName, receivedAt, place }): Problem => ({
      severity: "doubt",
      code: "sent_again_after_correction",
      file: judged.file.name,
      ...place,
      ...word("sent_again_after_correction", {
        first,
        unit,
        period: inSentence(periodName),
        replaced: at(receivedAt),
      }),
    }),
  );
  return { ...judged, problems: [...judged.problems, ...questions] };
}

/** What had to go for good does not come back. */
function refusedAsErased(
  file: ReceivedFile,
  { erasedBy: name, reason, erasedAt }: NonNullable<Awaited<ReturnType<typeof findErased>>>,
): JudgedFile {
  const told = word("file_erased", { date: vietnameseDate(erasedAt), name, reason });
  return {
    ...{ file, medium: "unknown", text: NO_TEXT, hasClaims: false, rows: NO_ROWS, held: [] },
    problems: [{ severity: "error", code: "file_erased", file: file.name, ...told }],
  };
}

function duplicateOf(file: ReceivedFile, { medium }: EarlierAcceptance): JudgedFile {
  return { file, medium, text: NO_TEXT, hasClaims: false, problems: [], rows: ALL_ROWS, held: [] };
}

/**
 * Ingests the forms that deliveries begin with, together. Only forms of different units and periods
 * with which nothing at all is wrong are ingested here. Those after them are read meanwhile.
 * @returns for the first so many deliveries, at least one, what became of each; null where it has to
 * be ingested by itself, which must be done before the deliveries after them.
 * @throws Failure when archive, journal or ledger cannot be written; nothing is ingested then.
 */
async function ingestForms(
  connection: DuckDBConnection,
  settings: OpenSettings,
  {
    rest,
    together,
    ahead,
    isForm,
  }: {
    readonly rest: readonly Delivery[];
    readonly together: number;
    readonly ahead: ReadAhead;
    /** Whether a delivery looks like a form; it is looked at once. */
    readonly isForm: (delivery: Delivery) => Promise<boolean>;
  },
): Promise<(Outcome | null)[]> {
  const begun = await leadingForms(rest.slice(0, together), isForm);
  const [first] = begun;
  if (first === undefined || begun.length < 2) return [null];
  for (const delivery of begun) ahead.begin(delivery);
  const forms = await differentForms(connection, begun, ahead);
  const next = rest.slice(forms.length, forms.length + together);
  for (const delivery of await leadingForms(next, isForm)) ahead.begin(delivery);
  const readable = forms.flatMap(({ delivery, read }) =>
    read === null ? [] : [{ delivery, read }],
  );
  if (readable.length < 2) return forms.length === 0 ? [null] : forms.map(() => null);
  const judged = await judgeFiles(
    connection,
    readable.map(({ read }) => read),
    dayOf(first),
    settings,
  );
  const right = readable.flatMap(({ delivery }, index): Judgement[] => {
    const one = judged[index];
    const isRight = one !== undefined && one.problems.length === 0;
    return isRight ? [{ delivery, duplicate: null, judged: one }] : [];
  });
  if (right.length === 0) return forms.map(() => null);
  const outcomes = await putDown(connection, settings, right);
  const byDelivery = new Map(right.map(({ delivery }, index) => [delivery, outcomes[index]]));
  return forms.map(({ delivery }) => byDelivery.get(delivery) ?? null);
}

/** Deliveries up to the first that does not look like a form, or was received on another day. */
async function leadingForms(
  deliveries: readonly Delivery[],
  isForm: (delivery: Delivery) => Promise<boolean>,
): Promise<Delivery[]> {
  const forms: Delivery[] = [];
  const [first] = deliveries;
  if (first === undefined) return forms;
  const day = dayOf(first);
  for (const delivery of deliveries) {
    if (dayOf(delivery) !== day) break;
    if (delivery.receivedAt > delivery.recordedAt) break;
    // what it reports for is looked at by itself
    if (delivery.mayReport !== undefined) break;
    if (!(await isForm(delivery))) break;
    forms.push(delivery);
  }
  return forms;
}

function dayOf({ receivedAt }: Delivery): string {
  return officeTime(receivedAt).slice(0, 10);
}

async function firstBytes(content: FileContent): Promise<Uint8Array> {
  if ("bytes" in content) return content.bytes.subarray(0, 8);
  try {
    const handle = await open(content.path, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return new Uint8Array();
  }
}

interface ReadDelivery {
  readonly delivery: Delivery;
  /** Null where the form has to be looked at by itself. */
  readonly read: ReadFile | null;
}

/** Forms that were begun, up to the first that reports what another one before it reports for too. */
async function differentForms(
  connection: DuckDBConnection,
  deliveries: readonly Delivery[],
  ahead: ReadAhead,
): Promise<ReadDelivery[]> {
  const forms: (ReadForm & { readonly delivery: Delivery })[] = [];
  const claims = new Set<string>();
  for (const delivery of deliveries) {
    const form = await ahead.take(delivery);
    if (form === null) break;
    const submissions = form.read.document?.submissions ?? [];
    const own = submissions.map(({ plan, unit, period }) => JSON.stringify([plan, unit, period]));
    if (own.some((claim) => claims.has(claim))) break;
    for (const claim of own) claims.add(claim);
    forms.push({ ...form, delivery });
  }
  const known = await findReceived(
    connection,
    forms.map(({ file }) => file.sha256),
  );
  return forms.map(({ delivery, file, read }) => {
    const isPlain =
      read.isReadable && !known.has(file.sha256) && !hasTypedMarks(read.document?.readings ?? []);
    return { delivery, read: isPlain ? read : null };
  });
}

/** How numbers with a dot or a comma are meant is decided by the evidence of their own file. */
function hasTypedMarks(readings: RawDocument["readings"]): boolean {
  return readings.some(({ value, isExact }) => !isExact && /[.,]/.test(value));
}
