import { join } from "node:path";
import { type InboxResult, ingestInbox, lookAtRest, startReadingOf } from "../intake/inbox.ts";
import type { InboxLook, LeftFile } from "../intake/inbox-files.ts";
import { withIntake } from "../intake/ingest.ts";
import { ClockAsked, type SteadyClock, waitingWords } from "../ledger/clock.ts";
import type { Actor } from "../ledger/journal.ts";
import { type BuildResult, buildMarts } from "../models/build-marts.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { systemActor } from "./actor.ts";
import { type Context, modelSteps } from "./context.ts";
import { countText, leftText, outcomeText } from "./outcome-text.ts";
import { readSources } from "./read-sources.ts";
import { softwareVersion } from "./version.ts";

export interface Refreshment extends InboxResult {
  readonly models: BuildResult;
}

/**
 * Ingests the inbox and builds the models, of which the pages are made when they are asked for.
 * @param out what became of each file and each step; left files go to the context's warnings
 * @throws Failure when the sources, the ledger or a model does not allow it
 */
export async function refreshWarehouse(
  request: { readonly sources: string; readonly paths: WarehousePaths },
  context: Context,
  out: (text: string) => void,
): Promise<Refreshment> {
  const { sources, paths } = request;
  const inbox = join(sources, "inbox");
  await startReadingOf(inbox);
  const catalogue = readSources({ sources, warehouse: paths.folder }, context);
  const look = await lookAtRest(inbox);
  const by = systemActor("command");
  const { outcomes, left } = await takeIn(look, { paths, catalogue, by }, context, out);
  for (const one of left) context.warn(leftText(one));
  if (left.length > 0) context.refuse();
  out(`thư mục nhận tệp: ${countText(outcomes, left)}`);

  const models = await refreshMarts({ paths, catalogue }, context, out);
  return { outcomes, left, models };
}

/** How many models were built for how many of all plans. */
export function modelsText(
  built: Pick<BuildResult, "plans" | "gone" | "models" | "checks" | "seconds">,
  all: number,
): string {
  const { plans, gone, models, checks, seconds } = built;
  if (plans + gone === 0) return "số liệu: không có gì mới từ lần tính trước";
  const out = gone === 0 ? "" : `${plans === 0 ? "" : ","} để bỏ ${gone} kế hoạch không còn`;
  const of = (plans === all || plans === 0 ? "" : ` cho ${plans}/${all} kế hoạch`) + out;
  return `số liệu: đã tính ${models} mô hình${of}, ${checks} phép kiểm tra, trong ${seconds.toFixed(1)} giây`;
}

/** Says what of a build is not shown, and why. */
export function warnOfBuild({ held, asTheyWere }: BuildResult, context: Context): void {
  for (const line of [held ?? [], asTheyWere].flat()) context.warn(line);
  if (asTheyWere.length > 0) context.refuse();
}

interface Settings {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
}

/** Ingests what was found ready in the inbox, and says what became of each file. */
export async function takeIn(
  look: InboxLook,
  { by, clock, ...settings }: Settings & { readonly by: Actor; readonly clock?: SteadyClock },
  context: Context,
  out: (text: string) => void,
): Promise<InboxResult> {
  const intake = { ...settings, isDemonstration: false, softwareVersion: softwareVersion() };
  const result = await withIntake(intake, async (opened) => {
    if (look.ready.length > 0) await opened.askAboutClock(clock);
    return ingestInbox(look, opened, { by, onOutcome: (outcome) => out(outcomeText(outcome)) });
  }).catch((error: unknown): InboxResult => {
    if (!(error instanceof ClockAsked)) throw error;
    // they are there, and taken in by themselves once it was answered
    const waiting = look.ready.map(({ toldName }) => leftForClock(toldName, error));
    return { outcomes: [], left: [...look.left, ...waiting] };
  });
  if (result.outcomes.some(({ outcome }) => outcome === "refused")) context.refuse();
  return result;
}

function leftForClock(file: string, { doubt }: ClockAsked): LeftFile {
  const reason = `chờ trong thư mục nhận, được tiếp nhận tự động khi xong: ${waitingWords(doubt)}`;
  return { file, reason, again: "later" };
}

/** Builds the models, and says so. */
export async function refreshMarts(
  settings: Settings,
  context: Context,
  out: (text: string) => void,
): Promise<BuildResult> {
  const models = await buildMarts({ ...settings, asOf: null, onProgress: modelSteps(context) });
  out(modelsText(models, settings.catalogue.plans.length));
  warnOfBuild(models, context);
  return models;
}
