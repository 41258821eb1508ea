import { escapeXml } from "../workbook/xml.ts";
import { Content } from "./content.ts";
import { PageNotReady, type Site } from "./served-pages.ts";

/**
 * A site on whose pages stands what is still being made.
 * @param notice what to say now
 * @param later below this address is what is not there yet: it is told so, and loads itself again
 */
export function withNotice(site: Site, notice: () => string, later: string): Site {
  return {
    notFound: () => site.notFound(),
    find: async (path, version) => {
      if (path === later || path.startsWith(`${later}/`)) throw new PageNotReady(notice());
      const found = await site.find(path, version);
      if (!(found instanceof Content) || found.type !== ".html") return found;
      const line = `<div class="ct-site"><p class="ct-demo" role="status">${escapeXml(notice())}</p></div>`;
      const html = found.body.toString("utf8").replace(/<body[^>]*>/, (body) => body + line);
      return new Content(path, Buffer.from(html), { policy: found.policy });
    },
  };
}
