import { unescapeHtml } from "./page-text.ts";

/** A page of which less than this share of classes has a rule was built without its styles. */
const STYLED_SHARE = 0.8;

/** Text that no page means to show. */
const SLIPS = new Set(["undefined", "NaN", "null", "[object Object]", "Invalid Date"]);

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

/** Addresses of other hosts that a stylesheet loads. */
export function foreignStyleAddresses(css: string): string[] {
  const pattern = /(?:url\(\s*["']?|@import\s+["'])((?:https?:)?\/\/[^"')\s]+)/gi;
  return [...css.matchAll(pattern)].map(([, address]) => address ?? "");
}

/** The texts between tags, without scripts and styles. */
function shownTexts(html: string): string[] {
  const body = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, "");
  return [...body.matchAll(/>([^<>]+)</g)].map(([, text]) => (text ?? "").trim());
}
