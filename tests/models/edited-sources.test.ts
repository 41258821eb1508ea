import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { fewModels } from "./few-models.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";
import { writeLedger } from "./typed-ledger.ts";
import { type World, writeWorld } from "./world.ts";

/** Source files that were changed after reports came in: nothing may be lost or go to somebody else. */
let folder: string;
let paths: WarehousePaths;

const BEFORE = smallPlan([indicator(REACH)]);

beforeAll(async () => {
  folder = newFolder("chitieu-edited-");
  paths = warehousePaths(folder);
  const [plan] = writeWorld(folder, BEFORE).plans;
  if (plan === undefined) throw new Error("no plan");
  const given = `
    received          unit  period  people  reached
    2030-03-05T08:00  W-A1  Q1      100     10
    2030-03-05T08:00  W-A2  Q1      100     90
    `;
  await writeLedger(paths, [[plan, given]]);
});

const renamed = (from: RegExp, to: string): World => ({
  ...BEFORE,
  plan: JSON.parse(JSON.stringify(BEFORE.plan).replace(from, to)) as object,
});

test.each<[string, World, RegExp | null]>([
  ["nothing", BEFORE, null],
  ["the plan's id", renamed(/"small"/, '"other"'), /"found":"no such plan"/],
  ["a period's code", renamed(/"Q1"/g, '"QI"'), /"period":"Q1".*"found":"no such period"/],
  ["the committees' code", renamed(/"W"/g, '"X"'), /"unit_id":"W@11".*"found":"no such unit"/],
  [
    "the keys of two areas, one for the other",
    {
      ...BEFORE,
      areas: BEFORE.areas.map((line) =>
        line
          .replace(/^11,A1/, "x,A1")
          .replace(/^12,A2/, "11,A2")
          .replace(/^x,A1/, "12,A1"),
      ),
    },
    /"unit_id":"W@11","unit_code":"W-A1","found":"unit is now W-A2"/,
  ],
])("changed: %s", async (_, world, message) => {
  const catalogue = writeWorld(mkdtempSync(join(folder, "sources-")), world);
  const set = fewModels(undefined, "submission_has_its_place");
  const build = buildMarts({ paths, catalogue, asOf: null, set, whole: true });
  if (message === null) await expect(build).resolves.toMatchObject({ file: paths.marts });
  else await expect(build).rejects.toThrow(message);
});
