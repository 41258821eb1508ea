import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FINDING_SOURCES } from "../vocabulary/generate-findings.ts";

/** Files that git does not keep, since they are made from others. Paths are within the repository. */
export interface MadeFiles {
  readonly files: readonly string[];
  /** Files and folders that they are made from. */
  readonly from: readonly string[];
}

export const WORD_FILES: MadeFiles = {
  files: [
    "pipelines/vocabulary/words.ts",
    "reports/words.sql",
    "reports/pages/look/tones.css",
    "models/statuses.sql",
    "models/intake/answers.sql",
  ],
  from: [
    "pipelines/vocabulary/words.yaml",
    "pipelines/vocabulary/generate-words.ts",
    ...FINDING_SOURCES,
  ],
};

/** The types of the rows of pages: for the type checker and editors. */
export const ROW_TYPES: MadeFiles = {
  files: ["reports/types/tables.ts", "reports/types/pages.ts"],
  from: [
    "models",
    "pipelines",
    "reports/pages",
    "reports/partials",
    "reports/sources",
    "reports/comparison.sql",
    "reports/sentences.sql",
    "package-lock.json",
  ],
};

/** What runs, as in a release; the other files of `dist/` are made with it. */
export const COMPILED: MadeFiles = {
  files: ["dist/cli/main.js"],
  from: ["pipelines", "tsconfig.json", "tsconfig.build.json"],
};

/** What the program does not start without, in the order in which one is made from another. */
export const PROGRAM_FILES = [WORD_FILES, COMPILED];

/** Whether any of these files is missing or older than what they are made from. */
export async function isStale(root: string, { files, from }: MadeFiles): Promise<boolean> {
  const made = await Promise.all(files.map((file) => changedAt(join(root, file))));
  const sources = await Promise.all(from.map((path) => newestWithin(join(root, path))));
  return Math.max(...sources) > Math.min(...made);
}

/** When a file or anything in a folder was last changed, in milliseconds. */
async function newestWithin(path: string): Promise<number> {
  const isFolder = (await stat(path)).isDirectory();
  const within = isFolder ? await readdir(path, { recursive: true }) : [];
  const times = await Promise.all(["", ...within].map((name) => changedAt(join(path, name))));
  return Math.max(...times);
}

/** In milliseconds; 0 for a file that does not exist. */
async function changedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
}
