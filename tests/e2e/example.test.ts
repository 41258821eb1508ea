import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSite } from "../../pipelines/site/build.ts";
import { writeExampleMarts } from "./marts.ts";
import { type BuiltSite, builtSite, withSite } from "./site.ts";

let folder = "";
let site: BuiltSite;

beforeAll(async () => {
  await builtSite();
  folder = await mkdtemp(join(tmpdir(), "chitieu-example-"));
  site = { dir: join(folder, "site"), marts: join(folder, "marts.duckdb") };
  await writeExampleMarts(site.marts);
  await buildSite({ marts: site.marts, out: site.dir });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("published figures without targets or wards have sensible pages", async () => {
  await withSite(async (visit) => {
    for (const path of ["/", "/lang-son-8-thang-2023/ky/2023-8T/"]) {
      const { page, errors } = await visit.openPage(path);
      expect(errors).toEqual([]);
      // These figures are real.
      expect(await page.locator(".ct-demo").count()).toBe(0);
      const row = (measure: string) => page.locator(`tr[data-measure="${measure}"]`).innerText();
      expect(await row("establishments")).toMatch(/\t849\t/);
      expect(await row("attendances")).toMatch(/\t100\.260\t.*trên 100\.260 lượt người/s);
      const text = await page.locator("main").innerText();
      expect(text).toContain("Nguồn: tiengchuong.chinhphu.vn, bài đăng ngày 15/9/2023");
      expect(await page.locator("main table").count()).toBe(1);
      await page.context().close();
    }
    for (const path of ["thoi-han", "phuong-phap"]) {
      const { page, status, errors } = await visit.openPage(`/lang-son-8-thang-2023/${path}/`);
      expect([status, errors]).toEqual([200, []]);
      await page.context().close();
    }
  }, site);
});
