import { rmSync } from "node:fs";
import { join } from "node:path";
import { newFolder } from "../folders.ts";
import { COUNTRY } from "./country.ts";
import { median, stepsOf } from "./given.ts";
import type { Table } from "./table.ts";

const runStep = stepsOf("country-steps.ts");

/** How often models and query are built, in turn, so that both meet the machine in the same state. */
const RUNS = 3;

/**
 * A generated country through intake and models, beside what DuckDB itself and one query by hand take
 * for the same. Argument: communes; 13284 of them are 15,6 million readings.
 * @returns whether models and query have the same rows; whether the budget of the models' time is kept,
 * `docs/performance.md` says
 */
export async function run(args: readonly string[], table: Table): Promise<boolean> {
  const communes = Number(args[0] ?? COUNTRY.communes);
  return benchCountry(newFolder(), table, communes);
}

async function benchCountry(folder: string, table: Table, communes: number): Promise<boolean> {
  const of = communes === COUNTRY.communes ? "Country" : `${communes} communes`;
  const { readings = 0 } = await runStep("generate", folder, String(communes));
  const intake = await runStep("intake", folder);
  table.row(
    `${of}: readings from one CSV into the ledger`,
    `${Math.round(readings / intake.seconds).toLocaleString("en")}/s, ${Math.round(intake.peakMib)} MiB`,
    "1,500,000/s, 2048 MiB",
    readings / intake.seconds >= 1_500_000 && intake.peakMib <= 2048,
  );
  const plain = await runStep("readPlainly", folder);
  table.row(
    `${of}: intake to DuckDB's own reader, unchecked`,
    `${(intake.seconds / plain.seconds).toFixed(1)} x (${plain.seconds.toFixed(2)} s), ${(intake.processorSeconds / plain.processorSeconds).toFixed(1)} x by processor time (${intake.processorSeconds.toFixed(1)} to ${plain.processorSeconds.toFixed(1)} s)`,
    "-",
    true,
  );
  const models: number[] = [];
  const byHand: number[] = [];
  let peakMib = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const one = await runStep("models", folder);
    models.push(one.processorSeconds);
    peakMib = Math.max(peakMib, one.peakMib);
    rmSync(join(folder, "by-hand.duckdb"), { force: true });
    byHand.push((await runStep("byHand", folder)).processorSeconds);
  }
  const ratios = models.map((seconds, index) => seconds / (byHand[index] ?? Number.NaN));
  table.row(
    `${of}: models to a query by hand, processor time`,
    `${median(ratios).toFixed(1)} x (${median(models).toFixed(1)} to ${median(byHand).toFixed(1)} s), ${Math.round(peakMib)} MiB`,
    "3 x, 1536 MiB",
    median(ratios) <= 3 && peakMib <= 1536,
  );
  const { different } = await runStep("compare", folder);
  table.row(`${of}: rows in which the two differ`, String(different), "0", different === 0);
  return different === 0;
}
