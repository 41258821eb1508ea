import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { crawl } from "./crawl.ts";
import { PLAN } from "./marts.ts";
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

/** One page of each kind. */
const KINDS = [
  "/",
  `/${PLAN}/chi-tieu/1.3a/`,
  `/${PLAN}/dia-ban/`,
  `/${PLAN}/dia-ban/05974/`,
  `/${PLAN}/ky/2024-H1/`,
  `/${PLAN}/thoi-han/`,
  `/${PLAN}/con-thieu/`,
  `/${PLAN}/phuong-phap/`,
  `/${PLAN}/tra-cuu/`,
  `/${PLAN}/thuat-ngu/`,
  `/${PLAN}/bao-cao/`,
  `/${PLAN}/bao-cao/2024-Q2/v2/`,
  `/${PLAN}/can-cu/1.3a/2024-Q2/`,
];

beforeAll(builtSite);

/** What axe objects to, in words that say where. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
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
  const wider = await sideways(page, 1440);
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

/** A stop of the Tab key: which of the elements that may be operated, and what is seen of it. */
interface Stop {
  /** Place in the document among those elements, -1 for any other. */
  readonly at: number;
  readonly html: string;
  /** Thickness of the ring around it, and its contrast with what it lies on. */
  readonly ring: number;
  readonly contrast: number;
  readonly isInView: boolean;
}

/** Marks what the Tab key has to reach, in the order of the document. */
async function markOperable(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const selector =
      "a[href], button, select, input:not([type=hidden]), textarea, summary, [tabindex='0']";
    const isOperable = (element: Element): boolean => {
      const control = element as HTMLInputElement;
      if (control.disabled || control.tabIndex < 0 || !element.checkVisibility()) return false;
      if (getComputedStyle(element).visibility === "hidden") return false;
      if (control.type !== "radio") return true;
      // The arrows go from one radio button of a group to the next; Tab enters where it stands.
      const group = [...document.getElementsByName(control.name)] as HTMLInputElement[];
      return (group.find((one) => one.checked) ?? group[0]) === element;
    };
    const found = [...document.querySelectorAll(selector)].filter(isOperable);
    found.forEach((element, i) => {
      element.setAttribute("data-stop", String(i));
    });
    return found.length;
  });
}

/** What has the focus; undefined when the page has let go of it. */
async function stop(page: Page): Promise<Stop | undefined> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return undefined;
    const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = parts(colour).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const style = getComputedStyle(element);
    // A ring inside of the element lies on its own surface, one outside on that around it.
    const isInside = Number.parseFloat(style.outlineOffset) < 0;
    let under: Element | null = isInside ? element : element.parentElement;
    const surface = (one: Element) => getComputedStyle(one).backgroundColor;
    while (under !== null && (parts(surface(under))[3] ?? 1) === 0) under = under.parentElement;
    const [ring, ground] = [
      luminance(style.outlineColor),
      luminance(under === null ? "rgb(255, 255, 255)" : surface(under)),
    ];
    const box = element.getBoundingClientRect();
    return {
      at: Number(element.getAttribute("data-stop") ?? -1),
      html: element.outerHTML.slice(0, 120),
      ring: style.outlineStyle === "none" ? 0 : Number.parseFloat(style.outlineWidth),
      contrast: (Math.max(ring, ground) + 0.05) / (Math.min(ring, ground) + 0.05),
      isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
}

test.each(KINDS)(
  "the Tab key goes through everything on %s, in order and with a ring",
  async (path) => {
    await withSite(async ({ openPage }) => {
      const { page } = await openPage(path);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const expected = await markOperable(page);
        const reached: number[] = [];
        const unseen: Stop[] = [];
        for (let i = 0; i <= expected; i++) {
          await page.keyboard.press("Tab");
          const now = await stop(page);
          if (now === undefined) break;
          reached.push(now.at);
          if (now.ring < 2 || now.contrast < 3 || !now.isInView) unseen.push(now);
        }
        expect(unseen).toEqual([]);
        expect(reached).toEqual(Array.from({ length: expected }, (_, i) => i));
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        await page.reload();
        await page.waitForSelector("html[data-hydrated]");
      }
    });
  },
);

test("the skip link leads past the sections, into the page", async () => {
  await withSite(async ({ openPage }) => {
    const { page } = await openPage(`/${PLAN}/thoi-han/`);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Đến nội dung chính");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator("main :focus").count()).toBe(1);
  });
});

test("on a phone the sections are a menu, which Escape closes", async () => {
  await withSite(async ({ openPage }) => {
    const { page } = await openPage(`/${PLAN}/thoi-han/`, { width: 390 });
    const wide = page.locator(".ct-nav > ul a");
    const narrow = page.locator(".ct-menu a");
    expect(await wide.filter({ visible: true }).count()).toBe(0);
    expect(await narrow.filter({ visible: true }).count()).toBe(0);

    await page.locator(".ct-menu summary").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => narrow.filter({ visible: true }).allInnerTexts()).not.toEqual([]);
    expect(await narrow.allInnerTexts()).toEqual(await wide.allTextContents());
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe(await narrow.first().innerText());

    await page.keyboard.press("Escape");
    await expect.poll(() => narrow.filter({ visible: true }).count()).toBe(0);
    expect(await page.locator("summary:focus").count()).toBe(1);

    // It works before the scripts and without them, and closes behind whoever follows it.
    await page.keyboard.press("Enter");
    await narrow.filter({ hasText: "Tra cứu" }).click();
    await page.waitForURL("**/tra-cuu/");
    await expect.poll(() => narrow.filter({ visible: true }).count()).toBe(0);
  });
});
