import { spawn } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { COMMAND, copySources, inFolder, optionsOf } from "./given.ts";
import type { Table } from "./table.ts";

/**
 * Forms come into the inbox of a watch at an even pace: how long after its arrival is each in the marts?
 * Arguments: files, 500 without them; seconds, 240.
 */
export async function run(args: readonly string[], table: Table): Promise<boolean> {
  const [files = 500, seconds = 240] = args.map(Number);
  return inFolder((folder) => watch(folder, files, seconds, table));
}

async function watch(
  folder: string,
  files: number,
  seconds: number,
  table: Table,
): Promise<boolean> {
  const { sources, inbox, plan } = copySources(join(folder, "sources"));
  const warehouse = join(folder, "warehouse");
  const child = spawn(process.execPath, [COMMAND, "watch", ...optionsOf(sources, warehouse)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const arrived = new Map<string, number>();
  const taken: string[] = [];
  const waits: number[] = [];
  let [isReady, output] = [false, ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    const lines = output.split("\n");
    output = lines.pop() ?? "";
    for (const line of lines) noteLine(line);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (!text.startsWith("tính số liệu ")) process.stderr.write(text);
  });

  function noteLine(line: string): void {
    if (line.startsWith("đang theo dõi ")) isReady = true;
    const [, name] = /^\S+ +(?:accepted|refused|duplicate) +(\S+)/.exec(line) ?? [];
    if (name !== undefined) taken.push(name);
    if (!/ số liệu: đã tính \d/.test(line)) return;
    for (const one of taken.splice(0)) waits.push(Date.now() - (arrived.get(one) ?? Number.NaN));
  }

  try {
    const forms = [];
    for (let seed = 1; forms.length < files; seed += 1) {
      forms.push(...(await demonstrationForms(plan, seed)));
    }
    while (!isReady) await sleep(100);
    const pace = (seconds * 1000) / files;
    const started = Date.now();
    for (const [index, { bytes }] of forms.slice(0, files).entries()) {
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
    while (waits.length < files && Date.now() < end) await sleep(100);
    child.kill("SIGTERM");
    await new Promise((resolve) => child.on("close", resolve));
    const receipts = await withConnection(async (connection) => {
      await attach(connection, join(warehouse, "ledger.duckdb"), "ledger", { readOnly: true });
      return selectRows(
        connection,
        "select outcome, count(*)::integer as receipts, count(distinct file_name)::integer as files from ledger.receipt group by 1",
      );
    });
    const accepted = receipts.find(({ outcome }) => outcome === "accepted");
    const sorted = waits.sort((a, b) => a - b);
    const at = (share: number): string =>
      ((sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN) / 1000).toFixed(1);
    const isKept = waits.length === files && Number(at(1)) <= 10;
    table.row(
      `Watch: ${files} forms in ${seconds} s, each to the marts`,
      `half ${at(0.5)}, 95 % ${at(0.95)}, last ${at(1)} s; ${accepted?.files} in the ledger`,
      "10 s",
      isKept,
    );
    return isKept;
  } finally {
    child.kill("SIGKILL");
  }
}
