import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { publish, SEED, SOURCES, takeIn } from "../e2e/marts.ts";

/** Periods of the demonstration, each with a day on which its report is published. */
const PERIODS = [
  ["2024-H1", "2024-06-06"],
  ["2024-Q2", "2024-06-10"],
  ["2024-Q3", "2024-09-10"],
  ["2024-Q4", "2024-12-13"],
] as const;

/** How often each is published. */
const TIMES = 2;

/** Builds of each, in turn. */
const RUNS = 5;

/** What the models of one plan cost without published versions, and with them. */
export interface VersionCost {
  readonly versions: number;
  /** Seconds of processor time, the middle of `RUNS`. */
  readonly without: number;
  readonly with: number;
}

/**
 * Builds the demonstration's marts without a published version and with eight, one after the other in this
 * process.
 */
export async function timeVersions(folder: string): Promise<VersionCost> {
  const catalogue = readCatalogue(SOURCES);
  const [plan] = catalogue.plans;
  if (plan === undefined) throw new Error("no plan");
  const forms = await demonstrationForms(plan, SEED);
  const offices = ["without", "with"].map((name) => warehousePaths(join(folder, name)));
  for (const paths of offices) {
    mkdirSync(paths.folder, { recursive: true });
    await takeIn(paths, catalogue, forms);
  }
  const [without, withVersions] = offices;
  if (without === undefined || withVersions === undefined) throw new Error("no offices");
  for (let time = 0; time < TIMES; time++) {
    for (const [period, day] of PERIODS) {
      const at = new Date(`${day}T${16 + time}:00:00+07:00`);
      const kind = time === 0 ? "first" : "method";
      await publish(withVersions, catalogue, { period, at, class: kind, reason: "thử" });
    }
  }
  const seconds = offices.map((): number[] => []);
  for (let run = 0; run <= RUNS; run++) {
    for (const [which, paths] of offices.entries()) {
      const before = process.cpuUsage();
      await buildMarts({ paths, catalogue, asOf: null, whole: true });
      const { user, system } = process.cpuUsage(before);
      // the first finds nothing compiled
      if (run > 0) seconds[which]?.push((user + system) / 1e6);
    }
  }
  const [a = Number.NaN, b = Number.NaN] = seconds.map(
    (all) => all.sort((x, y) => x - y)[RUNS >> 1],
  );
  return { versions: TIMES * PERIODS.length, without: a, with: b };
}
