import { mkdir } from "node:fs/promises";
import { type OfficeUnit, readStatus } from "../models/submission-status.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import type { FolderOptions } from "./options.ts";
import { readSources } from "./read-sources.ts";

/** The units that the office knows. */
export async function knownUnits(
  options: FolderOptions,
  context: Context,
): Promise<readonly OfficeUnit[]> {
  const paths = warehousePaths(options.warehouse);
  await mkdir(paths.archive, { recursive: true });
  const catalogue = readSources(options, context);
  return (await readStatus({ paths, catalogue, plan: null, period: null })).units;
}
