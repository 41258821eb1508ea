import { expect, test } from "vitest";
import { newOffice } from "../publishing/given.ts";
import { audit } from "./auditor.ts";
import { auditOffices, guarded } from "./random-offices.ts";
import { PLAN, type Step, statesOf } from "./random-world.ts";

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

const WARDS = ["A1", "A2", "A3", "A4"];
const fined = (period: "Q1" | "Q2", ...counts: number[]): Step[] =>
  counts.map((count, index) => ({
    kind: "send",
    unit: `W-${WARDS[index]}`,
    period,
    figures: `fined ${count}`,
  }));

test("the control: had the pages shown the wards without the smallest, it would be found", async () => {
  const office = newOffice(PLAN);
  const states = await statesOf(office, [
    ...fined("Q1", 3, 20, 30, 40),
    { kind: "publish", period: "Q1" },
  ]);
  const nobody = await audit(states, guarded(office));
  expect(nobody.narrowed).toEqual([]);
  expect(nobody.hidden).toBeGreaterThan(0);
  // whoever knows what the other three have sent
  const { narrowed } = await audit(states, guarded(office), ({ area_id }) => area_id !== 11);
  expect(narrowed).toContainEqual(expect.objectContaining({ truth: 3, least: 3, most: 3 }));
});
