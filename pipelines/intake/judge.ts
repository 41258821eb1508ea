import type { DuckDBConnection } from "@duckdb/node-api";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { kindOfHead, OTHER_KIND, PACKAGE } from "../readers/file-kind.ts";
import { looksLikeWorkbook } from "../readers/form-reader.ts";
import { MAX_PACKAGE_BYTES } from "../readers/package-reader.ts";
import { isPersonal, personalDataInName } from "../readers/personal-data.ts";
import type { RawDocument } from "../readers/raw-document.ts";
import { READING_LIMITS } from "../readers/reading-limits.ts";
import type { ReadingPool, Unread } from "../readers/reading-pool.ts";
import {
  MAX_READ_BYTES,
  type Medium,
  NO_TEXT,
  type ReceivedFile,
  type TextForm,
} from "../readers/received-file.ts";
import { isZip } from "../readers/workbook-guard.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { readCsv } from "./csv-reader.ts";
import { findProblems, isOfOneRow, resolveClaims } from "./find-problems.ts";
import { labelProblems } from "./form-labels.ts";
import { ALL_ROWS, loadDocuments, type RowRange } from "./intake-tables.ts";
import { heldTexts, personalDataInReadings } from "./personal-readings.ts";
import { furtherPlaces, type ProblemCode, word } from "./problem-wording.ts";
import type { Renamings } from "./resolve-names.ts";

const MIB = 1024 * 1024;
/** A form is a few dozen kilobytes. */
const MAX_FORM_BYTES = 20 * MIB;

const LEFT_OUT: ProblemCode = "measures_left_out";
/** What a sender writes in the same way wherever there is no figure; it is told once. */
const TOLD_ONCE: readonly string[] = [
  "mark",
  "mark_of_stock",
  "mark_of_yes_no",
] satisfies readonly ProblemCode[];

/** A file as it was read. */
export interface ReadFile {
  readonly file: ReceivedFile;
  readonly medium: Medium;
  readonly text: TextForm;
  /** What a form says, or only for whom, where it could not be read; null of another file. */
  readonly document: RawDocument | null;
  /** There are readings to be checked. */
  readonly isReadable: boolean;
  /** It is known at least for whom and for which period it reports. */
  readonly hasClaims: boolean;
  readonly problems: readonly Problem[];
}

/** A file with every problem that was found in it, and its rows in `intake.claim` and `judged`. */
export interface JudgedFile extends Omit<ReadFile, "document" | "isReadable"> {
  readonly rows: RowRange;
  /** Its notes that may be about a person. */
  readonly held: readonly string[];
}

/** What a file is says nothing of what stands in it. */
function isKind({ code }: Problem): boolean {
  return code === OTHER_KIND || code === PACKAGE;
}

/** Whether a file is neither a form nor a CSV file, right or wrong, but another document. */
export function isNoReport({ medium, problems }: Pick<ReadFile, "medium" | "problems">): boolean {
  return medium === "unknown" || medium === "package" || problems.some(isKind);
}

/** What a file is called whose own name tells of a person. */
const UNNAMED = "ten-tep-khong-luu";

/** The name under which a file is spoken of: its own, unless that tells of a person, or may. */
export function keptName(name: string, printed: PrintedTexts): string {
  if (personalDataInName(name, printed).length === 0) return name;
  return `${UNNAMED}${/\.[a-z]{2,4}$/i.exec(name)?.[0] ?? ""}`;
}

/**
 * Recognises a file by its content, never by its name, and reads it. A text file goes into the raw
 * tables at once, so it is read and judged alone. A name that tells of a person is not kept.
 */
export async function readReceived(
  connection: DuckDBConnection,
  file: ReceivedFile,
  { printed, reading }: JudgingKnowledge,
): Promise<ReadFile> {
  const inName = personalDataInName(file.name, printed);
  const name = keptName(file.name, printed);
  const read = await readContent(connection, { ...file, name }, reading);
  const named = inName.map((problem) => ({ ...problem, file: name }));
  if (isPersonal(inName)) {
    const personal = isPersonal(read.problems) ? read.problems : [];
    return { ...read, isReadable: false, problems: [...named, ...personal] };
  }
  return isPersonal(read.problems) ? read : { ...read, problems: [...read.problems, ...named] };
}

async function readContent(
  connection: DuckDBConnection,
  file: ReceivedFile,
  reading: ReadingPool,
): Promise<ReadFile> {
  const unread = { file, text: NO_TEXT, document: null, isReadable: false, hasClaims: false };
  const refuse = (medium: Medium, code: ProblemCode, values: Record<string, string> = {}) => ({
    ...unread,
    medium,
    problems: [{ severity: "error" as const, code, file: file.name, ...word(code, values) }],
  });
  if (file.byteSize === 0) return refuse("unknown", "empty_file");
  const size = (file.byteSize / MIB).toFixed(0);
  const tooLarge = (limit: number) =>
    refuse("unknown", "text_too_large", { size, limit: String(limit / MIB) });
  if (file.byteSize > MAX_READ_BYTES) return tooLarge(MAX_READ_BYTES);
  const kind = kindOfHead(file.head);
  if (looksLikeWorkbook(file.head)) {
    // how large a workbook may be is known where an archive's parts are
    const most = isZip(file.head) ? MAX_PACKAGE_BYTES : MAX_FORM_BYTES;
    if (file.byteSize > most) {
      return refuse("form", "file_too_large", { size, limit: String(most / MIB) });
    }
    return readFormFile(file, reading, refuse);
  }
  if (kind?.code === PACKAGE) {
    if (file.byteSize > MAX_PACKAGE_BYTES) return tooLarge(MAX_PACKAGE_BYTES);
    return packageOf(file, [{ severity: "error", file: file.name, ...kind }]);
  }
  const csv = kind === null ? await readCsv(connection, file) : null;
  if (csv === null && file.byteSize > MAX_FORM_BYTES) return tooLarge(MAX_FORM_BYTES);
  const read: ReadFile =
    csv === null
      ? kind === null
        ? refuse("unknown", "unknown_medium")
        : {
            ...unread,
            medium: "unknown",
            problems: [{ severity: "error", file: file.name, ...kind }],
          }
      : {
          ...unread,
          medium: "csv",
          text: csv.text,
          isReadable: csv.isLoaded,
          hasClaims: csv.isLoaded,
          problems: csv.problems,
        };
  if (read.isReadable) return read;
  const personal = await reading.personalText(file);
  if ("unread" in personal) return refuse(read.medium, ...unreadWords(personal));
  const named = read.problems.filter(isKind);
  return personal.length > 0 ? { ...read, problems: [...named, ...personal] } : read;
}

function packageOf(file: ReceivedFile, problems: readonly Problem[]): ReadFile {
  const nothing = { text: NO_TEXT, document: null, isReadable: false, hasClaims: false };
  return { ...nothing, file, medium: "package", problems };
}

/** The code and the values of the problem for a file that was not read. */
export function unreadWords({ unread }: Unread): [ProblemCode, Record<string, string>] {
  if (unread === "failed") return ["reading_failed", {}];
  const { memory, time } = READING_LIMITS;
  return ["reading_limits", { memory: String(memory / MIB), seconds: String(time / 1000) }];
}

async function readFormFile(
  file: ReceivedFile,
  reading: ReadingPool,
  refuse: (medium: Medium, code: ProblemCode, values: Record<string, string>) => ReadFile,
): Promise<ReadFile> {
  const form = await reading.form(file);
  if ("unread" in form) return refuse("form", ...unreadWords(form));
  if (!form.ok) {
    const { problems, submissions } = form;
    if (problems.some(({ code }) => code === PACKAGE)) return packageOf(file, problems);
    const document = { encoding: null, submissions, readings: [], seen: [] };
    const hasClaims = submissions.length > 0;
    return {
      file,
      medium: "form",
      text: NO_TEXT,
      document,
      isReadable: false,
      hasClaims,
      problems,
    };
  }
  const { document } = form;
  const text = { encoding: document.encoding, delimiter: null };
  return {
    file,
    medium: "form",
    text,
    document,
    isReadable: true,
    hasClaims: true,
    problems: form.doubts,
  };
}

/** What files are judged by besides the tables of the intake. */
interface JudgingKnowledge {
  readonly catalogue: Catalogue;
  /** What the office prints on its forms, which is never the data of a person. */
  readonly printed: PrintedTexts;
  /** Reads files in a process of its own. */
  readonly reading: ReadingPool;
  /** Which areas are the same one under another name. */
  readonly renamings: () => Promise<Renamings>;
}

/**
 * Judges files together: one of any kind, or several readable forms, which cost as much as one since
 * they are judged by the same statements. Leaves their rows in `intake.claim` and `intake.judged`.
 * @param receivedOn date `YYYY-MM-DD` in office time on which all of them were received
 */
export async function judgeFiles(
  connection: DuckDBConnection,
  files: readonly ReadFile[],
  receivedOn: string,
  { catalogue, printed, renamings: askRenamings }: JudgingKnowledge,
): Promise<JudgedFile[]> {
  const documents = files.flatMap(({ document }) => (document === null ? [] : [document]));
  const ranges = documents.length > 0 ? await loadDocuments(connection, documents) : [];
  const isReadable = files.some((one) => one.isReadable);
  if (!isReadable && files.some(({ hasClaims }) => hasClaims)) {
    await resolveClaims(connection, receivedOn);
  }
  const found = isReadable ? await findProblems(connection, receivedOn) : [];
  const renamings = documents.length > 0 ? await askRenamings() : () => [];
  const judged: JudgedFile[] = [];
  for (const [index, { document, isReadable: _, ...read }] of files.entries()) {
    const rows = ranges[index] ?? ALL_ROWS;
    const own = found
      // one that stands for many may be of any of the files
      .filter(({ row }) => !isOfOneRow(row) || (row >= rows.first && row < rows.end))
      .map(({ problem }) => ({ ...problem, file: read.file.name }));
    const seen = (document?.seen ?? [])
      .flatMap((one) => labelProblems(one, catalogue, renamings, printed))
      .map((problem) => ({ ...problem, file: read.file.name }));
    const isText = read.medium === "csv" && read.hasClaims;
    const inReadings = isText
      ? await personalDataInReadings(connection, read.file.name, printed)
      : { problems: [], held: document === null ? [] : heldTexts(document, printed) };
    const all = [...read.problems, ...seen, ...own, ...inReadings.problems];
    // what is wrong besides would quote what must not be kept
    const problems = isPersonal(all) ? all.filter((one) => isPersonal([one]) || isKind(one)) : all;
    const isRefused = problems.some(({ severity }) => severity === "error");
    // of a file with lines that could not be read nobody can say what it leaves out
    const told = onceAFile(isRefused ? problems.filter(({ code }) => code !== LEFT_OUT) : problems);
    judged.push({ ...read, rows, problems: told, held: inReadings.held });
  }
  return judged;
}

/** The problems, those that are told once with their further places in the first of each kind. */
function onceAFile(problems: readonly Problem[]): Problem[] {
  return problems.flatMap((problem, index): Problem[] => {
    if (!TOLD_ONCE.includes(problem.code)) return [problem];
    const isSame = ({ code }: Problem): boolean => code === problem.code;
    if (problems.findIndex(isSame) < index) return [];
    const further = problems.filter(isSame).slice(1);
    if (further.length === 0) return [problem];
    return [{ ...problem, found: `${problem.found} ${furtherPlaces(further)}` }];
  });
}
