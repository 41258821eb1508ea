import fc from "fast-check";
import { expect, test } from "vitest";
import { attacked } from "./oracle/histories.ts";

// computed by the independent engine, with which the models agree: `independent.test.ts`; more of
// them: `final.long.test.ts`
test("nothing final is contradicted by what is owed and comes late, nor by settling a doubt", () => {
  const { final, turned, corrected } = attacked(10, fc.readConfigureGlobal().seed ?? 1);
  expect(final).toBeGreaterThan(50);
  expect(turned).toBeGreaterThan(0);
  expect(corrected).toBeGreaterThan(10);
});

test.each([16141, 720932, 11729725, 30266758, 125069887])(
  "nor where it once was, seed %i",
  (seed) => {
    expect(attacked(10, seed).final).toBeGreaterThan(0);
  },
);
