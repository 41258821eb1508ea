import type { DuckDBConnection } from "@duckdb/node-api";
import type { RawDocument, RawReading, RawSubmission } from "../readers/raw-document.ts";
import { REMARK_HEADS } from "../vocabulary/form-code.ts";
import { appendRows, type Field } from "../warehouse/append-rows.ts";
import { makeView } from "./intake-sql.ts";
import { knowPlans } from "./load-plans.ts";

/** The tables that files are loaded into, with their columns. */
const LOADED_TABLES = {
  form_submission: `row_no bigint, plan varchar, unit varchar, period varchar,
    is_nil_return boolean, form_version varchar, difficulties varchar, proposals varchar,
    sheet varchar, cell varchar`,
  form_reading: `row_no bigint, plan varchar, unit varchar, period varchar, area varchar,
    measure varchar, value varchar, is_exact boolean, note varchar, sheet varchar, cell varchar,
    line bigint, is_partial boolean, is_withheld boolean, parts varchar`,
  // the lines of the readings of a text file
  csv_line: "row_no bigint, line bigint",
  // what a text in a column of codes means, within its plan and period
  csv_name: "plan varchar, period varchar, text varchar, code varchar",
  // areas that a file names in a way that leaves open which is meant, or that are not valid then
  name_fault: `plan varchar, period varchar, area varchar, code varchar, area_id integer,
    known varchar`,
  // the loaded rows of each receipt
  receipt_rows: `receipt_no bigint, outcome varchar, is_read boolean, received_at timestamptz,
    first_row bigint, end_row bigint`,
} as const;
export type LoadedTable = keyof typeof LOADED_TABLES;

/** Puts rows in the place of what a table that files are loaded into had. */
export async function fillTable(
  connection: DuckDBConnection,
  table: LoadedTable,
  rows: Iterable<readonly Field[]>,
): Promise<void> {
  await connection.run(`create or replace table memory.intake.${table} (${LOADED_TABLES[table]})`);
  await appendRows(connection, { schema: "intake", table }, rows);
}

/** Makes what files are loaded into, empty. */
export async function createLoadedTables(connection: DuckDBConnection): Promise<void> {
  for (const table of Object.keys(LOADED_TABLES) as LoadedTable[]) {
    await fillTable(connection, table, []);
  }
  await showForm(connection);
}

async function showForm(connection: DuckDBConnection): Promise<void> {
  for (const name of ["submission", "reading"]) {
    await connection.run(
      `create or replace view memory.intake.raw_${name} as from memory.intake.form_${name}`,
    );
  }
}

/** The rows of one of several documents: from the first up to the one before `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** All rows: what was loaded is one file. */
export const ALL_ROWS: RowRange = { first: 0, end: Number.MAX_SAFE_INTEGER };
/** The rows of a file without readings. */
export const NO_ROWS: RowRange = { first: 0, end: 0 };

/**
 * Makes documents the content of `raw_submission` and `raw_reading`, one after another.
 * @returns the rows of each
 */
export async function loadDocuments(
  connection: DuckDBConnection,
  documents: readonly RawDocument[],
): Promise<RowRange[]> {
  const submissions: Field[][] = [];
  const readings: Field[][] = [];
  let next = 0;
  const ranges = documents.map((document): RowRange => {
    const first = next;
    for (const one of document.submissions) submissions.push([next++, ...submissionFields(one)]);
    for (const one of document.readings) readings.push([next++, ...readingFields(one)]);
    return { first, end: next };
  });
  await fillTable(connection, "form_submission", submissions);
  await fillTable(connection, "form_reading", readings);
  await knowPlans(
    connection,
    submissions.map(([, plan]) => String(plan)),
  );
  // a form has codes and no names
  await fillTable(connection, "name_fault", []);
  await showForm(connection);
  return ranges;
}

function submissionFields(one: RawSubmission): Field[] {
  return [
    one.plan.trim(),
    one.unit.trim(),
    one.period.trim(),
    one.nilReturn,
    one.formVersion,
    ...REMARK_HEADS.map((head) => one.remarks[head] ?? null),
    one.sheet,
    one.cell,
  ];
}

function readingFields(one: RawReading): Field[] {
  return [
    one.plan.trim(),
    one.unit.trim(),
    one.period.trim(),
    one.area.trim(),
    one.measure.trim(),
    one.value,
    one.isExact,
    one.note,
    one.sheet,
    one.cell,
    one.line,
    one.isPartial === true,
    one.isWithheld === true,
    one.parts ?? null,
  ];
}

/** Where the line of a row of `csv_reading` is known from. */
export type LineNumbers = "consecutive" | "counted" | "unknown";

/**
 * Makes the table `intake.csv_reading` the content of `raw_submission` and `raw_reading`, with 1-based
 * physical line numbers: `consecutive` after a header line, or from `csv_line`.
 * @param emptyRows how many of its rows have no text at all
 */
export async function showCsvAsRaw(
  connection: DuckDBConnection,
  numbers: LineNumbers,
  emptyRows: number,
): Promise<void> {
  const before = numbers === "consecutive" ? "1" : "null";
  await connection.run(`set variable lines_before_readings = ${before}::bigint`);
  await connection.run(`set variable empty_rows = ${emptyRows}::bigint`);
  if (numbers !== "counted") await fillTable(connection, "csv_line", []);
  await makeView(connection, "raw_reading_of_csv", "raw_reading");
  await makeView(connection, "raw_submission_of_csv", "raw_submission");
}
