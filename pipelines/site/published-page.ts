import { readAsPublished } from "../publishing/version-files.ts";
import { type Download, downloadAddress } from "./downloads.ts";
import { unescapeHtml } from "./page-text.ts";

/** The element of a page that holds a page as it was published, with the address of its file. */
const PLACE = /<div class="ct-published-page" data-published="([^"]*)"(?:\s[\w-]+="[^"]*")*\s*>/;

const BEGIN = '<template shadowrootmode="open">';
const END = "</template>";

/**
 * Puts the page that was published with a version, byte for byte, into the page of the site that is a
 * frame around it. A browser shows it there with its own styles, and with none of those around it.
 * @param downloads the files that the site offers
 * @throws Failure when its file is missing or altered
 */
export async function withPublishedPage(
  html: string,
  downloads: readonly Download[],
): Promise<string> {
  const found = PLACE.exec(html);
  if (found === null) return html;
  const [place, file = ""] = found;
  const address = decodeURI(unescapeHtml(file));
  const download = downloads.find((one) => downloadAddress(one) === address);
  if (download === undefined) throw new Error(`${address} is no file of a published version`);
  const page = (await readAsPublished(download)).toString("utf8");
  const at = found.index + place.length;
  return `${html.slice(0, at)}${BEGIN}${page}${END}${html.slice(at)}`;
}

/** A page without what was published and cannot be mended any more. */
export function withoutPublishedPage(html: string): string {
  const from = html.indexOf(BEGIN);
  const to = html.indexOf(END, from);
  return from === -1 || to === -1 ? html : html.slice(0, from) + html.slice(to + END.length);
}
