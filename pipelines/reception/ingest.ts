import { readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { checkReadings, prepareIntake, resolveClaims } from "../intake/check.ts";
import { readCsv } from "../intake/csv-reader.ts";
import { personalDataInReadings } from "../intake/personal-readings.ts";
import { type ProblemCode, word } from "../intake/problem-wording.ts";
import { loadDocument } from "../intake/raw-tables.ts";
import { appendReceipt, prepareReceipts, type TakenSubmission } from "../ledger/append-receipt.ts";
import {
  archivedPath,
  clearStaged,
  discardFile,
  type FileContent,
  isKept,
  keepFiles,
  stageFile,
} from "../ledger/archive.ts";
import { findAccepted, findNotKept } from "../ledger/earlier-receipts.ts";
import { withLedger } from "../ledger/ledger.ts";
import { looksLikeWorkbook, readForm } from "../readers/form-reader.ts";
import { personalDataInText } from "../readers/personal-data.ts";
import {
  type Medium,
  NO_TEXT,
  type ReceivedFile,
  type TextForm,
} from "../readers/received-file.ts";
import { markWorkbook } from "../replies/marked-workbook.ts";
import { writeReply } from "../replies/reply.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { ingestForms, MOST_FORMS } from "./ingest-forms.ts";

const MIB = 1024 * 1024;
/** A form is a few dozen kilobytes. */
const LARGEST_FORM = 20 * MIB;

/** A file to be taken in. */
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
}

/** What became of a file. */
export interface Outcome extends TextForm {
  readonly file: string;
  readonly outcome: "accepted" | "refused" | "duplicate";
  readonly receipt_no: number;
  readonly sha256: string;
  readonly medium: Medium;
  /** The archive has the file; else its sender has to take it away, since it holds personal data. */
  readonly is_kept: boolean;
  /** Every problem, in Vietnamese; of an accepted file the doubts. */
  readonly problems: readonly Problem[];
  /** What was taken in, the first 1000 of them. */
  readonly submissions: readonly TakenSubmission[];
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

/** Takes files into the ledger, which it holds. */
export interface Intake {
  ingest(delivery: Delivery): Promise<Outcome>;
  /**
   * Takes in files in their order, many forms at a time where that makes no difference.
   * @returns for each, as soon as it is in the ledger, what became of it, or why it could not be
   * taken in
   */
  ingestAll(deliveries: readonly Delivery[]): AsyncGenerator<Outcome | Failure>;
}

/**
 * Opens the ledger for taking in files and closes it whatever happens. While another process holds
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
    return work({
      ingest: (delivery) => ingest(connection, settings, delivery),
      ingestAll: (deliveries) => ingestAll(connection, settings, deliveries),
    });
  });
}

/** Takes in one file: `withIntake` for a single delivery. */
export async function ingestFile(settings: IntakeSettings & Delivery): Promise<Outcome> {
  return withIntake(settings, (intake) => intake.ingest(settings));
}

async function* ingestAll(
  connection: DuckDBConnection,
  settings: IntakeSettings,
  deliveries: readonly Delivery[],
): AsyncGenerator<Outcome | Failure> {
  let done = 0;
  let ahead = MOST_FORMS;
  while (done < deliveries.length) {
    const rest = deliveries.slice(done, done + ahead);
    const together = await orFailure(ingestForms(connection, settings, rest));
    // what stands in the way of many may not stand in the way of one, and is told for each
    const taken = together instanceof Failure ? [null] : together;
    // where few belong together, many would be looked at again and again
    ahead = Math.min(MOST_FORMS, Math.max(4, taken.length * 2));
    for (const outcome of taken) {
      const delivery = deliveries[done];
      if (delivery === undefined) return;
      done += 1;
      yield outcome ?? (await orFailure(ingest(connection, settings, delivery)));
    }
  }
}

async function orFailure<T>(work: Promise<T>): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/**
 * Stages the file, judges it, archives it, and adds receipt, problems, submissions and readings to
 * journal and ledger. Killed at any moment it leaves either all of that, or an entry of the journal
 * which the next opening of the ledger completes, or an archived file without a receipt, which lies
 * in the inbox still.
 */
async function ingest(
  connection: DuckDBConnection,
  settings: IntakeSettings,
  delivery: Delivery,
): Promise<Outcome> {
  const { paths } = settings;
  if (delivery.receivedAt > delivery.recordedAt) {
    throw new Failure(
      `${shownText(delivery.file)} cannot have been received in the future (${officeTime(delivery.receivedAt)}).`,
      { exitCode: 2 },
    );
  }
  const file = await stageFile(paths, delivery.file, delivery.content);
  try {
    const earlier = await findAccepted(connection, file.sha256, delivery.receivedAt);
    const duplicate = delivery.again !== true && earlier?.changesNothing === true ? earlier : null;
    const { medium, text, hasClaims, problems } =
      duplicate === null
        ? await judge(connection, file, delivery.receivedAt)
        : { medium: duplicate.medium, text: NO_TEXT, hasClaims: false, problems: [] };
    const isRefused = problems.some(({ severity }) => severity === "error");
    const outcome = duplicate !== null ? "duplicate" : isRefused ? "refused" : "accepted";
    const isFileKept = isKept(problems.map(({ code }) => code));
    if (isFileKept) await keepFiles(paths, [file]);
    // it stays where it is, and is found there again each time
    const known = isFileKept ? null : await findNotKept(connection, file.sha256);
    const { receiptNo, submissions } =
      known ??
      (await appendReceipt(connection, paths, {
        file,
        medium,
        text,
        outcome,
        receivedAt: delivery.receivedAt,
        recordedAt: delivery.recordedAt,
        isDemonstration: settings.isDemonstration,
        softwareVersion: settings.softwareVersion,
        problems,
        isRead: hasClaims,
      }));
    const reply =
      outcome === "duplicate" || problems.length === 0
        ? null
        : await writeReply(paths, {
            outcome,
            receivedAt: delivery.receivedAt,
            recordedAt: known?.recordedAt ?? delivery.recordedAt,
            file: file.name,
            receiptNo,
            problems,
            markedWorkbook:
              medium === "form" && isFileKept
                ? markWorkbook(await readFile(archivedPath(paths, file.sha256)), problems)
                : null,
          });
    return {
      file: shownText(file.name),
      outcome,
      receipt_no: receiptNo,
      sha256: file.sha256,
      medium,
      ...text,
      is_kept: isFileKept,
      problems,
      submissions,
      first_received_at: duplicate?.firstReceivedAt ?? null,
      moment_differs:
        duplicate !== null && delivery.isMomentStated === true && !duplicate.hasMoment,
      reply: reply?.text ?? null,
      marked_workbook: reply?.workbook ?? null,
    };
  } finally {
    await discardFile(file);
  }
}

async function judge(
  connection: DuckDBConnection,
  file: ReceivedFile,
  receivedAt: Date,
): Promise<Reading> {
  const { problems, ...reading } = await read(connection, file);
  const receivedOn = officeTime(receivedAt).slice(0, 10);
  if (!reading.isLoaded) {
    if (reading.hasClaims) await resolveClaims(connection, receivedOn);
    return { ...reading, problems };
  }
  const judged = await checkReadings(connection, file.name, receivedOn);
  const personal =
    reading.medium === "csv" ? await personalDataInReadings(connection, file.name) : [];
  // what is wrong besides would quote what must not be kept
  return { ...reading, problems: personal.length > 0 ? personal : [...problems, ...judged] };
}

interface Reading {
  readonly medium: Medium;
  readonly text: TextForm;
  /** There is something in the raw tables to be checked. */
  readonly isLoaded: boolean;
  /** Of these it is known at least for whom and for which period they report. */
  readonly hasClaims: boolean;
  readonly problems: Problem[];
}

/** Recognises a file by its content, never by its name, and reads it into the raw tables. */
async function read(connection: DuckDBConnection, file: ReceivedFile): Promise<Reading> {
  const refuse = (medium: Medium, code: ProblemCode, values: Record<string, string> = {}) => ({
    medium,
    text: NO_TEXT,
    isLoaded: false,
    hasClaims: false,
    problems: [{ severity: "error" as const, code, file: file.name, ...word(code, values) }],
  });
  if (file.byteSize === 0) return refuse("unknown", "empty_file");
  if (looksLikeWorkbook(file.head)) {
    if (file.byteSize > LARGEST_FORM) {
      const size = (file.byteSize / MIB).toFixed(0);
      return refuse("form", "file_too_large", { size, limit: String(LARGEST_FORM / MIB) });
    }
    const form = await readForm(await readFile(file.path), file.name);
    if (!form.ok) {
      const { problems, submissions } = form;
      await loadDocument(connection, { encoding: null, submissions, readings: [] });
      const hasClaims = submissions.length > 0;
      return { medium: "form", text: NO_TEXT, isLoaded: false, hasClaims, problems };
    }
    await loadDocument(connection, form.document);
    const text = { encoding: form.document.encoding, delimiter: null };
    return { medium: "form", text, isLoaded: true, hasClaims: true, problems: [] };
  }
  const csv = await readCsv(connection, file);
  const reading: Reading =
    csv === null
      ? refuse("unknown", "unknown_medium")
      : { medium: "csv", hasClaims: csv.isLoaded, ...csv };
  if (reading.isLoaded) return reading;
  const personal = await personalDataInText(file);
  return personal.length > 0 ? { ...reading, problems: personal } : reading;
}
