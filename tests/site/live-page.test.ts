import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";

type Rows = Record<string, Record<string, unknown>[]>;

/** What is kept of a page between two renderings. */
interface Kept {
  want(sql: string): void;
  keepInputs(chosen: string): void;
}

interface Results {
  readResults(file: string, queries: Record<string, string>, isLive: true): Promise<Rows>;
  settle(file: string): Promise<boolean>;
}

const home = process.cwd();
let folder = "";
let results: Results;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chitieu-live-"));
  const tables = join(folder, "pages.duckdb");
  await withConnection(async (connection) => {
    await attach(connection, tables, "pages");
    await connection.run("create schema pages.chitieu");
    await connection.run(`create table pages.chitieu.ward as from (values
      ('Mai Pha', 2::hugeint, 29.996::decimal(9, 3), null::varchar),
      ('Chi Lăng', 1, 100, null)
    ) as ward(name, visits, share, note)`);
    await connection.run("create table pages.chitieu.ward_other as select 1 as n");
  });
  process.env.CHITIEU_TABLES = tables;
  process.chdir(folder);
  // It is plain JavaScript, which the server of the pages imports unbundled.
  results = await import(join(home, "reports/results.js?live"));
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

const QUERIES = { wards: "select * from chitieu.ward order by name" };

/** Renders a page once, with components that ask and choose. */
async function render(file: string, work: (kept: Kept) => void): Promise<Rows> {
  const rows = await results.readResults(file, QUERIES, true);
  const symbol = Object.getOwnPropertySymbols(rows)[0] ?? Symbol();
  work((rows as unknown as Record<symbol, Kept>)[symbol] as Kept);
  return rows;
}

const written = (path: string) => JSON.parse(readFileSync(join(folder, "pages", path), "utf8"));

test("what is asked for is answered at the next rendering, from the rows that the page has", async () => {
  const file = "/a/du-lieu.json";
  const sql = `select name, typeof(visits) as whole, typeof(share) as broken, typeof(note) as none,
    share > 29.99 as is_more from "/a/"."wards"`;
  const ask = (kept: Kept) => kept.want(sql);
  await render(file, ask);
  expect(await results.settle(file)).toBe(false);
  const rows = await render(file, () => {});
  expect(rows[sql]).toEqual([
    { name: "Chi Lăng", whole: "BIGINT", broken: "DOUBLE", none: "VARCHAR", is_more: true },
    { name: "Mai Pha", whole: "BIGINT", broken: "DOUBLE", none: "VARCHAR", is_more: true },
  ]);
  expect(await results.settle(file)).toBe(true);

  const fetched = written(file);
  expect(fetched[sql].rows).toHaveLength(2);
  expect(fetched[":types"].rows).toEqual([
    ["wards", "name", "VARCHAR"],
    ["wards", "visits", "BIGINT"],
    ["wards", "share", "DOUBLE"],
    ["wards", "note", "VARCHAR"],
  ]);
  expect(fetched[":sources"].rows).toEqual([]);
});

test("a choice renders the page again, and goes to the browser", async () => {
  const file = "/b/du-lieu.json";
  const choose = (kept: Kept) => kept.keepInputs('{"ward":{"value":"Mai Pha"}}');
  await render(file, choose);
  expect(await results.settle(file)).toBe(false);
  await render(file, choose);
  expect(await results.settle(file)).toBe(true);
  expect(written(file)[":inputs"].rows).toEqual([["ward", '{"value":"Mai Pha"}']]);
});

test("a table of the sources that is asked for by name becomes a file, in no order of its own", async () => {
  const file = "/c/du-lieu.json";
  await render(file, (kept) => kept.want("select count(*) as n from chitieu.ward"));
  expect(await results.settle(file)).toBe(false);
  const rows = await render(file, () => {});
  expect(await results.settle(file)).toBe(true);
  expect(rows["select count(*) as n from chitieu.ward"]).toEqual([{ n: 2 }]);
  expect(written(file)[":sources"].rows).toEqual([["chitieu.ward"]]);
  expect(written("/du-lieu/chitieu.ward.json").rows.map(([name]: [string]) => name)).toEqual([
    "Chi Lăng",
    "Mai Pha",
  ]);
});

test("a query of a component that fails is an error", async () => {
  const file = "/d/du-lieu.json";
  await render(file, (kept) => kept.want("select nothing from chitieu.ward"));
  await expect(results.settle(file)).rejects.toThrow(/components failed: .*nothing/);
});

test("inputs that change each other for ever are an error", async () => {
  const file = "/e/du-lieu.json";
  let turn = 0;
  const rendering = async () => {
    await render(file, (kept) => kept.keepInputs(`{"turn":${turn++}}`));
    return await results.settle(file);
  };
  await expect(async () => {
    while (!(await rendering()));
  }).rejects.toThrow(/in a circle/);
});
