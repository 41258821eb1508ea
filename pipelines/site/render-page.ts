import { loadPages, type PageRenderer, type RenderedPage } from "./page-renderer.ts";
import type { TableRequest } from "./site-tables.ts";
import { openPlanTables } from "./site-tables.ts";

/**
 * Renders one page of a plan in this process.
 * @param path its address, decoded
 * @param pages the bundle where it is loaded already
 */
export async function renderPage(
  request: TableRequest,
  plan: string | null,
  path: string,
  pages?: PageRenderer,
): Promise<RenderedPage> {
  const loaded = pages ?? (await loadPages(request.workspace));
  const opened = await openPlanTables(request, plan);
  const folder = plan === null ? "/" : `/${encodeURI(plan)}/`;
  const tables = loaded.tablesOn(opened.instance, { path: opened.path, folder });
  try {
    return await loaded.render(tables, path);
  } finally {
    tables.close();
    await opened.close();
  }
}
