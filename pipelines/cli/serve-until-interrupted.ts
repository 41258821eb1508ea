import { serveSite } from "../site/server.ts";
import type { Context } from "./context.ts";

/** Serves a site, prints its address, and ends on Ctrl-C or when it is asked to terminate. */
export async function serveUntilInterrupted(
  dir: string,
  {
    host,
    port,
    names,
  }: { readonly host?: string; readonly port?: number; readonly names?: readonly string[] },
  context: Context,
): Promise<void> {
  const server = await serveSite({
    dir,
    ...(host === undefined ? {} : { host }),
    ...(names === undefined ? {} : { names }),
    ...(port === undefined ? {} : { port, exact: true }),
  });
  context.out(`${server.url}  (Ctrl-C ends it)`);
  await interruption();
  await server.close();
}

/** Resolves on Ctrl-C or when the process is asked to terminate. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
