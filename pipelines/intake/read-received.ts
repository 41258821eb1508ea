import { basename } from "node:path";
import { archivedPath, stageFile } from "../ledger/archive.ts";
import { HANDED_UP, isKind, kindOfHead, PACKAGE } from "../readers/file-kind.ts";
import { looksLikeWorkbook } from "../readers/form-reader.ts";
import { type JsonReading, looksLikeJson } from "../readers/json-reader.ts";
import { MAX_PACKAGE_BYTES } from "../readers/package-reader.ts";
import { isPersonal, keptName, personalDataInName } from "../readers/personal-data.ts";
import { READING_LIMITS } from "../readers/reading-limits.ts";
import { MAX_READ_BYTES, type Medium, type ReceivedFile } from "../readers/received-file.ts";
import { isZip } from "../readers/workbook-guard.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { withNewFolder } from "../warehouse/files.ts";
import { takeDataValues } from "./data-values.ts";
import { type Delivery, type OpenIntake, type ReadFile, unreadFile } from "./delivery.ts";
import { quotableVersion, takeHandedUp } from "./handed-up.ts";
import { dayOf } from "./judge.ts";
import { mostLines } from "./most-lines.ts";
import { type ProblemCode, problemOf } from "./problem-wording.ts";

import type { Unread } from "./reading-pool.ts";
import { readText, type TextReading, takeText } from "./text-reading.ts";

const MIB = 1024 * 1024;
const TOO_MANY_LINES: ProblemCode = "csv_too_many_lines";
/** A form is a few dozen kilobytes. */
const MAX_FORM_BYTES = 20 * MIB;

/**
 * Copies a delivery to where nobody else writes, under the name that is kept of it.
 * @throws Failure when it cannot be read or written, or is larger than 4 GiB
 */
export async function receive(
  { paths, printed }: OpenIntake,
  { file: name, content }: Delivery,
): Promise<ReceivedFile> {
  const file = await stageFile(paths, name, content);
  return { ...file, name: keptName(file.name, printed) };
}

/** Whether a file is neither a form nor a CSV file, right or wrong, but another document. */
export function isNoReport({ medium, problems }: Pick<ReadFile, "medium" | "problems">): boolean {
  return medium === "unknown" || medium === "package" || problems.some(isKind);
}

/**
 * Recognises a received file by its content, never by its name, and reads it. A text file is judged
 * at once, so it is read alone.
 */
export async function readReceived(
  intake: OpenIntake,
  delivery: Delivery,
  file: ReceivedFile,
): Promise<ReadFile> {
  const content = await readContent(intake, delivery, file);
  const read = { ...content, problems: [...content.problems, ...(delivery.beside ?? [])] };
  if (isPersonal(read.problems)) return read;
  const inName = personalDataInName(basename(delivery.file), file.name, intake.printed);
  return { ...read, problems: [...read.problems, ...inName] };
}

async function readContent(
  intake: OpenIntake,
  delivery: Delivery,
  file: ReceivedFile,
): Promise<ReadFile> {
  const unread = (medium: Medium, problems: readonly Problem[]): ReadFile =>
    unreadFile({ delivery, file }, medium, problems);
  const refuse = (medium: Medium, ...[code, values]: UnreadWords): ReadFile =>
    unread(medium, [problemOf(code, file.name, values)]);
  const size = (file.byteSize / MIB).toFixed(0);
  const tooLarge = (limit: number): ReadFile =>
    refuse("unknown", "text_too_large", { size, limit: String(limit / MIB) });

  if (file.byteSize === 0) return refuse("unknown", "empty_file");
  if (file.byteSize > MAX_READ_BYTES) return tooLarge(MAX_READ_BYTES);
  if (looksLikeWorkbook(file.head)) {
    // how large a workbook may be is known where an archive's parts are
    const most = isZip(file.head) ? MAX_PACKAGE_BYTES : MAX_FORM_BYTES;
    if (file.byteSize > most) {
      return refuse("form", "file_too_large", { size, limit: String(most / MIB) });
    }
    const form = await intake.apart(intake.reading.form(file));
    if ("unread" in form) return refuse("form", ...unreadWords(form));
    const isHanded = !form.ok && form.problems.some(({ code }) => code === HANDED_UP);
    return isHanded ? readHandedUp(intake, delivery, file) : readForm(unread, form);
  }
  const kind = kindOfHead(file.head);
  const ofKind = kind === null ? [] : [{ severity: "error" as const, file: file.name, ...kind }];
  if (kind?.code === PACKAGE) {
    return file.byteSize > MAX_PACKAGE_BYTES
      ? tooLarge(MAX_PACKAGE_BYTES)
      : unread("package", ofKind);
  }
  if (kind === null && looksLikeJson(file.head)) {
    if (file.byteSize > MAX_FORM_BYTES) return tooLarge(MAX_FORM_BYTES);
    const json = await intake.apart(intake.reading.json(file));
    if (json !== null) return readJson(intake, unread, json, file.name);
  }
  const read = kind === null ? await readTextFile(intake, delivery, file) : null;
  if (read !== null && "unread" in read) return refuse("csv", ...unreadWords(read));
  const csv = read?.csv ?? null;
  if (read?.judged) {
    const { text, problems, above = [] } = read.csv;
    const { judged } = read;
    return { ...unread("csv", problems), text, above, judged, isReadable: true, hasClaims: true };
  }
  // nothing of it was read
  if (csv?.problems.some(({ code }) => code === TOO_MANY_LINES)) {
    return { ...unread("csv", csv.problems), text: csv.text };
  }
  if (csv === null && file.byteSize > MAX_FORM_BYTES) return tooLarge(MAX_FORM_BYTES);
  const personal = await intake.apart(intake.reading.personalText(file));
  if ("unread" in personal) {
    return refuse(csv === null ? "unknown" : "csv", ...unreadWords(personal));
  }
  if (csv !== null) {
    const problems = personal.length > 0 ? personal : csv.problems;
    return { ...unread("csv", problems), text: csv.text };
  }
  if (personal.length > 0) return unread("unknown", [...ofKind, ...personal]);
  return kind === null ? refuse("unknown", "unknown_medium") : unread("unknown", ofKind);
}

/** Larger ones are read and judged in the reading process, while others may have the ledger. */
const BYTES_READ_HERE = MIB;

/** @returns null when it is no long CSV file */
async function readTextFile(
  { connection, catalogue, printed, reading, apart }: OpenIntake,
  delivery: Delivery,
  file: ReceivedFile,
): Promise<TextReading | null | Unread> {
  const asked = {
    file,
    receivedOn: dayOf(delivery),
    mostLines: mostLines(catalogue, delivery),
    isPacked: delivery.isPacked === true,
  };
  if (file.byteSize <= BYTES_READ_HERE || file.lineCount > asked.mostLines) {
    return readText(connection, asked, printed);
  }
  return withNewFolder(`${file.path}-`, async (folder) => {
    const { plans, areas, successors } = catalogue;
    const known = { plans, areas, successors };
    const read = await apart(reading.csv({ ...asked, catalogue: known, folder }));
    if (read !== null && "csv" in read && read.judged) await takeText(connection, folder);
    return read;
  });
}

async function readHandedUp(
  intake: OpenIntake,
  delivery: Delivery,
  file: ReceivedFile,
): Promise<ReadFile> {
  const read = await intake.apart(intake.reading.handed(file));
  const unread = (...[code, values]: UnreadWords): ReadFile =>
    unreadFile({ delivery, file }, "version", [problemOf(code, file.name, values)]);
  if ("unread" in read) return unread(...unreadWords(read));
  if (!read.ok) {
    const { part } = read;
    return part === null ? unread("version_unknown_form") : unread("version_altered", { part });
  }
  const version = quotableVersion(read.version, { ...intake.catalogue, printed: intake.printed });
  const contentOf = async (sha256: string): Promise<string | null> => {
    const earlier = await intake.apart(
      intake.reading.handed({ path: archivedPath(intake.paths, sha256) }),
    );
    return "unread" in earlier || !earlier.ok ? null : earlier.version.contentSha256;
  };
  const known = { ...intake, contentOf };
  const { document, problems } = await takeHandedUp(known, delivery, file.name, version);
  const isKnown = document !== null;
  return {
    ...unreadFile({ delivery, file }, "version", problems),
    ...{ document, version, isReadable: isKnown, hasClaims: isKnown },
  };
}

type FormReading = Exclude<Awaited<ReturnType<OpenIntake["reading"]["form"]>>, Unread>;

function readForm(
  unread: (medium: Medium, problems: readonly Problem[]) => ReadFile,
  form: FormReading,
): ReadFile {
  if (form.ok) {
    const { document, doubts } = form;
    const text = { encoding: document.encoding, delimiter: null };
    return { ...unread("form", doubts), text, document, isReadable: true, hasClaims: true };
  }
  const { problems, submissions } = form;
  if (problems.some(({ code }) => code === PACKAGE)) return unread("package", problems);
  const document = { encoding: null, submissions, readings: [], seen: [] };
  return { ...unread("form", problems), document, hasClaims: submissions.length > 0 };
}

function readJson(
  { catalogue }: OpenIntake,
  unread: (medium: Medium, problems: readonly Problem[]) => ReadFile,
  json: NonNullable<JsonReading> | Unread,
  name: string,
): ReadFile {
  if ("unread" in json) {
    const [code, values] = unreadWords(json);
    return unread("json", [problemOf(code, name, values)]);
  }
  if (json.is === "wrong") return unread("json", json.problems);
  const taken =
    json.is === "reports"
      ? { document: json.document, problems: [] }
      : takeDataValues(catalogue, name, json.sent);
  const isKnown = taken.document !== null;
  return {
    ...unread("json", [...json.problems, ...taken.problems]),
    text: { encoding: "UTF-8", delimiter: null },
    ...{ document: taken.document, isReadable: isKnown, hasClaims: isKnown },
  };
}

type UnreadWords = [code: ProblemCode, values?: Record<string, string>];

/** The code and the values of the problem for a file that was not read. */
export function unreadWords({ unread }: Unread): UnreadWords {
  if (unread === "failed") return ["reading_failed"];
  const { memory, time } = READING_LIMITS;
  return ["reading_limits", { memory: String(memory / MIB), seconds: String(time / 1000) }];
}
