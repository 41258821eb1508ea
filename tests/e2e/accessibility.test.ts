import { beforeAll, expect, test } from "vitest";
import { accessibilityProblems, nothingJudged } from "./axe.ts";
import { crawl } from "./crawl.ts";
import { builtSite, withSite } from "./site.ts";

beforeAll(builtSite);

test("axe finds nothing on any page, light and wide or dark and narrow; none scrolls sideways", async () => {
  await withSite(async (visit) => {
    const titles = new Map<string, string>();
    const problems: string[] = [];
    const judged = nothingJudged();
    await crawl(
      visit,
      async (path, { page }) => {
        const say = (what: string) => problems.push(`${path} ${what}`);
        for (const one of await accessibilityProblems(page, judged)) say(one);
        const { title, ...counts } = await page.evaluate(() => ({
          title: document.title,
          lang: document.documentElement.lang,
          h1: document.querySelectorAll("h1").length,
          main: document.querySelectorAll("main").length,
        }));
        expect({ path, ...counts }).toEqual({ path, lang: "vi", h1: 1, main: 1 });
        expect(title).not.toBe("");
        // The only plan's overview is the first page, too.
        const twin = path === "/" ? undefined : titles.get(title);
        if (twin !== undefined) say(`has the title of ${twin}: ${title}`);
        if (path !== "/") titles.set(title, path);
      },
      12,
    );
    expect(problems).toEqual([]);
  });
}, 600_000);
