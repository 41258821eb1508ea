import type { Audience } from "../contract/report.ts";
import { serveSite } from "../site/server.ts";
import { defined } from "../vocabulary/defined.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { demandMarts } from "../warehouse/shown-marts.ts";
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
  demandMarts(paths.marts);
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

/** Windows has no SIGTERM; there a window that is closed, and Ctrl-Break, are told as signals. */
const ENDING: readonly NodeJS.Signals[] =
  process.platform === "win32" ? ["SIGINT", "SIGBREAK", "SIGHUP"] : ["SIGINT", "SIGTERM"];

/** Resolves on Ctrl-C, when the process is asked to terminate, or when who started it with a channel ends. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ENDING) process.once(signal, () => resolve());
    process.once("disconnect", () => resolve());
  });
}
