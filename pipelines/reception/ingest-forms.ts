import { open, readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { findProblems } from "../intake/check.ts";
import { loadDocuments } from "../intake/raw-tables.ts";
import { appendReceipts } from "../ledger/append-receipt.ts";
import { discardFile, type FileContent, keepFiles, stageFile } from "../ledger/archive.ts";
import { looksLikeWorkbook, readForm } from "../readers/form-reader.ts";
import type { RawDocument } from "../readers/raw-document.ts";
import type { ReceivedFile } from "../readers/received-file.ts";
import { officeTime } from "../vocabulary/date.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { readRows } from "../warehouse/connection.ts";
import type { Delivery, IntakeSettings, Outcome } from "./ingest.ts";

/** So many forms are taken in together at most. */
export const MOST_FORMS = 128;
const LARGEST_FORM = 1024 * 1024;

interface Candidate {
  readonly delivery: Delivery;
  readonly file: ReceivedFile;
  /** Null where the form has to be looked at by itself. */
  readonly document: RawDocument | null;
}

/**
 * Takes in the forms that deliveries begin with, together: they are judged by the same statements as
 * each would be by itself, which cost as much for one form as for many, and are put down in one
 * entry. Only forms of different units and periods with which nothing at all is wrong are taken in here.
 * @returns for the first so many deliveries, at least one, what became of each; null where it has to
 * be taken in by itself, which must be done before the deliveries after them.
 * @throws Failure when archive, journal or ledger cannot be written; nothing is taken in then.
 */
export async function ingestForms(
  connection: DuckDBConnection,
  settings: IntakeSettings,
  deliveries: readonly Delivery[],
): Promise<(Outcome | null)[]> {
  const begun = await leadingForms(deliveries);
  if (begun.length < 2) return [null];
  const staged = await Promise.allSettled(
    begun.map(({ file, content }) => stageFile(settings.paths, file, content)),
  );
  const files = staged.map((one) => (one.status === "fulfilled" ? one.value : null));
  try {
    const candidates = await readCandidates(connection, begun, files);
    return await takeTogether(connection, settings, candidates);
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

/** Reads forms, up to the first that reports what another one before it reports for too. */
async function readCandidates(
  connection: DuckDBConnection,
  deliveries: readonly Delivery[],
  files: readonly (ReceivedFile | null)[],
): Promise<Candidate[]> {
  const known = await acceptedBefore(connection, files);
  const candidates: Candidate[] = [];
  const claims = new Set<string>();
  for (const [index, delivery] of deliveries.entries()) {
    const file = files[index] ?? null;
    if (file === null || file.byteSize > LARGEST_FORM) break;
    const form = await readForm(await readFile(file.path), file.name);
    const submissions = form.ok ? form.document.submissions : form.submissions;
    const own = submissions.map(({ plan, unit, period }) => JSON.stringify([plan, unit, period]));
    if (own.some((claim) => claims.has(claim))) break;
    for (const claim of own) claims.add(claim);
    const isPlain = form.ok && !known.has(file.sha256) && !hasTypedMarks(form.document);
    candidates.push({ delivery, file, document: isPlain ? form.document : null });
  }
  return candidates;
}

/** How numbers with a dot or a comma are meant is decided by the evidence of their own file. */
function hasTypedMarks({ readings }: RawDocument): boolean {
  return readings.some(({ value, isExact }) => !isExact && /[.,]/.test(value));
}

async function acceptedBefore(
  connection: DuckDBConnection,
  files: readonly (ReceivedFile | null)[],
): Promise<Set<string>> {
  const digests = files.flatMap((file) => (file === null ? [] : [file.sha256]));
  const rows = await readRows(
    connection,
    z.object({ sha256: z.string() }),
    `select distinct sha256 from ledger.receipt
    where sha256 in (select unnest(from_json($digests::json, '["varchar"]')))`,
    { digests: JSON.stringify(digests) },
  );
  return new Set(rows.map(({ sha256 }) => sha256));
}

async function takeTogether(
  connection: DuckDBConnection,
  settings: IntakeSettings,
  candidates: readonly Candidate[],
): Promise<(Outcome | null)[]> {
  const readable = candidates.flatMap(({ delivery, file, document }) =>
    document === null ? [] : [{ delivery, file, document }],
  );
  const [first] = readable;
  if (first === undefined || readable.length < 2) {
    return candidates.length === 0 ? [null] : candidates.map(() => null);
  }
  const ranges = await loadDocuments(
    connection,
    readable.map(({ document }) => document),
  );
  const problems = await findProblems(connection, "", dayOf(first.delivery));
  const right = readable.flatMap((one, index) => {
    const rows = ranges[index];
    if (rows === undefined) return [];
    const isRight = problems.every(
      ({ row }) => row < rows.first || (row >= rows.end && isPlaced(row)),
    );
    return isRight ? [{ ...one, rows }] : [];
  });
  if (right.length === 0) return candidates.map(() => null);
  await keepFiles(
    settings.paths,
    right.map(({ file }) => file),
  );
  const appended = await appendReceipts(
    connection,
    settings.paths,
    right.map(({ delivery, file, document, rows }) => ({
      file,
      medium: "form" as const,
      text: { encoding: document.encoding, delimiter: null },
      outcome: "accepted" as const,
      receivedAt: delivery.receivedAt,
      recordedAt: delivery.recordedAt,
      isDemonstration: settings.isDemonstration,
      softwareVersion: settings.softwareVersion,
      problems: [],
      isRead: true,
      rows,
    })),
  );
  const outcomes = new Map(
    right.map(({ delivery, file, document }, index): [Delivery, Outcome] => [
      delivery,
      {
        file: shownText(file.name),
        outcome: "accepted",
        receipt_no: appended[index]?.receiptNo ?? 0,
        sha256: file.sha256,
        medium: "form",
        encoding: document.encoding,
        delimiter: null,
        is_kept: true,
        problems: [],
        submissions: appended[index]?.submissions ?? [],
        first_received_at: null,
        moment_differs: false,
        reply: null,
        marked_workbook: null,
      },
    ]),
  );
  return candidates.map(({ delivery }) => outcomes.get(delivery) ?? null);
}

/** A problem that stands for many has no row of its own, and may be of any file. */
function isPlaced(row: number): boolean {
  return row < Number.MAX_SAFE_INTEGER;
}
