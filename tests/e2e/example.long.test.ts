import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import { newFolder } from "../folders.ts";
import { writeExampleMarts } from "./marts.ts";
import { type BuiltSite, testOf } from "./site.ts";

let site: BuiltSite;
const test = testOf(() => site);

beforeAll(async () => {
  site = { marts: join(newFolder("chitieu-example-"), "marts.duckdb") };
  await writeExampleMarts(site.marts);
});

test("published figures without targets or wards have sensible pages", async (visit) => {
  for (const path of ["/lang-son-8-thang-2023/", "/lang-son-8-thang-2023/ky/2023-8T/"]) {
    const page = await visit.open(path);
    // These figures are real.
    expect(await page.locator(".ct-demo").count()).toBe(0);
    const row = (measure: string) => page.locator(`tr[data-measure="${measure}"]`).innerText();
    expect(await row("establishments")).toMatch(/\t849\t/);
    // that there were more is in a note, which is for the city until somebody releases it
    expect(await row("attendances")).toMatch(/\t100\.260\t/);
    const text = await page.locator("main").innerText();
    expect(text).toContain("Nguồn: tiengchuong.chinhphu.vn, bài đăng ngày 15/9/2023");
    expect(await page.locator("main table").count()).toBe(1);
    expect(await page.locator("h1").count()).toBe(1);
  }
  for (const path of ["thoi-han", "phuong-phap"]) {
    await visit.open(`/lang-son-8-thang-2023/${path}/`);
  }
});
