import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOMS = join(import.meta.dirname, "..");
const SOURCES = join(ROOMS, "..", "pipelines");

/** The rooms of the program: as they are written in a checkout, as they are compiled in a release. */
export const OWN_CODE = existsSync(SOURCES) ? SOURCES : ROOMS;

/** Where Debian and Fedora have `jemalloc`; Windows has none. */
const ALLOCATORS = [
  `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/libjemalloc.so.2`,
  "/usr/lib64/libjemalloc.so.2",
];

/** The environment of a process that computes models: they take a fifth less with another allocator. */
export function computingEnvironment(): NodeJS.ProcessEnv {
  const allocator = process.platform === "linux" ? ALLOCATORS.find(existsSync) : undefined;
  return allocator === undefined ? process.env : { LD_PRELOAD: allocator, ...process.env };
}

/** How a process is started. */
export interface ForkOptions {
  readonly args?: readonly string[];
  readonly heapMiB: number;
  /** It lives as long as this one, and is to stay small. */
  readonly isLasting?: boolean;
}

/**
 * Starts a file of this program, as it is compiled, as a process of its own, with a channel and no other
 * stream.
 * @param from `import.meta.url` of the file beside which it lies
 * @param name its name without an ending
 */
export function forkOwn(
  from: string,
  name: string,
  { args = [], heapMiB, isLasting = false }: ForkOptions,
): ChildProcess {
  return fork(compiledFile(from, name), [...args], {
    execArgv: [
      `--max-old-space-size=${heapMiB}`,
      ...(isLasting ? ["--max-semi-space-size=4"] : []),
    ],
    // what the engine frees goes back to the machine, and not to the pool of each thread
    env: isLasting ? { ...process.env, MALLOC_ARENA_MAX: "2" } : computingEnvironment(),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** A file of this program, as it is compiled, beside the one with this `import.meta.url`. */
export function compiledFile(from: string, name: string): string {
  return join(ROOMS, "../dist", relative(ROOMS, dirname(fileURLToPath(from))), `${name}.js`);
}
