import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../folders.ts";
import { smallPlan } from "../models/small-plan.ts";
import { writeWorld } from "../models/world.ts";

const folder = newFolder("chitieu-catalogue-");

const catalogue = (change: (text: string) => string, areas: readonly string[] = []) => {
  const world = smallPlan([]);
  return writeWorld(mkdtempSync(join(folder, "sources-")), {
    plan: JSON.parse(change(JSON.stringify(world.plan))) as object,
    areas: [...world.areas, ...areas],
  });
};

test("a code that two units could mean is refused", () => {
  expect(() => catalogue((text) => text.replaceAll('"D2"', '"W-A1"'))).toThrow(
    /plan\.yaml:\d+: units: hai đơn vị, .* có chung mã W-A1/,
  );
  expect(() => catalogue((text) => text, ["15,A1,Village 1,village,1,,,made up"])).toThrow(
    /có chung mã W-A1/,
  );
});

test("a code that two areas have in turn is not", () => {
  const { plans } = catalogue(
    (text) => text,
    ["15,A5,Ward 5,ward,1,,2030-06-30,made up", "16,A5,Ward 6,ward,1,2030-07-01,,made up"],
  );
  expect(plans[0]?.units.map(({ unit_id, code }) => `${unit_id} ${code}`).slice(-2)).toEqual([
    "W@15 W-A5",
    "W@16 W-A5",
  ]);
});
