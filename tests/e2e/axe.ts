import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

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

/** The looks and the kinds of elements that were judged in one theme and width. */
interface Judged {
  readonly looks: Set<string>;
  readonly kinds: Set<string>;
}

/**
 * What axe objects to, in words that say where. A page whose elements are all of kinds that were judged
 * is made of the same components as those pages, and is not judged once more: what may be wrong with its
 * content all the same, `walk.ts` asks of every page. Contrast is half of axe's work and follows
 * from how a text looks, so that of texts that look the same on the same ground one is judged.
 */
async function violations(page: Page, judged: Judged): Promise<string[]> {
  const found = await newLooks(page);
  const looks = found.looks.filter((look) => !judged.looks.has(look));
  const hasNewKind = found.kinds.some((kind) => !judged.kinds.has(kind));
  for (const look of looks) judged.looks.add(look);
  for (const kind of found.kinds) judged.kinds.add(kind);
  if (!hasNewKind && looks.length === 0) return [];
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const withoutContrast: RunOptions = { ...RULES, rules: { "color-contrast": { enabled: false } } };
  const contrast: RunOptions = { ...RULES, runOnly: { type: "rule", values: ["color-contrast"] } };
  const results = [
    ...(hasNewKind ? [await judge(page, withoutContrast)] : []),
    ...(looks.length === 0 ? [] : [await judge(page, contrast, looks)]),
  ];
  return results.flatMap((result) =>
    result.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    ),
  );
}

/** Runs axe on a page, or on the texts that are the first of some looks. */
async function judge(page: Page, options: RunOptions, looks?: string[]): Promise<AxeResults> {
  return await page.evaluate(
    async ({ options, looks }): Promise<AxeResults> => {
      const { axe, textsByLook } = window as unknown as {
        axe: { run(of: Document | { include: Element[] }, by: RunOptions): Promise<AxeResults> };
        textsByLook: Map<string, Element>;
      };
      const include = looks?.flatMap((look) => textsByLook.get(look) ?? []);
      return await axe.run(include === undefined ? document : { include }, options);
    },
    { options, looks },
  );
}

/**
 * The looks of a page's texts, and the kinds of all its elements that are shown. A look is all that
 * contrast follows from: letters and what lies below them, with where in the page they stand.
 */
async function newLooks(page: Page): Promise<{ looks: string[]; kinds: string[] }> {
  return await page.evaluate(() => {
    // an element, what it lies in, and what that does
    const PLACES = 3;
    const grounds = new Map<Element, { ground: string; place: string[] }>();
    const groundOf = (element: Element): { ground: string; place: string[] } => {
      const known = grounds.get(element);
      if (known !== undefined) return known;
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const parent = element.parentElement === null ? undefined : groundOf(element.parentElement);
      const name = `${element.tagName}.${element.getAttribute("class") ?? ""}`;
      const found = {
        ground: `${parent?.ground ?? ""}>${backgroundColor} ${backgroundImage} ${opacity}`,
        place: [...(parent?.place ?? []), name].slice(-PLACES),
      };
      grounds.set(element, found);
      return found;
    };
    const texts = new Map<string, Element>();
    const kinds = new Set<string>();
    for (const element of document.body.querySelectorAll("*")) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const { ground, place } = groundOf(element);
      const names = element
        .getAttributeNames()
        .filter((name) => /^(role|aria-.*|type)$/.test(name));
      kinds.add(`${place.join(">")} ${names.join(" ")}`);
      const isText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== "",
      );
      if (!isText) continue;
      const { color, fill, fontSize, fontWeight, textShadow } = getComputedStyle(element);
      const look = [place.join(">"), ground, color, fill, fontSize, fontWeight, textShadow].join(
        "|",
      );
      if (!texts.has(look)) texts.set(look, element);
    }
    Object.assign(window, { textsByLook: texts });
    return { looks: [...texts.keys()], kinds: [...kinds] };
  });
}

/** By how much the page of whoever has logged in is wider than the window, at some width of it. */
async function sideways(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  return await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { className: "ct-desk" });
    link.textContent = "Bàn làm việc";
    document.querySelector(".ct-header-row:not(:has(.ct-desk))")?.append(link);
    const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    link.remove();
    return wider;
  });
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

/** What was judged of the pages of a site so far. */
export interface JudgedSite {
  readonly wide: Judged;
  readonly narrow: Judged;
}

export function nothingJudged(): JudgedSite {
  const judgedBy = (): Judged => ({ looks: new Set(), kinds: new Set() });
  return { wide: judgedBy(), narrow: judgedBy() };
}

/**
 * What is wrong with an open page, light and wide, dark and narrow, with its text spaced out: axe finds
 * nothing, and it never scrolls sideways. The page is left light and wide.
 */
export async function accessibilityProblems(
  page: Page,
  { wide, narrow }: JudgedSite,
): Promise<string[]> {
  const problems: string[] = [];
  const report = (what: string) => problems.push(what);
  for (const one of await violations(page, wide)) report(`light: ${one}`);
  if ((await spacedOut(page)) > 0) report("is too wide when its text is spaced out");
  // 1280 px at 200 %, what is between, and the narrowest window that is asked of a page.
  for (const width of [768, 640, 390, 320]) {
    const wider = await sideways(page, width);
    if (wider > 0) report(`is ${wider} px too wide at ${width} px`);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  for (const one of await violations(page, narrow)) report(`dark: ${one}`);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDE);
  return problems;
}
