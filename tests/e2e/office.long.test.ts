import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { accessibilityProblems, nothingJudged } from "./axe.ts";
import { PLAN } from "./marts.ts";
import { fillOffice } from "./office.ts";
import { attributes, type BuiltSite, testOf, withSite } from "./site.ts";

const TRAFFIC = "52-kh-ubnd-2024";
const BEGUN = "08-kh-ubnd-2025";

let folder = "";
let warehouse: WarehousePaths;
let site: BuiltSite;
const test = testOf(() => site);

beforeAll(async () => {
  folder = newFolder("chitieu-office-");
  warehouse = warehousePaths(join(folder, "warehouse"));
  await fillOffice(join(folder, "sources"), warehouse);
  site = { marts: warehouse.marts, warehouse };
});

const textOf = async (page: Page, selector: string) =>
  (await page.locator(selector).innerText()).replace(/\s+/g, " ").trim();

test("the first page says what is due over all plans, how each stands, and whom to chase up", async (visit) => {
  for (const scripts of [true, false]) {
    const page = await visit.open("/", { scripts });
    expect(await page.locator("h1").innerText()).toBe("Các kế hoạch");
    // as of 15 January: of the second plan January is due by the 20th, six days counting both;
    // the third plan's quarter in March is not; December's returned report is none that never came
    expect(await textOf(page, ".ct-lead")).toBe(
      "3 kế hoạch. Còn 4 báo cáo quá hạn chưa gửi; 1 báo cáo đã trả lại, chưa gửi lại; 1 báo cáo có điểm cần giải trình.",
    );
    expect(await page.locator("[data-due]").count()).toBe(1);
    const due = await textOf(page, `[data-due="${TRAFFIC} 2025-T01"]`);
    expect(due).toMatch(
      /^Hết ngày 20\/01\/2025 còn 6 ngày Tháng 01 năm 2025, 52\/KH-UBND .*: 1\/10 đơn vị đã gửi\. Chưa gửi: Công an TP; Phòng Kinh tế; UBND phường Tam Thanh;/,
    );
    expect(due).not.toContain("Hoàng Văn Thụ");

    // newest first
    const plans = await attributes(page.locator("[data-plan]"), "data-plan");
    expect(plans).toEqual([BEGUN, TRAFFIC, PLAN]);
    expect(await textOf(page, `[data-plan="${BEGUN}"]`)).toMatch(
      /Chưa có báo cáo nào\. Hạn tới: hết ngày 20\/3\/2025, quý I năm 2025, 0\/9 đơn vị đã gửi\.$/,
    );
    expect(await textOf(page, `[data-plan="${TRAFFIC}"]`)).toContain(
      "Còn: 2 báo cáo quá hạn chưa gửi, 1 báo cáo đã trả lại, chưa gửi lại, 1 báo cáo có điểm cần giải trình.",
    );
    const [standing] = await visit.query(`select status.met, status.indicators, period.period_name
      from shared.period join shared.status_by_place as status using (plan_id)
      where plan_id = '${PLAN}' and is_latest and area_id is null and status.period is null`);
    expect((await textOf(page, `[data-plan="${PLAN}"]`)).toLowerCase()).toContain(
      `đến ${String(standing?.period_name).toLowerCase()}: ${standing?.met}/${standing?.indicators} chỉ tiêu đạt`,
    );

    const wanted = await visit.query(`select office_code as key,
          count(*) filter (where timeliness = 'missing' and state = 'not_sent') as overdue,
          count(*) filter (where state = 'returned') as returned,
          count(*) filter (where state = 'to_explain') as to_explain,
          count(*) filter (where timeliness = 'not_due' and state = 'not_sent' and days_left <= 7)
              as soon
      from shared.office_unit_report
      group by office_code
      having overdue + returned + to_explain > 0`);
    const rows = await page
      .locator("[data-office-unit]")
      .evaluateAll((items) =>
        items.map((item) => [
          item.getAttribute("data-office-unit"),
          ...[...item.querySelectorAll("td")].map((cell) => cell.textContent?.trim()),
        ]),
      );
    const shown = (count: unknown) => (Number(count) === 0 ? "–" : String(count));
    expect(rows.sort()).toEqual(
      wanted.map(({ key, ...counts }) => [key, ...Object.values(counts).map(shown)]).sort(),
    );
  }
});

test("a plan's pages say in which plan one is, and lead nowhere else unsaid", async (visit) => {
  for (const path of ["", "thoi-han/", "con-thieu/", "ky/2024-T12/"]) {
    const page = await visit.open(`/${TRAFFIC}/${path}`);
    expect((await page.locator(".ct-crumbs li").allInnerTexts()).slice(0, 2)).toEqual([
      "Các kế hoạch",
      "52/KH-UBND An toàn giao thông cuối năm",
    ]);
    const links = await attributes(page.locator(".ct-nav a"), "href");
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((href) => !href?.startsWith(`/${TRAFFIC}/`))).toEqual([]);
  }
  const page = await visit.open("/");
  const office = await attributes(page.locator(".ct-nav > ul a"), "href");
  expect(office).toEqual(["/", "/don-vi/", "/bao-cao/", "/tim-kiem/", "/tu-dien/"]);
  // a count of a status leads to those indicators
  await page.locator(`[data-plan="${PLAN}"] .ct-tally-item.ct-not_met a`).click();
  await page.waitForURL(`**/${PLAN}/tra-cuu/?dia-ban=toan-dia-ban&danh-gia=khong-dat`);
  await page.waitForSelector("[data-found]");
  const [expected] = await visit.query(`select not_met from shared.status_by_place
    where plan_id = '${PLAN}' and period is null and area_id is null`);
  expect(await page.locator("[data-found]").getAttribute("data-found")).toBe(
    String(expected?.not_met),
  );
});

test("a plan to which nobody has reported says what comes next, and nothing of results", async (visit) => {
  const goTo = await visit.openTab();
  const lead = "Chưa có báo cáo nào";
  // what each page says in the place of figures
  const pages: readonly [path: string, words: string][] = [
    ["", lead],
    ["chi-tieu/1.1/", `${lead} cho chỉ tiêu này. Hạn gửi và các bước tiếp theo`],
    ["dia-ban/", `${lead} để so sánh. Hạn gửi`],
    ["dia-ban/05974/", `${lead} để tính chỉ tiêu của phường Tam Thanh. Hạn gửi`],
    ["ky/2025-Q1/", "Chưa đơn vị nào gửi báo cáo cho kỳ này."],
    ["tra-cuu/", `${lead} nên chưa có giá trị nào để tra cứu. Hạn gửi`],
    ["kham-pha/", `${lead} nên chưa có giá trị nào để xem. Hạn gửi`],
    ["phan-tich/", `${lead} để phân tích. Hạn gửi`],
    ["phan-tich/mau/", `${lead} để phân tích. Hạn gửi`],
  ];
  for (const [path, words] of pages) {
    const { page, errors } = await goTo(`/${BEGUN}/${path}`);
    const text = await textOf(page, "main");
    expect([path, errors, text]).toEqual([path, [], expect.stringContaining(words)]);
    // neither a figure nor a verdict, nor a part of the page that failed for want of rows
    expect([path, text]).toEqual([path, expect.not.stringMatching(/(?<!\d)0%|Không hiển thị/)]);
    const verdicts = "main .ct-badge:not(.ct-not_reported, .ct-not_applicable)";
    expect([path, await page.locator(verdicts).allInnerTexts()]).toEqual([path, []]);
  }
  const { page } = await goTo(`/${BEGUN}/`);
  // as of 15 January, by the 20th of March; the wards and the office
  expect(await textOf(page, '[data-first-steps] [data-period="2025-Q1"]')).toBe(
    "Quý I năm 2025 20/3/2025 còn 65 ngày 9 từ 01/01/2025 đến 31/3/2025",
  );
  expect(await textOf(page, "[data-first-steps] [data-forms]")).toMatch(
    /^Biểu mẫu trống: đơn vị tải ở Bàn làm việc, .* hoặc lập bằng lệnh của phần mềm\.$/,
  );
  await page.locator(`[data-first-steps] a[href="/${BEGUN}/thoi-han/"]`).click();
  await page.waitForURL(`**/${BEGUN}/thoi-han/`);
});

test("with one plan the first page is its overview, and nothing says that there are others", async () => {
  await withSite(async (visit) => {
    const page = await visit.open("/");
    expect(await page.locator(".ct-overview").count()).toBe(1);
    expect(await page.locator('.ct-crumbs a[href="/"]').count()).toBe(0);
    expect(await page.locator('.ct-nav a[href="/don-vi/"]').count()).toBe(0);
    await page.locator('.ct-footer a[href="/don-vi/"]').click();
    await page.waitForURL("**/don-vi/");
    await page.locator('[data-office-unit="CATP"] a').click();
    await page.waitForURL("**/don-vi/CATP/");
    await page.waitForSelector("h1:has-text('Công an thành phố')");
    expect(await page.locator(".ct-nav a").first().getAttribute("href")).toBe(`/${PLAN}/`);
  });
});

test("the page of a unit has what it owes over all plans, by deadline, and what it sent", async (visit) => {
  for (const code of ["CATP", "UBND-05989", "UBND-05971"]) {
    const expected =
      await visit.query(`select plan_id || ' ' || period as key, state, submissions > 0 as is_sent
      from shared.office_unit_report where office_code = '${code}'
      order by due_before, plan_id, period_no`);
    const page = await visit.open(`/don-vi/${code}/`);
    const keys = (section: string) =>
      attributes(page.locator(`[data-section="${section}"] [data-report]`), "data-report");
    expect(await keys("open")).toEqual(
      expected.filter(({ state }) => state !== "received").map(({ key }) => key),
    );
    expect(await keys("sent")).toEqual(
      expected
        .filter(({ is_sent }) => is_sent)
        .map(({ key }) => key)
        .reverse(),
    );
  }
  const page = await visit.open("/don-vi/UBND-05989/");
  expect(await textOf(page, '[data-section="open"] [data-forms]')).toContain("ở Bàn làm việc");
  expect(await textOf(page, ".ct-lead")).toBe(
    "Còn 1 báo cáo đã trả lại, chưa gửi lại. 1 báo cáo phải gửi trong 7 ngày tới.",
  );
  const returned = await textOf(page, `[data-section="open"] [data-report="${TRAFFIC} 2024-T12"]`);
  // due by 5 January, so that the 6th is the first day late and the 15th the tenth
  expect(returned).toBe(
    "Tháng 12 năm 2024 52/KH-UBND An toàn giao thông cuối năm 05/01/2025 quá hạn 10 ngày Đã trả lại tệp nhận lúc 09:00 ngày 07/01/2025",
  );
  // on the pages of the plan it is sent back as well, and counted as no report that never came
  const review = await visit.open(`/${TRAFFIC}/con-thieu/`);
  expect(await textOf(review, '[data-unit-missing="returned"]')).toMatch(
    /^Đã trả lại .*, tệp nhận lúc 09:00 ngày 07\/01\/2025, hạn gửi: hết ngày 05\/01\/2025$/,
  );
  expect(await textOf(review, '[data-rule="refused_not_resent"]')).toContain(
    "Báo cáo tháng 12 năm 2024, nhận lúc 09:00 ngày 07/01/2025",
  );
  const deadlines = await visit.open(`/${TRAFFIC}/thoi-han/`);
  expect(await textOf(deadlines, "td.ct-not_met")).toBe("Đã trả lại tệp nhận 07/01/2025");
  const totals = await deadlines
    .locator("tfoot tr")
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).innerText.split(/\s*\t\s*/)));
  const [units] =
    await visit.query(`select count(*) filter (where state = 'returned' and submissions = 0) as returned,
      count(*) filter (where timeliness = 'missing' and state <> 'returned') as missing
    from shared.office_unit_report where plan_id = '${TRAFFIC}'`);
  const sumOf = (word: string) =>
    totals
      .filter(([name]) => name === word)
      .flatMap(([, ...figures]) => figures.map(Number))
      .reduce((sum, figure) => sum + figure, 0);
  expect({ returned: sumOf("Đã trả lại"), missing: sumOf("Chưa gửi") }).toEqual({
    returned: Number(units?.returned),
    missing: Number(units?.missing),
  });
});

test("whom to ask is on the city's pages alone", async () => {
  const city: BuiltSite = { ...site, audience: "city" };
  const read = (of: BuiltSite) =>
    withSite(async (visit) => {
      const texts: string[] = [];
      for (const path of ["/don-vi/", "/don-vi/CATP/"]) {
        const page = await visit.open(path);
        texts.push(await page.content());
      }
      return texts;
    }, of);
  for (const text of await read(city)) {
    expect(text).toContain("Đội trưởng Đội tổng hợp, 0205 3812 345, tonghop@congan.example");
  }
  for (const text of await read(site)) expect(text).not.toMatch(/Đội trưởng|0205|tonghop/);
});

test("words find plans, indicators, wards and units over all plans", async (visit) => {
  const { page, errors } = await visit.openPage("/");
  await page.locator("#tim").fill("phuong tam thanh");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tim-kiem/?tu=phuong+tam+thanh");
  await page.waitForSelector('[data-kind="area"]');
  const found = () =>
    attributes(
      page.locator("main details:not([data-kind='note'], [data-kind='report']) a"),
      "href",
    );
  expect(await found()).toEqual([
    `/${BEGUN}/dia-ban/05974/`,
    `/${TRAFFIC}/dia-ban/05974/`,
    `/${PLAN}/dia-ban/05974/`,
    "/don-vi/UBND-05974/",
  ]);
  // other words, while they are typed; the address has them once they are asked for
  await page.locator("#tim").fill("ca tuan tra");
  await page.waitForSelector('[data-found="2"]');
  expect(await found()).toEqual([
    `/${TRAFFIC}/chi-tieu/B.1/`,
    `/${TRAFFIC}/phuong-phap/#so-lieu-patrols`,
  ]);
  await page.getByRole("button", { name: "Tìm" }).click();
  await page.waitForURL("**/tim-kiem/?tu=ca+tuan+tra");
  await page.goBack();
  await page.waitForSelector('[data-found="4"]');
  expect(await page.locator("#tim").inputValue()).toBe("phuong tam thanh");
  await page.locator("#tim").fill("không có gì như vậy");
  await page.waitForSelector('[data-found="0"]');
  expect(errors).toEqual([]);

  // without scripts everything is there to be looked through
  const plain = await visit.open("/tim-kiem/", { scripts: false });
  expect(await plain.locator('main a[href="/don-vi/CATP/"]').count()).toBe(1);
});

test("axe finds nothing on the pages of the office, and none scrolls sideways", async (visit) => {
  const judged = nothingJudged();
  const problems: string[] = [];
  const goTo = await visit.openTab();
  const paths = [
    "/",
    "/don-vi/",
    "/don-vi/UBND-05989/",
    "/tim-kiem/",
    "/bao-cao/",
    `/${TRAFFIC}/`,
    `/${BEGUN}/`,
  ];
  for (const path of paths) {
    const { page, errors } = await goTo(path);
    for (const one of await accessibilityProblems(page, judged)) problems.push(`${path} ${one}`);
    problems.push(...errors);
    expect(await page.locator("h1").count()).toBe(1);
  }
  expect(problems).toEqual([]);
});

test("on paper the first page is whole and has no controls", async (visit) => {
  const page = await visit.open("/");
  await page.emulateMedia({ media: "print" });
  for (const selector of [".ct-header", ".ct-find"]) {
    expect(await page.locator(selector).isVisible()).toBe(false);
  }
  for (const section of ["due", "plans", "wanted"]) {
    expect(await page.locator(`[data-section="${section}"]`).isVisible()).toBe(true);
  }
});
