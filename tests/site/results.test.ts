import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";

type ReadResults = (
  file: string,
  queries: Readonly<Record<string, string>>,
) => Promise<Record<string, Record<string, unknown>[]>>;

type InTurn = <T>(file: string, render: () => Promise<T>) => Promise<T>;

const home = process.cwd();
let folder = "";
let readResults: ReadResults;
let inTurn: InTurn;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chitieu-results-"));
  const tables = join(folder, "pages.duckdb");
  await withConnection(async (connection) => {
    await attach(connection, tables, "pages");
    await connection.run("create schema pages.chitieu");
    await connection.run(`create table pages.chitieu.ward as from (values
      ('Chi Lăng', 8::bigint, 29.996::decimal(9, 3), true, null),
      ('Mai Pha', 0, 100, false, date '2024-06-10')
    ) as ward(name, visits, share, is_met, received)`);
  });
  process.env.CHITIEU_TABLES = tables;
  process.chdir(folder);
  // It is plain JavaScript, which the server of the pages imports unbundled.
  const module: unknown = await import(join(home, "reports/results.js"));
  ({ readResults, inTurn } = module as { readResults: ReadResults; inTurn: InTurn });
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

test("rows are texts, numbers, yes and no, and lie beside the page under their names", async () => {
  const results = await readResults("/a/du-lieu.json", {
    wards: "select name, visits, share, is_met from chitieu.ward order by name",
    none: "select name from chitieu.ward where visits > 100",
  });
  expect(results).toEqual({
    wards: [
      { name: "Chi Lăng", visits: 8, share: 29.996, is_met: true },
      { name: "Mai Pha", visits: 0, share: 100, is_met: false },
    ],
    none: [],
  });
  const file = join(folder, "pages/a/du-lieu.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    wards: {
      columns: ["name", "visits", "share", "is_met"],
      rows: [
        ["Chi Lăng", 8, 29.996, true],
        ["Mai Pha", 0, 100, false],
      ],
    },
    none: { columns: ["name"], rows: [] },
  });
});

test("a column that a row does not have is an error, and not a figure that is missing", async () => {
  const { wards = [] } = await readResults("/a/du-lieu.json", {
    wards: "select name, null::integer as visits from chitieu.ward order by name",
  });
  expect(wards[0]?.visits).toBeNull();
  expect(() => wards[0]?.visit).toThrow('The query "wards" has no column "visit"');
  expect(JSON.stringify(wards[0])).toBe('{"name":"Chi Lăng","visits":null}');
  expect(`${wards[0]}`).toBe("[object Object]");
  expect({ ...wards[1] }).toEqual({ name: "Mai Pha", visits: null });
});

test("a query that fails, or gives what no page can show, is named", async () => {
  await expect(readResults("/b/", { bad: "select nothing from chitieu.ward" })).rejects.toThrow(
    /Query "bad" failed: .*nothing/,
  );
  // Another page asks the same: the name is that of its own query.
  await expect(readResults("/c/", { same: "select nothing from chitieu.ward" })).rejects.toThrow(
    /Query "same" failed/,
  );
  await expect(readResults("/d/", { day: "select received from chitieu.ward" })).rejects.toThrow(
    /Query "day" failed: "received" is neither text, number nor yes or no: 2024-06-10/,
  );
});

test("pages can change nothing in the tables", async () => {
  await expect(readResults("/e/", { drop: "drop table chitieu.ward" })).rejects.toThrow(
    /Query "drop" failed: .*read-only/,
  );
});

test("a page is rendered when nobody else renders it, also after one that failed", async () => {
  const said: string[] = [];
  const turn = (name: string, isFailing: boolean) =>
    inTurn("/a/du-lieu.json", async () => {
      said.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      said.push(`${name} ends`);
      if (isFailing) throw new Error(name);
      return name;
    });
  const ends = await Promise.allSettled([
    turn("one", false),
    turn("two", true),
    turn("three", false),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(said).toEqual(
    ["one", "two", "three"].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
});

test("nothing is kept of a page that was rendered: there may be ten thousands of them", async () => {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("no gc");
  const rendered: WeakRef<object>[] = [];
  await inTurn("/b/du-lieu.json", async () => {
    const page = { html: "x" };
    rendered.push(new WeakRef(page));
    return page;
  });
  // what a promise was resolved with goes some turns later
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect();
  expect(rendered.map((page) => page.deref())).toEqual([undefined]);
});
