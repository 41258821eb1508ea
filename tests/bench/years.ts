import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { addressFile } from "../../pipelines/cli/serve-desk.ts";
import { Receipts } from "../../pipelines/desk/kept/receipts.ts";
import { entryText, JOURNALED_TABLES, type Row } from "../../pipelines/ledger/journal.ts";
import { JournalEnd } from "../../pipelines/ledger/journal-end.ts";
import { readLedger, withLedger } from "../../pipelines/ledger/ledger.ts";
import { toBeProven, writeProven } from "../../pipelines/ledger/proven.ts";
import type { MartsCheck } from "../../pipelines/models/compare-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";
import { start } from "../cli/run.ts";
import { administrator, type Browser, invited, runDesk, stopDesk } from "../desk/given.ts";
import { newFolder } from "../folders.ts";
import { type World, worldIn } from "../intake/given.ts";
import { ROOT } from "../lanes.ts";
import { writeCountry } from "./country.ts";
import { costOf, optionsOf, runCommand } from "./given.ts";
import { treeTime } from "./memory.ts";
import type { Table } from "./table.ts";

/**
 * What grows with the years of an office, in a warehouse of so many receipts beside one of a hundred: a look
 * at the journal, the opening of the ledger, the start of a desk, its pages, a watch that has nothing to do,
 * and `verify` of what came in the last month. Arguments: receipts, 100.000.
 */
export async function run(
  [receipts = "100000"]: readonly string[],
  table: Table,
): Promise<boolean> {
  const [few, many] = [await costs(100), await costs(Number(receipts))];
  for (const [what, { unit = "ms", most, isMore = false }] of Object.entries<Asked>(ASKED)) {
    const [of, beside] = [many[what] ?? Number.NaN, few[what] ?? Number.NaN];
    const found = `${of.toFixed(1)} ${unit}, ${beside.toFixed(1)} of a hundred`;
    const asked = most === undefined ? "–" : `${isMore ? "+" : ""}${most} ${unit}`;
    const isKept = most === undefined || (isMore ? of - beside : of) <= most;
    table.row(`${receipts} receipts: ${what}`, found, asked, isKept);
  }
  return table.isKept;
}

interface Asked {
  /** `ms` of processor time, unless it says otherwise. */
  readonly unit?: string;
  readonly most?: number;
  /** Than with a hundred. */
  readonly isMore?: boolean;
}

const ASKED = {
  "a look whether there is more": { most: 5 },
  "the ledger opened for writing": { most: 20, isMore: true },
  "the receipts, when the first is asked for": { most: 3000 },
  "a desk, until people log in": { most: 3000 },
  "a desk, until it knows how the office stands": {},
  "what waits for the staff, asked of it": {},
  "a page of receipts, asked of it": { most: 20, isMore: true },
  "what a unit owes and has sent, asked of it": { most: 20, isMore: true },
  "a watch that has nothing to do, of a core": { unit: "%", most: 1 },
  "marts, made and compared with those shown": {},
  "marts, compared by what was proven": {},
  "`verify` of a last month as one command": { most: 60_000 },
  "the same by the clock on the wall": {},
} satisfies Record<string, Asked>;

async function costs(receipts: number): Promise<Partial<Record<string, number>>> {
  const folder = newFolder("bench-years-");
  const paths = await writeYears(folder, receipts);
  const sources = join(folder, "sources");
  const catalogue = readCatalogue(sources);
  const journal = new JournalEnd(paths);
  await journal.look();
  const found: Partial<Record<keyof typeof ASKED, number>> = {};
  const note = async (what: keyof typeof ASKED, work: () => Promise<unknown>): Promise<void> => {
    found[what] = (await costOf(work)) * 1000;
  };
  await withLedger(paths, async () => null);
  await note("a look whether there is more", () => journal.look());
  await note("the ledger opened for writing", () => withLedger(paths, async () => null));
  await note("the receipts, when the first is asked for", () =>
    new Receipts(paths, (work) => work()).find(1),
  );
  const options = optionsOf(sources, paths.folder);
  await runCommand("build", ...options);
  Object.assign(found, await costsOfDesk(worldIn(folder, sources, catalogue)));

  // years have passed since the last report
  await runCommand("clock", "confirm", "--reason", "bench", ...options);
  // as the commands do it: what another program has made is all made anew
  const { compareMarts } = (await import(
    `${ROOT}/dist/models/compare-marts.js`
  )) as typeof import("../../pipelines/models/compare-marts.ts");
  let compared: MartsCheck | null = null;
  await note("marts, made and compared with those shown", async () => {
    compared = await compareMarts(paths, catalogue);
  });
  const proven = await readLedger(paths, async (connection) => {
    const { softwareDigest } = await import(`${ROOT}/dist/cli/version.js`);
    const all = await toBeProven(connection, softwareDigest());
    return { ...all, whole: all.at, marts: compared?.proof };
  });
  await writeProven(paths, proven);
  await sendMonth(sources, paths);
  await note("marts, compared by what was proven", () =>
    compareMarts(paths, catalogue, proven.marts),
  );
  const whole = await runCommand("verify", ...options);
  found["`verify` of a last month as one command"] = whole.processorSeconds * 1000;
  found["the same by the clock on the wall"] = whole.seconds * 1000;
  return found;
}

/** Of a desk and of a watch, each a process of its own with what it starts. */
async function costsOfDesk(world: World): Promise<Partial<Record<keyof typeof ASKED, number>>> {
  const folders = optionsOf(world.sources, world.paths.folder);
  const opening = start(["desk", "--no-watch", "--port", "0", ...folders]);
  while (!existsSync(addressFile(world.paths))) await sleep(20);
  const opens = treeTime(opening.child.pid ?? 0);
  opening.child.kill("SIGTERM");
  await opening.ended;
  const desk = await runDesk(world);
  const id = desk.running.child.pid ?? 0;
  const knows = treeTime(id);
  const admin = await administrator(desk);
  const staff = await invited(admin, "staff", "staff");
  const clerk = await invited(admin, "clerk", "clerk", { units: ["X-00001"] });
  const costOfPage = async (browser: Browser, path: string): Promise<number> => {
    await browser.get(path);
    const before = treeTime(id);
    for (let time = 0; time < ASKED_TIMES; time += 1) {
      const { status } = await browser.get(path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
    }
    return ((treeTime(id) - before) * 1000) / ASKED_TIMES;
  };
  const pages = {
    "what waits for the staff, asked of it": await costOfPage(staff, "/ban-lam-viec/viec-cho"),
    "a page of receipts, asked of it": await costOfPage(staff, "/ban-lam-viec/phieu"),
    "what a unit owes and has sent, asked of it": await costOfPage(clerk, "/ban-lam-viec/viec"),
  };
  await stopDesk(desk);
  const watch = start(["watch", ...folders]);
  await new Promise((resolve) => watch.child.stdout?.once("data", resolve));
  await sleep(IDLE_MS);
  const before = treeTime(watch.child.pid ?? 0);
  await sleep(IDLE_MS);
  const idle = ((treeTime(watch.child.pid ?? 0) - before) * 1000) / IDLE_MS;
  watch.child.kill("SIGTERM");
  await watch.ended;
  return {
    ...pages,
    "a desk, until people log in": opens * 1000,
    "a desk, until it knows how the office stands": knows * 1000,
    "a watch that has nothing to do, of a core": idle * 100,
  };
}

const ASKED_TIMES = 20;
const IDLE_MS = 20_000;

/** Each unit of one plan sends its last report once more, and the report of that period is published. */
async function sendMonth(sources: string, paths: WarehousePaths): Promise<void> {
  const options = optionsOf(sources, paths.folder);
  const lines = Array.from({ length: COMMUNES }, (_, index) => {
    const unit = `X-${String(index + 1).padStart(5, "0")}`;
    return `plan-1,${unit},2024-Q4,,flow_0,${index % 50},\n`;
  });
  const file = join(paths.folder, "..", "month.csv");
  writeFileSync(file, `plan,unit,period,area,measure,value,note\n${lines.join("")}`);
  await runCommand("ingest", file, ...options);
  await runCommand("refresh", ...options);
}

const COMMUNES = 100;
const QUARTERS = 40;
const MEASURES = 6;

/**
 * An office after years: a warehouse of so many receipts, each of a commune for a quarter of a plan, as
 * if it had been recorded one after the other.
 */
async function writeYears(folder: string, receipts: number): Promise<WarehousePaths> {
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
