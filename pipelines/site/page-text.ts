/** The inline script of `app.html` that chooses light or dark. */
const THEME_SCRIPT = /localStorage\.getItem\('giao-dien'\)/;

/**
 * The page for addresses that do not exist keeps its look but loses its other scripts: it must stand
 * wherever it is shown.
 */
export function notFoundPage(html: string): string {
  return html
    .replace(/<script\b[\s\S]*?<\/script>/g, (script) => (THEME_SCRIPT.test(script) ? script : ""))
    .replace(/<link rel="modulepreload"[^>]*>/g, "");
}

/** What tags of a page refer to, but for files that are offered (`rel="external"`). */
export function linksIn(html: string): string[] {
  const markup = html.replace(/<!--[\s\S]*?-->|(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, "$1");
  const links: string[] = [];
  for (const [tag = ""] of markup.matchAll(
    /<[a-z][^\s/>]*(?:\s+[^\s=>]+(?:="[^"]*")?)*\s*\/?>/gi,
  )) {
    if (/\srel="[^"]*\bexternal\b/.test(tag)) continue;
    for (const [, address = ""] of tag.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      links.push(unescapeHtml(address));
    }
  }
  return links;
}

/** Text of an attribute. */
export function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
