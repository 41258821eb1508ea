import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DemonstrationForm, demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { ingestInbox, lookAtRest } from "../../pipelines/intake/inbox.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";

const SEEDS = [1, 2, 3, 4];
const SOURCES = new URL("../../sources", import.meta.url).pathname;

/** How many forms were taken in, and in how many seconds. */
export interface FormIntake {
  readonly forms: number;
  readonly accepted: number;
  readonly seconds: number;
}

/** A year's forms of the city, and three times corrected ones, all of them in the inbox at once, until the inbox is empty. */
export async function timeForms(folder: string): Promise<FormIntake> {
  const sources = join(folder, "sources");
  const inbox = join(sources, "inbox");
  cpSync(SOURCES, sources, { recursive: true });
  mkdirSync(inbox, { recursive: true });
  const catalogue = readCatalogue(sources);
  const plan = catalogue.plans[0];
  if (plan === undefined) throw new Error("no plan");
  const paths = warehousePaths(join(folder, "warehouse"));
  const forms: DemonstrationForm[] = [];
  for (const seed of SEEDS) forms.push(...(await demonstrationForms(plan, seed)));
  for (const [index, { fileName, bytes }] of forms.entries()) {
    writeFileSync(join(inbox, `${String(index).padStart(4, "0")}-${fileName}`), bytes);
  }
  // a file is left alone while it may still be copied in
  const look = await lookAtRest(inbox);
  const started = performance.now();
  const settings = { paths, catalogue, isDemonstration: true, softwareVersion: "bench" };
  const { outcomes } = await withIntake(settings, (intake) => ingestInbox(look, intake));
  const seconds = (performance.now() - started) / 1000;
  const accepted = outcomes.filter(({ outcome }) => outcome === "accepted").length;
  if (accepted < forms.length * 0.9) throw new Error(JSON.stringify(outcomes.slice(0, 3)));
  return { forms: forms.length, accepted, seconds };
}
