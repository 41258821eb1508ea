import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { listTree } from "./list-tree.ts";
import type { SiteProblem } from "./site-problem.ts";

/** A page of which less than this share of classes has a rule was built without its styles. */
const STYLED_SHARE = 0.8;

/** What the queries of a page gave; the browser fetches it. */
const ROWS = "du-lieu.json";

/** Text that no page means to show. */
const SLIPS = new Set(["undefined", "NaN", "null", "[object Object]", "Invalid Date"]);

/** What of a site was looked at when it was rendered, and is as it was. */
export interface LookedAt {
  /** Files of it. */
  readonly taken?: readonly string[];
  /** Folders that are still in the site that is shown. */
  readonly folders?: readonly string[];
  readonly shown?: string;
}

/**
 * Looks at every page of an assembled site for what must not be published: failed queries and
 * components, addresses of other hosts, missing styles or rows, a missing title or language.
 */
export async function inspectSite(
  site: string,
  { taken = [], folders = [], shown = "" }: LookedAt = {},
): Promise<SiteProblem[]> {
  const problems: SiteProblem[] = [];
  const files = await listTree(site);
  const pages = files.filter((file) => file.endsWith(".html"));
  if (!pages.includes("index.html")) problems.push({ page: "/", found: "there is no first page" });

  const styles = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith(".css"))) {
    const css = await readFile(join(site, file), "utf8");
    styles.set(`/${file.split(sep).join("/")}`, css);
    for (const address of foreignStyleAddresses(css)) {
      problems.push({ page: `/${file}`, found: `refers to another host: ${address}` });
    }
  }
  const known = new Set(taken);
  const there = new Set(files);
  const elsewhere = new Set(folders);
  const hasFile = (address: string): boolean => {
    const file = join(...address.split("/"));
    const [, first = ""] = address.split("/");
    return there.has(file) || (elsewhere.has(first) && existsSync(join(shown, file)));
  };
  for (const file of pages.filter((name) => !known.has(name))) {
    const html = await readFile(join(site, file), "utf8");
    if (basename(file) === "index.html" && !there.has(join(dirname(file), ROWS))) {
      problems.push({ page: pagePath(file), found: `has no ${ROWS} beside it` });
    }
    for (const found of [...inspectPage(html, styles), ...missingDownloads(html, hasFile)]) {
      problems.push({ page: pagePath(file), found });
    }
  }
  return problems;
}

/**
 * Links to files that are not there; links to pages are followed when they are rendered.
 * @param hasFile whether the site has a file at an address
 */
export function missingDownloads(html: string, hasFile: (address: string) => boolean): string[] {
  const links = [...html.matchAll(/<a\b[^>]*\sdownload\b[^>]*>/g)].map(
    ([tag]) => /\shref="([^"]*)"/.exec(tag)?.[1] ?? "",
  );
  return links
    .filter((link) => !hasFile(decodeURI(unescapeHtml(link))))
    .map((link) => `offers ${link}, which is not part of the site`);
}

/**
 * What is wrong with one page.
 * @param styles text of each stylesheet of the site by its path
 */
export function inspectPage(html: string, styles: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [, error] of html.matchAll(/data-component-error="([^"]*)"/g)) {
    found.push(`a component failed: ${error}`);
  }
  for (const address of foreignAddresses(html)) {
    found.push(`refers to another host: ${address}`);
  }
  for (const text of new Set(shownTexts(html))) {
    if (SLIPS.has(text)) found.push(`shows "${text}" where a value should be`);
  }
  if (!/<html[^>]*\slang="vi"/.test(html)) found.push('has no <html lang="vi">');
  if (!/<title>[^<]+<\/title>/.test(html)) found.push("has no title");
  found.push(...missingStyles(html, styles));
  return found;
}

function missingStyles(html: string, styles: ReadonlyMap<string, string>): string[] {
  const sheets: string[] = [];
  for (const [tag] of html.matchAll(/<link\b[^>]*rel="stylesheet"[^>]*>/g)) {
    const href = /href="([^"]*)"/.exec(tag)?.[1] ?? "";
    const css = styles.get(href);
    if (css === undefined) return [`its stylesheet ${href} is not part of the site`];
    if (!/\sdisabled\b/.test(tag)) {
      return [
        `its styles are not in it, but in ${href}: raise inlineStyleThreshold in reports/template/svelte.config.js`,
      ];
    }
    sheets.push(css);
  }
  if (sheets.length === 0) return ["has no stylesheet"];
  const share = styledShare(html, sheets.join("\n"));
  return share < STYLED_SHARE
    ? [`only ${Math.round(share * 100)}% of its classes have a rule: it was built without styles`]
    : [];
}

/** Which share of the classes that a page uses has a rule in its stylesheets. */
export function styledShare(html: string, css: string): number {
  const classes = new Set<string>();
  for (const [, list] of html.matchAll(/\sclass="([^"]*)"/g)) {
    for (const name of (list ?? "").split(/\s+/)) if (name !== "") classes.add(unescapeHtml(name));
  }
  if (classes.size === 0) return 1;
  const rules = classesWithRules(css);
  const styled = [...classes].filter((name) => rules.has(name));
  return styled.length / classes.size;
}

/** Of the stylesheets that were looked at last: most pages have the same. */
let looked: { readonly css: string; readonly classes: ReadonlySet<string> } | undefined;

function classesWithRules(css: string): ReadonlySet<string> {
  if (looked?.css === css) return looked.classes;
  const names = [...css.matchAll(/\.((?:\\.|[\w-])+)/g)].map(([, name = ""]) => name);
  const classes = new Set(names.map((name) => name.replace(/\\(.)/g, "$1")));
  looked = { css, classes };
  return classes;
}

/** Addresses of other hosts in attributes that a browser follows, and in styles of the page. */
function foreignAddresses(html: string): string[] {
  const found: string[] = [];
  const markup = html.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, (script) =>
    script.slice(0, script.indexOf(">") + 1),
  );
  const attribute =
    /\s(?:src|href|xlink:href|srcset|action|formaction|poster|data|content)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  for (const match of markup.matchAll(attribute)) {
    const value = match[1] ?? match[2] ?? "";
    const mayBeForeign = value.includes("//");
    if (mayBeForeign && /(?:^|[\s,;=])(?:https?:)?\/\/[\w[]/i.test(value)) found.push(value);
  }
  for (const [, style] of markup.matchAll(/\sstyle="([^"]*)"/g)) {
    found.push(...foreignStyleAddresses(unescapeHtml(style ?? "")));
  }
  for (const [, css] of markup.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)) {
    found.push(...foreignStyleAddresses(css ?? ""));
  }
  return found;
}

function foreignStyleAddresses(css: string): string[] {
  const pattern = /(?:url\(\s*["']?|@import\s+["'])((?:https?:)?\/\/[^"')\s]+)/gi;
  return [...css.matchAll(pattern)].map(([, address]) => address ?? "");
}

/** The texts between tags, without scripts and styles. */
function shownTexts(html: string): string[] {
  const body = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, "");
  return [...body.matchAll(/>([^<>]+)</g)].map(([, text]) => (text ?? "").trim());
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** `a/index.html` is shown at `/a/`. */
function pagePath(file: string): string {
  if (!file.endsWith("index.html")) return `/${file}`;
  const folder = dirname(file);
  return folder === "." ? "/" : `/${folder.split(sep).join("/")}/`;
}
