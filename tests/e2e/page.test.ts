import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { PLAN } from "../site/marts.ts";
import { builtSite, hostsOf, type Visit, withSite } from "./site.ts";

const INDICATOR = `/${PLAN}/chi-tieu/CT03/`;

/** For how long the figures of a page are watched after its scripts have started. */
const WATCHED_MS = 10_000;

// The first run after a change of the pages bundles them, which may take a minute or two.
beforeAll(builtSite);

test("a page is prerendered, styled, Vietnamese, and stays as it was once its scripts run", async () => {
  await withSite(async (visit) => {
    const { page, requests, errors } = await visit.openPage(INDICATOR, {
      prepare: async (opened) => {
        // What the table says whenever it changes, from the moment the page has arrived.
        await opened.addInitScript(() => {
          const seen: string[] = [];
          Object.assign(window, { seenTables: seen });
          setInterval(() => {
            if (document.readyState === "loading") return;
            const text = document.querySelector("article table")?.textContent ?? "(no table)";
            // Blanks between tags differ, and show nowhere.
            const words = text.replace(/\s+/g, "");
            if (seen.at(-1) !== words) seen.push(words);
          }, 10);
        });
      },
    });
    await page.waitForTimeout(WATCHED_MS);
    const seen: unknown = await page.evaluate(() => Reflect.get(window, "seenTables"));
    expect(seen).toEqual([expect.stringContaining("VĩnhTrại2024-Q48701.17074,36Đạt")]);

    const html = await readFile(join(visit.dir, INDICATOR, "index.html"), "utf8");
    expect(html.match(/<td role="cell"/g)).toHaveLength(32 * 6);
    expect(await page.locator("article td:visible").count()).toBe(32 * 6);
    expect(await page.locator("html").getAttribute("lang")).toBe("vi");
    expect(await page.title()).toBe("Chỉ tiêu theo phường");
    expect(await page.locator("text=Số liệu minh họa").count()).toBe(1);

    expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
    expect(requests.filter((url) => /\.wasm|worker/.test(url))).toEqual([]);
    expect(errors).toEqual([]);

    await expectStyles(page);
    await expectFigures(visit, html);
  });
});

/** Classes of the layout and of the hoisted components have the look that Tailwind gives them. */
async function expectStyles(page: Awaited<ReturnType<Visit["openPage"]>>["page"]): Promise<void> {
  const looks = await page.evaluate(() => {
    const style = (selector: string) => {
      const element = document.querySelector(selector);
      return element === null ? undefined : getComputedStyle(element);
    };
    return {
      nowrap: style("td.whitespace-nowrap")?.whiteSpace,
      cellPadding: style("td.whitespace-nowrap")?.paddingTop,
      flexGrow: style("main.flex-grow")?.flexGrow,
      heading: style("article h1")?.fontWeight,
      font: style("article")?.fontFamily.split(",")[0]?.replaceAll('"', ""),
      loaded: document.fonts.check("16px Inter", "ạ"),
    };
  });
  expect(looks).toEqual({
    nowrap: "nowrap",
    cellPadding: "2px",
    flexGrow: "1",
    heading: "700",
    font: "Inter",
    loaded: true,
  });
}

/** The prerendered cells say what the marts hold, written as Vietnamese writes it. */
async function expectFigures(visit: Visit, html: string): Promise<void> {
  const wards = await withConnection(async (connection) => {
    await attach(connection, visit.marts, "city", { readOnly: true });
    return await selectRows(
      connection,
      `select area_name, numerator::varchar as numerator, value::decimal(18, 2)::varchar as value
      from city.marts.attainment_by_ward_quarter
      where indicator_code = 'CT03' and period = '2024-Q4'
      order by area_code`,
    );
  });
  expect(wards).toHaveLength(8);
  const rows = [...html.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) =>
      (cell ?? "").replace(/<[^>]+>/g, "").trim(),
    ),
  );
  for (const ward of wards) {
    const row = rows.find(([name, period]) => name === ward.area_name && period === "2024-Q4");
    expect(row?.[2]).toBe(String(ward.numerator).replace(/\B(?=(\d{3})+$)/g, "."));
    expect(row?.[4]).toBe(String(ward.value).replace(".", ","));
  }
}

test("everything is readable without scripts", async () => {
  await withSite(async (visit) => {
    const { page, errors } = await visit.openPage("/", { scripts: false });
    const rows = await page.locator("table tr:has(td)").allTextContents();
    expect(rows).toHaveLength(12);
    expect(rows[0]).toContain("CT01");
    expect(rows[0]).toMatch(/\d{2},\d{2}/);
    expect(errors).toEqual([]);
  });
});

test("going from page to page needs no engine, and a link of a table row leads to its page", async () => {
  await withSite(async (visit) => {
    const { page, requests, errors } = await visit.openPage("/");
    await page.locator("table tr", { hasText: "CT05" }).click();
    await page.waitForURL(`**/${PLAN}/chi-tieu/CT05/`);
    await page.waitForSelector("text=Chỉ tiêu số 5");
    expect(await page.locator("article canvas").count()).toBe(1);
    expect(requests.filter((url) => /\.wasm|worker/.test(url))).toEqual([]);
    expect(errors).toEqual([]);
  });
});

test("an address that does not exist is answered in Vietnamese", async () => {
  await withSite(async (visit) => {
    const { page, status, requests } = await visit.openPage("/khong/co/trang/nay");
    expect(status).toBe(404);
    expect(await page.locator("h1").textContent()).toContain("Không tìm thấy trang");
    expect(await page.locator("html").getAttribute("lang")).toBe("vi");
    expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
  });
});
