import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Receipts } from "../../pipelines/desk/kept/receipts.ts";
import { readArchiveAgain } from "../../pipelines/intake/reread-archive.ts";
import { entryText, JOURNALED_TABLES, type Row } from "../../pipelines/ledger/journal.ts";
import { checkJournal } from "../../pipelines/ledger/journal-check.ts";
import { JournalEnd } from "../../pipelines/ledger/journal-end.ts";
import { readLedger, withLedger } from "../../pipelines/ledger/ledger.ts";
import { toBeProven } from "../../pipelines/ledger/proven.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";
import { newFolder } from "../folders.ts";
import { writeCountry } from "./country.ts";
import { costOf } from "./given.ts";
import type { Table } from "./table.ts";

/**
 * What grows with the years of an office, in a warehouse of so many receipts beside one of a hundred: a look
 * at the journal, the opening of the ledger, the receipts at a desk's start, the journal and the archive of
 * a `verify` that goes by what was proven. Arguments: receipts, 100.000.
 */
export async function run(
  [receipts = "100000"]: readonly string[],
  table: Table,
): Promise<boolean> {
  const [few, many] = [await costs(100), await costs(Number(receipts))];
  for (const [index, [what, asked]] of ASKED.entries()) {
    const [of, beside] = [many[index] ?? 0, few[index] ?? 0];
    const found = `${of.toFixed(0)} ms, ${beside.toFixed(0)} of a hundred`;
    table.row(`${receipts} receipts: ${what}`, found, `${asked} ms`, of <= asked);
  }
  return table.isKept;
}

/** What is measured, in milliseconds of processor time. */
const ASKED = [
  ["a look whether there is more", 5],
  ["the ledger opened for writing", 100],
  ["the receipts, at the start of a desk", 3000],
  ["a page of receipts", 20],
  ["the journal by what was proven", 20_000],
  ["the received files by what was proven", 20_000],
] as const;

async function costs(receipts: number): Promise<number[]> {
  const paths = await writeYears(newFolder("bench-years-"), receipts);
  const journal = new JournalEnd(paths);
  await journal.look();
  await withLedger(paths, async () => null);
  const proven = await readLedger(paths, async (connection) => {
    const found = await toBeProven(connection, "bench");
    return { ...found, whole: found.at };
  });
  const catalogue = readCatalogue(join(paths.folder, "..", "sources"));
  let desk: Receipts | null = null;
  return [
    await costOf(() => journal.look()),
    await costOf(() => withLedger(paths, async () => null)),
    await costOf(async () => {
      desk = await Receipts.open(paths);
    }),
    await costOf(async () => desk?.list(({ outcome }) => outcome === "refused", 200)),
    await costOf(() =>
      readLedger(paths, (connection) => checkJournal(connection, paths, proven.entry_no)),
    ),
    await costOf(() => readArchiveAgain(paths, catalogue, proven)),
  ].map((seconds) => seconds * 1000);
}

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
