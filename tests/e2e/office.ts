import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";
import { buildDemonstrationMarts, SOURCES, takeIn } from "./marts.ts";
import { builtSite } from "./site.ts";

const OFFICE = join(import.meta.dirname, "../fixtures/office");

/** What comes in for the second plan, the third has just begun: files, moments, and the one that is none. */
const RECEIVED = [
  ["thang-11.csv", "2024-12-04T09:00"],
  ["thang-12.csv", "2025-01-05T09:00"],
  ["bi-tra-lai.csv", "2025-01-07T09:00", "refused"],
] as const;

/**
 * Fills a warehouse with an office that has three plans: the demonstration, another one of the same
 * wards and departments, and one that has just begun.
 * @param sources folder for its sources
 */
export async function fillOffice(sources: string, paths: WarehousePaths): Promise<void> {
  const { warehouse } = builtSite();
  await mkdir(sources, { recursive: true });
  for (const part of ["plans", "areas", "demo"]) {
    await cp(join(SOURCES, part), join(sources, part), { recursive: true });
  }
  await cp(OFFICE, sources, { recursive: true });
  await mkdir(paths.folder, { recursive: true });
  await cp(warehouse.ledger, paths.ledger);
  await cp(warehouse.archive, paths.archive, { recursive: true });
  const catalogue = readCatalogue(sources);
  for (const [fileName, moment, expected] of RECEIVED) {
    const receivedAt = new Date(`${moment}+07:00`);
    const bytes = await readFile(join(OFFICE, fileName));
    await takeIn(paths, catalogue, [
      { fileName, bytes, receivedAt, ...(expected === undefined ? {} : { expected }) },
    ]);
  }
  await buildDemonstrationMarts(paths, catalogue);
}
