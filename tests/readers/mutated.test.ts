import { expect, test } from "vitest";
import { entryKey } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { unitsIn } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { ledgerRows, newWorld, open } from "../intake/given.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { mutated } from "./mutation.ts";
import { readMutated } from "./mutation-run.ts";

// the other formats: mutated-formats.test.ts
test("a mutated workbook is read with the values that stand in it, or refused with a reason", async () => {
  const { accepted, refused, faults } = await readMutated(300, 1);
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(50);
});

const COUNT = 25;

test("taken in, it ends as accepted or refused, with nothing half done", async () => {
  const world = newWorld();
  const [plan] = world.catalogue.plans;
  const period = plan?.plan.periods[1];
  if (plan === undefined || period === undefined) throw new Error("no plan");
  const [, unit] = unitsIn(plan, period);
  if (unit === undefined) throw new Error("no unit");
  const values = new Map([
    [entryKey("people"), "120"],
    [entryKey("has_plan"), "Có"],
  ]);
  const form = await filledForm(plan, unit, period, { nilReturn: false, values, notes: new Map() });
  const moment = parseMoment("2030-12-20T10:00");
  const outcomes = await open(world, async ({ ingestAll }) => {
    const ended: string[] = [];
    const deliveries = Array.from({ length: COUNT }, (_, number) => ({
      file: `${number}.xlsx`,
      content: { bytes: mutated(form, randomOf(number)) },
      receivedAt: moment,
      recordedAt: moment,
    }));
    for await (const taken of ingestAll(deliveries)) {
      if (taken instanceof Error) throw taken;
      const [one] = taken;
      if (one.outcome === "refused") expect(one.problems).not.toEqual([]);
      ended.push(one.outcome);
    }
    return ended;
  });
  expect(outcomes).toContain("accepted");
  expect(outcomes).toContain("refused");
  expect(
    await ledgerRows(
      world,
      `select count(*) as receipts, count(*) filter (outcome = 'refused' and not exists (
          from problem where problem.receipt_no = receipt.receipt_no
      )) as without_reason from receipt`,
    ),
  ).toEqual([{ receipts: String(COUNT), without_reason: "0" }]);
});
