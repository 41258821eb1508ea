import { beforeAll, expect, test } from "vitest";
import { fingerprintsOf, GROUPS, readDemonstration } from "./demonstration-state.ts";
import { differences } from "./fingerprint.ts";
import { readFixture } from "./fixture.ts";

/** How to go on from a failure. */
const HELP = `The demonstration is not what tests/fixtures/demonstration says. What has changed:
npm run baseline -- --dump DIR here and where it was right, then diff -r. If it is meant: npm run baseline -- --accept.`;

let found: ReturnType<typeof fingerprintsOf>;
beforeAll(async () => {
  found = fingerprintsOf(await readDemonstration());
});

test.each([...GROUPS, "exports"] as const)("%s of the demonstration", async (group) => {
  const expected = await readFixture(group);
  expect(expected).not.toEqual([]);
  expect(differences(expected, found[group]), HELP).toEqual([]);
});
