import { expect, test } from "vitest";
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
