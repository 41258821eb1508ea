import type { Page } from "playwright-core";
import { expect } from "vitest";
import { PLAN } from "./marts.ts";
import { test } from "./site.ts";

/** One page of each kind. */
const KINDS = [
  "/",
  `/${PLAN}/chi-tieu/1.3a/`,
  `/${PLAN}/dia-ban/`,
  `/${PLAN}/dia-ban/05974/`,
  `/${PLAN}/ky/2024-H1/`,
  `/${PLAN}/thoi-han/`,
  `/${PLAN}/con-thieu/`,
  `/${PLAN}/tra-cuu/`,
  `/${PLAN}/bao-cao/2024-Q2/v2/`,
  `/${PLAN}/can-cu/1.3a/2024-Q2/`,
];

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
    // a published version has its own page within the page
    const holder = document.querySelector(".ct-published-page");
    const inside = [...(holder?.shadowRoot?.querySelectorAll(selector) ?? [])];
    const all = [...document.querySelectorAll(selector)];
    const isBehind = (element: Element): boolean =>
      ((holder?.compareDocumentPosition(element) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const before = all.filter((element) => !isBehind(element));
    const found = [...before, ...inside, ...all.filter(isBehind)].filter(isOperable);
    found.forEach((element, i) => {
      element.setAttribute("data-stop", String(i));
    });
    return found.length;
  });
}

/** Has a page note what has the focus whenever the Tab key is let go, until it is loaded anew. */
async function noteStops(page: Page): Promise<void> {
  await page.evaluate(() => {
    const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = parts(colour).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const stopAt = (element: Element): Stop => {
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
    };
    const stops: (Stop | null)[] = [];
    Object.assign(window, { stops });
    const note = ({ key }: KeyboardEvent) => {
      if (key !== "Tab") return;
      const outer = document.activeElement;
      const element = outer?.shadowRoot?.activeElement ?? outer;
      stops.push(element === null || element === document.body ? null : stopAt(element));
    };
    document.addEventListener("keyup", note, true);
  });
}

/** The stops that a page has noted, up to where it let go of the focus. */
async function notedStops(page: Page): Promise<Stop[]> {
  return await page.evaluate(() => {
    const stops: (Stop | null)[] = Reflect.get(window, "stops");
    const end = stops.indexOf(null);
    return stops.slice(0, end < 0 ? undefined : end).filter((stop) => stop !== null);
  });
}

test.for(KINDS)(
  "the Tab key goes through everything on %s, in order and with a ring",
  async (path, visit) => {
    const page = await visit.open(path);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const expected = await markOperable(page);
      await noteStops(page);
      for (let i = 0; i <= expected; i++) await page.keyboard.press("Tab");
      const stops = await notedStops(page);
      const unseen = stops.filter(
        ({ ring, contrast, isInView }) => ring < 2 || contrast < 3 || !isInView,
      );
      expect(unseen).toEqual([]);
      expect(stops.map(({ at }) => at)).toEqual(Array.from({ length: expected }, (_, i) => i));
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.reload();
      await page.waitForSelector("html[data-hydrated]");
    }
  },
);

test("the skip link leads past the sections, into the page", async (visit) => {
  const page = await visit.open(`/${PLAN}/thoi-han/`);
  await page.keyboard.press("Tab");
  expect(await page.locator(":focus").innerText()).toBe("Đến nội dung chính");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.locator("main :focus").count()).toBe(1);
});

test("on a phone the sections are a menu, which Escape closes", async (visit) => {
  const page = await visit.open(`/${PLAN}/thoi-han/`, { width: 390 });
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
