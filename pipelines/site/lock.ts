import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isAlive, ownProcess } from "../warehouse/process-identity.ts";
import { uniqueName } from "../warehouse/random.ts";

/** What a lock file says: who holds it since when. */
const Holder = z.object({
  process: z.number(),
  began: z.string(),
  since: z.string(),
  token: z.string(),
});
type Holder = z.infer<typeof Holder>;

const RETRY_MS = 200;
/** Time in which a second taker of an abandoned lock would have overwritten ours. */
const SETTLE_MS = 40;

/**
 * Does `work` while holding a lock file, so that two processes never do it at once. A file left by a
 * process that has ended is no obstacle.
 * @param onWait called once when another process holds the lock
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait: (holder: string) => void = () => undefined,
): Promise<T> {
  const own: Holder = {
    ...(await ownProcess()),
    since: new Date().toISOString(),
    token: uniqueName(),
  };
  await mkdir(dirname(file), { recursive: true });
  let waiting = false;
  while (!(await take(file, own))) {
    const holder = await read(file);
    if (holder === undefined || !(await isAlive(holder))) {
      await rm(file, { force: true });
      continue;
    }
    if (!waiting) onWait(`tiến trình ${holder.process}, từ ${holder.since}`);
    waiting = true;
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    if ((await read(file))?.token === own.token) await rm(file, { force: true });
  }
}

async function take(file: string, own: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(own), { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
  await sleep(SETTLE_MS);
  return (await read(file))?.token === own.token;
}

/** What the file says, undefined when it is gone or was not written to its end. */
async function read(file: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}
