import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { SOURCES, takeIn } from "./marts.ts";
import { type BuiltSite, testOf } from "./site.ts";

/**
 * A plan in which one indicator is reported by month and four by quarter, in May: the plan's latest period
 * is April, of which four say nothing. Each stands at the period in which it was looked at last.
 */
const PLAN = "nghe-an-ma-tuy-2026";
const EXAMPLE = join(SOURCES, "examples/nghe-an-2026");

/** Two of the three communes have reported April. */
const APRIL = `plan,unit,period,area,measure,value,note
${PLAN},UBND-NA1,2026-T04,,sessions,1,
${PLAN},UBND-NA2,2026-T04,,sessions,2,
`;

let site: BuiltSite;
const test = testOf(() => site);

beforeAll(async () => {
  const folder = newFolder();
  const paths = warehousePaths(join(folder, "warehouse"));
  const catalogue = readCatalogue(EXAMPLE);
  const [quarter, months] = ["so-lieu-quy-1.csv", "so-lieu-thang-1-2-3.csv"];
  const sent = [
    [months, await readFile(join(EXAMPLE, months)), "2026-04-03T08:00"],
    [quarter, await readFile(join(EXAMPLE, quarter)), "2026-04-06T08:00"],
    ["thang-4.csv", Buffer.from(APRIL), "2026-05-04T08:00"],
  ] as const;
  const files = sent.map(([fileName, bytes, moment]) => {
    return { fileName, bytes, receivedAt: parseMoment(moment) };
  });
  await takeIn(paths, catalogue, files, false);
  const { file } = await buildMarts({ paths, catalogue, asOf: parseMoment("2026-05-06T08:00") });
  site = { marts: file, audience: "city" };
  // as the city sees it, so that no status is withheld
});

const CODES = ["1.1", "1.2", "1.3", "2.1", "2.2"];
/** Of which period each is, where that is not April. */
const NAMES = ["", "Quý I", "Quý I", "Quý I", "Quý I"];

test("the overview counts all five, each at its own period, which its figure names", async (visit) => {
  for (const width of [390, 1440]) {
    const page = await visit.open(`/${PLAN}/`, { width });
    expect(await page.locator("#ket-qua").innerText()).toBe("Kết quả đến tháng 4/2026");
    // met 1.2; on its way 2.1; not yet 1.3; not met 1.1 in April and 2.2 with one case
    const tally = await page.locator(".ct-tally-item").allInnerTexts();
    expect(tally.map((item) => item.replace(/\s+/g, " "))).toEqual([
      "1 Đúng tiến độ chỉ tiêu",
      "1 Chưa đạt chỉ tiêu",
      // on a phone the row itself says so
      `2 Không đạt chỉ tiêu${width > 600 ? " 1 tạm tính" : ""}`,
    ]);
    const lead = await page.locator(".ct-standing .ct-lead").innerText();
    expect(lead).toContain("1/5 chỉ tiêu đạt");
    expect(lead).toContain("4 chỉ tiêu xét ở kỳ gần nhất của riêng chỉ tiêu");
    expect(lead).not.toContain("không áp dụng");
    const named = async (rows: string): Promise<string[]> =>
      await page
        .locator(rows)
        .evaluateAll((found) =>
          found.map((row) => row.querySelector(".ct-other-period")?.textContent ?? ""),
        );
    // of 2.2, 2.1 and 1.3 to the end of the first quarter, by status
    expect(await named(".ct-board > li")).toEqual(["", "Quý I", "Quý I", "Quý I", "Quý I"]);
    expect(await named("#dia-ban tr[data-indicator]")).toEqual(NAMES);
    // the figure of a quarter is traced to that quarter
    const traces = await page
      .locator("#chi-tieu .ct-trace")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split("/")[4]));
    expect(traces).toEqual(["2026-T04", "2026-Q1", "2026-Q1", "2026-Q1", "2026-Q1"]);
    // 2.2 is behind no more than one commune, and says when that was known
    const attention = page.locator('.ct-board [data-indicator="2.2"]');
    expect(await attention.innerText()).toContain("Quý I");
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBe(0);
  }
});

test("communes are put in order by all of them, and who has not reported April is apart", async (visit) => {
  const page = await visit.open(`/${PLAN}/dia-ban/`);
  const wards = await page.locator(".ct-wards > li").allInnerTexts();
  expect(wards.map((ward) => ward.replace(/\s+/g, " ").trim())).toEqual([
    "Phường Vinh Hưng không có chỉ tiêu nào không đạt hoặc chậm tiến độ",
    "Xã Kim Liên không có chỉ tiêu nào không đạt hoặc chậm tiến độ",
    "Xã Con Cuông chưa gửi báo cáo tháng 4",
  ]);
  await page.locator(".ct-choice select").selectOption("1.3");
  await page.waitForSelector("#so-sanh:has-text('1.3')");
  expect(await page.locator(".ct-point").innerText()).toBe(
    "2/3 xã, phường đạt, 1 chưa đạt, chưa đến hạn.",
  );
  expect(await page.locator(".ct-compare caption").innerText()).toContain(
    "lũy kế đến quý I năm 2026",
  );
  expect(await page.locator(".ct-compare tr[data-area]").count()).toBe(4);
});

test("a commune's page shows its figures of the quarter, and traces them there", async (visit) => {
  const page = await visit.open(`/${PLAN}/dia-ban/NA3/`);
  // silent in April, which stands by itself; one case; 2 of 20 women; 6 of 100 treated, with a pace of 4.5
  expect(await page.locator('[data-point="ward"]').innerText()).toBe(
    "Đến tháng 4/2026: 0/4 chỉ tiêu đạt; không đạt: 2.2; chưa đạt, chưa đến hạn: 1; chưa báo cáo: 1.",
  );
  const rows = page.locator('section[aria-labelledby="chi-tieu"] tr[data-indicator]');
  expect(
    await rows.evaluateAll((found) =>
      found.map((row) => [
        row.getAttribute("data-indicator"),
        row.querySelector(".ct-other-period")?.textContent ?? "",
        row.querySelector('[data-cell="value"] a')?.getAttribute("href")?.split("/")[4],
      ]),
    ),
  ).toEqual([
    ["1.1", "", "2026-T04"],
    ["1.3", "Quý I", "2026-Q1"],
    ["2.1", "Quý I", "2026-Q1"],
    ["2.2", "Quý I", "2026-Q1"],
  ]);
  expect(await page.locator("main").innerText()).not.toContain("Không xét ở kỳ này");
  // what is reported by quarter is drawn over quarters
  expect(await page.locator("#dien-bien-quarter").innerText()).toBe("Diễn biến qua các quý");
  const line = page.locator('[data-line="2.1"] .ct-multiple-point');
  expect(await line.innerText()).toMatch(/^Đến quý I năm 2026 là 6%/);
});

test("search and trends begin with each indicator's own period", async (visit) => {
  const search = await visit.open(`/${PLAN}/tra-cuu/?dia-ban=toan-dia-ban`);
  expect(await search.locator("[data-found]").getAttribute("data-found")).toBe("5");
  expect(await search.locator('select[name="ky"] option:checked').innerText()).toBe(
    "Kỳ gần nhất của mỗi chỉ tiêu",
  );
  await search.locator('select[name="ky"]').selectOption("2026-T03");
  await search.waitForURL("**ky=2026-T03**");
  expect(await search.locator("[data-found]").getAttribute("data-found")).toBe("5");
  for (const code of CODES) {
    const page = await visit.open(`/${PLAN}/chi-tieu/${code}/`);
    expect(await page.locator("main").innerText()).toContain(
      code === "1.1" ? "Trong tháng 4/2026" : "Đến quý I năm 2026",
    );
  }
});
