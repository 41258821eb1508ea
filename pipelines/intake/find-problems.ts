import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { inSentence } from "../vocabulary/letter-case.ts";
import { choiceText, levelsOf } from "../vocabulary/level.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { ANSWERS, CHECK_CODES } from "../vocabulary/words.ts";
import { readRows, WholeNumber } from "../warehouse/connection.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import {
  createIntakeSchema,
  hasRows,
  makeTable,
  makeView,
  rowsOfModel,
  selectOf,
} from "./intake-sql.ts";
import { createLoadedTables } from "./intake-tables.ts";
import { COUNTS } from "./label-facts.ts";
import { type JudgedBy, listPlans } from "./load-plans.ts";
import {
  LISTED,
  type ListedCode,
  NUMBER_WORDS,
  ORDER,
  PERCENTAGE_WORDS,
  PLACE_WORDS,
  problemOf,
} from "./problem-wording.ts";

/** Problems of one kind that are listed one by one; of the rest only the number. */
const MAX_LISTED = 200;

/** Views that `judged` reads. */
const JUDGED_VIEWS = ["number_mark", "matched", "typed_value"] as const;

/** Views that checks read. */
const CHECK_VIEWS = ["claim_place", "expected_place", "reading"] as const;

/** Connections that have these views: they are created with the first file. */
const withViews = new WeakSet<DuckDBConnection>();

/**
 * Creates the schema `intake` for loaded files and the tables they are judged against; those of a plan
 * are loaded when a file names it. Once per connection.
 */
export async function prepareIntake(
  connection: DuckDBConnection,
  catalogue: JudgedBy,
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
  const found: PlacedProblem[] = [];
  for (const { check } of await rowsOfModel(connection, "suspicion", SuspicionRow)) {
    found.push(...(await runCheck(connection, check)));
  }
  return found.sort((a, b) => a.row - b.row || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
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

const StyleRow = z.object({ style: z.enum(["comma", "dot"]) });
const SuspicionRow = z.object({ check: z.string() });

/** A problem and the row of `raw_submission` or `raw_reading` that it is in. */
export interface PlacedProblem {
  readonly row: number;
  /** Its code, or that of the problems it sums up. */
  readonly kind: ListedCode;
  readonly problem: Problem;
}

/** Row of a problem that sums up others. */
const NO_ROW = Number.MAX_SAFE_INTEGER;

/** Whether a problem belongs to one row. */
export function isOfOneRow(row: number): boolean {
  return row < NO_ROW;
}

/** A row of a check: its place, and by their names what its words say. */
const ProblemRow = z
  .object({
    code: z.enum(CHECK_CODES),
    row_no: WholeNumber,
    sheet: z.string().nullish(),
    cell: z.string().nullish(),
    line: WholeNumber.nullish(),
    found_count: WholeNumber,
    /** How many there are, where the check itself lists no more than `most_listed`. */
    problem_count: WholeNumber.optional(),
  })
  .catchall(
    z
      .union([z.string(), z.number(), z.null()])
      .transform((value) => (value === null ? "" : String(value))),
  );

/**
 * The problems that a model of `models/intake/checks/` finds, of each code the first by their rows. A
 * row is a problem: `code`, the place, and a column for every word that the wording needs.
 */
async function runCheck(connection: DuckDBConnection, check: string): Promise<PlacedProblem[]> {
  const rows = await readRows(
    connection,
    ProblemRow,
    // the first of each code are kept on the way: sorting all of a large file would take its memory
    `from (
        select
            count(*) as found_count,
            unnest(arg_min(problem, row_no, ${MAX_LISTED}), max_depth := 2)
        from (\n${selectOf(check)}\n) as problem
        group by code
    )
    order by row_no${check === "above_at_most" ? ", other_row" : ""}`,
  );
  const problems = rows.map((row): PlacedProblem => {
    const { row_no, code, sheet, cell, line, found_count, problem_count, ...words } = row;
    const levels = levelsOf(words.unit_of_measure ?? null);
    const values = { ...words, choices: choiceText(levels ?? YES_OR_NO) };
    return {
      row: row_no,
      kind: code,
      problem: problemOf(code, "", values, {
        ...(typeof sheet === "string" ? { sheet } : {}),
        ...(typeof cell === "string" ? { cell } : {}),
        ...(typeof line === "number" ? { line } : {}),
        ...aboutOf(words),
      }),
    };
  });
  const counts = new Map(
    rows.map(({ code, found_count, problem_count }) => [code, problem_count ?? found_count]),
  );
  for (const [kind, count] of counts) {
    const more = count - Math.min(count, MAX_LISTED);
    if (more === 0) continue;
    const { severity, word } = LISTED[kind];
    const values = { count: String(more), kind: inSentence(word) };
    const problem = problemOf("more", "", values, { severity });
    problems.push({ row: NO_ROW, kind, problem });
  }
  return problems;
}

/** The report that a row of a check is about, where it says which. */
function aboutOf({ plan, unit, period }: Readonly<Record<string, string>>): Pick<Problem, "about"> {
  const isKnown = plan !== undefined && unit !== undefined && period !== undefined;
  return isKnown ? { about: { plan, unit, period } } : {};
}

const YES_OR_NO = [ANSWERS.yes.word, ANSWERS.no.word];

/** Words that models put together, by the names that they have there; `{}` is filled in there. */
const WORDS = {
  cell: PLACE_WORDS.cell,
  line: PLACE_WORDS.line,
  path: PLACE_WORDS.path,
  area: PLACE_WORDS.area,
  valid_from: PLACE_WORDS.validFrom,
  valid_to: PLACE_WORDS.validTo,
  became: PLACE_WORDS.became,
  whole_number: NUMBER_WORDS.whole,
  decimals: NUMBER_WORDS.decimals,
  percentage_in_note: PERCENTAGE_WORDS.note,
  percentage_as_measure: PERCENTAGE_WORDS.measure,
  count_word: COUNTS,
} as const;

function structOf(words: Readonly<Record<string, string>>): string {
  const fields = Object.entries(words).map(([name, text]) => `${name}: ${quoteLiteral(text)}`);
  return `{${fields.join(", ")}}`;
}
