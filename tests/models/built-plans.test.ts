import { expect, onTestFinished, test, vi } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readModels } from "../../pipelines/models/model.ts";
import { expectBuiltAsAWhole, OfficeOfPlans } from "./office-of-plans.ts";

/** A refresh computes the plans that something new is about, and takes the others as they are. */

// whatever happens in any order: `built-plans.long.test.ts`
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
  // once more what counts already, or what was refused
  await office.sendAgain(0);
  expect(await office.refresh()).toBe(1);
  await office.publish("nuoc-sach-2024", 0);
  expect(await office.refresh()).toBe(1);
  office.askFor(40);
  expect(await office.refresh()).toBe(1);
  await expectBuiltAsAWhole(office);
  office.withoutLast(true);
  expect(await office.refresh()).toBe(1);
  expect(await office.everything()).toEqual(await office.builtAsAWhole());
  office.withoutLast(false);
  await office.send("giao-thong-2024", 0, 0, "3");
  expect(await office.refresh()).toBe(1);
  // figures that came in are not lost without a word
  office.withoutLast(true);
  await expect(office.refresh()).rejects.toThrow(/no such plan/);
});

test("with a new day the plans are computed of which a date has passed; of the others days are counted", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2024-03-01T03:00:00Z") });
  onTestFinished(() => void vi.useRealTimers());
  const office = new OfficeOfPlans("2024-02-28T01:00:00Z");
  await office.send("an-toan-2024", 0, 0, "5");
  await office.send("nuoc-sach-2024", 0, 0, "5");
  await office.publish("nuoc-sach-2024", 0);
  expect(await office.refresh()).toBe(4);
  const dates = office.catalogue.plans.flatMap(({ plan: { periods } }) =>
    periods.flatMap(({ data_from, due_before }) => [data_from, due_before]),
  );
  const [first = ""] = dates.filter((day) => day > "2024-03-02").sort();
  const all = readModels().models.length;
  for (const [day, isOnlyCounted] of [
    ["2024-03-02", true],
    [first, false],
  ] as const) {
    vi.setSystemTime(new Date(`${day}T03:00:00+07:00`));
    const { plans, models } = await buildMarts({ ...office, asOf: null });
    expect(plans).toBe(4);
    if (isOnlyCounted) expect(models).toBeLessThan(all / 4);
    expect(await office.refresh()).toBe(0);
    expect(await office.everything()).toEqual(await office.builtAsAWhole());
  }
});
