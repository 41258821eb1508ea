import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
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

/** SQL files below a folder, without packages and what Evidence generates. */
async function sqlFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter(
    (file) => file.endsWith(".sql") && !/(^|\/)(node_modules|\.evidence)\//.test(file),
  );
}
