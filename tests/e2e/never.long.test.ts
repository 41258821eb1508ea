import type { Page } from "playwright-core";
import { expect } from "vitest";
import { measureLoad } from "../bench/page-load.ts";
import { PLAN } from "./marts.ts";
import { test } from "./site.ts";

/** How long a page is looked at; `npm run bench -- pages` looks for a minute and judges the times, too. */
const WATCHED_MS = 6_000;
const SAMPLES = 11;

/**
 * A machine that does much else shows figures later than it could, when more has come over the line. It
 * never shows them with less than they need, so that one load of a few tells.
 */
const LOADS = 5;

const FIRST_BYTES = 150_000;

/** Far below what is allowed, and twice what it is: a library that slips in shows here. */
const PAGE_BYTES = 350_000;

/** Refuses the rows of pages, so many times. */
const refuseRows = (times: number) => async (page: Page) => {
  let left = times;
  await page.route("**/du-lieu.json*", async (route) => {
    left -= 1;
    if (left < 0) await route.continue();
    else await route.fulfill({ status: 503, body: "" });
  });
};

test("a page whose rows do not come keeps its figures, and asks again", async (visit) => {
  // `visit.openPage` waits until the controls work.
  const { page, requests } = await visit.openPage(`/${PLAN}/`, { prepare: refuseRows(2) });
  expect(requests.filter((url) => /\/du-lieu\.json(\?|$)/.test(url))).toHaveLength(3);
  expect(await page.locator("h1").first().innerText()).not.toContain("Không mở được trang");
  expect(await page.locator("main").innerText()).toMatch(/\d/);
});

test("a page that is gone to and whose rows do not come is opened whole, figures and all", async (visit) => {
  const page = await visit.open(`/${PLAN}/`);
  await refuseRows(10)(page);
  await page.locator(`a[href="/${PLAN}/thoi-han/"]`).first().click();
  await page.waitForURL(`**/${PLAN}/thoi-han/`);
  await page.locator("main table td", { hasText: /\d/ }).first().waitFor();
});

test("on a slow line the figures of a page come early, stay, and need no engine", async (visit) => {
  const paths = {
    overview: `/${PLAN}/`,
    indicator: `/${PLAN}/chi-tieu/1.3a/`,
    ward: `/${PLAN}/dia-ban/05974/`,
    report: `/${PLAN}/bao-cao/2024-Q2/v2/`,
    "look-up": `/${PLAN}/tra-cuu/`,
  };
  const measure = async ([page, path]: readonly [string, string]) => {
    const figuresBytes: number[] = [];
    const isMeasured = () => figuresBytes.some((bytes) => bytes < FIRST_BYTES);
    while (figuresBytes.length < LOADS && !isMeasured()) {
      const load = await measureLoad(visit.browser, visit.url + path, WATCHED_MS, SAMPLES);
      const ofEngine = load.requests.filter((request) => /\.wasm|worker|\/data\//.test(request));
      expect({ page, ofEngine, blankMs: load.blankMs }).toEqual({
        page,
        ofEngine: [],
        blankMs: [],
      });
      expect(load.figuresMs, page).toBeDefined();
      expect(load.samples, page).toBeGreaterThan(10);
      expect(load.totalBytes, page).toBeLessThan(PAGE_BYTES);
      figuresBytes.push(load.figuresBytes);
    }
    expect(Math.min(...figuresBytes), page).toBeLessThan(FIRST_BYTES);
  };
  // each is watched for seconds, and does little
  await Promise.all(Object.entries(paths).map(measure));
});
