import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Audience } from "../contract/report.ts";
import { confine, copySeenMarts } from "../models/seen-marts.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import { quoteName } from "../warehouse/sql.ts";
import { pagesDigest } from "./bundle.ts";
import { runCommand } from "./command.ts";
import type { Download } from "./downloads.ts";
import { listTree } from "./publication.ts";
import { checkKey, checkNeverNull, keyOf, neverNullOf } from "./row-rules.ts";
import { describeProblems, type SiteProblem } from "./site-problem.ts";
import type { Workspace } from "./workspace.ts";

/** What the pages say of a version's files, as a table beside the marts. */
const FILE_TABLE = `
  create table seen.marts.report_file as
  select unnest(from_json($files::json, '[{
    "plan_id": "varchar",
    "period": "varchar",
    "version": "integer",
    "reader": "varchar",
    "file_no": "integer",
    "name": "varchar",
    "format": "varchar",
    "bytes": "integer",
    "sha256": "varchar"
  }]'), max_depth := 2)`;

/** What the sources share: how figures are put in words, and how periods are compared. */
export const MACROS = ["words.sql", "sentences.sql", "comparison.sql"];

/** One thread: rows that no query orders come in the same order at every build. */
const IN_ORDER = { threads: "1" };

/**
 * Runs the queries of `sources/` on what an audience may see of the marts: `marts.plan` is there what
 * `shared.plan` or `city.plan` is in the marts, and no query can reach more. Their results are the
 * tables that the pages query: `sources/chitieu/plan.sql` is `chitieu.plan`.
 * @param marts path of marts.duckdb
 * @param tables DuckDB file for the tables; it is made anew
 * @param downloads files of the published versions, which the pages list
 * @param audience whose eyes the pages are for
 * @throws Failure when the file is missing or a query fails, naming it
 */
export async function runSources(
  workspace: Workspace,
  marts: string,
  tables: string,
  { downloads, audience }: { downloads: readonly Download[]; audience: Audience },
): Promise<void> {
  if (!existsSync(marts)) {
    throw new Failure(`${marts} is missing, so there is nothing to show. Build the marts first.`);
  }
  await mkdir(dirname(tables), { recursive: true });
  const seen = `${tables}.seen`;
  await rm(seen, { force: true });
  await rm(tables, { force: true });
  await withConnection(async (connection) => {
    await attach(connection, seen, "seen");
    await copySeenMarts(connection, marts, audience, "seen");
    await connection.run(FILE_TABLE, { files: JSON.stringify(downloads) });
    await attach(connection, tables, "pages");
    await connection.run("use seen");
    await confine(connection);
    for (const file of MACROS) {
      await connection.run(await readFile(join(workspace.reports, file), "utf8"));
    }
    for (const file of await listTree(join(workspace.reports, "sources"))) {
      if (extname(file) === ".sql") await runSource(connection, workspace, file);
    }
    await connection.run("use memory");
    await connection.run("detach pages");
  }, IN_ORDER).finally(() => rm(seen, { force: true }));
}

async function runSource(
  connection: DuckDBConnection,
  workspace: Workspace,
  file: string,
): Promise<void> {
  const path = `reports/sources/${file}`;
  const schema = `pages.${quoteName(dirname(file))}`;
  const table = `${schema}.${quoteName(basename(file, ".sql"))}`;
  const sql = await readFile(join(workspace.reports, "sources", file), "utf8");
  try {
    await connection.run(`create schema if not exists ${schema}`);
    const key = keyOf(sql, path);
    const order = key.map(quoteName).join(", ");
    await connection.run(`create table ${table} as from (\n${sql}\n) order by ${order}`);
    await checkKey(connection, table, key, path);
    await checkNeverNull(connection, table, neverNullOf(sql), path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`The query ${path} failed: ${reason}`, { cause: error });
  }
}

/** Pages that were rendered or taken over. */
export interface RenderedPages {
  /** Folder with the pages and the rows of their queries. */
  readonly folder: string;
  /** How many were rendered, and how many taken over. */
  readonly counts: { readonly rendered: number; readonly kept: number };
  /** File that says what each was made from: `KEPT_LIST` of the site that is made of them. */
  readonly list: string;
}

/** Lies in a site and is served to nobody: what each of its pages was made from. */
export const KEPT_LIST = ".pages.json";

const COUNTS = "counts.json";
const Counts = z.object({ rendered: z.int(), kept: z.int() });

/**
 * Renders every page that another one links to, starting with those that have no parameter. A page that
 * was made of the same rows by the same program is taken from the site that is shown.
 * @param tables what `runSources` made
 * @param shown folder of that site; it may not be there
 * @throws Failure that names each page that failed, its query and why
 */
export async function renderPages(
  workspace: Workspace,
  tables: string,
  shown: string,
  log: string,
): Promise<RenderedPages> {
  const folder = join(workspace.work, "rendered");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const problems = join(folder, "problems.jsonl");
  let crash: unknown;
  try {
    await runCommand({
      purpose: "rendering the pages",
      script: join(workspace.reports, "prerender.js"),
      args: [workspace.bundle, shown, await pagesDigest(workspace), KEPT_LIST, COUNTS],
      folder,
      environment: {
        CHITIEU_PROBLEMS: problems,
        CHITIEU_RESULTS: pathToFileURL(join(workspace.reports, "results.js")).href,
        CHITIEU_TABLES: tables,
      },
      log,
    });
  } catch (error) {
    crash = error;
  }
  const found = existsSync(problems) ? readProblems(await readFile(problems, "utf8")) : [];
  if (found.length > 0) throw new Failure(describeProblems("The site has failed pages", found));
  if (crash !== undefined) throw crash;
  const counts = Counts.parse(JSON.parse(await readFile(join(folder, COUNTS), "utf8")));
  return { folder: join(folder, "pages"), counts, list: join(folder, KEPT_LIST) };
}

/** One line of problems.jsonl: written where the page fails, and once more where it is linked from. */
const ProblemLine = z.object({
  page: z.string(),
  status: z.int(),
  message: z.string().optional(),
  referrer: z.string().nullish(),
});

/** Merges the lines of each page into one problem. */
function readProblems(text: string): SiteProblem[] {
  const pages = new Map<string, z.infer<typeof ProblemLine>>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const problem = ProblemLine.parse(JSON.parse(line));
    pages.set(problem.page, { ...pages.get(problem.page), ...problem });
  }
  return [...pages.values()].map(({ page, status, message, referrer }) => ({
    page,
    found:
      status === 404
        ? `there is no such page${referrer ? `, but ${referrer} links to it` : ""}`
        : (message?.split("\n", 1)[0] ?? `failed with status ${status}`),
  }));
}
