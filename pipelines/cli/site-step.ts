import { existsSync } from "node:fs";
import { buildSite, type SiteBuild } from "../site/build.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";

/**
 * Renders the pages from the marts into the warehouse.
 * @throws Failure when there are no marts yet, or a page fails.
 */
export async function renderSite(paths: WarehousePaths, context: Context): Promise<SiteBuild> {
  if (!existsSync(paths.marts)) {
    throw new Failure(`There is no ${paths.marts}. Build the models first: chitieu build.`);
  }
  return buildSite({
    marts: paths.marts,
    warehouse: paths,
    out: paths.site,
    onProgress: (_, message) => context.progress(message),
  });
}
