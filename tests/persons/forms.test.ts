import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blankForms } from "../../pipelines/forms/form-files.ts";
import { formWorkbook } from "../../pipelines/forms/form-workbook.ts";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";

const SOURCES = join(import.meta.dirname, "../../sources");
const FOLDERS = [
  SOURCES,
  ...readdirSync(join(SOURCES, "examples")).map((name) => join(SOURCES, "examples", name)),
];

test.each(FOLDERS)("nothing that a form prints is taken for a person: %s", async (folder) => {
  const found: string[] = [];
  for (const plan of readCatalogue(folder).plans) {
    const period = plan.plan.periods.at(-1);
    if (period === undefined) continue;
    for (const { unit } of blankForms(plan, period).slice(0, 20)) {
      const reading = await readForm(await formWorkbook(plan, unit, period), "f.xlsx");
      const problems = reading.ok ? reading.doubts : reading.problems;
      found.push(...problems.map((one) => `${unit.code} ${one.sheet}!${one.cell} ${one.found}`));
    }
  }
  expect(found).toEqual([]);
});
