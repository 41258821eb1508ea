import { expect, test } from "vitest";
import { auditOffices } from "./random-offices.ts";

/** `CHITIEU_RUNS=100 npx vitest run tests/privacy/auditor.long.test.ts` tries so many offices. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 2);

test("no hidden count of many random offices can be narrowed", {
  timeout: 600_000 * RUNS,
}, async () => {
  const { narrowed, hidden, equations, byInsider } = await auditOffices(RUNS, true);
  expect(narrowed).toEqual([]);
  expect(hidden).toBeGreaterThan(10 * RUNS);
  expect(equations).toBeGreaterThan(25 * RUNS);
  console.log(`${hidden} hidden counts: ${byInsider} of others narrowed by ward 1`);
});
