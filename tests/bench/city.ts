import { execFile } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { SETTLED_MS } from "../../pipelines/intake/inbox-files.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";

const COMMAND = new URL("../../bin/chitieu.mjs", import.meta.url).pathname;
const SOURCES = new URL("../../sources", import.meta.url).pathname;

/**
 * A new form in the inbox of a city that has reported for a year, until its figures stand in the
 * marts: the whole command, process start included.
 * @returns seconds of each of `runs` runs, each with a form of its own.
 */
export async function timeNewFile(folder: string, runs: number): Promise<number[]> {
  const sources = join(folder, "sources");
  cpSync(SOURCES, sources, { recursive: true });
  mkdirSync(join(sources, "inbox"), { recursive: true });
  const catalogue = readCatalogue(sources);
  const plan = catalogue.plans[0];
  if (plan === undefined) throw new Error("no plan");
  const paths = warehousePaths(join(folder, "warehouse"));
  const forms = await demonstrationForms(plan, 1);
  const held = forms.slice(-runs);
  const settings = { paths, catalogue, isDemonstration: true, softwareVersion: "bench" };
  await withIntake(settings, async ({ ingest }) => {
    for (const { fileName, bytes, receivedAt } of forms.slice(0, -runs)) {
      await ingest({ file: fileName, content: { bytes }, receivedAt, recordedAt: receivedAt });
    }
  });
  const seconds: number[] = [];
  for (const { fileName, bytes } of held) {
    writeFileSync(join(sources, "inbox", fileName), bytes);
    // a file is left alone while it may still be copied in
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS + 100));
    const started = performance.now();
    await promisify(execFile)(process.execPath, [
      COMMAND,
      "refresh",
      "--no-site",
      "--sources",
      sources,
      "--warehouse",
      paths.folder,
    ]);
    seconds.push((performance.now() - started) / 1000);
  }
  return seconds;
}
