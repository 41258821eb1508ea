import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { attach } from "../warehouse/connection.ts";
import { sha256Of } from "../warehouse/files.ts";
import type { Descriptions } from "./descriptions.ts";
import type { ModelSet } from "./model.ts";

/** The tables, views and comments of marts. */
interface Layout {
  /** What they follow from, see `layoutKey`. */
  readonly key: string;
  /** Name under which the file that is built into is attached. */
  readonly database: string;
  /** How a file of marts is laid out, as options of ATTACH. */
  readonly options: string;
  /** A file that is there for a moment. */
  readonly file: string;
}

/**
 * Empty marts as files, by their key: to make views and to write comments takes longer than all that a
 * small plan has in them, and a process often builds marts of the same models.
 */
const EMPTY_MARTS = new Map<string, Uint8Array>();

/** What the layout of marts follows from, but for the program itself. */
export function layoutKey({ models }: ModelSet, { shared, marts }: Descriptions): string {
  return sha256Of(JSON.stringify([models, shared, [...marts]]));
}

/** Lays out the file that is built into, which is empty. @returns whether this process has done so before */
export async function layOut(connection: DuckDBConnection, layout: Layout): Promise<boolean> {
  const empty = EMPTY_MARTS.get(layout.key);
  if (empty === undefined) return false;
  writeFileSync(layout.file, empty);
  await attach(connection, layout.file, "empty", { readOnly: true });
  await connection.run(`copy from database empty to ${layout.database} (schema); detach empty`);
  rmSync(layout.file);
  return true;
}

/** Keeps the layout of the file that was built into. */
export async function keepLayout(connection: DuckDBConnection, layout: Layout): Promise<void> {
  rmSync(layout.file, { force: true });
  await attach(connection, layout.file, "empty", { layout: layout.options });
  await connection.run(`copy from database ${layout.database} to empty (schema); detach empty`);
  EMPTY_MARTS.set(layout.key, readFileSync(layout.file));
  rmSync(layout.file);
}
