import fc from "fast-check";
import { test } from "vitest";
import { expectBuiltAsAWhole, OfficeOfPlans, REPORTS } from "./office-of-plans.ts";

/** `CHITIEU_RUNS=20 npx vitest run tests/models/built-plans.long.test.ts` tries so many histories. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 3);

const plan = fc.constantFrom(...Object.keys(REPORTS));
const number = fc.nat({ max: 7 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("send" as const),
      plan,
      unit: number,
      period: number,
      value: fc.constantFrom("0", "1", "7", "50", "900", "", "không rõ"),
    }),
  },
  fc.record({ kind: fc.constant("again" as const), no: number }),
  fc.record({ kind: fc.constant("acknowledge" as const), no: number }),
  fc.record({ kind: fc.constant("publish" as const), plan, period: number }),
  fc.record({ kind: fc.constant("ask" as const), share: fc.constantFrom(20, 40, 60) }),
  fc.constant({ kind: "refresh" as const }),
);

test("whatever has happened, marts and tables of the pages are those of a build as a whole", {
  timeout: 600_000 * RUNS,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const office = new OfficeOfPlans();
      await office.refresh();
      for (const one of steps) {
        if (one.kind === "send") await office.send(one.plan, one.unit, one.period, one.value);
        else if (one.kind === "again") await office.sendAgain(one.no);
        else if (one.kind === "acknowledge") await office.acknowledge(one.no);
        else if (one.kind === "publish") await office.publish(one.plan, one.period);
        else if (one.kind === "ask") office.askFor(one.share);
        else await office.refresh();
      }
      await office.refresh();
      await expectBuiltAsAWhole(office);
    }),
    { numRuns: RUNS },
  );
});
