import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type DemonstrationForm, demonstrationForms } from "../demo/demonstration.ts";
import { demonstrationFolder } from "../demo/profile.ts";
import { withIntake } from "../ledger/ingest.ts";
import { LEDGER_TABLES } from "../ledger/tables.ts";
import { buildMarts } from "../models/build.ts";
import { readModels } from "../models/model.ts";
import { pagesDigest } from "../site/bundle.ts";
import { findWorkspace } from "../site/workspace.ts";
import { type Catalogue, readCatalogue } from "../sources/catalogue.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { type Context, modelSteps } from "./context.ts";
import { outcomeText } from "./outcome-text.ts";
import { renderSite } from "./site-step.ts";
import { softwareVersion } from "./version.ts";

/** The same figures on every machine. */
const SEED = 1;
const STAMP = "demonstration.json";

/** Digests of what each step was made from, so that a second run does only what has changed. */
const Stamp = z.object({
  forms: z.string().nullable(),
  models: z.string().nullable(),
  pages: z.string().nullable(),
});
type Stamp = z.infer<typeof Stamp>;

const NOTHING: Stamp = { forms: null, models: null, pages: null };

/** The last step, which takes a minute where the pages have to be bundled. */
export interface PageStep {
  /** Digest of what the pages are made with. */
  digest(): Promise<string>;
  render(paths: WarehousePaths, context: Context): Promise<unknown>;
}

const PAGE_STEP: PageStep = { digest: () => pagesDigest(findWorkspace()), render: renderSite };

/**
 * Fills a warehouse of its own with the demonstration of every plan that has one: forms, ledger,
 * marts and pages. What stands from an earlier run and has not changed is kept.
 * @throws Failure when the folder holds something else, or a form is refused.
 */
export async function makeDemonstration(
  { sources, paths }: { readonly sources: string; readonly paths: WarehousePaths },
  context: Context,
  pageStep = PAGE_STEP,
): Promise<void> {
  const catalogue = demonstrated(readCatalogue(sources));
  context.progress("Filling in the forms of the demonstration");
  const forms: DemonstrationForm[] = [];
  for (const plan of catalogue.plans) forms.push(...(await demonstrationForms(plan, SEED)));
  forms.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());

  let stamp = await readStamp(paths);
  const formsDigest = digestOf(forms, catalogue);
  if (stamp.forms !== formsDigest || !existsSync(paths.ledger)) {
    await clearFolder(paths);
    await takeIn(forms, { catalogue, paths }, context);
    stamp = { ...NOTHING, forms: formsDigest };
    await writeStamp(paths, stamp);
  }
  context.out(`${forms.length} demonstration forms in ${paths.ledger}`);

  const models = readModels().sha256;
  if (stamp.models !== models || !existsSync(paths.marts)) {
    await buildMarts({
      paths,
      catalogue,
      asOf: null,
      onProgress: modelSteps(context),
    });
    stamp = { ...stamp, models, pages: null };
    await writeStamp(paths, stamp);
  }
  context.out(`models in ${paths.marts}`);

  const pages = await pageStep.digest();
  if (stamp.pages !== pages || !existsSync(join(paths.site, "index.html"))) {
    await pageStep.render(paths, context);
    await writeStamp(paths, { ...stamp, pages });
  }
  context.out(`pages in ${paths.site}`);
}

function demonstrated(catalogue: Catalogue): Catalogue {
  const plans = catalogue.plans.filter((plan) =>
    existsSync(join(demonstrationFolder(plan), `${plan.plan.id}.yaml`)),
  );
  if (plans.length === 0) {
    throw new Failure("No plan in this sources folder has a demonstration.");
  }
  return { ...catalogue, plans };
}

function digestOf(forms: readonly DemonstrationForm[], catalogue: Catalogue): string {
  const digest = createHash("sha256").update(softwareVersion()).update(LEDGER_TABLES);
  digest.update(JSON.stringify(catalogue.areas));
  for (const { sha256 } of catalogue.plans) digest.update(sha256);
  for (const { bytes, receivedAt } of forms) digest.update(bytes).update(receivedAt.toISOString());
  return digest.digest("hex");
}

async function takeIn(
  forms: readonly DemonstrationForm[],
  place: { readonly catalogue: Catalogue; readonly paths: WarehousePaths },
  context: Context,
): Promise<void> {
  const settings = { ...place, isDemonstration: true, softwareVersion: softwareVersion() };
  await withIntake(settings, async (intake) => {
    for (const [index, { fileName, bytes, receivedAt }] of forms.entries()) {
      const outcome = await intake.ingest({
        file: fileName,
        content: { bytes },
        receivedAt,
        recordedAt: receivedAt,
      });
      if (outcome.outcome !== "accepted") {
        throw new Failure(`A demonstration form was not accepted.\n${outcomeText(outcome)}`);
      }
      context.step(index + 1, forms.length, `forms ${index + 1}/${forms.length}`);
    }
  });
}

async function readStamp(paths: WarehousePaths): Promise<Stamp> {
  try {
    return Stamp.parse(JSON.parse(await readFile(join(paths.folder, STAMP), "utf8")));
  } catch {
    return NOTHING;
  }
}

async function writeStamp(paths: WarehousePaths, stamp: Stamp): Promise<void> {
  const file = join(paths.folder, STAMP);
  await writeFile(`${file}.part`, JSON.stringify(stamp));
  await rename(`${file}.part`, file);
}

/** Empties the folder when it is a demonstration's, and marks it as one before anything comes in. */
async function clearFolder(paths: WarehousePaths): Promise<void> {
  const names = await readdir(paths.folder).catch((): string[] => []);
  if (names.length > 0 && !names.includes(STAMP)) {
    throw new Failure(
      `${paths.folder} holds something that is not a demonstration. Move it away, or name another --warehouse.`,
    );
  }
  for (const path of [
    paths.ledger,
    `${paths.ledger}.wal`,
    paths.archive,
    paths.marts,
    paths.replies,
  ]) {
    await rm(path, { recursive: true, force: true });
  }
  await mkdir(paths.folder, { recursive: true });
  await writeStamp(paths, NOTHING);
}
