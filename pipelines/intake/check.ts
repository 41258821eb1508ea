import type { DuckDBConnection, Json } from "@duckdb/node-api";
import type { Problem } from "../vocabulary/problem.ts";
import { selectRows } from "../warehouse/connection.ts";
import { PLACE_MACROS } from "./check-place.ts";
import { type Check, SUSPICIONS } from "./checks.ts";
import { CLAIM_CHECKS } from "./claim-checks.ts";
import { DOUBT_CHECKS } from "./doubt-checks.ts";
import { CLAIM_TABLE, JUDGED_TABLE } from "./judged-tables.ts";
import { KINDS, word } from "./problem-wording.ts";
import { READING_CHECKS } from "./reading-checks.ts";
import { RELATION_CHECKS } from "./relation-checks.ts";
import { findNumberStyle, VALUE_MACROS } from "./value.ts";

/** So many problems of one kind are listed one by one; of the others the number is said. */
const MOST_LISTED = 200;

/** Creates the macros that `checkReadings` uses. Once per connection. */
export async function createCheckMacros(connection: DuckDBConnection): Promise<void> {
  await connection.run("create or replace temp macro number_style() as null::varchar");
  await connection.run(VALUE_MACROS);
  await connection.run(PLACE_MACROS);
}

/**
 * Resolves `raw_submission` into the temporary table `claim`: who reports for which period.
 * @param receivedOn date `YYYY-MM-DD` in office time on which the file was received
 */
export async function resolveClaims(
  connection: DuckDBConnection,
  receivedOn: string,
): Promise<void> {
  await connection.run(`create or replace temp macro received_on() as '${receivedOn}'::date`);
  await connection.run(CLAIM_TABLE);
}

/**
 * Judges `raw_submission` and `raw_reading` against the known tables. Leaves the temporary tables
 * `claim` and `judged`, from which an accepted file is appended to the ledger.
 * @param receivedOn date `YYYY-MM-DD` in office time on which the file was received
 * @returns every problem in the order of the file; empty when the file is right
 */
export async function checkReadings(
  connection: DuckDBConnection,
  file: string,
  receivedOn: string,
): Promise<Problem[]> {
  const found = await findProblems(connection, file, receivedOn);
  return found.map(({ problem }) => problem);
}

/** `checkReadings` of several documents at once: each problem with the row at which it is. */
export async function findProblems(
  connection: DuckDBConnection,
  file: string,
  receivedOn: string,
): Promise<PlacedProblem[]> {
  await resolveClaims(connection, receivedOn);
  await findNumberStyle(connection);
  await connection.run(JUDGED_TABLE);
  const suspicions = await findSuspicions(connection);
  const found: PlacedProblem[] = [];
  const checks = [...CLAIM_CHECKS, ...READING_CHECKS, ...RELATION_CHECKS, ...DOUBT_CHECKS].filter(
    ({ suspicion }) => suspicion === undefined || suspicions.has(suspicion),
  );
  for (const check of checks) found.push(...(await runCheck(connection, file, check)));
  return found.sort((a, b) => a.row - b.row);
}

async function findSuspicions(connection: DuckDBConnection): Promise<Set<string>> {
  const rows = await selectRows(connection, SUSPICIONS);
  return new Set(rows.map(({ suspicion }) => String(suspicion)));
}

/** A problem and the row of `raw_submission` or `raw_reading` that it is in. */
export interface PlacedProblem {
  /** Beyond every row where it stands for many. */
  readonly row: number;
  readonly problem: Problem;
}

async function runCheck(
  connection: DuckDBConnection,
  file: string,
  { code, sql, ...check }: Check,
): Promise<PlacedProblem[]> {
  const severity = check.severity ?? "error";
  const rows = await selectRows(
    connection,
    `select *, count(*) over () as problem_count
    from (${sql}) as problem
    order by row_no
    limit ${MOST_LISTED}`,
  );
  const problems = rows.map((row): PlacedProblem => {
    const { row_no, sheet, cell, line, problem_count: _, ...values } = row;
    return {
      row: Number(row_no),
      problem: {
        severity,
        code,
        file,
        ...(typeof sheet === "string" ? { sheet } : {}),
        ...(typeof cell === "string" ? { cell } : {}),
        ...(line === null || line === undefined ? {} : { line: Number(line) }),
        ...word(code, textsOf(values)),
      },
    };
  });
  const more = Number(rows[0]?.problem_count ?? 0) - rows.length;
  if (more > 0) {
    problems.push({
      row: Number.MAX_SAFE_INTEGER,
      problem: {
        severity,
        code: "more",
        file,
        ...word("more", { count: String(more), kind: KINDS[code] }),
      },
    });
  }
  return problems;
}

function textsOf(values: Record<string, Json>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? "" : String(value)]),
  );
}
