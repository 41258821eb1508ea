import { expect } from "vitest";
import { PLAN } from "./marts.ts";
import { attributes, test } from "./site.ts";

test("the plan's own terms are told with where they are from", async (visit) => {
  const terms = await visit.query("select * from marts.plan_term order by term_no");
  expect(terms.length).toBeGreaterThan(3);
  const page = await visit.open(`/${PLAN}/thuat-ngu/`);
  const shown = await page.locator("[data-term]").allInnerTexts();
  expect(shown).toHaveLength(terms.length);
  for (const [index, { term, meaning, source }] of terms.entries()) {
    for (const text of [term, meaning, source]) expect(shown[index]).toContain(String(text));
  }
});

test("heads of the table of indicators lead to their terms, and the foot of a page to all", async (visit) => {
  const page = await visit.open(`/${PLAN}/ky/2024-Q4/`);
  const links = await attributes(page.locator("thead a.ct-term"), "href");
  expect(links.length).toBeGreaterThan(4);
  expect(await page.locator(`footer a[href="/${PLAN}/thuat-ngu/"]`).count()).toBe(1);
  const glossary = await visit.open(`/${PLAN}/thuat-ngu/`);
  for (const link of links) {
    const [path, id] = link.split("#");
    expect(path).toBe(`/${PLAN}/thuat-ngu/`);
    expect([id, await glossary.locator(`[id="${id}"] dt`).count()]).toEqual([id, 1]);
  }
});
