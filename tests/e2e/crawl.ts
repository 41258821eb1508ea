import type { Page } from "playwright-core";
import type { Visit, WatchedPage } from "./site.ts";

/** An address that no site has. */
export const NOWHERE = "/khong-co-trang-nay/";

/**
 * Finds every page that can be reached from the first one, goes to it and to the one for wrong addresses
 * in one tab, and shows each to `look`.
 * @param ofAKind so many pages of a kind are gone to; of the others the links are followed alone
 * @param unasked what pages lead to that are not asked for
 * @returns the paths that were found, without the wrong one
 */
export async function crawl(
  visit: Visit,
  ofAKind: number,
  look: (path: string, watched: WatchedPage) => Promise<void>,
  unasked: Readonly<Record<string, readonly string[]>> = {},
): Promise<string[]> {
  const seen = new Set<string>();
  const kinds = new Map<string, number>();
  const left = ["/"];
  const goTo = await visit.openTab();
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    left.push(...(unasked[path] ?? []));
    if (path in unasked) continue;
    const no = (kinds.get(kindOf(path)) ?? 0) + 1;
    kinds.set(kindOf(path), no);
    const watched = no > ofAKind ? null : await goTo(path);
    const links = await (watched === null ? linksOf(visit.url + path) : shownLinks(watched.page));
    for (const href of links) {
      const { pathname, origin } = new URL(href, visit.url + path);
      if (origin !== visit.url) throw new Error(`${path} links out of the site: ${href}`);
      // Files are saved, not opened.
      const isFile = /\.[a-z]+$/.test(pathname);
      if (!seen.has(pathname) && !isFile) left.push(pathname);
    }
    if (watched !== null) await look(path, watched);
  }
  await look(NOWHERE, await goTo(NOWHERE));
  return [...seen];
}

function shownLinks(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href") ?? ""),
  );
}

/** The links of a page as it is sent. @throws Error when it is not there */
async function linksOf(url: string): Promise<string[]> {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`${url} is answered ${answer.status}`);
  const html = await answer.text();
  return [...html.matchAll(/<a [^>]*?href="([^"#]*)/g)].map(([, href = ""]) => href);
}

/** What pages of one kind have in common: the plan and the section of it, or the list that they are of. */
export function kindOf(path: string): string {
  const [first = "", second = ""] = path.split("/").slice(1);
  return ["don-vi", "tu-dien"].includes(first) ? first : `${first}/${second}`;
}
