import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { attachLedgerForReading } from "../../pipelines/ledger/ledger.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, readRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { PLAN, SOURCES } from "../e2e/marts.ts";
import { builtSite } from "../e2e/site.ts";
import { newFolder } from "../folders.ts";
import { audit, type State } from "./auditor.ts";

/** The pages of everybody after each version of the demonstration. */
async function* statesOf(paths: WarehousePaths): AsyncGenerator<State> {
  const catalogue = readCatalogue(SOURCES);
  const publications = await withConnection(async (connection) => {
    await attachLedgerForReading(connection, paths);
    return readRows(
      connection,
      z.object({ next: z.string(), moment: z.string() }),
      `select (publication_no + 1)::varchar as next, epoch_ms(as_of)::varchar as moment
      from ledger.publication order by publication_no`,
    );
  });
  for (const { next, moment } of publications) {
    const asOf = new Date(Number(moment));
    const { file } = await buildMarts({ paths, catalogue, asOf, beforePublication: next });
    yield { moment: asOf.toISOString(), marts: file };
  }
}

test("no hidden count of the demonstration can be narrowed, from all pages and all versions", async () => {
  const site = builtSite();
  const paths = warehousePaths(join(newFolder("chitieu-auditor-"), "warehouse"));
  cpSync(site.warehouse?.folder ?? "", paths.folder, { recursive: true });
  const guarded = await withConnection(async (connection) => {
    await attach(connection, site.marts, "m", { readOnly: true });
    return readRows(
      connection,
      z.object({ measure: z.string() }),
      "select distinct measure from m.marts.measure_by_plan_period where is_guarded",
    );
  });
  const plan = readCatalogue(SOURCES).plans.find((one) => one.plan.id === PLAN);
  const measures = plan?.plan.measures.filter(({ code }) =>
    guarded.some(({ measure }) => measure === code),
  );
  const { equations, hidden, narrowed } = await audit(statesOf(paths), PLAN, measures ?? []);
  expect(narrowed).toEqual([]);
  expect(hidden).toBeGreaterThan(100);
  expect(equations).toBeGreaterThan(5);
});
