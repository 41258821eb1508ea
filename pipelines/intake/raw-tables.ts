import type { DuckDBConnection } from "@duckdb/node-api";
import type { RawDocument, RawReading, RawSubmission } from "../readers/raw-document.ts";
import { appendRows, type Field } from "../warehouse/append-rows.ts";

const FORM_TABLES = `
create or replace temp table form_submission (
    row_no integer, plan varchar, unit varchar, period varchar, is_nil_return boolean, form_version varchar,
    sheet varchar, cell varchar
);
create or replace temp table form_reading (
    row_no integer, plan varchar, unit varchar, period varchar, area varchar, measure varchar, value varchar,
    is_exact boolean, note varchar, sheet varchar, cell varchar, line integer
);
`;

const FORM_VIEWS = `
create or replace temp view raw_submission as
select * from form_submission;

create or replace temp view raw_reading as
select * from form_reading;
`;

/** Excel leaves lines of separators behind where rows were emptied; they are no readings. */
export const HAS_TEXT =
  "plan <> '' or unit <> '' or measure <> '' or period <> '' or area <> '' or trim(value) <> '' or trim(note) <> ''";

const CSV_VIEWS = `
create or replace temp view raw_reading as
select
    reading.row_no, plan, unit, period, area, measure, value, false as is_exact, note,
    null::varchar as sheet, null::varchar as cell, {line} as line
from (select rowid as row_no, * from csv_reading where ${HAS_TEXT}) as reading
{lines};

create or replace temp view raw_submission as
select
    min(row_no) as row_no, plan, unit, period, false as is_nil_return,
    null::varchar as form_version, null::varchar as sheet, null::varchar as cell
from raw_reading
group by plan, unit, period;
`;

/** The rows of one of several documents: from the first up to the one before `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Makes a document the content of `raw_submission` and `raw_reading`. */
export async function loadDocument(
  connection: DuckDBConnection,
  document: RawDocument,
): Promise<void> {
  await loadDocuments(connection, [document]);
}

/**
 * Makes documents the content of `raw_submission` and `raw_reading`, one after another.
 * @returns the rows of each
 */
export async function loadDocuments(
  connection: DuckDBConnection,
  documents: readonly RawDocument[],
): Promise<RowRange[]> {
  await connection.run(FORM_TABLES);
  const submissions: Field[][] = [];
  const readings: Field[][] = [];
  let next = 0;
  const ranges = documents.map((document): RowRange => {
    const first = next;
    for (const one of document.submissions) submissions.push([next++, ...submissionFields(one)]);
    for (const one of document.readings) readings.push([next++, ...readingFields(one)]);
    return { first, end: next };
  });
  await appendRows(connection, "form_submission", submissions);
  await appendRows(connection, "form_reading", readings);
  // a form has codes and no names
  await connection.run("delete from name_fault");
  await connection.run(FORM_VIEWS);
  return ranges;
}

function submissionFields(one: RawSubmission): Field[] {
  return [
    one.plan.trim(),
    one.unit.trim(),
    one.period.trim(),
    one.nilReturn,
    one.formVersion,
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
  ];
}

/** Where the line of a row of `csv_reading` is known from. */
export type LineNumbers = "consecutive" | "counted" | "unknown";

/**
 * Makes the temporary table `csv_reading` the content of `raw_submission` and `raw_reading`, with
 * 1-based physical line numbers: `consecutive` after a header line, or from `csv_line`.
 */
export async function showCsvAsRaw(
  connection: DuckDBConnection,
  numbers: LineNumbers,
): Promise<void> {
  const line = {
    consecutive: "reading.row_no + 2",
    counted: "csv_line.line",
    unknown: "null::bigint",
  };
  const lines = numbers === "counted" ? "left join csv_line using (row_no)" : "";
  await connection.run(CSV_VIEWS.replace("{line}", line[numbers]).replace("{lines}", lines));
}
