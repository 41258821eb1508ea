import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";
import { COUNTRY, QUARTERS, writeCountry, writeReadings } from "./country.ts";
import { runAsked, type Steps } from "./given.ts";
import { DIFFERENCES, HAND_WRITTEN } from "./hand-written.ts";

/** The steps of the country bench, each meant to run in a process of its own. */
const MOMENT = new Date("2025-06-01T00:00:00Z");

/** Readings of so many communes and quarters make a file that is not too large to be taken in. */
const PLACES_A_FILE = 16_000;

const STEPS: Steps = {
  async generate(folder) {
    writeCountry(folder, communes);
    const files = Math.ceil((communes * QUARTERS) / PLACES_A_FILE);
    let readings = 0;
    for (let part = 0; part < files; part += 1) {
      const from = Math.floor((part * QUARTERS) / files);
      const to = Math.floor(((part + 1) * QUARTERS) / files);
      const file = join(folder, `readings-${part + 1}.csv`);
      readings += await writeReadings(file, communes, [from, to]);
    }
    return { readings };
  },
  async intake(folder) {
    const paths = warehousePaths(join(folder, "warehouse"));
    const settings = {
      paths,
      catalogue: readCatalogue(folder),
      isDemonstration: false,
      softwareVersion: "bench",
    };
    await withIntake(settings, async (intake) => {
      for (const file of readdirSync(folder).filter((name) => name.startsWith("readings-"))) {
        const content = { path: join(folder, file) };
        const moments = { receivedAt: MOMENT, recordedAt: MOMENT };
        const outcome = await intake.ingest({ file, content, ...moments });
        if (outcome.outcome !== "accepted") {
          throw new Error(JSON.stringify(outcome.problems.slice(0, 5)));
        }
      }
    });
    return {};
  },
  async readPlainly(folder) {
    const file = join(folder, "plain.duckdb");
    await withConnection(async (connection) => {
      await attach(connection, file, "plain");
      await connection.run(
        `create table plain.reading as from read_csv(${quoteLiteral(join(folder, "readings-*.csv"))})`,
      );
      await connection.run("checkpoint plain");
    });
    rmSync(file);
    return {};
  },
  async models(folder) {
    const paths = warehousePaths(join(folder, "warehouse"));
    // whole: what is built already would not be built again
    await buildMarts({ paths, catalogue: readCatalogue(folder), asOf: null, whole: true });
    return {};
  },
  async byHand(folder) {
    const paths = warehousePaths(join(folder, "warehouse"));
    await withConnection(async (connection) => {
      await attach(connection, paths.ledger, "ledger", { readOnly: true });
      await attach(connection, join(folder, "by-hand.duckdb"), "by_hand");
      await connection.run("use by_hand");
      await connection.run(HAND_WRITTEN);
      await connection.run("checkpoint by_hand");
    });
    return {};
  },
  async compare(folder) {
    const paths = warehousePaths(join(folder, "warehouse"));
    return withConnection(async (connection) => {
      await attach(connection, paths.marts, "warehouse", { readOnly: true });
      await attach(connection, join(folder, "by-hand.duckdb"), "hand", { readOnly: true });
      await connection.run("use warehouse");
      const rows = await selectRows(
        connection,
        DIFFERENCES.replaceAll("by_hand", "hand.main.by_hand"),
      );
      return { different: Number(rows[0]?.different) };
    });
  },
};

const communes = Number(process.argv[4] ?? COUNTRY.communes);
await runAsked(STEPS);
