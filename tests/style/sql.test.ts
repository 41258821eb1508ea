import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { queriesOf } from "../../pipelines/development/page-queries.ts";
import { readPartials } from "../../pipelines/site/partials.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";
import { aggregates, hiddenAliases } from "./hidden-alias.ts";
import { styleProblems } from "./sql.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const found = (sql: string) => styleProblems(sql).map(({ line, problem }) => `${line} ${problem}`);

test.each<[name: string, sql: string, problems: string[]]>([
  ["in style", "-- One row per plan.\nselect\n    plan_id,\nfrom marts.plan\n", []],
  ["no grain", "select 1\n", ["1 no comment on top: say what one row is"]],
  ["a keyword", "-- A.\nSELECT 1\n", ["2 SELECT: write select"]],
  [
    "capitals in texts",
    "-- A CTE.\nselect 'NFC', \"QD\", $$ A\n B $$ /* AB */\n",
    ["3 indented by 1: use steps of 4 spaces"],
  ],
  ["a doubled quote", "-- A.\nselect 'it''s', AB\n", ["2 AB: write ab"]],
  [
    "a tab",
    "-- A.\nselect\n\t1\n",
    ["3 a tab: indent by 4 spaces", "3 indented by 1: use steps of 4 spaces"],
  ],
  ["an indent", "-- A.\nselect\n  1\n", ["3 indented by 2: use steps of 4 spaces"]],
  ["a space behind", "-- A.\nselect 1 \n", ["2 white space at the end: remove it"]],
  ["100 columns", `-- ${"ệ".repeat(97)}\n`, []],
  ["101 columns", `-- ${"ệ".repeat(98)}\n`, ["1 101 columns: break the line before column 101"]],
  [
    "a table's star",
    "-- A.\nselect *\nfrom raw.plan\n",
    ["2 select * from a table: name the columns that are meant"],
  ],
  ["a query's star", "-- A.\nselect *\nfrom plan\n", []],
  ["a star but one column", "-- A.\nselect * exclude (a)\nfrom raw.plan\n", []],
  ["no line break", "-- A.\nselect 1", ["2 ends without one line break: write one"]],
  ["two line breaks", "-- A.\nselect 1\n\n", ["4 ends without one line break: write one"]],
])("%s", (_name, sql, problems) => {
  expect(found(sql)).toEqual(problems);
});

test("every SQL file of the project is in style", async () => {
  const problems: string[] = [];
  let files = 0;
  for (const folder of ["models", "pipelines", "reports"]) {
    for (const file of await sqlFiles(join(ROOT, folder))) {
      files += 1;
      const sql = await readFile(join(ROOT, folder, file), "utf8");
      for (const { line, problem } of styleProblems(sql)) {
        problems.push(`${folder}/${file}:${line} ${problem}`);
      }
    }
  }
  expect(files).toBeGreaterThan(100);
  expect(problems).toEqual([]);
});

test.each<[sql: string, lines: number[]]>([
  ["select upper(a) as a, a || 'x' as b from t", [1]],
  ["select t.a::hugeint as a,\n    a + 1 as b,\n    c\nfrom t\nwhere a > 0", [2, 5]],
  ["with y as (\n    select upper(a) as a from t group by a\n)\nselect a || 'x' as b from y", [2]],
  ["select upper(a) as a, row_number() over (order by a) as b from t", [1]],
  // said in so many words, or the only one there is
  ["select upper(a) as a, t.a || 'x' as b from t", []],
  ["select upper(a) as b, b || 'x' as c from t", []],
  ["select a, a || 'x' as b from t", []],
  ["select t.a, a || 'x' as b from t", []],
  ["select s.a, (select max(a) from t) as b from s", []],
  // of many rows, within what is of many rows, only those can be meant
  ["select max(a) as a, sum(if(a > 0, c, 0)) as b from t", []],
  ["select max(a) as a, max(a) filter (where a < 5) as b from t having a > 0 order by a", []],
  ["select coalesce(a, 0) as a, sum(a) over () as b from t", [1]],
  ["create macro f(a) as upper(a)", []],
])("an alias behind a column of FROM: %s", async (sql, lines) => {
  await withConnection(async (connection) => {
    const found = await hiddenAliases(connection, sql, await aggregates(connection));
    expect(found.map(({ line }) => line)).toEqual(lines);
  });
});

test("no SQL of the project reads a column of FROM where its own SELECT says another of that name", async () => {
  const queries: { where: string; line: number; sql: string }[] = [];
  for (const folder of ["models", "pipelines", "reports"]) {
    for (const file of await sqlFiles(join(ROOT, folder))) {
      const sql = await readFile(join(ROOT, folder, file), "utf8");
      queries.push({ where: `${folder}/${file}`, line: 0, sql });
    }
  }
  const partials = await readPartials(join(ROOT, "reports"));
  const pages = join(ROOT, "reports/pages");
  for (const page of await readdir(pages, { recursive: true })) {
    if (!page.endsWith(".md")) continue;
    for (const { line, sql } of queriesOf(await readFile(join(pages, page), "utf8"), partials)) {
      queries.push({ where: `reports/pages/${page}`, line, sql });
    }
  }
  const problems = await withConnection(async (connection) => {
    const many = await aggregates(connection);
    const found: string[] = [];
    for (const { where, line: before, sql } of queries) {
      for (const { line, problem } of await hiddenAliases(connection, sql, many)) {
        found.push(`${where}:${before + line} ${problem}`);
      }
    }
    return found;
  });
  expect(queries.length).toBeGreaterThan(400);
  expect(problems).toEqual([]);
});

/** SQL files below a folder, without packages and what Evidence generates. */
async function sqlFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter(
    (file) => file.endsWith(".sql") && !/(^|\/)(node_modules|\.evidence)\//.test(file),
  );
}
