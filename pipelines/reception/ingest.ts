import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { prepareIntake } from "../intake/check.ts";
import { word } from "../intake/problem-wording.ts";
import { ALL_ROWS, NO_ROWS } from "../intake/raw-tables.ts";
import {
  type AcceptedSubmission,
  appendReceipts,
  prepareReceipts,
} from "../ledger/append-receipt.ts";
import {
  archivedPath,
  clearStaged,
  discardFile,
  type FileContent,
  isKept,
  keepFiles,
  stageFile,
} from "../ledger/archive.ts";
import {
  type EarlierAcceptance,
  findAccepted,
  findErased,
  findNotKept,
  findReceived,
  findSame,
  type KnownReceipt,
  type SameReceipt,
} from "../ledger/earlier-receipts.ts";
import type { Actor } from "../ledger/journal.ts";
import { withLedger } from "../ledger/ledger.ts";
import { PrintedTexts } from "../persons/printed-texts.ts";
import { PACKAGE } from "../readers/file-kind.ts";
import { looksLikeWorkbook } from "../readers/form-reader.ts";
import { WITHIN } from "../readers/package-reader.ts";
import type { RawDocument } from "../readers/raw-document.ts";
import { openReadingPool, type ReadingPool } from "../readers/reading-pool.ts";
import {
  type Medium,
  NO_TEXT,
  type ReceivedFile,
  type TextForm,
} from "../readers/received-file.ts";
import { markWorkbook } from "../replies/marked-workbook.ts";
import { findReply, type WrittenReply, writeReply } from "../replies/reply.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import { textsOfCatalogue } from "../sources/printed.ts";
import { officeTime, vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import {
  isNoReport,
  type JudgedFile,
  judgeFiles,
  keptName,
  type ReadFile,
  readReceived,
  unreadWords,
} from "./judge.ts";
import { refuseOthers } from "./own-reports.ts";
import { type PackedOutcome, packageProblems } from "./package-problems.ts";

/** So many forms are judged together at most. */
const MAX_TOGETHER = 128;
/** A larger form is judged alone. */
const MAX_BYTES_TOGETHER = 1024 * 1024;

/** A file to be ingested. */
export interface Delivery {
  /** The name the sender gave it; only shown, never used as a path. */
  readonly file: string;
  readonly content: FileContent;
  /** When it reached the office: decides on time or late, and which of two is the later one. */
  readonly receivedAt: Date;
  /** When the ledger learns of it. */
  readonly recordedAt: Date;
  /** An operator has said when it was received; otherwise the moment is the file's own. */
  readonly isMomentStated?: boolean;
  /** To be judged and put down once more even if that changes no figure. */
  readonly again?: boolean;
  /** It was packed in another file: when it is no report, nothing is put down about it. */
  readonly isPacked?: boolean;
  /** It lies where it came to lie at `receivedAt`: with a receipt of that moment it is that file. */
  readonly isInPlace?: boolean;
  /** Who handed it in, and by which way; the journal keeps it. */
  readonly by?: Actor;
  /** The only reports that whoever hands it in may send, as `reportKey` writes them; default: any. */
  readonly mayReport?: ReadonlySet<string>;
}

/** What became of a file. */
export interface Outcome extends TextForm {
  readonly file: string;
  readonly outcome: "accepted" | "refused" | "duplicate";
  readonly receipt_no: number;
  readonly sha256: string;
  readonly medium: Medium;
  /** It was put down before; nothing was added to the ledger. */
  readonly is_known: boolean;
  /** The archive has the file; else its sender has to take it away, since it holds personal data. */
  readonly is_kept: boolean;
  /** Every problem, in Vietnamese; of an accepted file the doubts. */
  readonly problems: readonly Problem[];
  /** What was accepted, the first 1000 of them. */
  readonly submissions: readonly AcceptedSubmission[];
  /** Of a duplicate: when the same bytes were accepted first, `YYYY-MM-DD HH:MM:SS` in office time. */
  readonly first_received_at: string | null;
  /** Of a duplicate: an operator has stated a moment with which these bytes are not in the ledger. */
  readonly moment_differs: boolean;
  /** Of a file that is refused or doubtful: where the reply to its sender lies. */
  readonly reply: string | null;
  /** Of such a workbook: where the copy of it lies in which the cells are marked. */
  readonly marked_workbook: string | null;
}

export interface IntakeSettings {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  /** The figures are made up and must never be taken for real ones. */
  readonly isDemonstration: boolean;
  readonly softwareVersion: string;
}

/** Settings of an intake that is open, with what is made of them once. */
interface OpenSettings extends IntakeSettings {
  readonly printed: PrintedTexts;
  readonly reading: ReadingPool;
}

/**
 * What became of a file and, where it is an archive or a mail, after it of each file in it that is a
 * report.
 */
export type Outcomes = readonly [Outcome, ...Outcome[]];

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

/** What became of a delivery; of one that was packed and is no report, what it is. */
type Taken = Outcomes | { readonly noReport: JudgedFile };

/**
 * Opens the ledger for ingesting files and closes it whatever happens. While another process holds
 * it, waits.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function withIntake<T>(
  settings: IntakeSettings,
  work: (intake: Intake) => Promise<T>,
): Promise<T> {
  return withLedger(settings.paths, async (connection) => {
    await clearStaged(settings.paths);
    await prepareIntake(connection, settings.catalogue);
    await prepareReceipts(connection);
    const printed = new PrintedTexts(() => textsOfCatalogue(settings.catalogue));
    const reading = openReadingPool(() => textsOfCatalogue(settings.catalogue));
    const open: OpenSettings = { ...settings, printed, reading };
    try {
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
    } finally {
      reading.close();
    }
  });
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
  let done = 0;
  let ahead = together;
  while (done < deliveries.length) {
    const rest = deliveries.slice(done, done + ahead);
    const found = await orFailure(ingestForms(connection, settings, rest));
    // what stands in the way of many may not stand in the way of one, and is told for each
    const outcomes = found instanceof Failure ? [null] : found;
    // where few belong together, many would be looked at again and again
    ahead = Math.min(together, Math.max(4, outcomes.length * 2));
    for (const outcome of outcomes) {
      const delivery = deliveries[done];
      if (delivery === undefined) return;
      done += 1;
      yield outcome === null
        ? await orFailure(ingestOne(connection, settings, delivery))
        : [outcome];
    }
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

/** Ingests one file of any kind. */
async function ingestOne(
  connection: DuckDBConnection,
  settings: OpenSettings,
  delivery: Delivery,
): Promise<Taken> {
  if (delivery.receivedAt > delivery.recordedAt) {
    throw new Failure(
      `${shownText(delivery.file)} cannot have been received in the future (${officeTime(delivery.receivedAt)}).`,
      { exitCode: 2 },
    );
  }
  const file = await stageFile(settings.paths, delivery.file, delivery.content);
  const named = { ...file, name: keptName(file.name, settings.printed) };
  try {
    const same =
      delivery.isInPlace === true ? await findSame(connection, named, delivery.receivedAt) : null;
    if (same !== null) {
      return [await outcomeOfSame(settings.paths, { delivery, file: named, same })];
    }
    const erased = await findErased(connection, file.sha256);
    if (erased !== null) {
      const judged = refusedAsErased(named, erased);
      return [await putOneDown(connection, settings, { delivery, duplicate: null, judged })];
    }
    const earlier = await findAccepted(connection, file.sha256, delivery.receivedAt);
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
    const read = await readReceived(connection, file, settings);
    if (read.medium === "package" && delivery.isPacked !== true) {
      return await ingestPackage(connection, settings, { delivery, read, earlier });
    }
    const [judged] = await judgeFiles(connection, [read], dayOf(delivery), settings);
    if (judged === undefined) throw new Error("the file was not judged");
    if (delivery.isPacked === true && isNoReport(judged)) return { noReport: judged };
    const asked = delivery.again === true ? judged : withQuestions(judged, earlier);
    const own = await refuseOthers(connection, asked, delivery.mayReport);
    return [await putOneDown(connection, settings, { delivery, duplicate, judged: own })];
  } finally {
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

/**
 * Takes each file of an archive or a mail by itself, as if it had come at the same moment, and then
 * puts down the package itself: what has a receipt has been opened to its end.
 */
async function ingestPackage(
  connection: DuckDBConnection,
  settings: OpenSettings,
  {
    delivery,
    read,
    earlier,
  }: { delivery: Delivery; read: ReadFile; earlier: EarlierAcceptance | null },
): Promise<Outcomes> {
  const { file } = read;
  const folder = `${file.path}-files`;
  try {
    await mkdir(folder);
    const reading = await settings.reading.unpack(file, folder);
    const named = read.problems.filter(({ code }) => code !== PACKAGE);
    const outcomes: Outcome[] = [];
    const judge = (problems: readonly Problem[]): JudgedFile => ({
      ...{ file, medium: "package", text: NO_TEXT, hasClaims: false, rows: NO_ROWS, held: [] },
      problems: [...named, ...problems],
    });
    const refuse = (code: string, { found, remedy }: ReturnType<typeof word>): JudgedFile =>
      judge([{ severity: "error", code, file: file.name, found, remedy }]);
    let judged: JudgedFile;
    if ("unread" in reading) {
      const [code, values] = unreadWords(reading);
      judged = refuse(code, word(code, values));
    } else if (reading.ok) {
      const packed: PackedOutcome[] = [];
      const within = reading.files.map((one): Delivery => {
        const content = { path: join(folder, one.file) };
        return { ...delivery, file: `${file.name}${WITHIN}${one.name}`, content, isPacked: true };
      });
      for await (const taken of ingestAll(connection, settings, within)) {
        // what is missing of a package is told by all of it: it stays where it is
        if (taken instanceof Failure) throw taken;
        if ("noReport" in taken) {
          const { file: other, problems } = taken.noReport;
          packed.push({ file: other.name, problems, isReport: false });
        } else {
          for (const one of taken) packed.push({ ...one, isReport: true });
          outcomes.push(...taken);
        }
      }
      const shut = reading.shut.map((one) => ({
        ...one,
        name: keptName(one.name, settings.printed),
      }));
      judged = judge(packageProblems(file, { ...reading, shut }, packed));
    } else {
      judged = refuse(reading.refusal.code, reading.refusal);
    }
    const isRepeated =
      outcomes.length > 0 &&
      outcomes.every(({ outcome }) => outcome === "duplicate") &&
      isFileKept(judged);
    if (delivery.again !== true && isRepeated && earlier !== null) {
      const repeated = { delivery, duplicate: earlier, judged: judge([]) };
      return [await putOneDown(connection, settings, repeated), ...outcomes];
    }
    const judgement = { delivery, duplicate: null, judged };
    return [await putOneDown(connection, settings, judgement), ...outcomes];
  } catch (error) {
    throw fileFailure(error, `${shownText(file.name)} could not be opened`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What became of a file that was put down before; a reply that a kill prevented is written. */
async function outcomeOfSame(
  paths: WarehousePaths,
  { delivery, file, same }: { delivery: Delivery; file: ReceivedFile; same: SameReceipt },
): Promise<Outcome> {
  const { medium, problems } = same;
  const judged = {
    file,
    medium,
    text: NO_TEXT,
    hasClaims: false,
    problems,
    rows: ALL_ROWS,
    held: [],
  };
  const judgement: Judgement = { delivery, duplicate: null, judged };
  const reply = same.outcome === "duplicate" ? null : await replyTo(paths, judgement, same, true);
  return { ...outcomeFor(judgement, same, reply), outcome: same.outcome, is_known: true };
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
 * with which nothing at all is wrong are ingested here.
 * @returns for the first so many deliveries, at least one, what became of each; null where it has to
 * be ingested by itself, which must be done before the deliveries after them.
 * @throws Failure when archive, journal or ledger cannot be written; nothing is ingested then.
 */
async function ingestForms(
  connection: DuckDBConnection,
  settings: OpenSettings,
  deliveries: readonly Delivery[],
): Promise<(Outcome | null)[]> {
  const begun = await leadingForms(deliveries);
  const [first] = begun;
  if (first === undefined || begun.length < 2) return [null];
  const staged = await Promise.allSettled(
    begun.map(({ file, content }) => stageFile(settings.paths, file, content)),
  );
  const files = staged.map((one) => (one.status === "fulfilled" ? one.value : null));
  try {
    const forms = await readForms(connection, settings, begun, files);
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
  } finally {
    for (const file of files) if (file !== null) await discardFile(file);
  }
}

/** Deliveries up to the first that does not look like a form, or was received on another day. */
async function leadingForms(deliveries: readonly Delivery[]): Promise<Delivery[]> {
  const forms: Delivery[] = [];
  for (const delivery of deliveries) {
    if (dayOf(delivery) !== dayOf(deliveries[0] ?? delivery)) break;
    if (delivery.receivedAt > delivery.recordedAt) break;
    // what it reports for is looked at by itself
    if (delivery.mayReport !== undefined) break;
    if (!looksLikeWorkbook(await firstBytes(delivery.content))) break;
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

/** Reads forms, up to the first that reports what another one before it reports for too. */
async function readForms(
  connection: DuckDBConnection,
  settings: OpenSettings,
  deliveries: readonly Delivery[],
  files: readonly (ReceivedFile | null)[],
): Promise<ReadDelivery[]> {
  const known = await findReceived(
    connection,
    files.flatMap((file) => (file === null ? [] : [file.sha256])),
  );
  const forms: ReadDelivery[] = [];
  const claims = new Set<string>();
  for (const [index, delivery] of deliveries.entries()) {
    const file = files[index] ?? null;
    if (file === null || file.byteSize > MAX_BYTES_TOGETHER) break;
    const read = await readReceived(connection, file, settings);
    const submissions = read.document?.submissions ?? [];
    const own = submissions.map(({ plan, unit, period }) => JSON.stringify([plan, unit, period]));
    if (own.some((claim) => claims.has(claim))) break;
    for (const claim of own) claims.add(claim);
    const isPlain =
      read.isReadable && !known.has(file.sha256) && !hasTypedMarks(read.document?.readings ?? []);
    forms.push({ delivery, read: isPlain ? read : null });
  }
  return forms;
}

/** How numbers with a dot or a comma are meant is decided by the evidence of their own file. */
function hasTypedMarks(readings: RawDocument["readings"]): boolean {
  return readings.some(({ value, isExact }) => !isExact && /[.,]/.test(value));
}

/** A file that was judged. */
interface Judgement {
  readonly delivery: Delivery;
  /** The earlier acceptance of the same bytes that it repeats. */
  readonly duplicate: EarlierAcceptance | null;
  readonly judged: JudgedFile;
}

/**
 * Archives files that were judged together and adds their receipts, problems, submissions and readings
 * to journal and ledger, in one entry. Killed at any moment it leaves either all of that, or an entry
 * of the journal which the next opening of the ledger completes, or archived files without a receipt,
 * which lie in the inbox still.
 */
async function putDown(
  connection: DuckDBConnection,
  settings: OpenSettings,
  judgements: readonly Judgement[],
): Promise<Outcome[]> {
  const { paths } = settings;
  const kept = judgements.filter(({ judged }) => isFileKept(judged));
  await keepFiles(
    paths,
    kept.map(({ judged }) => judged.file),
  );
  // one that is not kept stays in its folder, and is found there again each time; what somebody hands
  // in at the desk does not
  const known = new Map<Judgement, KnownReceipt | null>();
  for (const one of judgements) {
    if (kept.includes(one) || one.delivery.by?.way === "desk") continue;
    known.set(one, await findNotKept(connection, one.judged.file.sha256));
  }
  const added = judgements.filter((one) => (known.get(one) ?? null) === null);
  const appended = await appendReceipts(
    connection,
    paths,
    added.map((one) => ({
      ...one.judged,
      outcome: outcomeOf(one),
      receivedAt: one.delivery.receivedAt,
      recordedAt: one.delivery.recordedAt,
      isDemonstration: settings.isDemonstration,
      softwareVersion: settings.softwareVersion,
      isRead: one.judged.hasClaims,
    })),
    added[0]?.delivery.by,
  );
  const outcomes: Outcome[] = [];
  for (const one of judgements) {
    const earlier = known.get(one) ?? null;
    const receipt = earlier ?? appended[added.indexOf(one)];
    if (receipt === undefined) throw new Error("a receipt was not appended");
    const recordedAt = earlier?.recordedAt ?? one.delivery.recordedAt;
    const reply = await replyTo(
      paths,
      one,
      { receiptNo: receipt.receiptNo, recordedAt },
      earlier !== null,
    );
    outcomes.push(outcomeFor(one, receipt, reply));
  }
  return outcomes;
}

async function putOneDown(
  connection: DuckDBConnection,
  settings: OpenSettings,
  judgement: Judgement,
): Promise<Outcome> {
  const [outcome] = await putDown(connection, settings, [judgement]);
  if (outcome === undefined) throw new Error("the file was not put down");
  return outcome;
}

function isFileKept({ problems }: JudgedFile): boolean {
  return isKept(problems.map(({ code }) => code));
}

function outcomeOf({ duplicate, judged }: Judgement): Outcome["outcome"] {
  if (duplicate !== null) return "duplicate";
  return judged.problems.some(({ severity }) => severity === "error") ? "refused" : "accepted";
}

/** The reply to the sender of a refused or doubtful file; null of another. */
async function replyTo(
  paths: WarehousePaths,
  judgement: Judgement,
  { receiptNo, recordedAt }: Pick<KnownReceipt, "receiptNo" | "recordedAt">,
  isKnown: boolean,
): Promise<WrittenReply | null> {
  const { file, medium, problems } = judgement.judged;
  const outcome = outcomeOf(judgement);
  if (outcome === "duplicate" || problems.length === 0) return null;
  const written = isKnown ? findReply(paths, { recordedAt, receiptNo, file: file.name }) : null;
  if (written !== null) return written;
  const markedWorkbook =
    medium === "form" && isFileKept(judgement.judged)
      ? markWorkbook(await readFile(archivedPath(paths, file.sha256)), problems)
      : null;
  return writeReply(paths, {
    outcome: outcome === "accepted" && medium === "package" ? "opened" : outcome,
    receivedAt: judgement.delivery.receivedAt,
    recordedAt,
    file: file.name,
    receiptNo,
    problems,
    markedWorkbook,
  });
}

function outcomeFor(
  judgement: Judgement,
  { receiptNo, submissions }: { receiptNo: number; submissions: readonly AcceptedSubmission[] },
  reply: WrittenReply | null,
): Outcome {
  const { delivery, duplicate, judged } = judgement;
  return {
    file: shownText(judged.file.name),
    outcome: outcomeOf(judgement),
    receipt_no: receiptNo,
    sha256: judged.file.sha256,
    medium: judged.medium,
    ...judged.text,
    is_known: false,
    is_kept: isFileKept(judged),
    problems: judged.problems,
    submissions,
    first_received_at: duplicate?.firstReceivedAt ?? null,
    moment_differs: duplicate !== null && delivery.isMomentStated === true && !duplicate.hasMoment,
    reply: reply?.text ?? null,
    marked_workbook: reply?.workbook ?? null,
  };
}
