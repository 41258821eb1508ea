import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readModels } from "../../pipelines/models/model.ts";
import { expectBuiltAsAWhole, OfficeOfPlans, REPORTS } from "./office-of-plans.ts";

/** `CHITIEU_RUNS=20 npx vitest run tests/models/built-plans.long.test.ts` tries so many histories. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 1);

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

// a day that begins meanwhile has every plan computed
beforeEach(
  () => void vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T03:00:00Z") }),
);
afterEach(() => void vi.useRealTimers());

test("whatever has happened, marts and tables of the pages are those of a build as a whole", {
  timeout: 600_000 * RUNS,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
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

test("a refresh computes the plans that something new is about", async () => {
  const office = new OfficeOfPlans();
  expect(await office.refresh()).toBe(4);
  expect(await office.refresh()).toBe(0);
  await office.send("nuoc-sach-2024", 0, 0, "5");
  expect(await office.refresh()).toBe(1);
  // what continues it compares its own figures with it
  await office.send("an-toan-2024", 0, 0, "5");
  expect(await office.refresh()).toBe(2);
  await office.send("giao-thong-2024", 0, 0, "không rõ");
  expect(await office.refresh()).toBe(1);
  // once more what counts already
  await office.sendAgain(0);
  expect(await office.refresh()).toBe(0);
  // something else was refused meanwhile: that is over
  await office.send("nuoc-sach-2024", 0, 0, "không rõ");
  expect(await office.refresh()).toBe(1);
  await office.sendAgain(0);
  expect(await office.refresh()).toBe(1);
  await expectBuiltAsAWhole(office);
  await office.publish("nuoc-sach-2024", 0);
  expect(await office.refresh()).toBe(1);
  office.askFor(40);
  expect(await office.refresh()).toBe(1);
  await expectBuiltAsAWhole(office);
  // of one that is gone nothing is computed
  office.withoutLast(true);
  expect(await office.refresh()).toBe(0);
  expect(await office.everything()).toEqual(await office.builtAsAWhole());
  office.withoutLast(false);
  await office.send("giao-thong-2024", 0, 0, "3");
  expect(await office.refresh()).toBe(1);
  // of one that is gone figures go, too; one whose reports lose their place stays as it was
  await office.send("nuoc-sach-2024", 0, 1, "5");
  await office.refresh();
  office.withoutLast(true);
  office.askFor(60, "2024-QI");
  const rows = async () => office.read(z.object({ plan_id: z.string() }), "from it.marts.figure");
  const of = (id: string, all: { plan_id: string }[]) => all.filter((one) => one.plan_id === id);
  const before = await rows();
  await office.send("an-toan-2024", 0, 1, "7");
  expect(await office.refresh()).toBe(2);
  expect(office.asTheyWere.join()).toMatch(/^Kế hoạch nuoc-sach-2024: tệp kế hoạch không còn kỳ/);
  expect(of("giao-thong-2024", await rows())).toEqual([]);
  expect(of("nuoc-sach-2024", await rows())).toEqual(of("nuoc-sach-2024", before));
  // nothing is published of it; it is said each time, until it is mended
  await office.publish("nuoc-sach-2024", 1);
  expect([await office.refresh(), office.asTheyWere.length]).toEqual([0, 1]);
  expect(await office.read(z.unknown(), "from it.marts.report")).toHaveLength(1);
  office.askFor(60);
  expect([await office.refresh(), office.asTheyWere.length]).toEqual([1, 0]);
  await expectBuiltAsAWhole(office);
});

test("with a new day the plans are computed of which a date has passed; of the others days are counted", async () => {
  vi.setSystemTime(new Date("2024-03-01T03:00:00Z"));
  const office = new OfficeOfPlans("2024-02-28T01:00:00Z");
  await office.send("an-toan-2024", 0, 0, "5");
  await office.send("nuoc-sach-2024", 0, 0, "5");
  await office.publish("nuoc-sach-2024", 0);
  expect(await office.refresh()).toBe(4);
  const dates = office.catalogue.plans.flatMap(({ plan: { periods } }) =>
    periods.flatMap(({ data_from, due_before }) => [data_from, due_before]),
  );
  const [first = ""] = dates.filter((day) => day > "2024-03-02").sort();
  // within seven days it is due soon
  const soon = new Date(Date.parse(first) - 7 * 86_400_000).toISOString().slice(0, 10);
  const all = readModels().models.length;
  for (const [day, isOnlyCounted] of [
    ["2024-03-02", true],
    [soon, true],
    [first, false],
  ] as const) {
    vi.setSystemTime(new Date(`${day}T03:00:00+07:00`));
    expect(await office.standing()).toEqual(await office.standing(true));
    const { plans, models } = await buildMarts({ ...office, asOf: null });
    expect(plans).toBe(4);
    if (isOnlyCounted) expect(models).toBeLessThan(all / 4);
    expect(await office.refresh()).toBe(0);
    expect(await office.everything()).toEqual(await office.builtAsAWhole());
  }
});
