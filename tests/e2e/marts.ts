import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { withIntake } from "../../pipelines/ledger/ingest.ts";
import { buildMarts } from "../../pipelines/models/build.ts";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";

const SOURCES = join(import.meta.dirname, "../../sources");

/** Plan of the demonstration. */
export const PLAN = "217-kh-ubnd-2024";

/** Any seed will do, as long as it stays. */
const SEED = 217;

/** Writes the marts of the demonstration: its forms, taken in as they came, through every model. */
export async function writeDemonstrationMarts(file: string): Promise<void> {
  const catalogue = readCatalogue(SOURCES);
  await writeMarts(file, catalogue, async (paths) => {
    const settings = { paths, catalogue, isDemonstration: true, softwareVersion: "test" };
    await withIntake(settings, async (intake) => {
      for (const plan of catalogue.plans) {
        for (const form of await demonstrationForms(plan, SEED)) {
          const { fileName, bytes, receivedAt } = form;
          const { outcome } = await intake.ingest({
            file: fileName,
            content: { bytes },
            receivedAt,
            recordedAt: receivedAt,
          });
          if (outcome !== "accepted") throw new Error(`${fileName} was ${outcome}`);
        }
      }
    });
  });
}

/** Writes the marts of the published figures under `sources/examples`. */
export async function writeExampleMarts(file: string): Promise<void> {
  const folder = join(SOURCES, "examples/lang-son-2023");
  const catalogue = readCatalogue(folder);
  await writeMarts(file, catalogue, async (paths) => {
    const settings = { paths, catalogue, isDemonstration: false, softwareVersion: "test" };
    const publishedAt = new Date("2023-09-15T10:00:00+07:00");
    await withIntake(settings, async (intake) => {
      const { outcome } = await intake.ingest({
        file: "so-lieu-cong-bo.csv",
        content: { bytes: await readFile(join(folder, "so-lieu-cong-bo.csv")) },
        receivedAt: publishedAt,
        recordedAt: publishedAt,
      });
      if (outcome !== "accepted") throw new Error(`the published figures were ${outcome}`);
    });
  });
}

async function writeMarts(
  file: string,
  catalogue: Catalogue,
  takeIn: (paths: WarehousePaths) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "chitieu-marts-"));
  try {
    const paths = warehousePaths(folder);
    await takeIn(paths);
    await buildMarts({ paths, catalogue, asOf: null });
    await copyFile(paths.marts, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a copy of some marts in which SQL has changed something; `city` is their database. */
export async function changeMarts(from: string, to: string, sql: string): Promise<void> {
  await copyFile(from, to);
  await withConnection(async (connection) => {
    await attach(connection, to, "city");
    await connection.run("use city");
    await connection.run(sql);
    await connection.run("checkpoint");
  });
}

/** Rows of a query on some marts; `marts` is their schema. */
export async function queryMarts(
  file: string,
  sql: string,
): Promise<Record<string, string | number | boolean | null>[]> {
  return await withConnection(async (connection) => {
    await attach(connection, file, "city", { readOnly: true });
    await connection.run("use city");
    const rows = await selectRows(connection, sql);
    return rows as Record<string, string | number | boolean | null>[];
  });
}
