import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { WORD_LISTS, wordsOf } from "../../pipelines/development/word-lists.ts";
import { readableWord, readableWorkbook } from "../readable/document.ts";
import { readableFigures } from "../readable/figures.ts";
import { withoutChance } from "../readable/table.ts";
import {
  type DemonstrationState,
  fingerprintsOf,
  fixtureOf,
  HELD,
  readDemonstration,
} from "./demonstration-state.ts";

/** How to go on from a failure. */
const HELP = `What the demonstration publishes is not what tests/fixtures/demonstration says. What has changed:
npm run baseline -- --dump DIR here and where it was right, then diff -r. If it is meant: npm run baseline.`;

let state: DemonstrationState;
let found: ReturnType<typeof fingerprintsOf>;
beforeAll(async () => {
  state = await readDemonstration();
  found = fingerprintsOf(state);
});

test.each(HELD)("%s of the demonstration", async (group) => {
  expect(found[group], HELP).toBe(await readFile(fixtureOf(group), "utf8"));
});

test.each(["pages-shared", "pages-city"] as const)("columns of %s hold their words", (group) => {
  const found = new Set<string>();
  for (const { name, columns, rows } of state.tables[group]) {
    const table = name.split(".").at(-1) ?? "";
    for (const [index, column] of columns.entries()) {
      const list = wordsOf(table, column.name);
      if (list === undefined) continue;
      found.add(list);
      const words = WORD_LISTS[list]?.words.concat("") ?? [];
      const other = rows.find((row) => !words.includes(row[index] ?? ""));
      expect(other?.[index], `${name}.${column.name}`).toBeUndefined();
    }
  }
  expect([...found].sort()).toEqual(Object.keys(WORD_LISTS).sort());
});

test("figures.txt: what the demonstration's indicators and measures come to", async () => {
  const text = readableFigures(state.tables.marts);
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "snapshots", "figures.txt"));
});

/** What changes only when it is meant to, as text: `npm run snapshots` writes these anew. */
const DOCUMENTS: Readonly<Record<string, (file: (ending: string) => Uint8Array) => unknown>> = {
  "word-q2.txt": (file) => readableWord(file(".docx")),
  "workbook-q2.txt": (file) => readableWorkbook(file(".xlsx"), 4),
  "long-csv-q2.txt": (file) => {
    const lines = Buffer.from(file("_dai.csv")).toString("utf8").split("\n");
    return withoutChance(`${lines.slice(0, 20).join("\n")}\n`);
  },
};

test.each(Object.entries(DOCUMENTS))("%s is what a document says", async (name, read) => {
  const text = await read((ending) => {
    const version = "shared/2024-Q2/v2/";
    const found = state.exports.find(
      (one) => one.name.startsWith(version) && one.name.endsWith(ending),
    );
    if (found === undefined) throw new Error(`${version} has no ${ending}`);
    return found.bytes;
  });
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "snapshots", name));
});
