import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { fewModels } from "./few-models.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";
import { writeLedger } from "./typed-ledger.ts";
import { type World, writeSources, writeWorld } from "./world.ts";

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
    2024-03-05T08:00  W-A1  Q1      100     10
    2024-03-05T08:00  W-A2  Q1      100     90
    `;
  await writeLedger(paths, [[plan, given]]);
});

const renamed = (from: RegExp, to: string): World => ({
  ...BEFORE,
  plan: JSON.parse(JSON.stringify(BEFORE.plan).replace(from, to)) as object,
});

test.each<[string, World, RegExp | null]>([
  ["nothing", BEFORE, null],
  // as if its file had been taken away
  ["the plan's id", renamed(/"small"/, '"other"'), null],
  [
    "a period's code",
    renamed(/"Q1"/g, '"QI"'),
    /^Kế hoạch small: tệp kế hoạch không còn kỳ “Q1”, mà đã nhận 1 báo cáo kỳ Q1 \(như \S+\)\. Số liệu/,
  ],
  ["the committees' code", renamed(/"W"/g, '"X"'), /Kế hoạch small: không còn đơn vị “W-A1”, mà/],
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
    /Kế hoạch small: mã đơn vị “W-A1” nay là của địa bàn khác, mà/,
  ],
])("changed: %s", async (_, world, message) => {
  const plans = { "plan.yaml": world.plan, "b.yaml": { ...world.plan, id: "b" } };
  const catalogue = writeSources(mkdtempSync(join(folder, "sources-")), world, plans);
  const set = fewModels(undefined, "submission_has_its_place");
  const built = await buildMarts({ paths, catalogue, asOf: null, set, whole: true });
  // the other plan is computed
  expect(built.plans).toBe(message === null ? 2 : 1);
  expect(built.asTheyWere.join("\n")).toMatch(message ?? /^$/);
});

test("where no plan is left the marts stay as they were", async () => {
  const catalogue = writeWorld(mkdtempSync(join(folder, "sources-")), renamed(/"Q1"/g, '"QI"'));
  const set = fewModels(undefined, "submission_has_its_place");
  const build = buildMarts({ paths, catalogue, asOf: null, set, whole: true });
  await expect(build).rejects.toThrow(/không còn kỳ “Q1”/);
});
