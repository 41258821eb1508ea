import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

/**
 * `npm run bench:watch [FILES] [SECONDS] [--site]`: forms come into the inbox of a watch at an even
 * pace; how long after its arrival is each in the marts?
 */
const [files = "500", seconds = "240"] = process.argv
  .slice(2)
  .filter((one) => !one.startsWith("-"));
const withSite = process.argv.includes("--site");
const PROGRAM = fileURLToPath(new URL("../../bin/chitieu.mjs", import.meta.url));
const SOURCES = fileURLToPath(new URL("../../sources", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "chitieu-watch-"));
const sources = join(folder, "sources");
const inbox = join(sources, "inbox");
cpSync(SOURCES, sources, { recursive: true });
mkdirSync(inbox, { recursive: true });
const warehouse = join(folder, "warehouse");
const [plan] = readCatalogue(sources).plans;
if (plan === undefined) throw new Error("no plan");

const options = ["--sources", sources, "--warehouse", warehouse];
const child = spawn(
  process.execPath,
  [PROGRAM, "watch", ...(withSite ? [] : ["--no-site"]), ...options],
  { stdio: ["ignore", "pipe", "pipe"] },
);
const arrived = new Map<string, number>();
const taken: string[] = [];
const waits: number[] = [];
const inboxWaits: number[] = [];
let [isReady, sites, said] = [false, 0, ""];
child.stdout.setEncoding("utf8").on("data", (text: string) => {
  said += text;
  const lines = said.split("\n");
  said = lines.pop() ?? "";
  for (const line of lines) noteLine(line);
});
child.stderr.setEncoding("utf8").on("data", (text: string) => {
  if (!text.startsWith("models ")) process.stderr.write(text);
});

function noteLine(line: string): void {
  if (line.startsWith("watching ")) isReady = true;
  const [, name] = /^\S+ +(?:accepted|refused|duplicate) +(\S+)/.exec(line) ?? [];
  if (name !== undefined) {
    taken.push(name);
    inboxWaits.push(Date.now() - (arrived.get(name) ?? Number.NaN));
  }
  if (/ site: /.test(line)) sites += 1;
  if (!/ models: \d/.test(line)) return;
  for (const one of taken.splice(0)) waits.push(Date.now() - (arrived.get(one) ?? Number.NaN));
}

try {
  const forms = [];
  for (let seed = 1; forms.length < Number(files); seed += 1) {
    forms.push(...(await demonstrationForms(plan, seed)));
  }
  while (!isReady) await sleep(100);
  const pace = (Number(seconds) * 1000) / Number(files);
  const started = Date.now();
  for (const [index, { bytes }] of forms.slice(0, Number(files)).entries()) {
    await sleep(Math.max(0, started + index * pace - Date.now()));
    const name = `${String(index).padStart(4, "0")}.xlsx`;
    // half of them are written in place, half are moved in
    const path = join(inbox, name);
    if (index % 2 === 0) writeFileSync(path, bytes);
    else {
      writeFileSync(join(sources, name), bytes);
      renameSync(join(sources, name), path);
    }
    arrived.set(name, Date.now());
  }
  const end = Date.now() + 60_000;
  while (waits.length < Number(files) && Date.now() < end) await sleep(100);
  child.kill("SIGTERM");
  await new Promise((resolve) => child.on("close", resolve));
  const receipts = await withConnection(async (connection) => {
    await attach(connection, join(warehouse, "ledger.duckdb"), "ledger", { readOnly: true });
    return selectRows(
      connection,
      "select outcome, count(*)::integer as receipts, count(distinct file_name)::integer as files from ledger.receipt group by 1",
    );
  });
  const sorted = waits.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  console.log(
    JSON.stringify({
      files: arrived.size,
      in_marts: waits.length,
      receipts,
      sites,
      to_marts_ms: { half: at(0.5), most: at(0.95), longest: at(1) },
      to_ledger_ms: Math.max(...inboxWaits),
    }),
  );
  process.exitCode = waits.length === Number(files) && at(1) <= 10_000 ? 0 : 1;
} finally {
  child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
