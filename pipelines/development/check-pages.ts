import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { listTree } from "../site/list-tree.ts";
import { readPartials } from "../site/partials.ts";
import { Failure } from "../vocabulary/failure.ts";
import { pageComponent } from "./page-component.ts";

/** What a type checker found, with its place counted from 1. */
export interface TypeProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Within `reports/`: the pages as components, made anew by each check. */
const PAGES = join(".evidence", "pages");

const Place = z.object({ line: z.int(), character: z.int() });
const Found = z.object({
  type: z.enum(["ERROR", "WARNING"]),
  filename: z.string(),
  start: Place,
  message: z.string(),
});

/** A line of what svelte-check tells: when, and what. */
const FOUND = /^\d+ (\{.*\})$/;
const COMPLETED = /^\d+ COMPLETED /m;

/**
 * Checks the types of components and pages, with the rows of queries that `npm run generate` has
 * described.
 * @param reports folder with `components/`, `pages/`, `partials/`, `types/` and a `tsconfig.json`
 * @returns what is wrong, by file and place; nothing when all is well
 * @throws Failure when the checker itself fails, quoting what it printed
 */
export async function checkPages(reports: string): Promise<TypeProblem[]> {
  await layOutPages(reports);
  const require = createRequire(import.meta.resolve("../../reports/package.json"));
  const program = join(
    dirname(require.resolve("svelte-check/package.json")),
    "bin",
    "svelte-check",
  );
  const config = ["--config", "./svelte-check.config.js", "--tsconfig", "./tsconfig.json"];
  const args = [...config, "--output", "machine-verbose"];
  const run = promisify(execFile)(process.execPath, [program, ...args], {
    cwd: reports,
    maxBuffer: 64 * 1024 * 1024,
  });
  // It ends with 1 when it has found something.
  const { stdout, stderr } = await run.catch(({ stdout = "", stderr = "" }) => ({
    stdout,
    stderr,
  }));
  if (!COMPLETED.test(stdout)) throw new Failure(`svelte-check failed:\n${stdout}${stderr}`);
  return stdout
    .split("\n")
    .flatMap((line: string) => FOUND.exec(line)?.[1] ?? [])
    .map((json: string) => problemOf(Found.parse(JSON.parse(json))));
}

function problemOf({ filename, start, message }: z.infer<typeof Found>): TypeProblem {
  const place = relative(PAGES, filename);
  const isPage = !place.startsWith("..");
  return {
    file: isPage ? join("pages", place.replace(/\.svelte$/, ".md")) : filename,
    line: start.line + 1,
    column: start.character + 1,
    message,
  };
}

async function layOutPages(reports: string): Promise<void> {
  const folder = join(reports, PAGES);
  const components = new Map(
    (await listTree(join(reports, "components")))
      .filter((file) => extname(file) === ".svelte")
      .map((file) => [basename(file, ".svelte"), `$lib/${file.split(sep).join("/")}`]),
  );
  const partials = await readPartials(reports);
  await rm(folder, { recursive: true, force: true });
  for (const page of await listTree(join(reports, "pages"))) {
    if (extname(page) !== ".md") continue;
    const file = join(folder, page.replace(/\.md$/, ".svelte"));
    const types = relative(dirname(file), join(reports, "types", "pages.ts"))
      .split(sep)
      .join("/");
    const text = await readFile(join(reports, "pages", page), "utf8");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, pageComponent(text, { page, types, components, partials }));
  }
}
