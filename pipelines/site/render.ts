import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Audience } from "../contract/report.ts";
import { confine, copySeenMarts } from "../models/seen-marts.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import { lanesOf } from "../warehouse/lanes.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { pagesDigest } from "./bundle.ts";
import { startCommand } from "./command.ts";
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

/** One thread a query: rows that no query orders come in the same order at every build. */
const IN_ORDER = { threads: "1" };

/** Blocks for tables of which most have few rows. */
const MANY_SMALL = "block_size 16384";

/** How many queries run side by side. */
const LANES = Math.min(availableParallelism(), 4);

/** A query of `sources/`. */
interface Source {
  /** `reports/sources/chitieu/plan.sql`. */
  readonly path: string;
  readonly schema: string;
  /** Its name in SQL: `chitieu.plan`. */
  readonly table: string;
  readonly sql: string;
}

/**
 * Runs the queries of `sources/` on what an audience may see of the marts: `marts.plan` is there what
 * `shared.plan` or `city.plan` is in the marts, and no query can reach more, besides the results of
 * others by their names. Their results are the tables that the pages query: `sources/chitieu/plan.sql`
 * is `chitieu.plan`.
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
  const remove = async (...files: string[]) => {
    for (const file of files) {
      await rm(file, { force: true });
      await rm(`${file}.wal`, { force: true });
    }
  };
  await remove(seen, tables);
  const sources = await readSources(workspace);
  await withConnection(async (connection, connect) => {
    // what the queries read is thrown away
    await connection.run("pragma disable_checkpoint_on_shutdown");
    await attach(connection, seen, "seen", { layout: MANY_SMALL });
    const connections = await Promise.all(Array.from({ length: LANES }, connect));
    const lanes = lanesOf(connections);
    await copySeenMarts(connection, marts, audience, "seen", lanes);
    await connection.run(FILE_TABLE, { files: JSON.stringify(downloads) });
    await attach(connection, tables, "pages", { layout: MANY_SMALL });
    const schemas = [...new Set(sources.map(({ schema }) => schema))];
    for (const schema of schemas) await connection.run(`create schema pages.${quoteName(schema)}`);
    await connection.run("use seen");
    for (const file of MACROS) {
      await connection.run(await readFile(join(workspace.reports, file), "utf8"));
    }
    const path = ["seen.main", ...schemas.map((schema) => `pages.${schema}`)].join(",");
    for (const one of connections) await one.run(`set search_path = ${quoteLiteral(path)}`);
    await confine(connection);
    for (const ready of inStages(sources)) {
      const ends = await Promise.allSettled(
        ready.map((source) => lanes.use((lane) => runSource(lane, source))),
      );
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    }
    await connection.run("checkpoint pages");
  }, IN_ORDER).finally(() => remove(seen));
}

async function readSources({ reports }: Workspace): Promise<Source[]> {
  const files = await listTree(join(reports, "sources"));
  return await Promise.all(
    files
      .filter((file) => extname(file) === ".sql")
      .map(async (file) => ({
        path: `reports/sources/${file}`,
        schema: dirname(file),
        table: `${dirname(file)}.${basename(file, ".sql")}`,
        sql: await readFile(join(reports, "sources", file), "utf8"),
      })),
  );
}

/**
 * The queries in stages, each after those whose results it reads.
 * @throws Failure when some read each other in a circle
 */
function inStages(sources: readonly Source[]): Source[][] {
  const waiting = new Map(
    sources.map((source) => {
      const own = source.sql.replace(/--.*$/gm, "");
      const names = new Set(own.match(/\b\w+\.\w+\b/g));
      return [source, sources.filter(({ table }) => table !== source.table && names.has(table))];
    }),
  );
  const stages: Source[][] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].flatMap(([source, reads]) =>
      reads.some((read) => waiting.has(read)) ? [] : [source],
    );
    if (ready.length === 0) {
      const circle = [...waiting.keys()].map(({ path }) => path).join(", ");
      throw new Failure(`These queries read each other's results in a circle: ${circle}.`);
    }
    for (const source of ready) waiting.delete(source);
    stages.push(ready);
  }
  return stages;
}

async function runSource(connection: DuckDBConnection, { path, table, sql }: Source) {
  const name = `pages.${table.split(".").map(quoteName).join(".")}`;
  try {
    const key = keyOf(sql, path);
    const order = key.map(quoteName).join(", ");
    await connection.run(`create table ${name} as from (\n${sql}\n) order by ${order}`);
    await checkKey(connection, name, key, path);
    await checkNeverNull(connection, name, neverNullOf(sql), path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`The query ${path} failed: ${reason}`, { cause: error });
  }
}

/** Pages that were rendered or are to be taken over. */
export interface RenderedPages {
  /** Folder with those that were rendered, and the rows of their queries. */
  readonly folder: string;
  /** How many pages these are. */
  readonly rendered: number;
  /** Files of the site that is shown which are to be taken over, by their paths within it. */
  readonly taken: readonly string[];
  /** Addresses of the bundle's files that all these pages name. */
  readonly assets: readonly string[];
  /** File that says what each page was made from: `KEPT_LIST` of the site that is made of them. */
  readonly list: string;
}

/** Lies in a site and is served to nobody: what each of its pages was made from. */
export const KEPT_LIST = ".pages.json";

const MADE = "made.json";
const Made = z.object({
  rendered: z.int(),
  taken: z.array(z.string()),
  assets: z.array(z.string()),
});

/** What renders pages, as a program of its own that has been loaded. */
export interface Renderer {
  /**
   * Renders every page that another one links to, starting with those that have no parameter. A page
   * that was made of the same rows by the same program is to be taken from the site that is shown.
   * @throws Failure that names each page that failed, its query and why
   */
  render(): Promise<RenderedPages>;
  /** Ends the program, if it has not ended yet. */
  stop(): void;
}

/**
 * Loads what renders pages, while their tables are made.
 * @param tables what `runSources` will have made when `render` is called
 * @param shown folder of the site that is shown; it may not be there
 */
export async function startRenderer(
  workspace: Workspace,
  tables: string,
  shown: string,
  log: string,
): Promise<Renderer> {
  const folder = join(workspace.work, "rendered");
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "pages"), { recursive: true });
  const problems = join(folder, "problems.jsonl");
  const running = await startCommand({
    purpose: "rendering the pages",
    script: join(workspace.reports, "prerender.js"),
    args: [workspace.bundle, shown, await pagesDigest(workspace), KEPT_LIST, MADE],
    folder,
    environment: {
      CHITIEU_PROBLEMS: problems,
      CHITIEU_RESULTS: pathToFileURL(join(workspace.reports, "results.js")).href,
      CHITIEU_TABLES: tables,
    },
    log,
  });
  // it may end before anybody waits for it
  const crashed = running.ended.then(
    () => null,
    (crash: unknown) => ({ crash }),
  );
  return {
    render: async () => {
      running.tell();
      const end = await crashed;
      const found = existsSync(problems) ? readProblems(await readFile(problems, "utf8")) : [];
      if (found.length > 0) throw new Failure(describeProblems("The site has failed pages", found));
      if (end !== null) throw end.crash;
      const made = Made.parse(JSON.parse(await readFile(join(folder, MADE), "utf8")));
      return { ...made, folder: join(folder, "pages"), list: join(folder, KEPT_LIST) };
    },
    stop: running.stop,
  };
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
