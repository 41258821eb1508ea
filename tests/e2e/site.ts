import type { Page } from "playwright-core";
import { test as anyTest, expect } from "vitest";
import { type ServedSite, servedSite } from "../site/served.ts";
import type { BuiltSite } from "./demonstration.ts";
import { unfoldPublished, type Visit, visitOf, withSite } from "./visits.ts";

export * from "./visits.ts";

/** A test that visits the site of the demonstration. */
export const test = anyTest.extend<{ readonly visit: Visit }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs
  visit: async ({}, use) => withSite(use),
});

/** A test that visits another site, which is there when the first of them begins, and served for all. */
export const testOf = (site: () => BuiltSite): typeof test =>
  anyTest
    .extend<{ readonly server: ServedSite }>({
      server: [
        // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs
        async ({}, use) => {
          const server = await servedSite(site());
          await use(server);
          await server.close();
        },
        { scope: "file" },
      ],
    })
    .extend<{ readonly visit: Visit }>({
      visit: async ({ server }, use) => visitOf(site(), server, use),
    });

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
