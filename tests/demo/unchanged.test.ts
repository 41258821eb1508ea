import { beforeAll, expect, test } from "vitest";
import { WORD_LISTS } from "../../pipelines/development/word-lists.ts";
import {
  type DemonstrationState,
  fingerprintsOf,
  GROUPS,
  readDemonstration,
} from "./demonstration-state.ts";
import { differences } from "./fingerprint.ts";
import { readFixture } from "./fixture.ts";

/** How to go on from a failure. */
const HELP = `The demonstration is not what tests/fixtures/demonstration says. What has changed:
npm run baseline -- --dump DIR here and where it was right, then diff -r. If it is meant: npm run baseline -- --accept.`;

let state: DemonstrationState;
let found: ReturnType<typeof fingerprintsOf>;
beforeAll(async () => {
  state = await readDemonstration();
  found = fingerprintsOf(state);
});

test.each([...GROUPS, "exports"] as const)("%s of the demonstration", async (group) => {
  const expected = await readFixture(group);
  expect(expected).not.toEqual([]);
  expect(differences(expected, found[group]), HELP).toEqual([]);
});

test.each(Object.entries(WORD_LISTS))("columns of %s hold its words", (_, { words, columns }) => {
  for (const group of ["pages-shared", "pages-city"] as const) {
    for (const place of columns) {
      const [name, column] = place.split(".");
      const table = state.tables[group].find((one) => one.name.endsWith(`.${name}`));
      const index = table?.columns.findIndex((one) => one.name === column) ?? -1;
      expect(index, `${place} is a column`).toBeGreaterThanOrEqual(0);
      const other = table?.rows.find((row) => !words.concat("").includes(row[index] ?? ""));
      expect(other?.[index], `${place} in ${group}`).toBeUndefined();
    }
  }
});
