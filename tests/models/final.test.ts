import fc from "fast-check";
import { expect, test } from "vitest";
import { attacked } from "./oracle/histories.ts";

// computed by the independent engine, with which the models agree: `independent.test.ts`; more of
// them: `final.long.test.ts`
test("nothing final is contradicted by what is owed and comes late", () => {
  const { final, turned } = attacked(10, fc.readConfigureGlobal().seed ?? 1);
  expect(final).toBeGreaterThan(50);
  expect(turned).toBeGreaterThan(0);
});
