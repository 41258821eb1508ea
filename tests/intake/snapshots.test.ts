import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formWorkbook } from "../../pipelines/forms/form-workbook.ts";
import { readCatalogue, unitsIn } from "../../pipelines/sources/catalogue.ts";
import { readableWorkbook } from "../readable/document.ts";
import { csvOf, newWorld, send } from "./given.ts";

// What a ward is sent, as text, for who reviews a change. `npm run snapshots` writes them anew.

const snapshot = (name: string): string => join(import.meta.dirname, "snapshots", `${name}.txt`);

test("the form of a ward", async () => {
  const [plan] = readCatalogue(join(import.meta.dirname, "../../sources")).plans;
  const period = plan?.plan.periods.find(({ code }) => code === "2024-Q2");
  if (plan === undefined || period === undefined) throw new Error("no plan");
  const ward = unitsIn(plan, period).find(({ area }) => area?.code === "05974");
  if (ward === undefined) throw new Error("no ward");
  const form = await readableWorkbook(await formWorkbook(plan, ward, period));
  await expect(form).toMatchFileSnapshot(snapshot("form"));
});

/** One mistake of each kind that clerks make most. */
const MISTAKES = [
  "UB-01,Q2,,people,khoảng 100,",
  'UB-01,Q2,,budget,"1.234,567",',
  "UB-01,Q2,,visits,10,",
  "UB-01,Q2,,visits_day,3,",
  "UB-01,Q2,,visits_night,4,",
  "UB-01,Q2,,has_plan,2,",
  "UB-01,Q2,,nothing,1,",
  "UB-01,Q2,,reached,-5,",
];

test("the reply to a file with mistakes", async () => {
  const [outcome] = await send(newWorld(), { content: csvOf(MISTAKES) });
  const text = await readFile(outcome?.reply ?? "none", "utf8");
  await expect(text).toMatchFileSnapshot(snapshot("reply"));
});
