import { expect, test } from "vitest";
import { z } from "zod";
import { copyDemonstrationSources } from "../../pipelines/cli/demonstration-sources.ts";
import { makeDemonstrationLedger } from "../../pipelines/cli/make-demonstration.ts";
import { attachLedgerForReading } from "../../pipelines/ledger/ledger.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import type { Catalogue } from "../../pipelines/sources/catalogue.ts";
import { readRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { rowsIn } from "../asked.ts";
import { QUIET } from "../demo/demonstration-state.ts";
import { SOURCES } from "../e2e/marts.ts";
import { newFolder } from "../folders.ts";
import { audit, type State } from "./auditor.ts";

/** The pages of everybody after each version of the demonstration. */
async function* statesOf(paths: WarehousePaths, catalogue: Catalogue): AsyncGenerator<State> {
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

test("no hidden count of the demonstration and its year before can be narrowed, from all pages and all versions", {
  timeout: 1_800_000,
}, async () => {
  const paths = warehousePaths(newFolder("chitieu-auditor-"));
  const sources = await copyDemonstrationSources(SOURCES, paths);
  const making = { sources, paths, formats: ["csv"] as const };
  const { catalogue } = await makeDemonstrationLedger(making, QUIET);
  const { file } = await buildMarts({ paths, catalogue, asOf: null });
  const guarded = await rowsIn(
    file,
    "select distinct plan_id, measure from marts.measure_by_plan_period where is_guarded",
  );
  const plans = catalogue.plans.map(({ plan: { id, measures, periods } }) => {
    const own = guarded.filter(({ plan_id }) => plan_id === id).map(({ measure }) => measure);
    return { planId: id, measures: measures.filter(({ code }) => own.includes(code)), periods };
  });
  expect(plans.map(({ measures }) => measures.length > 0)).toEqual([true, true]);
  const { equations, hidden, narrowed } = await audit(statesOf(paths, catalogue), plans);
  expect(narrowed).toEqual([]);
  expect(hidden).toBeGreaterThan(100);
  expect(equations).toBeGreaterThan(5);
});
