import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** How a process is started. */
export interface ForkOptions {
  readonly args?: readonly string[];
  readonly heapMiB: number;
  /** It lives as long as this one, and is to stay small. */
  readonly isLasting?: boolean;
}

/**
 * Starts a file of this program as a process of its own, with a channel and no other stream: its source
 * in a checkout, what is compiled of it elsewhere.
 * @param from `import.meta.url` of the file beside which it lies
 * @param name its name without an ending
 */
export function forkOwn(
  from: string,
  name: string,
  { args = [], heapMiB, isLasting = false }: ForkOptions,
): ChildProcess {
  const script = fileURLToPath(new URL(`./${name}${extname(from)}`, from));
  return fork(script, [...args], {
    execArgv: [
      `--max-old-space-size=${heapMiB}`,
      ...(isLasting ? ["--max-semi-space-size=4"] : []),
      ...loaderFor(script),
    ],
    // what the engine frees goes back to the machine, and not to the pool of each thread
    ...(isLasting && { env: { ...process.env, MALLOC_ARENA_MAX: "2" } }),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** What node needs to run a script: TypeScript is run by itself from Node 22.18 on. */
function loaderFor(script: string): string[] {
  if (!script.endsWith(".ts") || Reflect.get(process.features, "typescript")) return [];
  const loader = createRequire(import.meta.url).resolve("tsx");
  return ["--import", pathToFileURL(loader).href];
}
