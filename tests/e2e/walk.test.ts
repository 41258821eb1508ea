import { beforeAll, expect, test } from "vitest";
import { PLAN } from "./marts.ts";
import { builtSite, hostsOf, withSite } from "./site.ts";

/** English that a component or a chart tool would show, as whole words. */
const ENGLISH =
  /(?<![\p{L}\d])(loading|search|download|records?|results?|home|no data|error|undefined|nan|null|true|false|print|select|copy|copied|save|show|hide|next|previous|total|value|status|ward|quarter|evidence|dataset|invalid|untitled|series|object)(?![\p{L}\d])/giu;

beforeAll(builtSite);

test("every page linked from the first one is whole, in Vietnamese, and says what it is", async () => {
  await withSite(async (visit) => {
    const seen = new Set<string>();
    const left = ["/"];
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { page, status, requests, errors } = await visit.openPage(path);
      const found = await page.evaluate(() => {
        const attributes = ["title", "alt", "aria-label", "placeholder"];
        const named = [...document.querySelectorAll(attributes.map((a) => `[${a}]`).join(","))];
        const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((h) =>
          Number(h.tagName[1]),
        );
        return {
          title: document.title,
          text: document.body.innerText,
          names: named.flatMap((one) => attributes.map((a) => one.getAttribute(a) ?? "")),
          links: [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href") ?? ""),
          banner: document.querySelectorAll(".ct-demo").length,
          headings: levels.filter((level) => level === 1).length,
          skipped: levels.filter((level, i) => level - (levels[i - 1] ?? 0) > 1).length,
          emptyTables: [...document.querySelectorAll("table")].filter(
            (table) => table.tBodies.length === 0 || table.tBodies[0]?.rows.length === 0,
          ).length,
          unnamedTables: document.querySelectorAll("table:not(:has(caption))").length,
          unscoped: document.querySelectorAll("th:not([scope])").length,
          wordless: [...document.querySelectorAll(".ct-badge")].filter(
            (badge) => badge.querySelector("svg") === null || badge.textContent?.trim() === "",
          ).length,
        };
      });
      const { title, text, names, links, ...counts } = found;
      const english = [title, text, ...names].flatMap((words) => words.match(ENGLISH) ?? []);
      expect({ path, status, errors, english, ...counts }).toEqual({
        path,
        status: 200,
        errors: [],
        english: [],
        banner: 1,
        headings: 1,
        skipped: 0,
        emptyTables: 0,
        unnamedTables: 0,
        unscoped: 0,
        wordless: 0,
      });
      expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
      expect(text).toContain("Số liệu minh họa");
      expect(title).toMatch(path === "/bao-cao/" ? / – Chỉ tiêu$/ : / – 217\/KH-UBND$/);
      for (const href of links) {
        const { pathname } = new URL(href, visit.url + path);
        // Files are saved, not opened.
        if (!seen.has(pathname) && !pathname.includes("/tai-ve/")) left.push(pathname);
      }
      await page.context().close();
    }
    expect([...seen].filter((path) => path.startsWith(`/${PLAN}/chi-tieu/`))).toHaveLength(12);
    expect([...seen].filter((path) => path.startsWith(`/${PLAN}/dia-ban/`))).toHaveLength(8);
    expect([...seen].filter((path) => path.startsWith(`/${PLAN}/ky/`))).toHaveLength(6);
    expect([...seen].filter((path) => path.includes("/bao-cao/")).sort()).toEqual([
      `/${PLAN}/bao-cao/`,
      `/${PLAN}/bao-cao/2024-H1/`,
      `/${PLAN}/bao-cao/2024-H1/v1/`,
      `/${PLAN}/bao-cao/2024-Q2/`,
      `/${PLAN}/bao-cao/2024-Q2/v1/`,
      `/${PLAN}/bao-cao/2024-Q2/v2/`,
      `/${PLAN}/bao-cao/2024-Q4/`,
      `/${PLAN}/bao-cao/2024-Q4/v1/`,
      "/bao-cao/",
    ]);
    // each indicator at each period in force
    expect([...seen].filter((path) => path.startsWith(`/${PLAN}/can-cu/`))).toHaveLength(12 * 5);
    expect(seen.size).toBe(31 + 9 + 60);
  });
}, 300_000);
