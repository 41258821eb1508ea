import type { Audience } from "../../pipelines/contract/report.ts";
import type { VersionPages } from "../../pipelines/publishing/publish.ts";
import { readyBundle } from "../../pipelines/site/bundle.ts";
import { ServedPages, type SiteEvents } from "../../pipelines/site/served-pages.ts";
import { type SiteServer, serveSite } from "../../pipelines/site/server.ts";
import { versionPages } from "../../pipelines/site/version-pages.ts";
import { findWorkspace, PARTS, type Part, type Workspace } from "../../pipelines/site/workspace.ts";
import { type WrittenSite, writeSite } from "../../pipelines/site/write-site.ts";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";

/** Marts whose pages are served. */
export interface ToServe {
  /** Path of marts.duckdb. */
  readonly marts: string;
  /** Where the files of published versions are; without it the pages offer none. */
  readonly warehouse?: WarehousePaths | undefined;
  readonly audience?: Audience;
  readonly events?: SiteEvents;
  /** The program that renders them; that of this checkout by default. */
  readonly workspace?: Workspace;
  /** The bundles that have to be there. */
  readonly parts?: readonly Part[];
}

/** A site that is served, and what renders it. */
export interface ServedSite extends SiteServer {
  readonly pages: ServedPages;
}

/**
 * Serves the pages of marts on a free port, as `chitieu serve` does: each is rendered when it is asked
 * for, and after the marts were replaced it is another one.
 */
export async function servedSite({
  marts,
  warehouse,
  audience = "shared",
  events = {},
  workspace = findWorkspace("warehouse"),
  parts = PARTS,
}: ToServe): Promise<ServedSite> {
  for (const part of parts) await readyBundle(workspace, part);
  const pages = new ServedPages(
    { workspace, marts, warehouse: warehouse ?? null, audience },
    events,
  );
  const server = await serveSite(pages, { port: 4200 });
  return {
    url: server.url,
    pages,
    close: async () => {
      await server.close();
      pages.close();
    },
  };
}

/** Writes the pages of marts into a folder, as `chitieu site --out` does. */
export async function writtenSite(
  { marts, warehouse, audience = "shared" }: ToServe,
  out: string,
): Promise<WrittenSite> {
  const workspace = findWorkspace("warehouse");
  for (const part of PARTS) await readyBundle(workspace, part);
  return await writeSite({ workspace, marts, warehouse: warehouse ?? null, audience }, out);
}

/** What renders the pages of versions that are published, as `chitieu publish` has it. */
export function pagesOfVersions(): VersionPages {
  const workspace = findWorkspace("warehouse");
  return versionPages(workspace, () => readyBundle(workspace, "version"));
}
