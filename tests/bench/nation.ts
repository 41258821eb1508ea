import { join } from "node:path";
import { type Answers, askClickHouse, askDuckdb, missingClickHouse, plainly } from "../engines.ts";
import { newFolder } from "../folders.ts";
import { median, type Step, stepsOf } from "./given.ts";
import { communesOf, provinces } from "./nation-given.ts";
import type { Table } from "./table.ts";

const runStep = stepsOf("nation-steps.ts");

/**
 * Provinces with their communes of the official list, four quarters and twelve indicators: each takes in
 * what its communes report, publishes, and hands its packages to one ministry, whose figures are held to
 * those of one warehouse of all communes; then one commune corrects. Argument: how many provinces, those
 * with the fewest communes; all by default.
 * @returns whether no row differs, before and after
 */
export async function run(args: readonly string[], table: Table): Promise<boolean> {
  const codes = [...provinces()]
    .sort((one, other) => one.communes.length - other.communes.length)
    .map(({ code }) => code)
    .slice(0, args[0] === undefined ? undefined : Number(args[0]));
  const folder = newFolder();
  const of = `${codes.length} provinces, ${communesOf(codes).length} communes`;
  const add = (what: string, step: Step): void => {
    const found = `${step.processorSeconds.toFixed(1)} s of processor time, ${Math.round(step.peakMib)} MiB, ${((step.bytes ?? 0) / 2 ** 20).toFixed(1)} MiB on the disk`;
    table.row(`${of}: ${what}`, found, "-", true);
  };
  add("provinces", await runStep("provinces", folder, ...codes));
  add("ministry", await runStep("ministry", folder, ...codes));
  add("one warehouse of all communes", await runStep("whole", folder, ...codes));
  add("lakes", await runStep("lakes", folder, ...codes));
  await asked(`${of}: a question about all communes`, join(folder, "lakes"), table);
  const before = await compared(`${of}: rows that differ`, folder, table);
  add("a correction, up to the ministry", await runStep("correct", folder, codes.at(-1) ?? ""));
  const after = await compared(`${of}: rows that differ after the correction`, folder, table);
  const hasArrived = before.figure !== after.figure;
  table.row(
    `${of}: the correction is in the ministry's figures`,
    String(hasArrived),
    "true",
    hasArrived,
  );
  return before.different === 0 && after.different === 0 && hasArrived;
}

async function compared(what: string, folder: string, table: Table): Promise<Step> {
  const step = await runStep("compare", folder);
  const { different = 0, provisional = 0, rows = 0 } = step;
  table.row(
    what,
    `${different} rows differ of ${rows}; ${provisional} are provisional that are final where all communes are known`,
    "0 rows differ",
    different === 0,
  );
  return step;
}

/** Each indicator and period over all communes: a ratio of sums, and where it holds. */
const QUESTION = `
select indicator_code, period, count(*) as places, sum(numerator) as done,
    sum(denominator) as of_all, count(*) filter (where attained) as attained,
    count(*) filter (where is_provisional) as provisional
from attainment_by_ward_quarter group by all order by all`;

async function asked(what: string, lakes: string, table: Table): Promise<void> {
  const engines = missingClickHouse() === null ? [askDuckdb, askClickHouse] : [askDuckdb];
  const given = { lakes, tables: ["attainment_by_ward_quarter"], questions: [QUESTION] };
  const answers: Answers[][] = engines.map(() => []);
  for (let run = 0; run < 3; run += 1) {
    for (const [at, ask] of engines.entries()) answers[at]?.push(await ask(given));
  }
  const rows = new Set(answers.flat().map((one) => JSON.stringify(plainly(one))));
  const found = answers.map((all) => `${median(all.map(({ seconds }) => seconds)).toFixed(2)} s`);
  table.row(what, `${found.join(" in DuckDB, ")} in ClickHouse`, "the same rows", rows.size === 1);
}
