import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import { newFolder } from "../folders.ts";
import { changeMarts, writeExampleMarts } from "./marts.ts";
import { type BuiltSite, testOf } from "./site.ts";

let folder = "";
let site: BuiltSite;
const test = testOf(() => site);

beforeAll(async () => {
  folder = newFolder("chitieu-example-");
  site = { marts: join(folder, "marts.duckdb") };
  const published = join(folder, "published.duckdb");
  await writeExampleMarts(published);
  // An older plan beside it, of which nothing has been reported yet.
  await changeMarts(
    published,
    site.marts,
    `insert into marts.plan
    select * replace (
      'ke-hoach-cu' as plan_id,
      '9/KH-UBND' as number,
      'Kế hoạch chưa ai báo cáo' as title,
      date '2020-01-01' as issued_on,
      0 as submissions,
      null as last_received_at
    )
    from marts.plan`,
  );
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

test("several plans are listed, newest first, one without reports among them", async (visit) => {
  const page = await visit.open("/");
  expect(await page.locator(".ct-plan h3").allInnerTexts()).toEqual([
    "Công tác phòng, chống mại dâm tỉnh Lạng Sơn 8 tháng năm 2023",
    "Kế hoạch chưa ai báo cáo",
  ]);
  expect(await page.locator(".ct-plan").nth(0).innerText()).toContain("có 11 số liệu");
  expect(await page.locator(".ct-plan").nth(1).innerText()).toContain("Chưa có báo cáo nào");
  await page.locator(".ct-plan a", { hasText: "chưa ai báo cáo" }).click();
  await page.waitForURL("**/ke-hoach-cu/");
  await page.waitForSelector("h1:has-text('Kế hoạch chưa ai báo cáo')");
  for (const path of ["", "thoi-han/", "phuong-phap/"]) {
    const empty = await visit.open(`/ke-hoach-cu/${path}`);
    // No table without rows: a sentence says why there is none.
    expect(await empty.locator("main table").count()).toBe(0);
    expect(await empty.locator(".ct-empty").count()).toBeGreaterThan(0);
  }
});
