import type { Page } from "playwright-core";
import { expect } from "vitest";
import { PROVISIONAL } from "../../pipelines/vocabulary/status.ts";
import { PLAN, queryMarts } from "./marts.ts";
import { test } from "./site.ts";
import { figure, STATUS_WORDS } from "./words.ts";

const COMPARE = `/${PLAN}/dia-ban/`;

/** What each tile of the map is called, by the ward's key. */
async function tilesOf(page: Page): Promise<Record<string, string | null>> {
  return Object.fromEntries(
    await page
      .locator("a.ct-tile")
      .evaluateAll((tiles) =>
        tiles.map((tile) => [tile.getAttribute("data-area"), tile.getAttribute("aria-label")]),
      ),
  );
}

const ofIndicator = (code: string) =>
  `select area_id, area_name, status_shown, value_shown, is_provisional
  from marts.attainment_by_ward_period where period = '2024-Q4' and indicator_code = '${code}'`;

test("without scripts the map shows how many indicators each ward lacks, and how they lie", async (visit) => {
  const page = await visit.open(COMPARE, { scripts: false });
  const counts = await visit.query(`select area_id, area_name, count(*)::integer as lacking
    from marts.attainment_by_ward_period
    where period = '2024-Q4' and not is_disclosive and attained = false and status <> 'on_track'
    group by area_id, area_name`);
  expect(await tilesOf(page)).toEqual(
    Object.fromEntries(
      counts.map(({ area_id, area_name, lacking }) => [
        String(area_id),
        `${area_name}: ${lacking} chỉ tiêu không đạt hoặc chậm tiến độ (${lacking} không đạt)`,
      ]),
    ),
  );
  const most = Math.max(...counts.map(({ lacking }) => Number(lacking)));
  const point = await page.locator(".ct-point").innerText();
  expect(point).toContain(`${counts.length}/8 phường, xã`);
  expect(point).toContain(`${most} chỉ tiêu`);
  for (const { area_name } of counts.filter(({ lacking }) => lacking === most)) {
    // its kind small within a sentence
    expect(point.toLowerCase()).toContain(String(area_name).toLowerCase());
  }

  // Xã Hoàng Đồng lies to the north of the four, Xã Mai Pha to the south.
  const boxes = await page
    .locator("a.ct-tile")
    .evaluateAll((tiles) =>
      tiles.map((tile) => [
        (tile.getAttribute("aria-label") ?? "").split(":")[0],
        tile.getBoundingClientRect().top,
      ]),
    );
  const inOrder = [...boxes].sort((a, b) => Number(a[1]) - Number(b[1])).map(([name]) => name);
  expect(inOrder[0]).toBe("Xã Hoàng Đồng");
  expect(inOrder.at(-1)).toBe("Xã Mai Pha");
  expect(await page.locator("main").innerText()).toContain("không theo ranh giới");
  expect(await page.locator(".ct-choice select").isDisabled()).toBe(true);
});

test("a choice stands in the address, is gone back from, and is there on a cold load", async (visit) => {
  const { page, errors } = await visit.openPage(COMPARE);
  const all = await tilesOf(page);
  const rows = await queryMarts(visit.marts, ofIndicator("3.2b"));
  const expected = Object.fromEntries(
    rows.map((row) => [
      String(row.area_id),
      `${row.area_name}: ${figure(row.value_shown, "%")}, ${STATUS_WORDS[String(row.status_shown)]}`,
    ]),
  );
  await page.getByRole("combobox", { name: "Chỉ tiêu" }).selectOption("3.2b");
  expect(new URL(page.url()).search).toBe("?chi-tieu=3.2b");
  await expect.poll(() => tilesOf(page)).toEqual(expected);
  await page.getByRole("combobox", { name: "Chỉ tiêu" }).selectOption("1.3a");
  expect(await page.locator("#so-sanh").innerText()).toContain("1.3a");
  await page.goBack();
  await expect.poll(() => tilesOf(page)).toEqual(expected);
  expect(await page.locator(".ct-choice select").inputValue()).toBe("3.2b");
  await page.goBack();
  await expect.poll(() => tilesOf(page)).toEqual(all);
  await page.goForward();
  await expect.poll(() => tilesOf(page)).toEqual(expected);

  expect(errors).toEqual([]);

  // From a ward back to the choice that it was reached from.
  await page.locator("a.ct-tile").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/dia-ban\/\d+\/$/);
  await page.waitForSelector("h2:has-text('Diễn biến qua các kỳ')");
  await page.goBack();
  await expect.poll(() => tilesOf(page)).toEqual(expected);

  const cold = await visit.open(`${COMPARE}?chi-tieu=3.2b`);
  await expect.poll(() => tilesOf(cold)).toEqual(expected);
  const unknown = await visit.open(`${COMPARE}?chi-tieu=khong-co`);
  await expect.poll(() => tilesOf(unknown)).toEqual(all);
});

test("on an indicator wards stand beside each other, the furthest from the target first", async (visit) => {
  const rows = await visit.query(`${ofIndicator("3.2b")} order by attained, value, area_id`);
  const page = await visit.open(`${COMPARE}?chi-tieu=3.2b`);
  await page.waitForSelector("#so-sanh:has-text('3.2b')");
  const shown = await page
    .locator("section[aria-labelledby='so-sanh'] tbody tr:not([data-area='all'])")
    .evaluateAll((lines) =>
      lines.map((line) => ({
        name: line.querySelector("th")?.textContent?.trim(),
        value: line.querySelector("[data-cell='value']")?.textContent?.trim(),
        status: line.querySelector(".ct-badge")?.textContent?.trim(),
      })),
    );
  expect(shown).toEqual(
    rows.map((row) => ({
      name: row.area_name,
      value: figure(row.value_shown, "%") + (row.is_provisional ? PROVISIONAL : ""),
      status: STATUS_WORDS[String(row.status_shown)],
    })),
  );
  // A bar is as long as its value says, on a scale that all share.
  const lengths = await page
    .locator("section[aria-labelledby='so-sanh'] .ct-rankbar-bar")
    .evaluateAll((bars) => bars.map((bar) => Number.parseFloat(bar.style.width)));
  const values = rows.map(({ value_shown }) => Number(value_shown));
  const top = Math.max(...values, 30);
  for (const [i, length] of lengths.entries()) {
    expect(length).toBeCloseTo((100 * (values[i] ?? 0)) / top, 1);
  }
});

test("an indicator whose counts are withheld shows no ward's result", async (visit) => {
  const page = await visit.open(`${COMPARE}?chi-tieu=3.1`);
  await page.waitForSelector("#so-sanh:has-text('3.1')");
  const names = Object.values(await tilesOf(page));
  expect(names).toHaveLength(8);
  for (const name of names) expect(name?.endsWith(`: ${STATUS_WORDS.withheld}`)).toBe(true);
  expect(await page.locator(".ct-point").innerText()).toContain("không công bố");
});

test("a few wards beside each other have a legend of their own, and a code of none is named", async (visit) => {
  const page = await visit.open(`${COMPARE}?noi=05974,05983,99999`);
  await page.waitForSelector(".ct-pairs");
  const words = await page.locator(".ct-pairs .ct-cell-word").allInnerTexts();
  const legend = await page.locator(".ct-pairs .ct-legend dt").allInnerTexts();
  expect(legend.map((word) => word.trim()).sort()).toEqual(
    [...new Set(words), "tạm\u00a0tính"].sort(),
  );
  expect(await page.locator("main .ct-warning").innerText()).toContain(
    "Không có trong so sánh này (nhiều nhất 5 nơi): mã 99999.",
  );
});

test("on a phone a ward is its indicators first, the rest folded; an address opens what it names", async (visit) => {
  const ward = `/${PLAN}/dia-ban/05974/`;
  const page = await visit.open(ward, { width: 390 });
  const screens = () => page.evaluate(() => document.documentElement.scrollHeight / 844);
  expect(await screens()).toBeLessThan(4);
  const chart = page.locator('[data-chart="indicators"]');
  expect(await chart.isVisible()).toBe(false);
  await page.getByLabel("Xem thêm: Diễn biến qua các kỳ").check();
  expect(await chart.isVisible()).toBe(true);
  const named = await visit.open(`${ward}#bao-cao`, { width: 390 });
  expect(await named.getByText("Còn hiệu lực").first().isVisible()).toBe(true);
  const wide = await visit.open(ward);
  expect(await wide.locator('[data-chart="indicators"]').isVisible()).toBe(true);
});

test.for([
  `/${PLAN}/thoi-han/`,
  `/${PLAN}/bao-cao/`,
  `/${PLAN}/phuong-phap/#so-lieu`,
  "/ma-kiem-tra/",
])("on a phone nothing of %s is out of view", async (path, visit) => {
  const page = await visit.open(path, { width: 390 });
  const cut = await page
    .locator(".ct-box")
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(cut).toBe(0);
  expect(await page.locator(".ct-box:visible").count()).toBeGreaterThan(0);
});
