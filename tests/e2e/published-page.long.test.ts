import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Reader } from "../../pipelines/contract/report.ts";
import { archivedPath } from "../../pipelines/ledger/archive.ts";
import { verifyReports } from "../../pipelines/publishing/verify.ts";
import { frozenFilesOf } from "../../pipelines/publishing/version-files.ts";
import { listTree } from "../../pipelines/site/list-tree.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { servedSite } from "../site/served.ts";
import { PLAN } from "./marts.ts";
import { builtSite, type Visit, withSite } from "./site.ts";

const SECOND = `/${PLAN}/bao-cao/2024-Q2/v2/`;

const site = builtSite();
const folder = newFolder("chitieu-published-page-");

/** The pages that were published for a reader, by their names. */
async function publishedPages(
  reader: Reader,
  warehouse: WarehousePaths = site.warehouse,
): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const files of (await frozenFilesOf(warehouse, reader)).values()) {
    for (const { name, sha256 } of files) {
      if (!name.endsWith(".html")) continue;
      pages.set(name, await readFile(archivedPath(warehouse, sha256), "utf8"));
    }
  }
  return pages;
}

/** Asks over a connection of its own: servers of several tests have the same address one after another. */
const get = (url: string): Promise<Response> => fetch(url, { headers: { connection: "close" } });

/** A copy of the demonstration that a test may damage. */
async function copyWarehouse(name: string): Promise<WarehousePaths> {
  const copy = warehousePaths(join(folder, name));
  await cp(site.warehouse.folder, copy.folder, { recursive: true });
  return copy;
}

/** The published sheet that a page shows, as markup. */
function shownSheet(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () =>
      (document.querySelector(".ct-published-page")?.shadowRoot ?? document).querySelector(
        ".ct-version",
      )?.outerHTML,
  );
}

/** The words of a sheet or of a report that was rendered now, one after the other. */
const wordsOf = (markup: string): string =>
  markup
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** The report within a page or a sheet. */
const reportIn = (html: string): string =>
  /<article class="ct-report">[\s\S]*<\/article>/.exec(html)?.[0] ?? "";

test("a published page needs nothing but itself", async () => {
  for (const reader of ["shared", "city"] as const) {
    const pages = await publishedPages(reader);
    expect(pages.size).toBe(4);
    for (const [name, html] of pages) {
      expect(html).toMatch(/^<!doctype html>\n<html lang="vi">/);
      expect(html).not.toMatch(/<script|\son\w+=|javascript:/i);
      expect(html).not.toMatch(/url\(|@import|@font-face/i);
      expect(html).not.toMatch(/<(?:link|img|iframe|object|embed|video|audio|form|template)\b/i);
      expect(html).not.toMatch(/https?:|src=|srcset=/i);
      const links = [...html.matchAll(/\shref="([^"]*)"/g)].map(([, href = ""]) => href);
      expect(links.length).toBeGreaterThan(10);
      expect(links.filter((href) => !/^#[\w-]+$|^\/[^/]/.test(href))).toEqual([]);
      const [plan, period, version] = name.replace(/(?:_noi-bo)?\.html$/, "").split("_");
      expect([plan, /^2024-/.test(period ?? ""), /^v\d$/.test(version ?? "")]).toEqual([
        PLAN,
        true,
        true,
      ]);
    }
  }
});

test("a published page is read from a disk, with its look and without a request", async () => {
  const [[name = "", html = ""] = []] = await publishedPages("shared");
  const file = join(folder, name);
  await writeFile(file, html);
  await withSite(async ({ browser }) => {
    const page = await (await browser.newContext()).newPage();
    const [requests, errors]: [string[], string[]] = [[], []];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => errors.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    expect(requests).toEqual([pathToFileURL(file).href]);
    expect(errors).toEqual([]);
    const head = page.locator(".ct-letterhead");
    expect(await head.evaluate((one) => getComputedStyle(one).borderTopWidth)).toBe("4px");
    // addresses of a site that it does not know lead nowhere; those of its own parts do
    const link = page.locator('a[href^="/"]').first();
    expect(await link.evaluate((one) => getComputedStyle(one).pointerEvents)).toBe("none");
    await page.locator('a[href="#can-cu"]').click();
    const top = await page.locator("h2#can-cu").evaluate((one) => one.getBoundingClientRect().top);
    // the last part of the page cannot come up to its head
    const isLast = await page.evaluate(
      () => scrollY + innerHeight >= document.documentElement.scrollHeight - 2,
    );
    expect(isLast || Math.abs(top) < 60).toBe(true);
  });
});

test("the page of a version holds exactly the bytes that were published", async () => {
  for (const audience of ["shared", "city"] as const) {
    const pages = await publishedPages(audience);
    await withSite(
      async (visit) => {
        for (const [index, [name, html]] of [...pages].entries()) {
          const [, period = "", version = ""] = /_([^_]+)_(v\d)/.exec(name) ?? [];
          const path = `/${PLAN}/bao-cao/${period}/${version}/`;
          const live = await (await get(visit.url + path)).text();
          expect(live).toContain(`<template shadowrootmode="open">${html}</template>`);
          expect(live.split(html)).toHaveLength(2);
          const served = await get(`${visit.url}${path}tai-ve/${name}`);
          expect(await served.text()).toBe(html);

          if (index > 0) continue;
          const alone = await (await visit.browser.newContext()).newPage();
          await alone.setContent(html);
          const sheet = await shownSheet(alone);
          for (const scripts of [false, true]) {
            const { page, errors } = await visit.openPage(path, { scripts });
            if (scripts) await page.waitForTimeout(300);
            expect(await shownSheet(page)).toBe(sheet);
            expect(errors).toEqual([]);
          }
        }
      },
      { marts: site.marts, warehouse: site.warehouse, audience },
    );
  }
});

test("what was published for a reader is what a page of his says of its rows, and no more", async () => {
  for (const audience of ["shared", "city"] as const) {
    // without the files of versions a page is rendered from the rows
    const server = await servedSite({ marts: site.marts, audience });
    try {
      for (const [name, html] of await publishedPages(audience)) {
        const [, period = "", version = ""] = /_([^_]+)_(v\d)/.exec(name) ?? [];
        const live = await (
          await get(`${server.url}/${PLAN}/bao-cao/${period}/${version}/`)
        ).text();
        const words = wordsOf(reportIn(live)).replace("mã kiểm tra Tải về", "mã kiểm tra");
        expect(words.length).toBeGreaterThan(3000);
        expect(wordsOf(reportIn(html))).toBe(words);
      }
    } finally {
      await server.close();
    }
  }
  const [shared = "", city = ""] = await Promise.all(
    (["shared", "city"] as const).map(async (audience) => [
      ...(await publishedPages(audience)).values(),
    ]),
  ).then((all) => all.map(([first = ""]) => first));
  expect(shared).toContain("Không công bố");
  expect(shared).not.toMatch(/\.xlsx|Bản nội bộ/);
  expect(city).toMatch(/Bản nội bộ/);
});

test("a place within a published page is gone to, with scripts and without", async () => {
  await withSite(async (visit) => {
    for (const scripts of [false, true]) {
      const page = await visit.open(SECOND, { scripts });
      await page.locator('.ct-version a[href="#dia-ban"]').click();
      await expect
        .poll(async () => {
          const head = page.locator("h2", { hasText: "Kết quả theo" });
          return Math.abs((await head.boundingBox())?.y ?? 1e4);
        })
        .toBeLessThan(60);
      await page.locator('.ct-version a[href$="/can-cu/"]').click();
      await page.waitForURL(`**${SECOND}can-cu/`);
    }
  });
});

test("going on from one version to another shows the sheet of the other", async () => {
  await withSite(async (visit) => {
    const { page, errors } = await visit.openPage(`/${PLAN}/bao-cao/2024-Q2/v1/`);
    await page.locator(".ct-newer a").click();
    await page.waitForURL(`**${SECOND}`);
    const [, html = ""] =
      [...(await publishedPages("shared"))].find(([name]) => name.includes("Q2_v2")) ?? [];
    const alone = await (await visit.browser.newContext()).newPage();
    await alone.setContent(html);
    const sheet = await shownSheet(alone);
    await expect.poll(() => shownSheet(page)).toBe(sheet);
    expect(await page.locator(".ct-published-page").count()).toBe(1);
    expect(errors).toEqual([]);
  });
});

test("a word that is changed in the program changes no published page", async () => {
  const workspace = findWorkspace("warehouse");
  const own = join(folder, "own");
  await cp(workspace.bundles.own, own, { recursive: true });
  const [title, other] = ["Kết quả thực hiện các chỉ tiêu", "Các chỉ tiêu đã thực hiện thế nào"];
  let changed = 0;
  for (const file of await listTree(join(own, "server"))) {
    if (!file.endsWith(".js")) continue;
    const text = await readFile(join(own, "server", file), "utf8");
    if (!text.includes(title)) continue;
    await writeFile(join(own, "server", file), text.replaceAll(title, other));
    changed += 1;
  }
  expect(changed).toBeGreaterThan(0);
  const later = { ...workspace, bundles: { ...workspace.bundles, own } };
  const page = async (warehouse: WarehousePaths | undefined): Promise<string> => {
    const server = await servedSite({ marts: site.marts, warehouse, workspace: later });
    try {
      return await (await get(server.url + SECOND)).text();
    } finally {
      await server.close();
    }
  };
  const published = await page(site.warehouse);
  expect(published).toContain(title);
  expect(published).not.toContain(other);
  expect(await page(undefined)).toContain(other);
});

test("verify names a published page of which one byte differs or that is missing, and it is not shown", async () => {
  const warehouse = await copyWarehouse("damaged");
  const files = [...(await frozenFilesOf(warehouse, "shared")).values()].flat();
  const page = files.find(({ name }) => name === `${PLAN}_2024-Q2_v2.html`);
  if (page === undefined) throw new Error("there is no such page");
  const path = archivedPath(warehouse, page.sha256);
  const verified = async (): Promise<readonly string[]> =>
    (
      await verifyReports(warehouse, { planId: PLAN, period: "2024-Q2" }, undefined, false)
    ).versions.flatMap(({ faults }) => faults);
  expect(await verified()).toEqual([]);
  const bytes = await readFile(path);
  await rm(path);
  expect(await verified()).toEqual([
    `archive/${page.sha256} bị thiếu: ${page.name}, như khi phát hành.`,
  ]);
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  await writeFile(path, bytes);
  expect(await verified()).toEqual([
    `archive/${page.sha256} đã bị sửa: ${page.name}, như khi phát hành.`,
  ]);
  await withSite(
    async (visit: Visit) => {
      const response = await get(visit.url + SECOND);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain("ct-version");
      expect((await get(`${visit.url}/${PLAN}/bao-cao/2024-Q2/v1/`)).status).toBe(200);
    },
    { marts: site.marts, warehouse },
  );
});
