import { expect, test } from "vitest";
import { expectNothingTurned } from "./oracle/histories.ts";

// computed by the independent engine, with which the models agree: `independent.test.ts`
test("no final verdict is contradicted by a report that comes later", () => {
  const { final, turned } = expectNothingTurned(Number(process.env.CHITIEU_RUNS ?? 15));
  expect(final).toBeGreaterThan(250);
  // what was called provisional does turn
  expect(turned).toBeGreaterThan(25);
});
