import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entryText, JOURNALED_TABLES, type Row } from "../../pipelines/ledger/journal.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";
import { writeCountry } from "./country.ts";

const COMMUNES = 100;
const QUARTERS = 40;
const MEASURES = 6;

/**
 * An office after years: a warehouse of so many receipts, each of a commune for a quarter of a plan, as
 * if it had been recorded one after the other.
 */
export async function writeYears(folder: string, receipts: number): Promise<WarehousePaths> {
  const sources = join(folder, "sources");
  const paths = warehousePaths(join(folder, "warehouse"));
  writeCountry(sources, COMMUNES);
  const plans = Math.ceil(receipts / (COMMUNES * QUARTERS));
  const country = readFileSync(join(sources, "plans", "country.yaml"), "utf8");
  rmSync(join(sources, "plans", "country.yaml"));
  for (let plan = 1; plan <= plans; plan += 1) {
    const text = country.replace("id: country", `id: plan-${plan}`).replace("1/KH", `${plan}/KH`);
    writeFileSync(join(sources, "plans", `plan-${plan}.yaml`), text);
  }
  mkdirSync(paths.entries, { recursive: true });
  const lines = new Map<string, string[]>();
  let previous: string | null = null;
  for (let no = 1; no <= receipts; no += 1) {
    const rows = rowsOf(no, paths);
    const content = entryText({
      ...{ schema: 10, entry_no: no, kind: "receipt", previous, clock: momentOf(no), parts: [] },
      by: { way: "desk", account: `x-${no % COMMUNES}`, name: "Văn thư", role: "clerk" },
      rows,
    });
    previous = createHash("sha256").update(content).digest("hex");
    writeFileSync(join(paths.entries, `${String(no).padStart(12, "0")}-receipt.json`), content);
    const moment = momentOf(no);
    const entry = { entry_no: no, kind: "receipt", sha256: previous, content };
    const all = { ...rows, entry: [{ ...entry, recorded_at: moment, moment }] };
    for (const [table, some] of Object.entries(all)) {
      const kept = lines.get(table) ?? [];
      kept.push(...some.map((row) => JSON.stringify(row)));
      lines.set(table, kept);
    }
  }
  await fillLedger(paths, lines);
  return paths;
}

/** A day in the quarter after its own. */
function momentOf(no: number): string {
  const quarter = (no - 1) % QUARTERS;
  return new Date(Date.UTC(2015, quarter * 3 + 3, 2, 3, 0, no % 3600)).toISOString();
}

function rowsOf(no: number, paths: WarehousePaths) {
  const quarter = (no - 1) % QUARTERS;
  const commune = Math.floor((no - 1) / QUARTERS) % COMMUNES;
  const plan = 1 + Math.floor((no - 1) / (QUARTERS * COMMUNES));
  const bytes = `báo cáo ${no}\n`;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  writeFileSync(join(paths.archive, sha256), bytes);
  const [recorded, code] = [momentOf(no), String(commune + 1).padStart(5, "0")];
  const receipt: Row = {
    ...{ receipt_no: no, sha256, file_name: `${code}.csv`, byte_size: bytes.length },
    ...{ medium: "csv", outcome: "accepted", received_at: recorded, recorded_at: recorded },
    ...{ is_moment_stated: false, is_demonstration: false, software_version: "bench" },
    ...{ encoding: "UTF-8", delimiter: "comma", unread: null },
  };
  const problem: Row = {
    ...{ receipt_no: no, problem_no: 1, severity: "doubt", code: "measures_left_out" },
    ...{ sheet: null, cell: null, line: 2, found: "Báo cáo không có dòng của 24 số liệu." },
    ...{ remedy: "Bổ sung số liệu rồi gửi lại cả tệp.", submission_no: no },
  };
  const submission: Row = {
    ...{ submission_no: no, receipt_no: no, plan_id: `plan-${plan}`, plan_sha256: "0".repeat(64) },
    ...{
      unit_id: `X@${commune + 2}`,
      period: `${2015 + Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`,
    },
    ...{ is_nil_return: false, form_version: null, unit_code: `X-${code}` },
    ...{ difficulties: null, proposals: null },
  };
  const reading = Array.from(
    { length: MEASURES },
    (_, measure): Row => ({
      ...{ submission_no: no, area_id: commune + 2, state: "reported", note: null, sheet: null },
      measure: `${measure % 2 === 0 ? "stock" : "flow"}_${Math.floor(measure / 2)}`,
      value: `${measure % 2 === 0 ? 200 + (no % 800) : no % 50}.0000`,
      ...{ cell: null, line: measure + 2, is_partial: false, parts: null },
    }),
  );
  return { receipt: [receipt], problem: [problem], submission: [submission], reading };
}

async function fillLedger(paths: WarehousePaths, lines: Map<string, string[]>): Promise<void> {
  const entries = `${paths.entries}.held`;
  const { renameSync } = await import("node:fs");
  // an empty ledger is made of an empty journal
  renameSync(paths.entries, entries);
  mkdirSync(paths.entries);
  await withLedger(paths, async (connection) => {
    for (const table of ["entry", ...JOURNALED_TABLES]) {
      const file = join(paths.folder, `${table}.ndjson`);
      const some = lines.get(table);
      if (some === undefined) continue;
      writeFileSync(file, `${some.join("\n")}\n`);
      await connection.run(
        `insert into ledger.${table} by name from read_json(${quoteLiteral(file)}, format = 'newline_delimited', maximum_object_size = 100000000)`,
      );
      rmSync(file);
    }
  });
  rmSync(paths.entries, { recursive: true });
  renameSync(entries, paths.entries);
}
if (process.argv[2] === "make")
  console.log((await writeYears(process.argv[3] ?? "", Number(process.argv[4]))).folder);
