import { Content } from "../../pipelines/site/content.ts";
import { policyOfPage } from "../../pipelines/site/policy.ts";
import type { Site } from "../../pipelines/site/served-pages.ts";

/** A site of given contents, and what it was asked for. */
export interface MadeSite extends Site {
  readonly contents: Map<string, Content>;
  readonly asked: string[];
}

/** A site that lies in memory: pages end with a slash. */
export function madeSite(pages: Readonly<Record<string, string>>): MadeSite {
  const contents = new Map(
    Object.entries(pages).map(([path, html]) => {
      const body = Buffer.from(html);
      return [path, new Content(path, body, { policy: policyOfPage(body) })];
    }),
  );
  const asked: string[] = [];
  const missing = '<html lang="vi">Không tìm thấy trang</html>';
  return {
    contents,
    asked,
    find: async (path) => {
      asked.push(path);
      return (
        contents.get(path) ?? (contents.has(`${path}/`) ? { location: `${path}/` } : undefined)
      );
    },
    notFound: async () => new Content("/404.html", Buffer.from(missing), { status: 404 }),
  };
}
