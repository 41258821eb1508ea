import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { withConnection } from "../pipelines/warehouse/connection.ts";
import { recipe } from "./recipes.ts";

/** ClickHouse within a process. Half a gigabyte: it is installed for what asks it alone, beside the others. */
const CHDB = "chdb@3.4.0";
const PLACE = join(import.meta.dirname, "../node_modules/.cache/chitieu-engines");

/** The rows of each question. */
type Answers = unknown[][][];

/** What is asked of the lakes that lie in a folder, by the views of docs/analysis.md. */
export interface Asked {
  readonly lakes: string;
  readonly tables: readonly string[];
  readonly questions: readonly string[];
}

/** @returns null, or why ClickHouse cannot be asked here */
export function missingClickHouse(): string | null {
  mkdirSync(PLACE, { recursive: true });
  writeFileSync(join(PLACE, "package.json"), "{}");
  const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  const { status, stderr } = spawnSync("npm", ["install", CHDB, ...options], {
    cwd: PLACE,
    encoding: "utf8",
  });
  return status === 0 ? null : `${CHDB} could not be installed: ${stderr}`;
}

const viewsOf = (engine: string, { lakes, tables }: Asked): string[] =>
  tables.map((table) =>
    recipe(engine)
      .replaceAll("attainment_by_ward_quarter", table)
      .replaceAll("'lakes/", `'${lakes}/`)
      .replaceAll(";", ""),
  );

export async function askDuckdb(asked: Asked): Promise<Answers> {
  return withConnection(async (connection) => {
    for (const view of viewsOf("lake-duckdb", asked)) await connection.run(view);
    const rows: Answers = [];
    for (const question of asked.questions) {
      rows.push((await connection.runAndReadAll(question)).getRowsJson());
    }
    return rows;
  });
}

/** In a process of its own: two engines do not share one's memory, nor its allocator. */
export async function askClickHouse(asked: Asked): Promise<Answers> {
  const program = `
    const { Session } = require("chdb");
    const session = new Session();
    const { views, questions } = JSON.parse(process.argv[1]);
    for (const view of views) session.query(view);
    const answers = questions.map((one) => session.query(one, "JSONCompactStringsEachRow"));
    const rows = answers.map((one) => one.split("\\n").filter(Boolean).map((row) => JSON.parse(row)));
    console.log(JSON.stringify(rows));
  `;
  const given = JSON.stringify({
    views: viewsOf("lake-clickhouse", asked),
    questions: asked.questions,
  });
  const { LD_PRELOAD: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", program, given], {
    cwd: PLACE,
    env,
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout);
}

/** A value as both engines write it: no zeros behind a decimal. */
const plain = (value: unknown): string =>
  value === null || value === "ᴺᵁᴸᴸ"
    ? "null"
    : String(value).replace(/^(-?\d+)(?:(\.\d*?[1-9])0*|\.0+)$/, "$1$2");

/** Rows as text, the same for the same values of both engines. */
export const plainly = (rows: Answers): string[][][] =>
  rows.map((answer) => answer.map((row) => row.map(plain)));
