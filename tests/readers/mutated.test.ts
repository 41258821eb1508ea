import { expect, test } from "vitest";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { formOf } from "../intake/form-given.ts";
import { newWorld, open } from "../intake/given.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { mutated } from "./mutation.ts";
import { readMutated } from "./mutation-run.ts";

// the other formats: mutated.long.test.ts
test("a mutated workbook is read with the values that stand in it, or refused with a reason", async () => {
  const { accepted, refused, faults } = await readMutated(150, 1);
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(25);
  expect(refused).toBeGreaterThan(25);
});

const COUNT = 25;

test("taken in, it ends as accepted or refused, with nothing half done", async () => {
  const world = newWorld();
  const form = await formOf(world, "UB-02", { people: "120", has_plan: "Có" });
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
    await world.rows(`select count(*) as receipts, count(*) filter (outcome = 'refused' and not exists (
          from problem where problem.receipt_no = receipt.receipt_no
      )) as without_reason from receipt`),
  ).toEqual([{ receipts: String(COUNT), without_reason: "0" }]);
});
