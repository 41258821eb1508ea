import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { readablePage } from "../readable/page.ts";
import { PLAN } from "./marts.ts";
import { test } from "./site.ts";

// Pages of the demonstration as text, for who reviews a change: its diff says what readers will see
// differently. `npm run snapshots` writes them anew.

const FOLDER = join(import.meta.dirname, "snapshots");

const PAGES: Readonly<Record<string, string>> = {
  overview: `/${PLAN}/`,
  period: `/${PLAN}/ky/2024-Q3/`,
  indicator: `/${PLAN}/chi-tieu/1.3a/`,
  ward: `/${PLAN}/dia-ban/05974/`,
  "wards-compared": `/${PLAN}/dia-ban/?chi-tieu=3.2b`,
  trace: `/${PLAN}/can-cu/1.3a/2024-Q4/`,
  missing: `/${PLAN}/con-thieu/`,
  deadlines: `/${PLAN}/thoi-han/`,
  search: `/${PLAN}/tra-cuu/?dia-ban=05974&ky=2024-Q3`,
  method: `/${PLAN}/phuong-phap/`,
  reports: `/${PLAN}/bao-cao/`,
  "report-half-year": `/${PLAN}/bao-cao/2024-H1/v1/`,
  "report-changed": `/${PLAN}/bao-cao/2024-Q2/v2/`,
};

test("pages read as their snapshots do", async (visit) => {
  const goTo = await visit.openTab();
  for (const [name, path] of Object.entries(PAGES)) {
    const { page, errors } = await goTo(path);
    await page.waitForLoadState("networkidle");
    const text = await readablePage(page);
    expect(errors).toEqual([]);
    await expect.soft(text).toMatchFileSnapshot(join(FOLDER, `${name}.txt`));
  }
});

test("every snapshot is of a page", () => {
  const names = readdirSync(FOLDER).map((name) => name.replace(".txt", ""));
  expect(names.sort()).toEqual(Object.keys(PAGES).sort());
});
