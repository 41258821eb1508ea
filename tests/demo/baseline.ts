/**
 * Writes what is committed of the demonstration anew, for a change that is meant: run as `npm run
 * baseline`, and `git diff` says what has changed. Run as `npm run baseline -- --dump DIR` it writes
 * every table as CSV and every file into DIR instead, so that the dumps of two states of the code can be
 * compared with `diff -r`.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import {
  type DemonstrationState,
  filesWithin,
  fingerprintsOf,
  fixtureOf,
  HELD,
  readDemonstration,
} from "./demonstration-state.ts";
import type { Table } from "./fingerprint.ts";

const { values } = parseArgs({ options: { dump: { type: "string" } } });
if (values.dump !== undefined) {
  await refuseFilled(values.dump);
  await dump(await readDemonstration(), values.dump);
} else {
  const found = fingerprintsOf(await readDemonstration());
  for (const group of HELD) await writeFile(fixtureOf(group), found[group]);
}

async function refuseFilled(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length === 0) return;
  console.error(
    `${folder} is not empty. Name a folder for the dump that is empty or not there yet.`,
  );
  process.exit(2);
}

async function dump(state: DemonstrationState, folder: string): Promise<void> {
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  for (const [group, tables] of Object.entries(state.tables)) {
    for (const table of tables) await write(`${group}/${table.name}.csv`, csvText(table));
  }
  for (const file of state.exports) {
    await write(`exports/${file.name}`, file.bytes);
    for (const { name, bytes } of filesWithin(file)) {
      await write(`exports/${file.name}.parts/${name}`, bytes);
    }
  }
}

/** The rows in the order of their text; null is nothing, an empty text is `""`. */
function csvText({ columns, rows }: Table): string {
  const cell = (value: string | null): string =>
    value === null ? "" : /^[^",\r\n]+$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
  const line = (row: readonly (string | null)[]): string => row.map(cell).join(",");
  const lines = [line(columns.map(({ name }) => name)), ...rows.map(line).sort()];
  return `${lines.join("\n")}\n`;
}
