import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { readRows, WholeNumber } from "../warehouse/connection.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { CHECKS, type Check } from "./checks.ts";
import {
  createIntakeSchema,
  hasRows,
  makeTable,
  makeView,
  rowsOfModel,
  selectOfCheck,
} from "./intake-sql.ts";
import { createLoadedTables } from "./intake-tables.ts";
import { listPlans } from "./load-plans.ts";
import { KINDS, NUMBER_WORDS, PERCENTAGE_WORDS, PLACE_WORDS, word } from "./problem-wording.ts";

/** So many problems of one kind are listed one by one; of the others the number is said. */
const MAX_LISTED = 200;

/** What `judged` is made of. */
const JUDGED_VIEWS = ["number_mark", "matched", "typed_value"] as const;

/** What checks read. */
const CHECK_VIEWS = ["claim_place", "expected_place", "reading", "area_fault"] as const;

/** Connections on which these views are: they are made with the first file, over its tables. */
const withViews = new WeakSet<DuckDBConnection>();

/**
 * Makes the schema `intake`, into which files are loaded, and what they are judged against as far as it
 * is of no plan alone; plans are loaded when a file names them. Once per connection.
 */
export async function prepareIntake(
  connection: DuckDBConnection,
  catalogue: Catalogue,
): Promise<void> {
  await listPlans(connection, catalogue);
  await createIntakeSchema(connection);
  await connection.run(`set variable intake_words = ${structOf(WORDS)}`);
  await connection.run(`set variable most_listed = ${MAX_LISTED}::bigint`);
  await createLoadedTables(connection);
  await connection.run("set variable number_style = null::varchar");
}

/**
 * Resolves `raw_submission` into the table `intake.claim`: who reports for which period.
 * @param receivedOn date `YYYY-MM-DD` in office time on which the file was received
 */
export async function resolveClaims(
  connection: DuckDBConnection,
  receivedOn: string,
): Promise<void> {
  await connection.run(`set variable received_on = ${quoteLiteral(receivedOn)}::date`);
  await makeTable(connection, "claim");
}

/**
 * Judges `raw_submission` and `raw_reading` against what is known. Leaves the tables `intake.claim` and
 * `intake.judged`, from which an accepted file is appended to the ledger.
 * @param receivedOn date `YYYY-MM-DD` in office time on which what is loaded was received
 * @returns every problem in the order of the rows, without the name of a file
 */
export async function findProblems(
  connection: DuckDBConnection,
  receivedOn: string,
): Promise<PlacedProblem[]> {
  await resolveClaims(connection, receivedOn);
  const isFirst = !withViews.has(connection);
  if (isFirst) for (const name of JUDGED_VIEWS) await makeView(connection, name);
  await findNumberStyle(connection);
  for (const name of ["judged", "judged_place"]) await makeTable(connection, name);
  if (isFirst) for (const name of CHECK_VIEWS) await makeView(connection, name);
  withViews.add(connection);
  const suspicions = await findSuspicions(connection);
  const found: PlacedProblem[] = [];
  for (const check of CHECKS) {
    if (check.suspicions?.some((one) => suspicions.has(one)) ?? true) {
      found.push(...(await runCheck(connection, check)));
    }
  }
  return found.sort((a, b) => a.row - b.row);
}

/**
 * Sets the variable `number_style`: how the typed numbers of `raw_reading` are written, by those that
 * can mean one thing only. `comma`: a comma before decimals, dots between thousands; `dot`: the other
 * way round; null: nothing shows it, or the numbers contradict each other.
 */
async function findNumberStyle(connection: DuckDBConnection): Promise<void> {
  // looking whether there is any mark is much cheaper than planning what to do about it
  const isMarked = await hasRows(connection, "number_mark");
  const styles = isMarked ? await rowsOfModel(connection, "number_style", StyleRow) : [];
  const [style, other] = styles.map((row) => row.style);
  const found = style === undefined || other !== undefined ? "null" : quoteLiteral(style);
  await connection.run(`set variable number_style = ${found}::varchar`);
}

async function findSuspicions(connection: DuckDBConnection): Promise<ReadonlySet<string | null>> {
  const rows = await rowsOfModel(connection, "suspicion", SuspicionRow);
  return new Set(rows.map(({ suspicion }) => suspicion));
}

const StyleRow = z.object({ style: z.enum(["comma", "dot"]) });
/** Null where no reading has a fault of one of the kinds. */
const SuspicionRow = z.object({ suspicion: z.string().nullable() });

/** A problem and the row of `raw_submission` or `raw_reading` that it is in. */
export interface PlacedProblem {
  readonly row: number;
  readonly problem: Problem;
}

/** The row of a problem that stands for many, and has none of its own. */
const NO_ROW = Number.MAX_SAFE_INTEGER;

/** Whether a problem is of one row, and not of many. */
export function isOfOneRow(row: number): boolean {
  return row < NO_ROW;
}

/** A row of a check: where the problem is, and by their names what its words say. */
const ProblemRow = z
  .object({
    row_no: WholeNumber,
    sheet: z.string().nullish(),
    cell: z.string().nullish(),
    line: WholeNumber.nullish(),
    code: z.string().optional(),
    problem_count: WholeNumber,
  })
  .catchall(
    z
      .union([z.string(), z.number(), z.null()])
      .transform((value) => (value === null ? "" : String(value))),
  );

async function runCheck(
  connection: DuckDBConnection,
  { code, model, ...check }: Check,
): Promise<PlacedProblem[]> {
  const severity = check.severity ?? "error";
  const which = model === undefined ? "" : `where problem.code = ${quoteLiteral(code)}`;
  const rows = await readRows(
    connection,
    ProblemRow,
    `select *${check.counts === true ? "" : ", count(*) over () as problem_count"}
    from (\n${selectOfCheck(model ?? code)}\n) as problem
    ${which}
    order by row_no${check.among === undefined ? "" : `, ${check.among}`}
    limit ${MAX_LISTED}`,
  );
  const problems = rows.map((row): PlacedProblem => {
    const { row_no, sheet, cell, line, code: _code, problem_count: _count, ...values } = row;
    return {
      row: row_no,
      problem: {
        severity,
        code,
        file: "",
        ...(typeof sheet === "string" ? { sheet } : {}),
        ...(typeof cell === "string" ? { cell } : {}),
        ...(typeof line === "number" ? { line } : {}),
        ...word(code, values),
      },
    };
  });
  const more = (rows[0]?.problem_count ?? 0) - rows.length;
  if (more > 0) {
    problems.push({
      row: NO_ROW,
      problem: {
        severity,
        code: "more",
        file: "",
        ...word("more", { count: String(more), kind: KINDS[code] }),
      },
    });
  }
  return problems;
}

/** Words that models put together, by the names that they have there; `{}` is filled in there. */
const WORDS = {
  cell: PLACE_WORDS.cell,
  line: PLACE_WORDS.line,
  area: PLACE_WORDS.area,
  validity: PLACE_WORDS.validity,
  no_date: PLACE_WORDS.noDate,
  whole_number: NUMBER_WORDS.whole,
  decimals: NUMBER_WORDS.decimals,
  percentage_in_note: PERCENTAGE_WORDS.note,
  percentage_as_measure: PERCENTAGE_WORDS.measure,
} as const;

function structOf(words: Readonly<Record<string, string>>): string {
  const fields = Object.entries(words).map(([name, text]) => `${name}: ${quoteLiteral(text)}`);
  return `{${fields.join(", ")}}`;
}
