import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { timeNewFile } from "./city.ts";
import { benchCountry } from "./country-bench.ts";
import { timeForms } from "./forms.ts";
import { benchPages } from "./pages.ts";
import { benchPersons } from "./persons.ts";
import { Table } from "./table.ts";
import { timeVersions } from "./versions.ts";

/** `npm run bench`: the budgets of intake, models and pages, each figure as it is found. */
const folder = mkdtempSync(join(tmpdir(), "chitieu-bench-"));

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const table = new Table();

try {
  if (!benchPersons()) process.exitCode = 1;
  mkdirSync(join(folder, "city"));
  const newFile = await timeNewFile(join(folder, "city"), 5);
  table.row(
    "City: new form in the inbox to figures in the marts",
    `${median(newFile).toFixed(2)} s`,
    "0.6 s",
    median(newFile) <= 0.6,
  );

  mkdirSync(join(folder, "forms"));
  const { forms, seconds } = await timeForms(join(folder, "forms"));
  table.row(
    `City: ${forms} forms in the inbox into the ledger`,
    `${Math.round(forms / seconds)}/s`,
    "150/s",
    forms / seconds >= 150,
  );

  mkdirSync(join(folder, "versions"));
  const cost = await timeVersions(join(folder, "versions"));
  table.row(
    `City: models of a plan with ${cost.versions} published versions`,
    `${(cost.with / cost.without).toFixed(2)} × of none, ${cost.with.toFixed(2)} s CPU`,
    "1.5 ×",
    cost.with <= 1.5 * cost.without,
  );

  const country = join(folder, "country");
  mkdirSync(country);
  if (!(await benchCountry(country, table))) process.exitCode = 1;
  if (!(await benchPages())) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
