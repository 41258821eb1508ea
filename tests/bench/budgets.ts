import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { drawBeside } from "../../pipelines/exports/drawing.ts";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { ingestInbox, lookAtRest } from "../../pipelines/intake/inbox.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { draftReport } from "../../pipelines/publishing/draft-report.ts";
import { readPublishedReport } from "../../pipelines/publishing/published-reports.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { PLAN, publish, takeIn } from "../e2e/marts.ts";
import { newFolder } from "../folders.ts";
import { run as runCountry } from "./country-bench.ts";
import { copySources, costOf, median } from "./given.ts";
import { run as runPages } from "./pages.ts";
import type { Table } from "./table.ts";

/** The budgets of intake, models and pages, each figure as it is found. */
export async function run(_: readonly string[], table: Table): Promise<boolean> {
  await benchForms(newFolder(), table);
  await benchVersions(newFolder(), table);
  const found = [await runCountry([], table), await runPages([], table)];
  return found.every(Boolean);
}

/** A year's forms of the city, corrected three times, all in the inbox at once. */
async function benchForms(folder: string, table: Table): Promise<void> {
  const { inbox, catalogue, plan } = copySources(join(folder, "sources"));
  const paths = warehousePaths(join(folder, "warehouse"));
  let count = 0;
  for (const seed of [1, 2, 3, 4]) {
    for (const { fileName, bytes } of await demonstrationForms(plan, seed)) {
      writeFileSync(join(inbox, `${String(count).padStart(4, "0")}-${fileName}`), bytes);
      count += 1;
    }
  }
  const look = await lookAtRest(inbox);
  const started = performance.now();
  const settings = { paths, catalogue, isDemonstration: true, softwareVersion: "bench" };
  const { outcomes } = await withIntake(settings, (intake) => ingestInbox(look, intake));
  const perSecond = count / ((performance.now() - started) / 1000);
  const accepted = outcomes.filter(({ outcome }) => outcome === "accepted").length;
  if (accepted < count * 0.9) throw new Error(JSON.stringify(outcomes.slice(0, 3)));
  table.row(
    `City: ${count} forms in the inbox into the ledger`,
    `${Math.round(perSecond)}/s`,
    "150/s",
    perSecond >= 150,
  );
}

/** Periods of the demonstration, each with a day on which its report is published. */
const PERIODS = [
  ["2024-H1", "2024-06-06"],
  ["2024-Q2", "2024-06-10"],
  ["2024-Q3", "2024-09-10"],
  ["2024-Q4", "2024-12-13"],
] as const;

const DRAFTED = { planId: PLAN, period: "2024-Q4", asOf: new Date("2024-12-14T09:00:00+07:00") };

/** How often each is published, and how often the marts of each office are built. */
const [TIMES, RUNS] = [2, 5];

/** The demonstration's marts without a published version and with eight, in turn. */
async function benchVersions(folder: string, table: Table): Promise<void> {
  const { catalogue, plan } = copySources(join(folder, "sources"));
  const forms = await demonstrationForms(plan, 1);
  const offices = ["without", "with"].map((name) => ({
    paths: warehousePaths(join(folder, name)),
    seconds: [] as number[],
    drafts: [] as number[],
  }));
  for (const { paths } of offices) {
    mkdirSync(paths.folder, { recursive: true });
    await takeIn(paths, catalogue, forms);
  }
  const [without, published] = offices;
  if (without === undefined || published === undefined) throw new Error("no offices");
  for (let time = 0; time < TIMES; time++) {
    for (const [period, day] of PERIODS) {
      const at = new Date(`${day}T${16 + time}:00:00+07:00`);
      const kind = time === 0 ? "first" : "method";
      await publish(published.paths, catalogue, { period, at, class: kind, reason: "thử" });
    }
  }
  for (let run = 0; run <= RUNS; run++) {
    for (const { paths, seconds, drafts } of offices) {
      const cost = await costOf(() => buildMarts({ paths, catalogue, asOf: null, whole: true }));
      const draft = await costOf(() => draftReport({ ...DRAFTED, paths, catalogue }));
      // the first finds nothing compiled
      if (run === 0) continue;
      seconds.push(cost);
      drafts.push(draft);
    }
  }
  const choice = { planId: PLAN, period: "2024-Q4", version: null, audience: "city" } as const;
  const report = await readPublishedReport(published.paths, choice);
  const shares: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    await exportFiles(report, FORMATS);
    const between = performance.now();
    await exportFiles(report, FORMATS, null, drawBeside);
    if (run > 0) shares.push((performance.now() - between) / (between - start));
  }
  const beside = median(shares);
  const found = `${beside.toFixed(2)} × of one after another, by the clock`;
  table.row("City: files of a version, documents drawn beside", found, "0.85 ×", beside <= 0.85);
  const versions = TIMES * PERIODS.length;
  const grown = (what: string, of: string, some: readonly number[], none: readonly number[]) => {
    const ratio = median(some) / median(none);
    const told = `${ratio.toFixed(2)} × of ${of}, ${median(some).toFixed(2)} s CPU`;
    table.row(`City: ${what}`, told, "1.3 ×", ratio <= 1.3);
  };
  grown(
    `the draft of a report after ${versions} versions`,
    "the first",
    published.drafts,
    without.drafts,
  );
  grown(
    `models of a plan with ${versions} published versions`,
    "none",
    published.seconds,
    without.seconds,
  );
}
