import { beforeAll, expect } from "vitest";
import { newFolder } from "../folders.ts";
import { buildCases } from "../models/case-marts.ts";
import { REFORM, REFORM_GIVEN } from "../models/reform-world.ts";
import { planHead, planMeasure, planPeriod } from "../plan-parts.ts";
import { clashingLabels } from "./chart-labels.ts";
import { type BuiltSite, testOf } from "./site.ts";

/**
 * Pages of plans of other shapes than the first one: twelve months, four quarters and a year, targets
 * for the whole area only, a unit of measure of several words; and wards that are merged in July.
 */
const MONTHS = "theo-thang";
const MERGED = "sap-xep";

const LAST_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const two = (number: number) => String(number).padStart(2, "0");

/** A period from the first day of a month to the last day of one; its reports are due four days on. */
function period(kind: "month" | "quarter" | "year", position: number, from: number, to: number) {
  const next = to === 12 ? "2026-01" : `2025-${two(to + 1)}`;
  const mark = { month: `T${two(position)}`, quarter: `Q${position}`, year: "Y" }[kind];
  const quarter = ["I", "II", "III", "IV"][position - 1];
  const names = { month: `Tháng ${position}/2025`, quarter: `Quý ${quarter} năm 2025` };
  const name = { ...names, year: "Năm 2025" }[kind];
  const [first, last] = [`2025-${two(from)}-01`, `2025-${two(to)}-${LAST_DAYS[to - 1]}`];
  const months = Array.from({ length: to - from + 1 }, (_, i) => `2025-T${two(from + i)}`);
  return {
    ...planPeriod(kind, [`2025-${mark}`, name], position, [first, last, `${next}-05`]),
    ...(kind !== "month" && { covers: months }),
  };
}

const ofGroup = (code: string, name: string) => ({ code, group: "1", name, short_name: name });

const months = {
  ...planHead(MONTHS, "5/KH-UBND", "Kế hoạch theo tháng", "2025-01-01"),
  ...{ schema: 2, short_title: "Theo tháng", issued_on: "2024-12-20" },
  ...{ area: { code: "178", noun: "thành phố" }, reporting_area_noun: "phường, xã" },
  units: [
    { code: "CA", item: 1, name: "Công an thành phố", short_name: "Công an" },
    { code: "UBND", item: 2, name: "UBND {area}", short_name: "UBND {area}", each_area: true },
  ],
  periods: [
    ...LAST_DAYS.map((_, i) => period("month", i + 1, i + 1, i + 1)),
    ...[1, 2, 3, 4].map((quarter) => period("quarter", quarter, 3 * quarter - 2, 3 * quarter)),
    period("year", 1, 1, 12),
  ],
  measures: [
    planMeasure("taught", "Số người được tuyên truyền", "UBND", "sum"),
    planMeasure("cases", "Số vụ", "CA", "sum"),
    planMeasure("people", "Dân số", "CA", "last"),
  ],
  indicators: [
    {
      ...ofGroup("1", "Người được tuyên truyền"),
      quote: "Tuyên truyền cho ít nhất 5.300 người.",
      unit_of_measure: "người",
      value: { kind: "count", measures: ["taught"] },
      target: { comparator: ">=", value: "5300", pace: "linear" },
    },
    {
      ...ofGroup("2", "Số vụ trên 100.000 dân"),
      quote: "Không quá 500 vụ trên 100.000 dân.",
      unit_of_measure: "vụ/100.000 dân",
      value: { kind: "ratio", numerator: ["cases"], denominator: ["people"], factor: 100000 },
      target: { comparator: "<=", value: "500" },
    },
  ],
};

const WARDS = ["05971", "05974", "05977", "05980", "05983", "05986", "05989", "05992"];

/** From January to May every ward taught 60 people a month, and there were 90 cases of 103.000 people. */
const monthly = [
  "received  unit  period  taught  cases  people",
  ...[1, 2, 3, 4, 5].flatMap((month) => [
    ...WARDS.map(
      (ward) => `2025-${two(month + 1)}-03T08:00  UBND-${ward}  2025-T${two(month)}  60  .  .`,
    ),
    `2025-${two(month + 1)}-03T08:00  CA  2025-T${two(month)}  .  90  103000`,
  ]),
].join("\n");

let folder = "";
let site: BuiltSite;
const test = testOf(() => site);

beforeAll(async () => {
  // makes the bundle, or waits for who makes it
  folder = newFolder("chitieu-any-plan-");
  const marts = await buildCases(
    folder,
    [
      {
        planId: MERGED,
        world: { ...REFORM, plan: { ...REFORM.plan, id: MERGED } },
        given: REFORM_GIVEN,
      },
      {
        planId: MONTHS,
        world: { ...REFORM, plan: months },
        given: monthly,
      },
    ],
    "2026-01-20",
  );
  site = { marts };
});

test("twelve months, four quarters and a year stand in the switch by kind, within a phone's width", async (visit) => {
  for (const width of [390, 1440]) {
    const page = await visit.open(`/${MONTHS}/ky/2025-T03/`, { width });
    const groups = await page.locator(".ct-chip-group").allInnerTexts();
    const words = groups.map((group) => group.replace(/\s+/g, " ").trim());
    expect(words).toHaveLength(3);
    expect(words[0]).toMatch(/^Tháng .*1 .*2 .*12/);
    expect(words[1]).toMatch(/^Quý .*I .*II .*III .*IV/);
    expect(words[2]).toMatch(/^Kỳ khác .*Năm 2025/);
    expect(await page.locator(".ct-chip[aria-current]").getAttribute("href")).toContain("2025-T03");
    const beyond = await page.evaluate(
      () =>
        [...document.querySelectorAll(".ct-chip")].filter(
          (chip) => chip.getBoundingClientRect().right > window.innerWidth,
        ).length,
    );
    expect(beyond).toBe(0);
  }
});

test("a chart of twelve months has labels that stand clear, and its unit of measure once", async (visit) => {
  for (const width of [320, 390, 1440]) {
    for (const code of ["1", "2"]) {
      const page = await visit.open(`/${MONTHS}/chi-tieu/${code}/`, { width });
      expect({ width, code, ...(await clashingLabels(page)) }).toEqual({
        width,
        code,
        over: [],
        outside: [],
        small: [],
      });
      const plot = page.locator('[data-chart="trend"]');
      expect(await plot.locator(".ct-plot-unit").count()).toBe(1);
      expect(await plot.locator(".ct-plot-periods").innerText()).toMatch(/^T1\s+2025\s/);
    }
  }
  // 450 of 103.000 by May
  const page = await visit.open(`/${MONTHS}/chi-tieu/2/`, { width: 390 });
  const big = page.locator(".ct-big");
  expect(await big.innerText()).toMatch(/^436,89\svụ\/100\.000 dân$/);
  expect((await big.boundingBox())?.height).toBeLessThan(60);
});

test("of a plan without targets for wards nothing is said to need attention, and figures are compared", async (visit) => {
  const overview = await visit.open(`/${MONTHS}/`);
  const text = await overview.locator("main").innerText();
  expect(text).not.toMatch(/cần chú ý\s+(Thay đổi|Tình hình)/);
  expect(text).not.toContain("Phường, xã cần chú ý");
  // nobody has reported from June on, and all of that is due by January
  expect(text).toMatch(
    /Báo cáo tháng 6\/2025, tháng 7\/2025, tháng 8\/2025 và 4 kỳ khác đã hết hạn gửi mà chưa nhận được báo cáo nào\. Còn thiếu: Công an, .* và \d đơn vị khác\./,
  );

  const page = await visit.open(`/${MONTHS}/dia-ban/`);
  const lead = await page.locator(".ct-lead").innerText();
  expect(lead).toContain("Kế hoạch không giao mức chỉ tiêu riêng cho từng phường, xã");
  const cells = await page.locator('tr[data-indicator="1"] td').allInnerTexts();
  expect(cells.slice(1).map((cell) => cell.trim())).toEqual(WARDS.map(() => "300"));
});

test("a ward that begins anew in July says so, and one that is made of whole wards says of which", async (visit) => {
  const page = await visit.open(`/${MERGED}/dia-ban/06187/`);
  expect(await page.locator('[data-series="broken"]').innerText()).toContain(
    "bắt đầu từ 01/7/2025; số liệu trước đó không nối tiếp",
  );
  expect(await page.locator("th.ct-broken").allInnerTexts()).toEqual(["Quý III"]);
  expect(await page.locator('[data-line="1.3a"] .ct-plot-break').count()).toBe(1);

  const indicator = await visit.open(`/${MERGED}/chi-tieu/1.3a/`);
  const continued = indicator.locator('tr [data-series="continued"]');
  expect(await continued.allInnerTexts()).toEqual([
    "nối tiếp số liệu của phường Chi Lăng, xã Quảng Lạc",
    "nối tiếp số liệu của phường Tam Thanh (đến 30/6/2025), xã Hoàng Đồng",
  ]);
  expect(await indicator.locator('tr [data-series="broken"]').count()).toBe(2);
  expect(await indicator.locator('[data-chart="wards"] .ct-plot-break').count()).toBe(2);
  await indicator.locator('tr:has([data-series="continued"]) th a').last().click();
  await indicator.waitForURL("**/dia-ban/**");
  expect(await indicator.locator('p[data-series="continued"]').first().innerText()).toMatch(
    /gồm trọn phường Tam Thanh.*, xã Hoàng Đồng từ ngày 01\/7\/2025; số liệu ở trang này nối tiếp/,
  );
});
