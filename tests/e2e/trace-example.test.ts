import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSite } from "../../pipelines/site/build-site.ts";
import { writeChangeMarts } from "./marts.ts";
import { withSite } from "./site.ts";

/** A plan of changes against the year before and of several indicators together, with baselines. */
const PLAN = "ha-nam-atgt-2020";

let folder = "";
let site = { dir: "", marts: "" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chitieu-changes-"));
  site = { dir: join(folder, "site"), marts: join(folder, "marts.duckdb") };
  await writeChangeMarts(site.marts);
  // a page that cannot be rendered fails the build
  await buildSite({ marts: site.marts, out: site.dir });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("every indicator has a page of what its figure stands on, in every period", async () => {
  const pages = await readdir(join(site.dir, PLAN, "can-cu"), { recursive: true });
  const rendered = pages
    .filter((path) => path.endsWith("index.html"))
    .map((path) => path.slice(0, -11));
  const periods = ["2020-9T", "2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2020-Y"];
  expect(rendered.sort()).toEqual(
    ["1", "1a", "1b", "1c", "2"].flatMap((code) => periods.map((period) => `${code}/${period}`)),
  );
});

test("a change shows the later and the earlier value, where each is from, and its readings", async () => {
  await withSite(async (visit) => {
    const { page, errors } = await visit.openPage(`/${PLAN}/can-cu/1a/2020-Q4/`);
    expect(errors).toEqual([]);
    const lines = async (section: string) =>
      (await page.locator(`[id="${section}"] [data-change] li`).allInnerTexts()).map((text) =>
        text.replace(/\s+/g, " "),
      );
    // 112 of 120; in the third district 31 of 32
    expect(await lines("toan-dia-ban")).toEqual([
      "Số đến kỳ này: quý IV năm 2020 = 112 vụ, tính từ các số liệu nêu dưới đây",
      "Số đem so sánh: quý IV năm 2019 = 120 vụ, theo số liệu gốc; nguồn: Số giả định",
    ]);
    expect(await lines("350")).toEqual([
      "Số đến kỳ này: quý IV năm 2020 = 31 vụ, tính từ các số liệu nêu dưới đây",
      "Số đem so sánh: quý IV năm 2019 = 32 vụ, theo số liệu gốc; nguồn: Số giả định",
    ]);
    expect(await page.locator('[id="350"] .ct-basis-sums li').last().innerText()).toMatch(/= 31$/);
    expect(await page.locator('[id="350"] tr[data-receipt]').count()).toBe(4);
  }, site);
});

test("several indicators together show how each stands, with the way to its own readings", async () => {
  await withSite(async (visit) => {
    const { page, errors } = await visit.openPage(`/${PLAN}/can-cu/1/2020-Q4/`);
    expect(errors).toEqual([]);
    const rows = page.locator('[id="350"] [data-component]');
    expect(
      (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").replace(/.*: /, "")),
    ).toEqual(["-3,13% Không đạt", "0% Không đạt", "-3,85% Không đạt"]);
    await rows.first().locator("a").click();
    await page.waitForURL(`**/${PLAN}/can-cu/1a/2020-Q4/#350`);
  }, site);
});
