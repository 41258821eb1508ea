import type { Audience } from "../contract/report.ts";
import { serveSite } from "../site/server.ts";
import { defined } from "../vocabulary/defined.ts";
import { requireMarts } from "../warehouse/existing.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import { openPages, preparePages } from "./shown-pages.ts";

/**
 * Serves the pages of an audience, prints their address, and ends on Ctrl-C or when it is asked to
 * terminate.
 * @throws Failure when there are no marts to show, or no port is free
 */
export async function serveUntilInterrupted(
  paths: WarehousePaths,
  {
    audience,
    host,
    port,
    names,
  }: {
    readonly audience: Audience;
    readonly host?: string;
    readonly port?: number;
    readonly names?: readonly string[];
  },
  context: Context,
): Promise<void> {
  requireMarts(paths);
  const workspace = await preparePages(paths, context);
  const pages = openPages(workspace, paths, audience, context);
  try {
    const server = await serveSite(pages, {
      ...defined({ host, names }),
      ...(port === undefined ? {} : { port, exact: true }),
    });
    context.out(`${server.url}  (Ctrl-C để dừng)`);
    await interruption();
    await server.close();
  } finally {
    pages.close();
  }
}

/** Resolves on Ctrl-C or when the process is asked to terminate. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
