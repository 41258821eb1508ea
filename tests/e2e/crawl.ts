import type { Visit, WatchedPage } from "./site.ts";

/** An address that no site has. */
export const NOWHERE = "/khong-co-trang-nay/";

/**
 * Goes to every page that can be reached from the first one, and to the one for wrong addresses, in
 * one tab, and shows each to `look`.
 * @returns the paths that were found, without the wrong one
 */
export async function crawl(
  visit: Visit,
  look: (path: string, watched: WatchedPage) => Promise<void>,
): Promise<string[]> {
  const seen = new Set<string>();
  const left = ["/"];
  const goTo = await visit.openTab();
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const watched = await goTo(path);
    const { page } = watched;
    const links = await page.evaluate(() =>
      [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href") ?? ""),
    );
    for (const href of links) {
      const { pathname, origin } = new URL(href, visit.url + path);
      if (origin !== visit.url) throw new Error(`${path} links out of the site: ${href}`);
      // Files are saved, not opened.
      const isFile = /\.[a-z]+$/.test(pathname);
      if (!seen.has(pathname) && !isFile) left.push(pathname);
    }
    await look(path, watched);
  }
  await look(NOWHERE, await goTo(NOWHERE));
  return [...seen];
}

/** What pages of one kind have in common: the plan and the section of it, or the list of units. */
export function kindOf(path: string): string {
  const [first = "", second = ""] = path.split("/").slice(1);
  return first === "don-vi" ? first : `${first}/${second}`;
}
