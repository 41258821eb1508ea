import type { Locator, Page } from "playwright-core";
import { afterAll, test as anyTest, expect } from "vitest";
import { type ServedSite, servedSite } from "../site/served.ts";
import type { BuiltSite } from "./demonstration.ts";
import { DEMONSTRATION, type ServedDemonstration } from "./ready.ts";
import { unfoldPublished, type Visit, visitOf, withServed } from "./visits.ts";

export * from "./visits.ts";

/** The demonstration, served. */
export const builtSite = (): ServedDemonstration => DEMONSTRATION;

/** Hands a site and a browser to `work`: the demonstration's when no other is given. */
export function withSite<T>(work: (visit: Visit) => Promise<T>, site?: BuiltSite): Promise<T> {
  return site === undefined ? visitOf(DEMONSTRATION, DEMONSTRATION, work) : withServed(site, work);
}

type Work<Given extends readonly unknown[]> = (...given: Given) => void | Promise<void>;

/** Tests whose work gets a site to visit, one or one for each of some cases. */
function testsOn(visiting: (work: (visit: Visit) => Promise<void>) => Promise<void>) {
  const one = (title: string, work: Work<[visit: Visit]>, timeout?: number): void =>
    anyTest(title, () => visiting(async (visit) => work(visit)), timeout);
  const forEach =
    <T>(cases: readonly T[]) =>
    (title: string, work: Work<[given: T, visit: Visit]>): void =>
      anyTest.for(cases)(title, (given) => visiting(async (visit) => work(given, visit)));
  return Object.assign(one, { for: forEach });
}

/** A test that visits the site of the demonstration. */
export const test = testsOn(withSite);

/** A test that visits another site, which is there when the first of them begins, and served for all. */
export function testOf(site: () => BuiltSite): typeof test {
  let served: Promise<ServedSite> | undefined;
  afterAll(async () => (await served)?.close());
  return testsOn(async (work) => {
    served ??= servedSite(site());
    await visitOf(site(), await served, work);
  });
}

/** An attribute of each of some elements, empty where one has none. */
export const attributes = (found: Locator, name: string): Promise<string[]> =>
  found.evaluateAll((all, of) => all.map((one) => one.getAttribute(of) ?? ""), name);

/**
 * The rows of a page that have an attribute: it, the texts of their cells by `data-cell` or `data-field`,
 * and their status.
 */
export function rowsOf(
  page: Page,
  attribute: string,
  within = "main",
): Promise<Record<string, string>[]> {
  return page.locator(`${within} tr[${attribute}]`).evaluateAll((rows, name) => {
    const text = (element: Element) => {
      const own = element.cloneNode(true) as Element;
      // a field within a cell is one of its own
      for (const field of own.querySelectorAll("[data-field]")) field.remove();
      return own.textContent?.replace(/\s+/g, " ").trim() ?? "";
    };
    return rows.map((row) => {
      const cells: Record<string, string> = { key: row.getAttribute(name) ?? "" };
      for (const cell of row.querySelectorAll("[data-cell], [data-field]")) {
        cells[cell.getAttribute("data-cell") ?? cell.getAttribute("data-field") ?? ""] = text(cell);
      }
      const badge = row.querySelector(".ct-badge");
      if (badge !== null) cells.status = text(badge);
      return cells;
    });
  }, attribute);
}

/** Phones, and what is between them and a desk. */
const NARROW = [320, 390, 768];

/** By how much a page is wider than the window at each narrow width where it is; leaves it wide. */
export async function sidewaysOf(page: Page): Promise<Record<number, number>> {
  const found: Record<number, number> = {};
  const wide = page.viewportSize();
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 844 });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (over > 0) found[width] = over;
  }
  if (wide !== null) await page.setViewportSize(wide);
  return found;
}

/**
 * Reads a page as it was prerendered. Its scripts change nothing of that and need no engine, and it
 * does not scroll sideways.
 * @param look at the page once its scripts have run, without opening it again
 */
export async function readTwice<T>(
  visit: Visit,
  path: string,
  read: (page: Page) => Promise<T>,
  look?: (page: Page) => Promise<void>,
): Promise<T> {
  const plain = await visit.openPage(path, { scripts: false });
  await unfoldPublished(plain.page);
  const before = await read(plain.page);
  expect([plain.status, plain.errors]).toEqual([200, []]);
  await plain.page.context().close();

  const { page, requests, errors } = await visit.openPage(path);
  await page.waitForTimeout(200);
  expect({ path, sideways: await sidewaysOf(page) }).toEqual({ path, sideways: {} });
  await unfoldPublished(page);
  expect(await read(page)).toEqual(before);
  await look?.(page);
  expect(requests.filter((url) => /\.wasm|worker/.test(url))).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
  return before;
}
