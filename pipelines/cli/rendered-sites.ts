import { existsSync } from "node:fs";
import type { Audience } from "../contract/report.ts";
import { buildSite, type SiteBuild } from "../site/build-site.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";

/** Where the pages for an audience are rendered to. */
export function siteFolder(paths: WarehousePaths, audience: Audience): string {
  return audience === "city" ? paths.citySite : paths.site;
}

/**
 * Renders the pages for an audience from the marts into the warehouse.
 * @throws Failure when there are no marts yet, or a page fails.
 */
export async function renderSite(
  paths: WarehousePaths,
  context: Context,
  audience: Audience = "shared",
): Promise<SiteBuild> {
  if (!existsSync(paths.marts)) {
    throw new Failure(`There is no ${paths.marts}. Build the models first: chitieu build.`);
  }
  return buildSite({
    marts: paths.marts,
    warehouse: paths,
    out: siteFolder(paths, audience),
    audience,
    onProgress: (_, message) => context.progress(message),
    onPages: (done, known) => context.step(done, known, `pages ${done}/${known}`),
  });
}

export interface RenderedSites {
  readonly site: SiteBuild;
  /** The city's pages; null where they have never been asked for. */
  readonly city_site: SiteBuild | null;
}

/** Renders the shared pages, and the city's where there are such. */
export async function renderSites(paths: WarehousePaths, context: Context): Promise<RenderedSites> {
  const site = await renderSite(paths, context);
  const isKept = existsSync(siteFolder(paths, "city"));
  return { site, city_site: isKept ? await renderSite(paths, context, "city") : null };
}

/** How many pages lie where. */
export function sitesText({ site, city_site }: RenderedSites): string {
  const shared = `site: ${site.pages} pages in ${site.out}`;
  return city_site === null
    ? shared
    : `${shared}\nsite for the city: ${city_site.pages} pages in ${city_site.out}`;
}
