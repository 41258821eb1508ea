import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { openPlanTables } from "../../pipelines/site/site-tables.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { PLAN } from "../e2e/marts.ts";
import {
  type ReplacedMarts,
  replacedMarts,
  SHOWN_MS,
  textOf,
  titled,
  until,
} from "./replaced-marts.ts";
import { writtenSite } from "./served.ts";

let demonstration: ReplacedMarts["demonstration"];
let folder = "";
let show: ReplacedMarts["show"];
let served: ReplacedMarts["served"];

beforeAll(() => {
  ({ demonstration, folder, show, served } = replacedMarts());
});

test("a folder that holds anything but a site is not replaced by one", async () => {
  const out = await mkdtemp(join(folder, "letters-"));
  await writeFile(join(out, "letter.txt"), "kept");
  const to = { marts: demonstration.marts, warehouse: demonstration.warehouse };
  await expect(writtenSite(to, out)).rejects.toThrow(`${out} có tệp mà không phải trang`);
  await expect(writtenSite(to, join(out, "letter.txt"))).rejects.toThrow("không phải thư mục");
  expect(await readFile(join(out, "letter.txt"), "utf8")).toBe("kept");
});

test("a page that is no more, or never was, is none, whatever its address says", async () => {
  const site = await served();
  for (const path of [
    "/nowhere/",
    `/${PLAN}/chi-tieu/9.9/`,
    `/${PLAN}/bao-cao/2024-Q2/v9/`,
    `/x' or '1' = '1/`,
    `/${PLAN}/chi-tieu/1.3a' or true --/`,
    `/du-lieu/chitieu.plan.${"a".repeat(22)}.json`,
    "/404/",
    "/.vite/manifest.json",
  ]) {
    const { status } = await fetch(site.url + encodeURI(path));
    expect([path, [400, 404].includes(status)]).toEqual([path, true]);
  }
  const answer = await fetch(`${site.url}/${PLAN}/chi-tieu/1.3a`, { redirect: "manual" });
  expect([answer.status, answer.headers.get("location")]).toEqual([308, `/${PLAN}/chi-tieu/1.3a/`]);
});

test("new marts are shown while many ask, whole and without an answer that fails", async () => {
  const site = await served();
  const paths = [`/${PLAN}/`, `/${PLAN}/thuat-ngu/`, "/"];
  const versionOf = (html: string) => /data-rows="([^"]*)"/.exec(html)?.[1] ?? "";
  const statuses = new Set<number>();
  const mixed: string[] = [];
  const seen = new Set<string>();
  let isOver = false;
  const ask = async (path: string) => {
    while (!isOver) {
      const answer = await fetch(site.url + path);
      statuses.add(answer.status);
      const html = await answer.text();
      const title = /Tên \d+/.exec(html)?.[0] ?? "first";
      seen.add(title);
      // the rows that a browser fetches for this page are those that it was made of
      const rows = await fetch(`${site.url}${path}du-lieu.json?v=${versionOf(html)}`);
      statuses.add(rows.status);
      const names = new Set((await rows.text()).match(/Tên \d+/g));
      if (/^Tên/.test(title) && (names.size !== 1 || !names.has(title))) {
        mixed.push(`${path} ${title} ${[...names]}`);
      }
      // whoever makes the new pages needs the processor, too
      await setTimeout(25);
    }
  };
  const asking = Promise.all(paths.map(ask));
  try {
    for (let no = 1; no <= 4; no += 1) {
      await show(titled(`Tên ${no}`));
      await until(site, `/${PLAN}/`, `Tên ${no}`);
    }
  } finally {
    isOver = true;
    await asking;
  }
  expect([...statuses]).toEqual([200]);
  expect(mixed).toEqual([]);
  expect(seen.size).toBeGreaterThanOrEqual(4);
});

test("one that is killed is started again, and what was shown is shown meanwhile", async () => {
  const troubles: string[] = [];
  const site = await served({ troubles });
  const page = await textOf(site, `/${PLAN}/`);
  for (let no = 0; no < 2; no += 1) {
    const { pid } = site.pages;
    process.kill(pid ?? 0, "SIGKILL");
    await expect.poll(() => site.pages.pid === pid).toBe(false);
    // one that is kept, and one that has to wait for it
    const kept = await fetch(`${site.url}/${PLAN}/`);
    expect([kept.status, await kept.text()]).toEqual([200, page]);
    const fresh = await fetch(`${site.url}/${PLAN}/${no === 0 ? "thuat-ngu" : "phuong-phap"}/`);
    expect(fresh.status).toBe(200);
  }
  expect(troubles.filter((one) => /đã dừng \(SIGKILL\)/.test(one))).toHaveLength(2);
});

test("a page that fails is one page that fails, and a query of the sources leaves what was shown", async () => {
  const [problems, troubles]: [string[], string[]] = [[], []];
  const site = await served({ problems, troubles });
  const before = await textOf(site, `/${PLAN}/`);
  // the source still runs; a page's own query finds text where it compares a number
  await show("alter table marts.report_readiness alter units type varchar using 'x'");
  const failing = `/${PLAN}/`;
  await expect
    .poll(async () => (await fetch(site.url + failing)).status, { timeout: SHOWN_MS })
    .toBe(500);
  expect((await fetch(`${site.url}/${PLAN}/thuat-ngu/`)).status).toBe(200);
  expect(problems[0]).toMatch(/^\/217-kh-ubnd-2024\/ Query "\w+" failed: /);

  await show(titled("Tên khác"));
  await until(site, `/${PLAN}/`, "Tên khác");
  await show("alter table marts.indicator drop column quote");
  await expect
    .poll(() => troubles.join("\n"), { timeout: SHOWN_MS })
    .toMatch(/column named "quote"/);
  // one that is kept, and one that is rendered now
  for (const path of [`/${PLAN}/`, `/${PLAN}/phuong-phap/`]) {
    expect([path, (await textOf(site, path)).includes("Tên khác")]).toEqual([path, true]);
  }
  await show(titled("Tên cuối"));
  await until(site, `/${PLAN}/`, "Tên cuối");
  expect(before).not.toContain("Tên cuối");
});

test("a page that was opened before gets the rows that it came with, as long as they are known", async () => {
  const site = await served();
  const path = `/${PLAN}/thuat-ngu/`;
  const html = await textOf(site, path);
  const version = /data-rows="([^"]*)"/.exec(html)?.[1];
  const rows = await textOf(site, `${path}du-lieu.json`);
  await show(titled("Tên mới"));
  await until(site, path, "Tên mới");
  expect(await textOf(site, `${path}du-lieu.json?v=${version}`)).toBe(rows);
  const now = await textOf(site, `${path}du-lieu.json`);
  expect(now).toContain("Tên mới");
  // of a build that nobody knows any more it is the present one, as a whole
  expect(await textOf(site, `${path}du-lieu.json?v=unknown`)).toBe(now);
});

test("no query of a page reaches what its audience does not see", async () => {
  const workspace = findWorkspace("warehouse");
  const request = { workspace, marts: demonstration.marts, downloads: [] };
  const [shared, city] = await Promise.all(
    (["shared", "city"] as const).map((audience) => openPlanTables({ ...request, audience }, null)),
  );
  if (shared === undefined || city === undefined) throw new Error("no tables");
  const counts: unknown[] = [];
  for (const { instance, path } of [shared, city]) {
    const connection = await instance.connect();
    await connection.run(`set search_path = '${path}'`);
    const [row] = await selectRows(
      connection,
      "select count(*)::integer as hidden from chitieu.attainment_ward where status = 'withheld'",
    );
    counts.push(Number(row?.hidden) > 0);
    for (const sql of [
      `attach '${demonstration.marts}' as marts (read_only)`,
      `from read_text('${demonstration.marts}')`,
      "from city.plan",
      "from marts.plan",
      "set enable_external_access = true",
    ]) {
      await expect(connection.run(sql), sql).rejects.toThrow();
    }
    connection.closeSync();
  }
  expect(counts).toEqual([true, false]);
  await Promise.all([shared.close(), city.close()]);
});
