import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Starts a file of this program as a process of its own, with a channel and no other stream: its source
 * in a checkout, what is compiled of it elsewhere.
 * @param from `import.meta.url` of the file beside which it lies
 * @param name its name without an ending
 */
export function forkOwn(
  from: string,
  name: string,
  { args = [], heapMiB }: { args?: readonly string[]; heapMiB: number },
): ChildProcess {
  const script = fileURLToPath(new URL(`./${name}${extname(from)}`, from));
  return fork(script, [...args], {
    execArgv: [`--max-old-space-size=${heapMiB}`, ...loaderFor(script)],
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
