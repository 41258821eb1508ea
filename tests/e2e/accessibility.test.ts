import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { crawl } from "./crawl.ts";
import { builtSite, withSite } from "./site.ts";

const AXE = readFileSync(
  join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"),
  "utf8",
);

const RULES: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};

/** What a reader may set for themselves, as success criterion 1.4.12 words it. */
const TEXT_SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`;

/** The window that pages are opened in. */
const WIDE = { width: 1440, height: 900 };

beforeAll(builtSite);

/** What axe, which has been loaded, objects to, in words that say where. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(async (options): Promise<AxeResults> => {
    const { axe } = window as unknown as { axe: { run(of: Document, by: RunOptions): never } };
    return await axe.run(document, options);
  }, RULES);
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  );
}

/** By how much the page is wider than the window, at some width of it. */
async function sideways(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** Lays more room between letters, words and lines, and says by how much the page grows too wide. */
async function spacedOut(page: Page): Promise<number> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, TEXT_SPACING);
  const wider = await sideways(page, WIDE.width);
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return wider;
}

test("axe finds nothing on any page, light and wide or dark and narrow; none scrolls sideways", async () => {
  await withSite(async (visit) => {
    const titles = new Map<string, string>();
    const problems: string[] = [];
    await crawl(
      visit,
      async (path, { page }) => {
        const say = (what: string) => problems.push(`${path} ${what}`);
        await page.evaluate(AXE);
        for (const one of await violations(page)) say(`light: ${one}`);
        if ((await spacedOut(page)) > 0) say("is too wide when its text is spaced out");
        // 1280 px at 200 %, and the narrowest window that is asked of a page.
        for (const width of [640, 320]) {
          const wider = await sideways(page, width);
          if (wider > 0) say(`is ${wider} px too wide at ${width} px`);
        }
        await page.emulateMedia({ colorScheme: "dark" });
        await page.setViewportSize({ width: 390, height: 844 });
        await expect
          .poll(() => page.evaluate(() => document.documentElement.dataset.theme))
          .toBe("dark");
        for (const one of await violations(page)) say(`dark: ${one}`);
        await page.emulateMedia({ colorScheme: "light" });
        await page.setViewportSize(WIDE);

        const { title, ...counts } = await page.evaluate(() => ({
          title: document.title,
          lang: document.documentElement.lang,
          h1: document.querySelectorAll("h1").length,
          main: document.querySelectorAll("main").length,
        }));
        expect({ path, ...counts }).toEqual({ path, lang: "vi", h1: 1, main: 1 });
        expect(title).not.toBe("");
        // The only plan's overview is the first page, too.
        const twin = path === "/" ? undefined : titles.get(title);
        if (twin !== undefined) say(`has the title of ${twin}: ${title}`);
        if (path !== "/") titles.set(title, path);
      },
      12,
    );
    expect(problems).toEqual([]);
  });
}, 600_000);
