import { afterAll, beforeAll, expect, test } from "vitest";
import { hiddenAs, targetInBrief } from "../../reports/components/number-text.ts";
import { STATUSES } from "../../reports/components/words.ts";
import { type Components, openComponents } from "./components.ts";

let components: Components;

beforeAll(async () => {
  components = await openComponents();
});
afterAll(async () => await components.close());

const GRADES = "Loại C < Loại B < Loại A";
const text = (html: string) => html.replace(/<[^>]*>/g, "").trim();
const COUNTS = Object.fromEntries(Object.keys(STATUSES).map((status) => [status, 0]));

test("a figure, none, and a hidden one", async () => {
  const shown = async (props: Record<string, unknown>) =>
    text(await components.render("inline/Figure", { unit: "%", ...props }));
  expect(await shown({ value: 29.996 })).toBe("29,996%");
  expect(await shown({ value: 1234, unit: "cơ sở" })).toBe("1.234");
  expect(await shown({ value: 1234, unit: "cơ sở", full: true })).toBe("1.234 cơ sở");
  expect(await shown({ value: 5, unit: "/100.000 dân", full: true })).toBe("5/100.000 dân");
  expect(await shown({ value: 5, full: true })).toBe("5%");
  expect(await shown({ value: 3, unit: GRADES })).toBe("Loại A");
  expect(await shown({ value: 1, unit: GRADES, full: true })).toBe("Loại C");
  expect(await shown({ value: 0 })).toBe("0%");
  expect(await shown({ value: null })).toBe("–");
  expect(await shown({ value: null, reason: true })).toBe(`–${STATUSES.not_reported.word}`);
  expect(await shown({ value: 3, hidden: true })).toBe(STATUSES.withheld.word);
});

test.each([
  ["15%", { pace_value: 15, status: "behind" }],
  ["0%", { pace_value: 0, status: "on_track" }],
  ["không tính", { pace_value: null, status: "not_yet" }],
  // of an open year nothing is asked before its first quarter is closed
  ["chưa tính", { pace_value: 0, status: "not_reported" }],
])("what must be reached by then is said as %s", async (expected, row) => {
  expect(text(await components.render("inline/Pace", { row, unit: "%" }))).toBe(expected);
});

test.each([
  // reported, expected, carried, left out, missing before
  ["5/8 3 lấy số kỳ trước", [5, 8, 3, 0, 0]],
  ["6/8 1 lấy số kỳ trước 1 chưa tính được các kỳ trước thiếu 2 lượt", [6, 8, 1, 1, 2]],
  ["8/8 8 chưa tính được", [8, 8, 0, 8, 0]],
  // that no place is in the value is said by there being none
  ["0/8", [0, 8, 0, 8, 0]],
  ["0/8 các kỳ trước thiếu 8 lượt", [0, 8, 0, 8, 8]],
])("who has reported is said as %s", async (expected, [reported, all, carried, left, missing]) => {
  const row = {
    areas_reported: reported,
    areas_expected: all,
    areas_carried: carried,
    areas_left_out: left,
    periods_missing_before: missing,
  };
  const html = await components.render("inline/Coverage", { row });
  expect(text(html.replaceAll("<span", " <span"))).toBe(expected);
});

test.each([
  ["withheld", { is_hidden: true, status: "withheld" }],
  ["withheld", { is_hidden: true }],
  ["untold", { is_hidden: true, status: "untold" }],
  ["untold", { is_hidden: true, is_untold: true }],
  // in a plan without a report nothing is there that could be hidden
  [false, { is_hidden: true, status: "not_reported" }],
  [false, { is_hidden: false, status: "met" }],
] as const)("%s is how the value of %j is hidden", (expected, row) => {
  expect(hiddenAs(row)).toBe(expected);
});

test.each([
  ["inline/Figure", { value: undefined }],
  ["inline/Figure", { value: undefined, hidden: true }],
  ["inline/Doubts", { plan: { plan_id: "p" }, period: "2024-Q1", doubts: undefined }],
  ["inline/StatusTally", { counts: { ...COUNTS, met: undefined } }],
  ["chart/Bullet", { bar: undefined, pace: null, status: "met" }],
  [
    "chart/TrendLine",
    {
      points: [
        { status: "met", is_hidden: false, target_value: null, target_to: null, year: 2024 },
      ],
      range: [0, 1],
    },
  ],
])("%s of %j is no page: a column is missing", async (name, props) => {
  await expect(components.render(name, props)).rejects.toThrow("A figure is undefined");
});

test("of many areas those that need attention most are drawn first, and where all stand is said", async () => {
  const areas = Array.from({ length: 30 }, (_, i) => ({
    area_id: i,
    area_slug: `a${i}`,
    area_name: `Xã ${i}`,
    attention: null,
    attention_text: null,
  }));
  const figure = { status: "met", is_provisional: false, value: 5, is_hidden: false };
  const row = { indicator_code: "1", indicator_name: "Một", short_name: "Một", unit: "%" };
  const props = {
    plan: { plan_id: "p", area_noun: "tỉnh" },
    indicators: [{ ...row, ...figure, period: "2024-Q1" }],
    areas,
    cells: areas.map(({ area_id }) => ({ ...figure, indicator_code: "1", area_id })),
    caption: "Bảng",
    full: "/p/dia-ban/bang/",
  };
  const html = await components.render("table/StatusMatrix", props);
  expect(html.match(/<td/g)).toHaveLength(1 + 24);
  expect(text(html).replace(/\s+/g, " ")).toContain(
    "Đang hiện 24 trong 30 địa bàn. Hiện thêm 6 Bảng đủ 30 địa bàn",
  );
  // every figure leads to what it stands on
  expect(html.match(/href="\/p\/can-cu\/1\/2024-Q1\/#/g)).toHaveLength(1 + 24);
  // a published report stands alone and is whole
  const report = await components.render("table/StatusMatrix", { ...props, linked: false });
  expect(report.match(/<td/g)).toHaveLength(1 + 30);
  expect(report).not.toContain("Đang hiện");
});

test.each([
  ["≥ 30%", "≥ 30%"],
  [
    "≥ 80% (năm 2023), ≥ 85% (năm 2024), ≥ 92% (năm 2025)",
    "≥ 80% (năm 2023), ≥ 85% (năm 2024), ≥ 92% (năm 2025)",
  ],
  ["< 10% (quận), < 5,5% (huyện), < 5% (xã); từ năm 2025: < 4% (xã)", "4 mức"],
])("%s, where there is little room: %s", (text, brief) => {
  expect(targetInBrief(text)).toBe(brief);
});
