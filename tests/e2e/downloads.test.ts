import { spawnSync } from "node:child_process";
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { downloadAddress, versionDownloads } from "../../pipelines/site/downloads.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";
import { sha256Of } from "../../pipelines/warehouse/files.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";
import { runHere } from "../cli/run.ts";
import { newFolder } from "../folders.ts";
import { RECIPES, recipe } from "../recipes.ts";
import { queryMarts } from "./marts.ts";
import { builtSite } from "./site.ts";

const { marts, url, warehouse } = builtSite();
const workspace = { ...findWorkspace("warehouse"), work: newFolder("chitieu-downloads-") };

test("the files that are offered are those of the archive, under the names that were published", async () => {
  const offered = await versionDownloads(workspace, warehouse, "shared");
  // Ten files for each of four versions.
  expect(offered).toHaveLength(4 * 10);
  for (const one of offered) {
    expect(one.file).toBe(join(warehouse.archive, one.sha256));
    const served = await fetch(url + encodeURI(downloadAddress(one)));
    expect(served.headers.get("content-disposition")).toBe(`attachment; filename="${one.name}"`);
    expect(sha256Of(Buffer.from(await served.arrayBuffer())), one.name).toBe(one.sha256);
  }
  expect(await readdir(workspace.work)).toEqual([]);
});

describe("the recipes of docs/analysis.md", () => {
  /** Run by other tests: where LibreOffice is started, and where ClickHouse is. */
  const ELSEWHERE = ["libreoffice", ...RECIPES.filter((name) => name.startsWith("lake-"))];
  const PROGRAMS = {
    python: ["python3", ["-c", ""]],
    pandas: ["python3", ["-c", "import pandas"]],
    r: ["Rscript", ["--version"]],
  } as const;
  const runs = (name: keyof typeof PROGRAMS): boolean => {
    const [program, args] = PROGRAMS[name];
    return spawnSync(program, args, { timeout: 30_000 }).status === 0;
  };
  const folder = newFolder("chitieu-recipes-");
  let published: string[][];

  beforeAll(async () => {
    for (const one of await versionDownloads(workspace, warehouse, "shared")) {
      if (one.name !== "datapackage.json") await cp(one.file, join(folder, one.name));
    }
    const rows = await queryMarts(
      marts,
      `select code, area_name, numerator, denominator, value, value_in_period, status
      from shared.report_line
      where plan_id = '217-kh-ubnd-2024' and period = '2024-Q4' and version = 1
        and section = 'indicator' and code in ('1.3a', '3.2a') and area_no > 0
      order by code, area_no`,
    );
    published = rows.map((row) => Object.values(row).map(plain));
    expect(published).toHaveLength(16);
    expect(published[0]?.[1]).toBe("Phường Hoàng Văn Thụ");
    // the other half is hidden
    expect(published.filter((row) => row[2] === "")).toHaveLength(8);
  });

  /** A value as text without the zeros behind a decimal that say nothing. */
  const plain = (value: unknown): string =>
    String(value ?? "").replace(/^(-?\d+\.\d*?)0+$/, (_, kept: string) => kept.replace(/\.$/, ""));

  const asked = (name: string) =>
    withConnection(async (connection) => {
      await connection.run(`set file_search_path = ${quoteLiteral(folder)}`);
      const sql = recipe(name).replace("warehouse/marts.duckdb", marts);
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowsJson().map((row) => row.map(plain));
    });

  test("are all run", () => {
    const known = ["chitieu", "duckdb", "duckdb-versions", "duckdb-marts", ...ELSEWHERE];
    expect([...RECIPES].sort()).toEqual([...known, ...Object.keys(PROGRAMS)].sort());
  });

  test("chitieu sql gives the published figures", async () => {
    const [, query = ""] = /^chitieu sql --csv "([^"]+)"$/.exec(recipe("chitieu")) ?? [];
    const { out } = await runHere(["sql", "--csv", query, "--warehouse", warehouse.folder]);
    const [, ...rows] = parse(out, { bom: true }) as string[][];
    expect(rows.map((row) => row.map(plain))).toEqual(published);
  });

  test.each(["duckdb", "duckdb-marts"])("%s gives the published figures", async (name) => {
    expect(await asked(name)).toEqual(published);
  });

  test("DuckDB puts the last versions together", async () => {
    const rows = await queryMarts(
      marts,
      `select period, version, value, numerator_in_period, denominator_in_period
      from shared.report_line
      where section = 'indicator' and code = '1.3a' and area_no = 0 and is_latest order by period`,
    );
    expect(rows.map(({ period, version }) => [period, version])).toContainEqual(["2024-Q2", 2]);
    expect(await asked("duckdb-versions")).toEqual(
      rows.map((row) => Object.values(row).map(plain)),
    );
  });

  for (const name of ["python", "pandas", "r"] as const) {
    test.skipIf(!runs(name))(`${name} gives them (skipped where it is not installed)`, () => {
      const [program] = PROGRAMS[name];
      const code = recipe(name);
      const { stdout, stderr } = spawnSync(program, name === "r" ? ["-"] : ["-c", code], {
        cwd: folder,
        input: code,
        encoding: "utf8",
        env: { ...process.env, PYTHONUTF8: "1", LC_ALL: "C.UTF-8" },
      });
      expect(stderr).toBe("");
      const lines = stdout.trimEnd().split("\n");
      const sum = published.reduce((all, row) => all + Number(row[2]), 0);
      expect(lines.at(-1)?.replace(/\.0000$/, "")).toBe(`8 of 16 have a figure, together ${sum}`);
      expect(lines.slice(0, -1).map((line) => line.split("|").map(plain))).toEqual(published);
    });
  }
});
