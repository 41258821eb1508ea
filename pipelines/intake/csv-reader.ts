import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import type { Problem } from "../vocabulary/problem.ts";
import { selectRows } from "../warehouse/connection.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { appendRows } from "./append.ts";
import { type CsvRecordPlace, findRecords } from "./csv-line.ts";
import { HAS_TEXT, showCsvAsRaw } from "./raw-tables.ts";
import type { ReceivedFile } from "./received-file.ts";
import { KINDS, type ProblemCode, word } from "./wording.ts";

/** The columns of a long CSV file, each needed, in any order. */
export const CSV_COLUMNS = ["plan", "unit", "period", "area", "measure", "value", "note"] as const;

const BOM = "\uFEFF";
const MOST_LISTED = 200;
/** A file with more broken lines than this is not a CSV file of this layout at all. */
const MOST_REJECTS = 10_000;

/** A header line that was recognised as that of a long CSV file. */
export interface CsvHeader {
  readonly separator: "," | ";";
  readonly names: readonly string[];
}

/**
 * Recognises a long CSV file by its first line.
 * @returns null when the file is something else.
 */
export function recogniseCsv(head: Buffer): CsvHeader | null {
  const end = head.indexOf("\n");
  const first = end === -1 ? head : head.subarray(0, end);
  if (!isUtf8(first)) return null;
  const text = first.toString("utf8").replace(BOM, "").replace(/\r$/, "");
  const known = new Set<string>(CSV_COLUMNS);
  for (const separator of [",", ";"] as const) {
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

/** Whether the file begins like UTF-16 text, which Excel calls "Unicode Text". */
export function isUtf16(head: Buffer): boolean {
  const mark = head.subarray(0, 2).toString("hex");
  return mark === "fffe" || mark === "feff";
}

/**
 * Reads a long CSV file into `raw_reading` and `raw_submission`.
 * @returns what prevents it from being read, with the lines; rows that could be read are loaded.
 */
export async function readCsv(
  connection: DuckDBConnection,
  file: ReceivedFile,
  header: CsvHeader,
): Promise<{ isLoaded: boolean; problems: Problem[] }> {
  const problem = (
    code: ProblemCode,
    line?: number,
    values: Record<string, string> = {},
  ): Problem => ({ severity: "error", code, file: file.name, line, ...word(code, values) });

  const headerProblems = checkHeader(header, problem);
  if (headerProblems.length > 0) return { isLoaded: false, problems: headerProblems };
  try {
    await connection.run(loadStatement(file.path, header));
  } catch (error) {
    if (!isCsvError(error)) throw error;
    return { isLoaded: false, problems: [problem("csv_unreadable")] };
  }
  await trimCodes(connection);
  const rejects = await selectRows(
    connection,
    `select
        line, any_value(error_type) as error_type, min(column_idx) as column_idx,
        bool_and(regexp_full_match(csv_line, '[,;"\\s]*')) as is_empty
    from reject_errors group by line order by line limit ${MOST_REJECTS + 1}`,
  );
  const counted = await selectRows(
    connection,
    `select count(*) as rows, count(*) filter (${HAS_TEXT}) as readings from csv_reading`,
  );
  const rowCount = Number(counted[0]?.rows);
  const hasReadings = Number(counted[0]?.readings) > 0;
  if (rejects.length === 0 && rowCount === file.lineCount - 1) {
    await showCsvAsRaw(connection, "consecutive");
    return { isLoaded: true, problems: hasReadings ? [] : [problem("no_readings")] };
  }

  if (rejects.length > MOST_REJECTS) {
    return { isLoaded: false, problems: [problem("csv_unreadable")] };
  }
  const records = await findRecords(file.path, header.separator);
  const rejected = new Set(rejects.map((reject) => Number(reject.line)));
  await numberRows(connection, records, rejected, rowCount);
  const withText = rejects.filter(({ is_empty }) => is_empty !== true);
  const placed = withText.map((reject) => ({
    type: String(reject.error_type),
    line: records[Number(reject.line) - 1]?.line,
    columns: Number(reject.column_idx),
  }));
  const problems = describeRejects(placed, problem);
  if (!hasReadings && problems.length === 0) problems.push(problem("no_readings"));
  return { isLoaded: true, problems };
}

type Describe = (code: ProblemCode, line?: number, values?: Record<string, string>) => Problem;

function checkHeader({ names }: CsvHeader, problem: Describe): Problem[] {
  const columns = CSV_COLUMNS.join(", ");
  const known = new Set<string>(CSV_COLUMNS);
  return [
    ...CSV_COLUMNS.filter((column) => !names.includes(column)).map((column) =>
      problem("header_missing", 1, { column, columns }),
    ),
    ...names
      .filter((name) => !known.has(name))
      .map((column) => problem("header_unknown", 1, { column, columns })),
    ...CSV_COLUMNS.filter((column) => names.filter((name) => name === column).length > 1).map(
      (column) => problem("header_twice", 1, { column }),
    ),
  ];
}

function loadStatement(path: string, { separator, names }: CsvHeader): string {
  const columns = names.map((name) => `${quoteName(name)}: 'varchar'`).join(", ");
  // an empty field stays empty text, since no field can hold a text made up a moment ago
  const noField = randomUUID();
  return `
drop table if exists reject_errors;
drop table if exists reject_scans;
create or replace temp table csv_reading as
select ${CSV_COLUMNS.map(quoteName).join(", ")}
from read_csv(
    ${quoteLiteral(path)},
    auto_detect = false, header = true, all_varchar = true, store_rejects = true,
    delim = ${quoteLiteral(separator)}, quote = '"', escape = '"',
    nullstr = ${quoteLiteral(noField)}, allow_quoted_nulls = false, columns = {${columns}}
)`;
}

const CODES = ["plan", "unit", "period", "area", "measure"] as const;

/** Takes spaces around codes away, where there are any at all: looking is much cheaper than doing. */
async function trimCodes(connection: DuckDBConnection): Promise<void> {
  const differs = (names: readonly string[]): string =>
    `coalesce((
        select bool_or(${names.map((name) => `${name} <> trim(${name})`).join(" or ")})
        from (select distinct ${names.join(", ")} from csv_reading)
    ), false)`;
  const rows = await selectRows(
    connection,
    `select ${differs(CODES.slice(0, 3))} or ${differs(["area"])} or ${differs(["measure"])}
        as has_spaces`,
  );
  if (rows[0]?.has_spaces !== true) return;
  await connection.run(
    `update csv_reading set ${CODES.map((name) => `${name} = trim(${name})`).join(", ")}`,
  );
}

function isCsvError(error: unknown): boolean {
  return error instanceof Error && /CSV/.test(error.message);
}

/** Fills `csv_line` where records and rows agree; else rows stay without a line rather than a wrong one. */
async function numberRows(
  connection: DuckDBConnection,
  records: readonly CsvRecordPlace[],
  rejected: ReadonlySet<number>,
  rowCount: number,
): Promise<void> {
  const kept = records.filter(
    ({ isBlank }, index) => index > 0 && !isBlank && !rejected.has(index + 1),
  );
  if (kept.length !== rowCount) {
    await showCsvAsRaw(connection, "unknown");
    return;
  }
  await connection.run("create or replace temp table csv_line (row_no integer, line integer)");
  await appendRows(
    connection,
    "csv_line",
    kept.map(({ line }, index) => [index, line]),
  );
  await showCsvAsRaw(connection, "counted");
}

interface Reject {
  readonly type: string;
  readonly line: number | undefined;
  readonly columns: number;
}

function describeRejects(rejects: readonly Reject[], problem: Describe): Problem[] {
  const broken = rejects.filter(({ type }) => type === "INVALID ENCODING");
  const problems: Problem[] = [];
  const first = broken[0];
  if (first !== undefined) {
    const values = { first: String(first.line ?? "?"), count: String(broken.length) };
    problems.push(problem("not_utf8", first.line, values));
  }
  const listed = rejects.filter(({ type }) => type !== "INVALID ENCODING");
  for (const { type, line, columns } of listed.slice(0, MOST_LISTED)) {
    if (type === "TOO MANY COLUMNS") {
      problems.push(problem("csv_too_many", line, { expected: String(CSV_COLUMNS.length) }));
    } else if (type === "MISSING COLUMNS") {
      const values = { count: String(columns), expected: String(CSV_COLUMNS.length) };
      problems.push(problem("csv_too_few", line, values));
    } else if (type === "UNQUOTED VALUE") {
      problems.push(problem("csv_quote", line));
    } else {
      problems.push(problem("csv_unreadable", line));
    }
  }
  if (listed.length > MOST_LISTED) {
    const count = String(listed.length - MOST_LISTED);
    problems.push(problem("more", undefined, { count, kind: KINDS.csv }));
  }
  return problems;
}
