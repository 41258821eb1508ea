import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import { withNewFolder } from "../warehouse/files.ts";
import { COMPILED, isStale, type MadeFiles, ROW_TYPES, WORD_FILES } from "./made-files.ts";

/** The texts of files by their paths. Each is loaded when it is needed: one may use what another makes. */
const MAKERS = new Map<MadeFiles, (root: string) => Promise<ReadonlyMap<string, string>>>([
  [WORD_FILES, async () => (await import("../vocabulary/generate-words.ts")).wordFiles()],
  [COMPILED, compiledFiles],
  [ROW_TYPES, async (root) => (await import("./empty-marts.ts")).rowTypesOfPages(root)],
]);

/**
 * Makes those that are missing or older than what they are made from.
 * @param root the repository
 * @throws Failure when one cannot be made or written, naming it and what it is made from
 */
export async function makeStale(root: string, all: readonly MadeFiles[]): Promise<void> {
  for (const made of all) {
    if (!(await isStale(root, made))) continue;
    const begun = new Date();
    try {
      const texts = (await MAKERS.get(made)?.(root)) ?? [];
      for (const [path, text] of texts) await write(join(root, path), text, begun);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure(`${made.files[0]} cannot be made from ${made.from[0]}: ${reason}`, {
        cause: error,
      });
    }
  }
}

/** Ends a script of this repository: with the message alone where a person can act on it. */
export function endScript(error: unknown): never {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** Whole or not at all, for programs that start meanwhile; dated when its making began. */
async function write(file: string, text: string, begun: Date): Promise<void> {
  const isSame = (await readFile(file, "utf8").catch(() => null)) === text;
  // a checkout that another user owns is left as it is
  if (isSame) return await utimes(file, begun, begun).catch(() => undefined);
  const aside = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(aside, text);
  await utimes(aside, begun, begun);
  await rename(aside, file);
}

/** The program as JavaScript, its types not looked at: that takes five times as long. */
function compiledFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  return withNewFolder(join(tmpdir(), "chitieu-compiled-"), async (folder) => {
    const settings = ["-p", join(root, "tsconfig.build.json"), "--noCheck", "--outDir", folder];
    execFileSync(process.execPath, [join(dirname(compiler), "bin", "tsc"), ...settings]);
    const texts = new Map<string, string>();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      texts.set(join("dist", relative(folder, file)), await readFile(file, "utf8"));
    }
    return texts;
  });
}
