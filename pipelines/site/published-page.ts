import { readAsPublished } from "../publishing/version-files.ts";
import { type Download, downloadAddress } from "./downloads.ts";
import { unescapeHtml } from "./page-text.ts";

/** The element of a page that holds a page as it was published, with the address of its file. */
const PLACE_BEGIN = '<div class="ct-published-page" data-published=';
const PLACE = /^<div class="ct-published-page" data-published="([^"]*)"(?:\s[\w-]+="[^"]*")*\s*>/;

const BEGIN = '<template shadowrootmode="open">';
const END = "</template>";

/**
 * Puts the page that was published with a version, byte for byte, into the page of the site that is a
 * frame around it. A browser shows it there with its own styles, and with none of those around it.
 * @param downloads the files that the site offers
 * @throws Failure when its file is missing or altered
 */
export async function withPublishedPage(
  html: Buffer,
  downloads: readonly Download[],
): Promise<Buffer> {
  const from = html.indexOf(PLACE_BEGIN);
  const [place, file = ""] = PLACE.exec(from === -1 ? "" : html.toString("utf8", from)) ?? [];
  if (place === undefined) return html;
  const address = decodeURI(unescapeHtml(file));
  const download = downloads.find((one) => downloadAddress(one) === address);
  if (download === undefined) throw new Error(`${address} is no file of a published version`);
  const page = await readAsPublished(download);
  const at = from + Buffer.byteLength(place);
  const [before, after] = [html.subarray(0, at), html.subarray(at)];
  return Buffer.concat([before, Buffer.from(BEGIN), page, Buffer.from(END), after]);
}

/** A page without what was published and cannot be mended any more. */
export function withoutPublishedPage(html: string): string {
  const from = html.indexOf(BEGIN);
  const to = html.indexOf(END, from);
  return from === -1 || to === -1 ? html : html.slice(0, from) + html.slice(to + END.length);
}
