import { randomUUID } from "node:crypto";
import { copyFile, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { PublicationClass } from "../../pipelines/contract/report.ts";
import { type DemonstrationForm, demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { publishReport, type VersionPages } from "../../pipelines/publishing/publish.ts";
import {
  type Catalogue,
  type ResolvedPlan,
  readCatalogue,
} from "../../pipelines/sources/catalogue.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { rowsIn } from "../asked.ts";
import { newFolder } from "../folders.ts";

export const SOURCES = join(import.meta.dirname, "../../sources");

/** Plan of the demonstration. */
export const PLAN = "217-kh-ubnd-2024";

/** Any seed will do, as long as it stays. */
export const SEED = 217;

/** The moment as of which the demonstration's marts are built, after all that happens in it. */
export const AS_OF = new Date("2025-01-15T08:00:00+07:00");

/** What is published of the demonstration while its forms come in, each at its moment. */
const PUBLICATIONS = [
  { period: "2024-H1", at: "2024-06-06T09:00", class: "first", reason: "Phát hành lần đầu" },
  { period: "2024-Q2", at: "2024-06-10T15:00", class: "first", reason: "Phát hành lần đầu" },
  { period: "2024-Q2", at: "2024-06-17T10:00", class: "late", reason: "Bổ sung số liệu gửi muộn" },
  { period: "2024-Q4", at: "2024-12-13T10:00", class: "first", reason: "Phát hành lần đầu" },
] as const;

/**
 * Fills a warehouse with the demonstration: its forms, taken in as they came, published as above,
 * through every model.
 * @param pageOf renders the pages of the versions; without it they have none
 */
export async function fillDemonstration(
  paths: WarehousePaths,
  pageOf?: VersionPages,
): Promise<void> {
  const catalogue = readCatalogue(SOURCES);
  const plan = planOf(catalogue);
  const forms = [...(await demonstrationForms(plan, SEED))].sort(
    (a, b) => a.receivedAt.getTime() - b.receivedAt.getTime(),
  );
  for (const publication of PUBLICATIONS) {
    const at = new Date(`${publication.at}+07:00`);
    const count = forms.filter(({ receivedAt }) => receivedAt <= at).length;
    await takeIn(paths, catalogue, forms.splice(0, count));
    await publish(paths, catalogue, { ...publication, at, pageOf });
  }
  await takeIn(paths, catalogue, forms);
  await buildDemonstrationMarts(paths, catalogue);
}

/** Builds the marts as of the moment of the demonstration: as of now, days late would grow. */
export async function buildDemonstrationMarts(
  paths: WarehousePaths,
  catalogue: Catalogue,
): Promise<void> {
  const { file } = await buildMarts({ paths, catalogue, asOf: AS_OF });
  await rename(file, paths.marts);
}

function planOf(catalogue: Catalogue): ResolvedPlan {
  const plan = catalogue.plans.find((one) => one.plan.id === PLAN);
  if (plan === undefined) throw new Error(`there is no plan ${PLAN}`);
  return plan;
}

/** A file that comes in, and what becomes of it where that is not that it is accepted. */
export interface Coming extends Pick<DemonstrationForm, "fileName" | "bytes" | "receivedAt"> {
  readonly expected?: "refused";
}

/** Takes files in, each at its moment. */
export async function takeIn(
  paths: WarehousePaths,
  catalogue: Catalogue,
  files: readonly Coming[],
  isDemonstration = true,
): Promise<void> {
  if (files.length === 0) return;
  const settings = { paths, catalogue, isDemonstration, softwareVersion: "test" };
  await withIntake(settings, async (intake) => {
    for (const { fileName: file, bytes, receivedAt, expected = "accepted" } of files) {
      const moments = { receivedAt, recordedAt: receivedAt };
      const { outcome, problems } = await intake.ingest({ file, content: { bytes }, ...moments });
      if (outcome === expected) continue;
      throw new Error(`${file} was ${outcome}: ${problems.map(({ found }) => found).join("; ")}`);
    }
  });
}

/** Publishes the report of a period of the demonstration's plan, whatever is doubtful or unchanged. */
export async function publish(
  paths: WarehousePaths,
  catalogue: Catalogue,
  choice: {
    readonly period: string;
    readonly at: Date;
    readonly class: PublicationClass;
    readonly reason: string;
    readonly pageOf?: VersionPages | undefined;
  },
): Promise<void> {
  const plan = planOf(catalogue);
  const period = plan.plan.periods.find(({ code }) => code === choice.period);
  if (period === undefined) throw new Error(`no ${choice.period}`);
  await publishReport({
    paths,
    catalogue,
    plan,
    period,
    class: choice.class,
    reason: choice.reason,
    isFinal: false,
    acknowledge: true,
    force: true,
    asOf: null,
    publishedAt: choice.at,
    softwareVersion: "test",
    pageOf: choice.pageOf,
  });
}

/** Writes the marts of the published figures under `sources/examples`. */
export async function writeExampleMarts(file: string): Promise<void> {
  const sources = join(SOURCES, "examples/lang-son-2023");
  const catalogue = readCatalogue(sources);
  const paths = warehousePaths(newFolder("chitieu-marts-"));
  const [fileName, receivedAt] = ["so-lieu-cong-bo.csv", new Date("2023-09-15T10:00:00+07:00")];
  const bytes = await readFile(join(sources, fileName));
  await takeIn(paths, catalogue, [{ fileName, bytes, receivedAt }], false);
  await buildMarts({ paths, catalogue, asOf: null });
  await copyFile(paths.marts, file);
}

/**
 * Writes a copy of some marts in which SQL has changed something; `city` is their database.
 * @param plan the only one that is another build than it was; without it nothing is said of builds
 */
export async function changeMarts(
  from: string,
  to: string,
  sql: string,
  plan?: string,
): Promise<void> {
  await copyFile(from, to);
  await withConnection(async (connection) => {
    await attach(connection, to, "city");
    await connection.run("use city");
    await connection.run(sql);
    if (plan === undefined) await connection.run("drop schema built cascade");
    else {
      const other = { builds: { [plan]: randomUUID() } };
      await connection.run(
        "update built.built_from set content = json_merge_patch(content, $other)",
        { other: JSON.stringify(other) },
      );
    }
    await connection.run("checkpoint");
  });
}

/** Rows of a query on some marts; `marts` is their schema. */
export async function queryMarts(
  file: string,
  sql: string,
): Promise<Record<string, string | number | boolean | null>[]> {
  return (await rowsIn(file, sql)) as Record<string, string | number | boolean | null>[];
}
