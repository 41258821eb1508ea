import { rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { type CsvRecords, findRecords } from "../readers/csv-line.ts";
import {
  type Preamble,
  preambleOf,
  type Utf16,
  writeMended,
  writeOld,
  writeStraightened,
} from "../readers/csv-preamble.ts";
import { MAX_LINE, type ReceivedFile, type TextForm } from "../readers/received-file.ts";
import { convertToUtf8, LineTooLong, sampleBeyondAscii } from "../readers/text-conversion.ts";
import {
  decodeLegacy,
  detectLegacy,
  detectUtf16,
  isUtf8Head,
  type TextEncoding,
} from "../readers/text-encoding.ts";
import { numberText } from "../vocabulary/number.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import { uniqueName } from "../warehouse/random.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { rowsOfModel } from "./intake-sql.ts";
import { fillTable, showCsvAsRaw } from "./intake-tables.ts";
import { type ProblemCode, problemOf, UNREADABLE_LINES } from "./problem-wording.ts";
import { listCodes } from "./resolve-names.ts";

/** The columns of a long CSV file, each needed, in any order. */
export const CSV_COLUMNS = ["plan", "unit", "period", "area", "measure", "value", "note"] as const;

const BOM = /^(\uFEFF|\u00EF\u00BB\u00BF)/;
const INVALID_ENCODING = "INVALID ENCODING";
const MAX_LISTED = 200;
/** A file with more bad lines than this is not a CSV file of this layout. */
const MAX_REJECTS = 10_000;

const MAX_LINE_WORDS = `${MAX_LINE / 1024 / 1024} MB`;

const SEPARATORS = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" } as const;

/** A header line that was recognised as that of a long CSV file. */
interface CsvHeader {
  readonly separator: keyof typeof SEPARATORS;
  readonly names: readonly string[];
}

/** A long CSV file as it was read. */
export interface CsvReading {
  /** There is something in the raw tables to be checked. */
  readonly isLoaded: boolean;
  readonly problems: Problem[];
  readonly text: TextForm;
  /** Lines above the names of its columns. */
  readonly above?: readonly string[];
}

/** A line that DuckDB could not read, with how many there are in all. */
const RejectedLine = z.object({
  line: WholeNumber,
  error_type: z.string(),
  column_idx: WholeNumber.nullable(),
  is_empty: z.boolean().nullable(),
  total: WholeNumber,
});

const RowCount = z.object({ row_count: WholeNumber, may_be_empty: z.boolean() });
const EmptyCount = z.object({ empty_count: WholeNumber });
const Spaces = z.object({ has_spaces: z.boolean() });

/** The text that is loaded: the file itself, or its conversion. */
interface CsvText {
  readonly path: string;
  readonly lineCount: number;
  readonly header: CsvHeader;
}

/**
 * Reads a long CSV file into `raw_reading` and `raw_submission`. UTF-8 is read in place;
 * a file in another encoding is read through a converted copy, which is removed.
 * @param mostLines a file with more is refused before anything of it is parsed
 * @returns what prevents it from being read, with the lines; rows that could be read are loaded.
 * Null when the file is no long CSV file at all.
 */
export async function readCsv(
  connection: DuckDBConnection,
  file: ReceivedFile,
  mostLines: number,
): Promise<CsvReading | null> {
  const old = await writeOld(file, `${file.path}-old`);
  if (old !== null) {
    const copy = { ...file, ...old, path: `${file.path}-old` };
    return readCsv(connection, copy, mostLines).finally(() => rm(copy.path, { force: true }));
  }
  const read = await readAsItIs(connection, file, mostLines);
  if (read?.problems.every(({ code }) => !MENDABLE.includes(code)) === true) return read;
  const path = `${file.path}-mended`;
  try {
    const recognise = (line: string): CsvHeader | null => recogniseCsv(line);
    const mended = await writeMended(file.path, path, detectUtf16(file.head), recognise);
    if (mended === null) return read;
    const again = { ...file, path, longLine: null, ...mended };
    const other = await readAsItIs(connection, again, mostLines);
    if (other?.isLoaded === true && other.problems.length === 0) return other;
  } finally {
    await rm(path, { force: true });
  }
  // what was loaded of it has been replaced
  return read?.isLoaded === true ? readAsItIs(connection, file, mostLines) : read;
}

/** What a reader of a file by hand does not even notice may be the cause of these. */
const MENDABLE: readonly string[] = [
  "header_missing",
  "header_unknown",
  "csv_too_few",
  "csv_unreadable",
] satisfies readonly ProblemCode[];

async function readAsItIs(
  connection: DuckDBConnection,
  file: ReceivedFile,
  mostLines: number,
): Promise<CsvReading | null> {
  const utf16 = detectUtf16(file.head);
  const head =
    utf16 === null
      ? file.head.toString(isUtf8Head(file.head) ? "utf8" : "latin1")
      : new TextDecoder(utf16).decode(file.head);
  const preamble = preambleOf(head, (line) => recogniseCsv(line) !== null);
  const header = recogniseCsv(preamble?.names ?? head);
  if (header === null) return null;
  const textIn = (encoding: TextEncoding | null): TextForm => ({
    encoding,
    delimiter: SEPARATORS[header.separator],
  });
  const describe: Describe = (code, line, values) => problemOf(code, file.name, values, { line });
  const refused = (problems: Problem[], encoding: TextEncoding | null = utf16): CsvReading => ({
    isLoaded: false,
    problems,
    text: textIn(encoding),
  });
  if (file.lineCount > mostLines) {
    const counts = { lines: numberText(file.lineCount), most: numberText(mostLines) };
    return refused([describe("csv_too_many_lines", undefined, counts)]);
  }
  if (preamble !== null) {
    const figure = preamble.skipped.findIndex((line) => isFigure(line, header));
    if (figure >= 0) return refused([describe("csv_above_names", figure + 1)]);
    const above = await linesAbove(preamble, file, utf16);
    const multiple = above.findIndex((line) => MULTIPLE.test(line.normalize("NFC")));
    if (multiple >= 0) return refused([describe("csv_multiple", multiple + 1)]);
    const read = await readStraightened(connection, file, mostLines, { preamble, utf16 });
    return read === null ? null : { ...read, above };
  }
  const headerProblems = checkHeader(header, describe);
  if (headerProblems.length > 0) return refused(headerProblems);
  if (file.longLine !== null) {
    return refused([describe("csv_line_too_long", file.longLine, { limit: MAX_LINE_WORDS })]);
  }
  const asUtf8 = (): Promise<Loaded> => load(connection, { ...file, header }, describe);
  if (utf16 !== null) {
    const loaded = await loadConverted(connection, file, header, utf16, describe);
    return { ...loaded, text: textIn(utf16) };
  }
  const first = isUtf8Head(file.head) ? await asUtf8() : null;
  if (first?.isUtf8 === true) return { ...first, text: textIn("UTF-8") };
  const detected = await detect(file);
  if (detected?.encoding != null) {
    const { encoding } = detected;
    const loaded = await loadConverted(connection, file, header, encoding, describe);
    return { ...loaded, text: textIn(encoding) };
  }
  if (detected !== null && detected.candidates.length > 0) {
    const encodings = detected.candidates.join(", ");
    return refused([describe("encoding_unclear", undefined, { encodings })], null);
  }
  return { ...(first ?? (await asUtf8())), text: textIn(null) };
}

/** Reads a file through a copy of it that begins with the names of its columns. */
async function readStraightened(
  connection: DuckDBConnection,
  file: ReceivedFile,
  mostLines: number,
  { preamble, utf16 }: { readonly preamble: Preamble; readonly utf16: Utf16 | null },
): Promise<CsvReading | null> {
  const path = `${file.path}-straight`;
  try {
    const straight = await writeStraightened(file.path, path, preamble, utf16);
    if (straight === null) return null;
    return await readAsItIs(connection, { ...file, path, longLine: null, ...straight }, mostLines);
  } finally {
    await rm(path, { force: true });
  }
}

/** The lines above the names, in the encoding of all words of the file: figures often have none. */
async function linesAbove(
  { skipped }: Preamble,
  file: ReceivedFile,
  utf16: Utf16 | null,
): Promise<readonly string[]> {
  if (utf16 !== null || isUtf8Head(file.head)) return skipped;
  const detected = await detect(file);
  if (detected === null) return skipped;
  const encoding = detected.encoding ?? detected.candidates[0] ?? "windows-1258";
  return skipped.map((line) => decodeLegacy(Buffer.from(line, "latin1"), encoding));
}

async function detect(file: ReceivedFile): Promise<ReturnType<typeof detectLegacy> | null> {
  try {
    return detectLegacy(await sampleBeyondAscii(file.path));
  } catch (error) {
    if (error instanceof LineTooLong) return null;
    throw error;
  }
}

/** Recognises a long CSV file by its first line. The names of its columns are plain letters. */
function recogniseCsv(head: string): CsvHeader | null {
  const first = head.split("\n", 1)[0] ?? "";
  const text = first.replace(BOM, "").replace(/\r$/, "");
  const known = new Set<string>(CSV_COLUMNS);
  for (const separator of [",", ";", "\t", "|"] as const) {
    const names = headerNames(text, separator);
    if (names.filter((name) => known.has(name)).length >= 2) return { separator, names };
  }
  return null;
}

function headerNames(text: string, separator: string): string[] {
  try {
    const rows: string[][] = parse(text, { delimiter: separator, relax_column_count: true });
    return (rows[0] ?? []).map((name) => name.trim().toLowerCase());
  } catch {
    return [];
  }
}

/** A line that says in which multiple of its unit figures are: `ĐVT: nghìn người`. */
const MULTIPLE =
  /(?<!\p{L})(?:đvt|đơn vị(?: tính)?)[\s:(]+(?:trăm|ngh?ìn|ngàn|triệu|t[ỷỉ])(?!\p{L})/iu;

/** Whether a line above the header has a figure. */
function isFigure(line: string, { separator, names }: CsvHeader): boolean {
  const fields = headerNames(line, separator);
  const of = (name: (typeof CSV_COLUMNS)[number]): string => fields[names.indexOf(name)] ?? "";
  return of("unit") !== "" && of("measure") !== "" && /\d/.test(of("value"));
}

interface Loaded {
  readonly isLoaded: boolean;
  readonly isUtf8: boolean;
  readonly problems: Problem[];
}

async function loadConverted(
  connection: DuckDBConnection,
  file: ReceivedFile,
  header: CsvHeader,
  encoding: Exclude<TextEncoding, "UTF-8">,
  describe: Describe,
): Promise<Loaded> {
  const path = `${file.path}-utf8`;
  const unread = (problem: Problem) => ({ isLoaded: false, isUtf8: true, problems: [problem] });
  try {
    const { broken, lineCount } = await convertToUtf8(file.path, path, encoding);
    if (broken !== null) {
      const values = { encoding, count: String(broken.count), first: String(broken.first) };
      return unread(describe("encoding_broken", broken.first, values));
    }
    return await load(connection, { path, lineCount, header }, describe);
  } catch (error) {
    if (error instanceof LineTooLong) return unread(describe("csv_unreadable"));
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

/** Loads a UTF-8 text. */
async function load(
  connection: DuckDBConnection,
  text: CsvText,
  problem: Describe,
): Promise<Loaded> {
  const unread = (isUtf8: boolean) => ({
    isLoaded: false,
    isUtf8,
    problems: [problem("csv_unreadable")],
  });
  let records: CsvRecords | null = null;
  try {
    if (!(await loadWhole(connection, text))) {
      records = await findRecords(text.path, text.header.separator);
      const { fault } = records;
      if (fault !== null) return { ...unread(true), problems: [describeFault(fault, problem)] };
      await connection.run(loadStatement(text, true));
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    return unread(true);
  }
  await trimCodes(connection);
  const rejects = await rowsOfModel(connection, "csv_reject", RejectedLine, {
    limit: MAX_REJECTS + 1,
  });
  const isUtf8 = !rejects.some(({ error_type }) => error_type === INVALID_ENCODING);
  const { rowCount, emptyCount } = await countRows(connection);
  const hasReadings = rowCount > emptyCount;
  if (rejects.length === 0 && rowCount === text.lineCount - 1) {
    await showCsvAsRaw(connection, "consecutive", emptyCount);
    return { isLoaded: true, isUtf8, problems: hasReadings ? [] : [problem("no_readings")] };
  }

  if ((rejects[0]?.total ?? 0) > MAX_REJECTS) return unread(isUtf8);
  records ??= await findRecords(text.path, text.header.separator);
  if (records.fault !== null) {
    return { ...unread(isUtf8), problems: [describeFault(records.fault, problem)] };
  }
  const { lines } = records;
  const rejected = new Set(rejects.map(({ line }) => line));
  const isWhole = await numberRows(connection, records, rejected, { rowCount, emptyCount });
  // lines that are neither loaded nor rejected were lost
  if (!isWhole && rejects.length === 0) return unread(isUtf8);
  const withText = rejects.filter(({ is_empty }) => is_empty !== true);
  const placed = withText.map(({ error_type: type, line: record, column_idx }) => {
    const line = lines[record - 1];
    return { type, line: line && Math.abs(line), columns: column_idx ?? 0 };
  });
  const problems = describeRejects(placed, problem);
  if (!hasReadings && problems.length === 0) problems.push(problem("no_readings"));
  return { isLoaded: true, isUtf8, problems };
}

/** How many rows were loaded, and how many of them have no text at all. */
async function countRows(connection: DuckDBConnection) {
  const [counted] = await rowsOfModel(connection, "csv_count", RowCount);
  const { row_count: rowCount, may_be_empty } = RowCount.parse(counted);
  if (!may_be_empty) return { rowCount, emptyCount: 0 };
  const [empty] = await rowsOfModel(connection, "csv_empty", EmptyCount);
  return { rowCount, emptyCount: EmptyCount.parse(empty).empty_count };
}

type Describe = (code: ProblemCode, line?: number, values?: Record<string, string>) => Problem;

function checkHeader({ names }: CsvHeader, problem: Describe): Problem[] {
  const columns = CSV_COLUMNS.join(", ");
  const known = new Set<string>(CSV_COLUMNS);
  const unknown = names.filter((name) => !known.has(name));
  return [
    ...CSV_COLUMNS.filter((column) => !names.includes(column)).map((column) =>
      problem("header_missing", 1, { column, columns }),
    ),
    ...unknown
      .slice(0, MAX_LISTED)
      .map((column) => problem("header_unknown", 1, { column, columns })),
    ...(unknown.length > MAX_LISTED
      ? [problem("more", 1, { count: String(unknown.length - MAX_LISTED), kind: UNREADABLE_LINES })]
      : []),
    ...CSV_COLUMNS.filter((column) => names.filter((name) => name === column).length > 1).map(
      (column) => problem("header_twice", 1, { column }),
    ),
  ];
}

/** Loads a text without bad lines, as most are. @returns whether there were none */
async function loadWhole(connection: DuckDBConnection, text: CsvText): Promise<boolean> {
  try {
    await connection.run(loadStatement(text, false));
    return true;
  } catch (error) {
    if (!isCsvError(error)) throw error;
    return false;
  }
}

/** @param keepsRejects collects lines that cannot be read instead of failing at the first */
function loadStatement({ path, header }: CsvText, keepsRejects: boolean): string {
  const { separator, names } = header;
  const columns = names.map((name) => `${quoteName(name)}: 'varchar'`).join(", ");
  // an empty field stays empty text, since no field can hold a text made up a moment ago; it begins
  // with what no text has, since read_csv passes over further columns that hold a beginning of it
  const noField = `\u0001${uniqueName()}`;
  return `
drop table if exists reject_errors;
drop table if exists reject_scans;
${keepsRejects ? "" : NO_REJECTS}
create or replace table memory.intake.csv_reading as
select ${CSV_COLUMNS.map(quoteName).join(", ")}
from read_csv(
    ${quoteLiteral(path)},
    auto_detect = false, header = true, all_varchar = true, store_rejects = ${keepsRejects},
    ${keepsRejects ? `rejects_limit = ${MAX_REJECTS + 1},` : ""}
    delim = ${quoteLiteral(separator)}, quote = '"', escape = '"',
    nullstr = ${quoteLiteral(noField)}, allow_quoted_nulls = false, columns = {${columns}}
)`;
}

const NO_REJECTS = `
create temp table reject_errors (
    line bigint, error_type varchar, column_idx bigint, csv_line varchar
);`;

const CODES = ["plan", "unit", "period", "area", "measure"] as const;

/** Trims codes, if any need it: looking is much cheaper than trimming. */
async function trimCodes(connection: DuckDBConnection): Promise<void> {
  await listCodes(connection);
  const [found] = await rowsOfModel(connection, "csv_spaces", Spaces);
  if (found?.has_spaces !== true) return;
  await connection.run(
    `update memory.intake.csv_reading set ${CODES.map((name) => `${name} = trim(${name})`).join(", ")}`,
  );
  await listCodes(connection);
}

function isCsvError(error: unknown): boolean {
  return error instanceof Error && /CSV/.test(error.message);
}

/**
 * Fills `csv_line` where records and rows agree; else rows stay without a line rather than a wrong one.
 * @returns whether they agree
 */
async function numberRows(
  connection: DuckDBConnection,
  records: CsvRecords,
  rejected: ReadonlySet<number>,
  { rowCount, emptyCount }: Awaited<ReturnType<typeof countRows>>,
): Promise<boolean> {
  const kept = function* (): Generator<[row: number, line: number]> {
    let row = 0;
    for (let index = 1; index < records.count; index += 1) {
      const line = records.lines[index] ?? 0;
      if (line > 0 && !rejected.has(index + 1)) yield [row++, line];
    }
  };
  let keptCount = 0;
  for (const _ of kept()) keptCount += 1;
  if (keptCount !== rowCount) {
    await showCsvAsRaw(connection, "unknown", emptyCount);
    return false;
  }
  await fillTable(connection, "csv_line", kept());
  await showCsvAsRaw(connection, "counted", emptyCount);
  return true;
}

function describeFault(
  { kind, line }: NonNullable<CsvRecords["fault"]>,
  problem: Describe,
): Problem {
  if (kind === "quote") return problem("csv_quote", line);
  return problem("csv_too_many", line, { expected: String(CSV_COLUMNS.length) });
}

interface Reject {
  readonly type: string;
  readonly line: number | undefined;
  readonly columns: number;
}

/** What DuckDB says of a line, as it is told. */
const REJECTS: Readonly<Record<string, ProblemCode>> = {
  "TOO MANY COLUMNS": "csv_too_many",
  "MISSING COLUMNS": "csv_too_few",
  "UNQUOTED VALUE": "csv_quote",
};

function describeRejects(rejects: readonly Reject[], problem: Describe): Problem[] {
  const broken = rejects.filter(({ type }) => type === INVALID_ENCODING);
  const problems: Problem[] = [];
  const first = broken[0];
  if (first !== undefined) {
    const values = { first: String(first.line ?? "?"), count: String(broken.length) };
    problems.push(problem("not_utf8", first.line, values));
  }
  const listed = rejects.filter(({ type }) => type !== INVALID_ENCODING);
  for (const { type, line, columns } of listed.slice(0, MAX_LISTED)) {
    const values = { count: String(columns), expected: String(CSV_COLUMNS.length) };
    problems.push(problem(REJECTS[type] ?? "csv_unreadable", line, values));
  }
  if (listed.length > MAX_LISTED) {
    const count = String(listed.length - MAX_LISTED);
    problems.push(problem("more", undefined, { count, kind: UNREADABLE_LINES }));
  }
  return problems;
}
