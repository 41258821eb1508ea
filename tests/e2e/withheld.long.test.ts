import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { beforeAll, expect, test } from "vitest";
import { listTree } from "../../pipelines/site/list-tree.ts";
import { queryMarts } from "./marts.ts";
import { builtSite, type SourceTables, sourceTables } from "./site.ts";

type Row = Readonly<Record<string, unknown>>;

/** Columns from which a figure could be read or worked out. */
const FIGURES = [
  "numerator",
  "denominator",
  "value",
  "value_shown",
  "value_before",
  "numerator_in_period",
  "denominator_in_period",
  "value_in_period",
  "value_to_date",
  "compared_with",
  "city_value",
  "previous_value",
  "change_from_previous",
  "last_year_value",
  "change_from_last_year",
  "bar",
  "bar_to_target",
  "ranking",
  "note",
];

/** Of what the sources leave for the pages, the tables with figures. */
const SOURCES = [
  "attainment_ward",
  "attainment_city",
  "measure_ward",
  "measure_city",
  "note",
  "report_line",
  "report_change",
  "report_tally",
];

const site = builtSite();
let tables: SourceTables;

beforeAll(async () => {
  tables = await sourceTables(site.marts, "shared");
});

/** Every row of every prerendered result, by the file of the site that holds it. */
async function publishedRows(): Promise<Map<string, Row[]>> {
  const files = new Map<string, Row[]>();
  for (const file of await listTree(site.dir)) {
    if (!file.endsWith("du-lieu.json")) continue;
    const results: Record<string, { columns: string[]; rows: unknown[][] }> = JSON.parse(
      await readFile(join(site.dir, file), "utf8"),
    );
    files.set(
      file,
      Object.values(results).flatMap(({ columns, rows }) =>
        rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))),
      ),
    );
  }
  return files;
}

test("no file of the site holds a figure of a withheld row", async () => {
  const files = await publishedRows();
  for (const name of SOURCES) files.set(name, await tables.rows(name));
  let withheld = 0;
  for (const [file, rows] of files) {
    for (const row of rows) {
      if (row.is_hidden !== true) continue;
      withheld++;
      // the figures of another place and of another period, which have rows of their own
      const others = ["city_value", "value_before"];
      const shown = FIGURES.filter(
        (name) => !others.includes(name) && (row[name] ?? null) !== null,
      );
      expect([file, row, shown]).toEqual([file, row, []]);
    }
  }
  expect(withheld).toBeGreaterThan(100);
  const statuses = (await tables.rows("attainment_ward"))
    .filter((row) => row.is_hidden === true)
    .map(({ status }) => status);
  expect([...new Set(statuses)].sort()).toEqual(["untold", "withheld"]);
});

test("what the shared audience may not see is withheld, and nothing that stands on no guarded measure", async () => {
  const key = (row: Row, names: readonly string[]) => names.map((name) => row[name]).join(" ");
  for (const [source, mart, names] of [
    ["attainment_ward", "attainment_by_ward_period", ["indicator_code", "period", "area_id"]],
    ["attainment_city", "attainment_by_plan_period", ["indicator_code", "period"]],
    ["measure_city", "measure_by_plan_period", ["measure", "period"]],
  ] as const) {
    const keys = async (where: string) =>
      (await queryMarts(site.marts, `select * from ${where}`)).map((row) => key(row, names)).sort();
    const hidden = (await tables.rows(source))
      .filter((row) => row.is_hidden === true)
      .map((row) => key(row, names))
      .sort();
    expect(hidden).toEqual(await keys(`shared.${mart} where is_withheld`));
    expect(hidden.length).toBeGreaterThan(0);
    // where nothing is asked and nothing known there is nothing to withhold
    const isAsked =
      source === "measure_city"
        ? "true"
        : "(status <> 'not_applicable' or numerator_in_period is not null or numerator is not null)";
    const guarded = await keys(`marts.${mart} where is_guarded and ${isAsked}`);
    expect(hidden.filter((one) => !guarded.includes(one))).toEqual([]);
  }
});

test("of published versions the site holds what is for everybody, and nothing of the city's", async () => {
  const of = async (sql: string) => (await queryMarts(site.marts, sql)).map((row) => row.key);
  const key = (row: Row) =>
    ["period", "version", "section", "code", "area_no"].map((name) => row[name]).join(" ");
  const KEY = "concat_ws(' ', line.period, line.version, line.section, line.code, line.area_no)";

  const lines = await tables.rows("report_line");
  expect(lines.map(key).sort()).toEqual(
    await of(
      `select ${KEY} as key from marts.report_line as line
      join marts.report_item as i using (plan_id, period, version, section, code)
      where line.audience = 'shared' and not i.has_indicator order by key`,
    ),
  );
  const hidden = lines.filter((row) => row.is_hidden === true);
  expect(hidden.length).toBeGreaterThan(50);
  // What is hidden are figures that the city has.
  expect(hidden.map(key).sort()).toEqual(
    await of(
      `select ${KEY} as key from marts.report_line as line
      join marts.report_line as city using (plan_id, period, version, section, code, area_no)
      join marts.report_item as i using (plan_id, period, version, section, code)
      where
        line.audience = 'shared' and line.is_withheld and not i.has_indicator
        and city.audience = 'city' and not city.is_withheld
      order by key`,
    ),
  );

  for (const name of ["report_change", "report_doubt"]) {
    const [count] = await queryMarts(
      site.marts,
      `select count(*)::integer as shared from marts.${name} where audience = 'shared'`,
    );
    expect([name, (await tables.rows(name)).length]).toEqual([name, count?.shared]);
  }
  const [counts] = await queryMarts(
    site.marts,
    `select
      count(*) filter (where audience = 'city')
      - count(*) filter (where audience = 'shared') as hidden_changes from marts.report_change`,
  );
  // Otherwise nothing would show that the city's changes are left out.
  expect(Number(counts?.hidden_changes)).toBeGreaterThan(0);
});

test("no file for download holds a figure of a withheld row", async () => {
  const all = (await listTree(site.dir)).filter((file) => /\/tai-ve\/[^/]+$/.test(file));
  expect(all.filter((file) => file.includes("noi-bo"))).toEqual([]);
  expect(all.filter((file) => file.endsWith(".xlsx"))).toHaveLength(4);
  let withheld = 0;
  for (const file of all) {
    const path = join(site.dir, file);
    let rows: Row[] = [];
    if (file.endsWith(".arrow")) {
      const found: { toJSON(): Row }[] = tableFromIPC(await readFile(path)).toArray();
      rows = found.map((row) => row.toJSON());
    } else if (file.endsWith(".parquet") || file.endsWith("_dai.csv")) {
      const read = file.endsWith(".csv") ? "read_csv" : "read_parquet";
      rows = await queryMarts(site.marts, `select * from ${read}('${path}')`);
    } else continue;
    expect(rows.length).toBeGreaterThan(300);
    expect([...new Set(rows.map((row) => row.audience))]).toEqual(["shared"]);
    for (const row of rows.filter(({ is_withheld }) => is_withheld === true)) {
      withheld++;
      const shown = FIGURES.filter((name) => (row[name] ?? null) !== null);
      expect({ file, code: row.code, shown }).toEqual({ file, code: row.code, shown: [] });
    }
  }
  expect(withheld).toBeGreaterThan(100);
});

test("a page says that a figure is withheld, and why", async () => {
  const [row] = await queryMarts(
    site.marts,
    `select plan_id, indicator_code, area_code from marts.attainment_by_ward_period
    where is_disclosive and status = 'met' limit 1`,
  );
  const page = join(site.dir, `${row?.plan_id}/chi-tieu/${row?.indicator_code}/index.html`);
  const html = await readFile(page, "utf8");
  expect(html).toContain("Không công bố");
  expect(html).toContain("Không xếp hạng");
  const method = await readFile(join(site.dir, `${row?.plan_id}/phuong-phap/index.html`), "utf8");
  expect(method.replaceAll(/\s+/g, " ")).toContain("số quá nhỏ có thể làm lộ thông tin cá nhân");
});

test("no file of the site has the digest of a report, by which it could be tried out", async () => {
  const submissions = await queryMarts(
    site.marts,
    "select distinct left(sha256, 12) as digest from marts.submission",
  );
  expect(submissions.length).toBeGreaterThan(50);
  for (const file of await listTree(site.dir)) {
    if (!/\.(html|json|csv|parquet)$/.test(file)) continue;
    const content = await readFile(join(site.dir, file));
    const shown = submissions.filter(({ digest }) => content.includes(String(digest)));
    expect([file, shown]).toEqual([file, []]);
  }
});
