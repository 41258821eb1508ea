import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { STATUS_NAMES } from "../vocabulary/status.ts";
import { STATUSES } from "../vocabulary/words.ts";
import { selectRows } from "../warehouse/connection.ts";
import { quoteName } from "../warehouse/sql.ts";

/** Columns that are counts of statuses, by what a comment calls them. */
const STATUS_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  "each status": STATUS_NAMES,
  "each published status": STATUS_NAMES.filter((status) => STATUSES[status].published !== null),
};

/**
 * The columns that a source query says are never null, in its comment `-- Never null: a, b`, which
 * goes on over lines that end with a comma; `each status` stands for its counts. Every other column may be null, and the type of its rows
 * says so.
 */
export function neverNullOf(sql: string): string[] {
  return namesBehind(sql, "Never null").flatMap((name) => STATUS_COLUMNS[name] ?? name);
}

/**
 * The columns that tell a row of a source query from every other, in its comment `-- Key: a, b`. By
 * them its rows are ordered, so that the same marts give the same bytes.
 * @param file its name, for the message
 * @throws Failure when the query does not state it
 */
export function keyOf(sql: string, file: string): string[] {
  const names = namesBehind(sql, "Key");
  if (names.length > 0) return names;
  throw new Failure(
    `${file} does not say which columns tell its rows apart. Write -- Key: a, b in the comment on top; the rows are ordered by them.`,
  );
}

/**
 * Whether a source query says on top `-- Over all plans`: that its rows say something of several plans.
 * The rows of any other are made, for each plan, of that plan's alone.
 */
export function isOverAllPlans(sql: string): boolean {
  return /^(?:--.*\n)*-- Over all plans\b/.test(sql);
}

function namesBehind(sql: string, word: string): string[] {
  const found = new RegExp(`^-- ${word}: ((?:.*,\\n-- )*.*)$`, "m").exec(sql)?.[1];
  return found === undefined ? [] : found.replaceAll("\n-- ", " ").split(/\s*,\s*/);
}

/**
 * Holds a table to its key.
 * @param table its quoted name
 * @param file its name, for the message
 * @throws Failure that shows values of the key which several rows have
 */
export async function checkKey(
  connection: DuckDBConnection,
  table: string,
  key: readonly string[],
  file: string,
): Promise<void> {
  const columns = key.map(quoteName).join(", ");
  const [twice] = await selectRows(
    connection,
    `select ${columns}, count(*)::integer as rows from ${table}
    group by ${columns} having count(*) > 1 order by all limit 1`,
  );
  if (twice === undefined) return;
  const { rows, ...values } = twice;
  throw new Failure(
    `${file} says "Key: ${key.join(", ")}", but ${rows} rows have ${JSON.stringify(values)}. Mend the query, or name what tells them apart.`,
  );
}

/**
 * Holds a table to what its query says of it.
 * @param table its quoted name
 * @param file its name, for the message
 * @throws Failure that names the columns that are null after all, or that the table does not have
 */
export async function checkNeverNull(
  connection: DuckDBConnection,
  table: string,
  names: readonly string[],
  file: string,
): Promise<void> {
  if (names.length === 0) return;
  const counts = names.map((name) => {
    const column = quoteName(name);
    return `count(*) filter (where ${column} is null)::integer as ${column}`;
  });
  const [row = {}] = await selectRows(connection, `select ${counts.join(", ")} from ${table}`);
  const broken = names.filter((name) => row[name] !== 0);
  if (broken.length === 0) return;
  const found = broken.map((name) => `${name} (${row[name]} rows)`).join(", ");
  throw new Failure(
    `${file} says "Never null" of columns that are null: ${found}. Mend the query, or take them out of that list and let the pages say what it means when they are missing.`,
  );
}
