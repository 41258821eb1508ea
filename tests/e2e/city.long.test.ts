import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { listTree } from "../../pipelines/site/list-tree.ts";
import { newFolder } from "../folders.ts";
import { writtenSite } from "../site/served.ts";
import { queryMarts } from "./marts.ts";
import { builtSite, type SourceTables, sourceTables } from "./site.ts";

let shared: ReturnType<typeof builtSite>;
let city: string;
let sharedAgain: string;
let tables: SourceTables;

beforeAll(async () => {
  const site = builtSite();
  shared = site;
  const folder = newFolder("chitieu-city-");
  city = join(folder, "city");
  sharedAgain = join(folder, "shared");
  const { marts, warehouse } = site;
  await writtenSite({ marts, warehouse, audience: "city" }, city);
  await writtenSite({ marts, warehouse }, sharedAgain);
  tables = await sourceTables(marts, "city");
});

const pagesOf = async (dir: string) =>
  (await listTree(dir)).filter((file) => file.endsWith("index.html"));

test("the city's pages hold every figure of the marts, and each says that it is internal", async () => {
  const keyOf = (row: Record<string, unknown>) =>
    ["plan_id", "indicator_code", "period", "area_id", "status"]
      .map((name) => String(row[name]))
      .concat(row.numerator === null ? "" : String(Number(row.numerator)))
      .join(" ");
  const marts = await queryMarts(
    shared.marts,
    `select plan_id, indicator_code, period, area_id, status, numerator::double as numerator
    from marts.attainment_by_ward_period`,
  );
  const found = await tables.rows("attainment_ward");
  expect(found.map(keyOf).sort()).toEqual(marts.map(keyOf).sort());
  expect(found.filter((row) => row.is_hidden === true)).toEqual([]);

  const pages = await pagesOf(city);
  expect(pages).toEqual(await pagesOf(shared.dir));
  for (const page of pages) {
    expect([page, await readFile(join(city, page), "utf8")]).toEqual([
      page,
      expect.stringContaining("Bản nội bộ"),
    ]);
  }
});

test("published versions and their files are the city's too", async () => {
  const lines = await queryMarts(
    shared.marts,
    `select line.code from marts.report_line as line
    join marts.report_item as item using (plan_id, period, version, section, code)
    where line.audience = 'city' and not item.has_indicator`,
  );
  const found = await tables.rows("report_line");
  expect(found.length).toBe(lines.length);
  expect(found.filter((row) => row.is_hidden === true)).toEqual([]);
  const files = (await listTree(city)).filter((name) => name.includes("/tai-ve/"));
  const documents = files.filter((name) => /\.(xlsx|docx)$/.test(name));
  expect(documents.length).toBeGreaterThan(0);
  expect(documents.filter((name) => !/_(noi-bo|gui-cap-tren)\./.test(name))).toEqual([]);
  expect(lines.length).toBeGreaterThan(100);
});

test("shared pages made after the city's are what they were, with nothing of the city's in them", async () => {
  const names = await listTree(sharedAgain);
  const before = await listTree(shared.dir);
  const withoutDigest = (list: readonly string[]) =>
    list.map((name) => name.replace(/[0-9a-f]{16,}/g, "…")).sort();
  expect(withoutDigest(names)).toEqual(withoutDigest(before));
  for (const name of names) {
    const content = await readFile(join(sharedAgain, name));
    expect([name, content.includes("Bản nội bộ") && !name.endsWith(".js")]).toEqual([name, false]);
  }
  const changed: string[] = [];
  for (const name of names.filter((file) => file.endsWith("du-lieu.json"))) {
    const [again, first] = [join(sharedAgain, name), join(shared.dir, name)];
    if (!(await readFile(again)).equals(await readFile(first))) changed.push(name);
  }
  expect(changed).toEqual([]);
});
