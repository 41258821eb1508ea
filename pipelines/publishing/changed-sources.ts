import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import { modelTablesOf, Tables } from "../sources/catalogue-tables.ts";
import { readRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { readKept } from "./archived-file.ts";
import { readPublications } from "./stored-publication.ts";

/**
 * Plan files and areas that are others than those by which reports were judged and versions published
 * last, one sentence each: both may be changed rightly, and nobody need have noticed.
 * @param connection has the ledger attached
 */
export async function changedSources(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  catalogue: Catalogue,
): Promise<string[]> {
  const judged = await readRows(
    connection,
    z.object({ plan_id: z.string(), sha256: z.string(), receipt_no: z.string() }),
    `select
        plan_id,
        arg_max(plan_sha256, receipt_no) as sha256,
        max(receipt_no)::varchar as receipt_no
    from ledger.main.submission group by plan_id order by plan_id`,
  );
  const versions = await readPublications(connection);
  const changed: string[] = [];
  for (const { plan_id, sha256, receipt_no } of judged) {
    const now = catalogue.plans.find(({ plan }) => plan.id === plan_id);
    const last = versions.findLast((one) => one.plan_id === plan_id);
    const of = now === undefined ? `Không còn kế hoạch ${plan_id}` : null;
    if (now?.sha256 !== sha256) {
      changed.push(
        `${of ?? `${now?.file} là tệp khác`}: phiếu số ${receipt_no} được kiểm tra theo tệp có SHA-256 ${sha256}.`,
      );
    }
    if (last === undefined) continue;
    const name = `phiên bản ${last.version} của báo cáo ${last.period}, kế hoạch ${plan_id}`;
    if (now !== undefined && last.plan_sha256 !== now.sha256 && last.plan_sha256 !== sha256) {
      changed.push(`${now.file} là tệp khác: ${name} phát hành theo archive/${last.plan_sha256}.`);
    }
    const inputs = await readKept(paths, last.inputs_sha256);
    // of what is missing or altered the check of the version says so
    if (inputs.fault !== null) continue;
    const before = areaRows(Tables.parse(JSON.parse(inputs.text)));
    const after = areaRows(modelTablesOf({ ...catalogue, plans: [] }));
    const other = [...before].find((row) => !after.has(row));
    if (other !== undefined) {
      changed.push(`Địa bàn khác với địa bàn của ${name}, bản ấy có ${other}.`);
    }
  }
  return changed;
}

function areaRows(tables: Tables): ReadonlySet<string> {
  return new Set((tables.area?.rows ?? []).map((row) => JSON.stringify(row)));
}
