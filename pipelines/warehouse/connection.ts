import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBValue,
  type Json,
} from "@duckdb/node-api";
import { z } from "zod";
import { OFFICE_ZONE } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { HELD_PATIENCE_MS, isHeldOpen } from "./files.ts";
import type { WarehousePaths } from "./paths.ts";
import { isRunning } from "./process-identity.ts";
import { uniqueName } from "./random.ts";
import { quoteLiteral, quoteName } from "./sql.ts";
import { reportWait } from "./waiting.ts";

/** What DuckDB says of a file that another process holds, the last two on Windows. */
const IS_HELD = /Could not set lock|already open in|used by another process/;
const HOLDER = /(?:held|open) in\s+(.*) \(PID (\d+)\)/;

/** How long is waited for another program, which may have a file open all day; one of ours is done some time. */
const PATIENCE_MS = 20_000;

/** A wait that lasts longer is told. */
const REPORTED_AFTER_MS = 2000;

/** How an engine works; each is a setting of DuckDB. */
export interface EngineSettings {
  readonly threads?: string;
  /** What it may hold in memory, beside what the process itself takes. */
  readonly memory_limit?: string;
  /** Gets what does not fit; without one a statement that needs more fails. */
  readonly temp_directory?: string;
}

/** What an engine may hold that nobody has given another limit, on a machine of 4 GB beside others. */
const MEMORY_LIMIT = "1000MB";

/** Begins the name of a folder of an engine's own: two that share one destroy each other's files. */
const SPILL = ".spill-";

/** Has an engine write what does not fit into its memory into the folder of a warehouse. */
export function spillingInto({ folder }: Pick<WarehousePaths, "folder">): EngineSettings {
  return { temp_directory: join(folder, `${SPILL}${process.pid}-${uniqueName()}`) };
}

/** Whether a killed process left this in the folder of a warehouse: an engine that ends removes it. */
export function isLeftSpill(name: string): boolean {
  if (!name.startsWith(SPILL)) return false;
  const processId = Number(name.slice(SPILL.length).split("-")[0]);
  return processId !== process.pid && !isRunning(processId);
}

/** Starts an engine in memory: the only place where one is started, so that none is without limits. */
export function openEngine(settings: EngineSettings = {}): Promise<DuckDBInstance> {
  return DuckDBInstance.create(":memory:", {
    ...{ autoinstall_known_extensions: "false", autoload_known_extensions: "false" },
    ...{ memory_limit: MEMORY_LIMIT, temp_directory: "", ...settings },
  });
}

/**
 * Opens an in-memory DuckDB in office time, hands it to `work` and closes it whatever happens. Files
 * are attached to it, so that one process never opens the same file twice, which would damage it.
 * @param work `connect` gives further connections to the same database, for statements side by side;
 * what is attached or created is seen by all, variables and the search path are each one's own
 */
export async function withConnection<T>(
  work: (connection: DuckDBConnection, connect: () => Promise<DuckDBConnection>) => Promise<T>,
  settings?: EngineSettings,
): Promise<T> {
  const instance = await openEngine(settings);
  const opened: DuckDBConnection[] = [];
  const connect = async () => {
    const connection = await instance.connect();
    opened.push(connection);
    await connection.run(`set TimeZone = ${quoteLiteral(OFFICE_ZONE)}`);
    return connection;
  };
  try {
    return await work(await connect(), connect);
  } finally {
    for (const connection of opened) connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Attaches a database file under a name. While another process of this program holds it, waits until that
 * is done; for another program at most `patienceMs`.
 * @param options `layout`: how the file is laid out if it is not there yet, as options of ATTACH;
 * `patienceMs`: the longest wait for any process
 * @throws Failure that names the process which holds the file when patience ends.
 */
export async function attach(
  connection: DuckDBConnection,
  file: string,
  name: string,
  options: { readOnly?: boolean; patienceMs?: number; layout?: string } = {},
): Promise<void> {
  const asked = options.readOnly === true ? "read_only" : options.layout;
  const mode = asked === undefined ? "" : ` (${asked})`;
  const began = Date.now();
  let isReported = false;
  let lastHeld = began;
  for (;;) {
    try {
      await connection.run(`attach ${quoteLiteral(file)} as ${quoteName(name)}${mode}`);
      return;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (await isTaken(file, message, options.readOnly === true)) lastHeld = Date.now();
      // whoever had it may be done between the refusal and the question
      else if (!isRefused(message) || Date.now() - lastHeld > HELD_PATIENCE_MS) throw error;
      const [, program = "", holder] = HOLDER.exec(message) ?? [];
      const isOurs = basename(program) === basename(process.execPath);
      const patience = options.patienceMs ?? (isOurs ? Number.POSITIVE_INFINITY : PATIENCE_MS);
      const who = holder === undefined ? "tiến trình khác" : `tiến trình ${holder}`;
      const found = `${file} đang do ${who} dùng`;
      const waited = Date.now() - began;
      if (waited > patience) {
        throw new Failure(`${found}. Chờ xong hoặc dừng tiến trình ấy, rồi thử lại.`, {
          cause: error,
        });
      }
      if (waited > REPORTED_AFTER_MS && !isReported) {
        isReported = true;
        reportWait(`${found}; đang chờ tiến trình ấy xong.`);
      }
      await sleep(waited > REPORTED_AFTER_MS ? 200 : 25);
    }
  }
}

/** Whether a database could not be opened since another process has it. */
async function isTaken(file: string, message: string, isRead: boolean): Promise<boolean> {
  if (IS_HELD.test(message)) return true;
  return isRefused(message) && (await isHeldOpen(file, isRead ? "r" : "r+"));
}

/** Whether Windows did not let a file be opened, which says in its own language why. */
const isRefused = (message: string): boolean =>
  process.platform === "win32" && message.includes("Cannot open file");

/**
 * A whole number, such as a count or a number of the ledger, as it comes in a row: exact text of a
 * BIGINT, a number of an INTEGER.
 */
export const WholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
]);

/**
 * Rows of a known shape, see `selectRows`.
 * @param shape the columns that are used of a row
 * @throws ZodError where a row is not of that shape, naming the column
 */
export async function readRows<Shape extends z.ZodType>(
  connection: DuckDBConnection,
  shape: Shape,
  sql: string,
  values?: Record<string, DuckDBValue>,
): Promise<z.infer<Shape>[]> {
  return z.array(shape).parse(await selectRows(connection, sql, values));
}

/**
 * The row of a query that has exactly one, such as a count.
 * @throws ZodError where there is none or another one, see `readRows`
 */
export async function readRow<Shape extends z.ZodType>(
  connection: DuckDBConnection,
  shape: Shape,
  sql: string,
  values?: Record<string, DuckDBValue>,
): Promise<z.infer<Shape>> {
  const [row, ...others] = await selectRows(connection, sql, values);
  if (others.length > 0) throw new Error(`One row was expected of: ${sql}`);
  return shape.parse(row);
}

/** The values of a query with one column, in the order of its rows, see `readRows`. */
export async function readValues<Shape extends z.ZodType>(
  connection: DuckDBConnection,
  shape: Shape,
  sql: string,
  values?: Record<string, DuckDBValue>,
): Promise<z.infer<Shape>[]> {
  const rows = await selectRows(connection, sql, values);
  return z.array(shape).parse(rows.flatMap((row) => Object.values(row)));
}

/** The value of a query with one column that has exactly one row, see `readRow`. */
export async function readValue<Shape extends z.ZodType>(
  connection: DuckDBConnection,
  shape: Shape,
  sql: string,
  values?: Record<string, DuckDBValue>,
): Promise<z.infer<Shape>> {
  const [value, ...others] = await readValues(connection, z.unknown(), sql, values);
  if (others.length > 0) throw new Error(`One row was expected of: ${sql}`);
  return shape.parse(value);
}

/** So many rows are handed over as one text. */
const HANDED_OVER = 4000;

/**
 * The same of a query for very many rows, which come as JSON: to hand over each of their texts by itself
 * takes several times as long. So what has to be exact, or text, is made text by the query.
 * @param order by what they are ordered, which the query is not
 */
export async function readMany<Shape extends z.ZodObject>(
  connection: DuckDBConnection,
  shape: Shape,
  sql: string,
  order: string,
  values?: Record<string, DuckDBValue>,
): Promise<z.infer<Shape>[]> {
  const rows = z.array(shape);
  const texts = await readValues(
    connection,
    z.string(),
    `select '[' || string_agg(to_json(one)::varchar, ',' order by no) || ']'
    from (
        select row_number() over (order by ${order}) as no, one
        from (select ${Object.keys(shape.shape).map(quoteName).join(", ")} from (${sql})) as one
    )
    group by no // ${HANDED_OVER}
    order by min(no)`,
    values,
  );
  return texts.flatMap((text) => rows.parse(JSON.parse(text)));
}

/** Rows as JSON values: DECIMAL and BIGINT are exact text, dates and times are text. */
export async function selectRows(
  connection: DuckDBConnection,
  sql: string,
  values?: Record<string, DuckDBValue>,
): Promise<Record<string, Json>[]> {
  const reader = await connection.runAndReadAll(sql, values);
  return reader.getRowObjectsJson();
}
