import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { fromDocument } from "../../../pipelines/desk/plans/plan-begin.ts";
import { kindOf } from "../../../pipelines/desk/plans/plan-kinds.ts";
import { entriesOf } from "../../../pipelines/desk/plans/plan-parts.ts";
import {
  newMeasure,
  suggestedNames,
  suggestedWays,
} from "../../../pipelines/desk/plans/plan-suggestions.ts";
import {
  withIndicator,
  withQuotas,
  withTargets,
} from "../../../pipelines/desk/plans/plan-targets.ts";
import { textBlocks } from "../../../pipelines/readers/text-blocks.ts";
import { readPlan } from "../../../pipelines/reading-plans/read-plan.ts";
import { readSentence } from "../../../pipelines/reading-plans/targets.ts";
import { unquotedNumbers } from "../../../pipelines/sources/check/quoted-number.ts";
import { unquotedComparisons } from "../../../pipelines/sources/check/quoted-words.ts";
import { findInconsistencies } from "../../../pipelines/sources/file/plan-consistency.ts";
import { Plan } from "../../../pipelines/sources/plan/plan.ts";
import { BY_DECREE, periodsOf } from "../../../pipelines/sources/writing/plan-draft.ts";
import type { PlanData } from "../../../pipelines/sources/writing/plan-writing.ts";
import { vietnameseDate } from "../../../pipelines/vocabulary/date.ts";
import { casesIn } from "../../case-lines.ts";
import { textOf, WRITTEN } from "../../reading-plans/four-formats.ts";

/** What the draft of a plan gets from a sentence: everything that its words say, and a mark for the rest. */

const NO_WAYS = { ways: [], isCertain: false };
const PLACE = { paragraph: 1, page: null, headings: [] };
const OF_2026 = planOf("quarter", [2026]);
const OF_YEARS = planOf("year", [2023, 2024, 2025]);

function planOf(rhythm: "quarter" | "year", years: readonly number[]): PlanData {
  const text = "thử";
  const measure = { name: text, unit_of_measure: "vụ", kind: "count", reported_by: ["PB"] };
  const more = { over_time: "last", over_areas: "max", sensitive: false };
  return {
    ...{ schema: 2, id: text, number: "12/KH-UBND", title: text, short_title: text, issuer: text },
    ...{ issued_on: "2022-12-01", in_force_from: "2022-12-01", source: text, reports_to: text },
    area: { code: "1", noun: "xã" },
    units: [{ code: "PB", item: 1, name: "{area}", short_name: "{area}", each_area: true }],
    measures: ["tu", "mau"].map((code) => ({ code, ...measure, ...more })),
    reporting_areas: "children",
    reporting_area_noun: "phường, xã",
    periods: years.flatMap((year) => periodsOf({ rhythm, year, ...BY_DECREE })),
  };
}

interface Written {
  readonly value?: object;
  readonly target: object;
}

function written(plan: PlanData, sentence: string): [Written[], string[]] {
  const { data, marks } = withTargets(plan, readSentence(sentence, PLACE, "targets").targets);
  return [data.indicators as Written[], [...marks.values()].flat()];
}

/** Plan, sentence, `value` (`-` where somebody has to choose) and `target` of its indicator, and marks. */
const FILLED = casesIn(`
  2026 ⇒ Ít nhất 30% cơ sở được kiểm tra trong năm 2026 ⇒ ratio ⇒ >= 30
  2026 ⇒ Trước ngày 30/6, ít nhất 40% cơ sở được kiểm tra ⇒ ratio ⇒ >= 2026-Q2: 40
  2026 ⇒ Hết 6 tháng đầu năm, ít nhất 40% cơ sở được kiểm tra ⇒ ratio ⇒ >= 2026-H1: 40
  2026 ⇒ Trong quý I/2026 tổ chức ít nhất 02 hội nghị ⇒ count ⇒ >= 2026-Q1: 2
  2026 ⇒ Mỗi quý tổ chức ít nhất 02 hội nghị ⇒ count ⇒ >= 2 each_period
  2026 ⇒ Trước ngày 15/5, ít nhất 40% cơ sở được kiểm tra ⇒ ratio ⇒ >= 40
    ⇒ hạn “Trước ngày 15/5” không trùng kỳ nào.
  2026 ⇒ Đến năm 2030, ít nhất 40% cơ sở được kiểm tra ⇒ ratio ⇒ >= 40
    ⇒ hạn “Đến năm 2030” không trùng kỳ nào.
  2023-2025 ⇒ Hằng năm, ít nhất 40% cơ sở được kiểm tra ⇒ ratio ⇒ >= 40
  2023-2025 ⇒ Đến năm 2025, ít nhất 40% cơ sở được kiểm tra ⇒ ratio ⇒ >= 2025-Y: 40
  2023-2025 ⇒ Ít nhất 40% cơ sở được kiểm tra ⇒ ratio ⇒ >= 40
    ⇒ kế hoạch nhiều năm mà câu không nêu năm: hiểu là hết mỗi năm.
  2023-2025 ⇒ Tỷ lệ bao phủ đạt 80% năm 2023, 85% năm 2024, 92% vào năm 2025 ⇒ ratio
    ⇒ >= 2023-Y: 80, 2024-Y: 85, 2025-Y: 92
  2026 ⇒ Giảm ít nhất 5 - 10% số vụ cháy so với năm 2025 ⇒ count last_year percent ⇒ <= -5
  2026 ⇒ Giảm 5% số vụ cháy so với năm 2019 ⇒ count 2019-Y percent ⇒ <= -5
  2023-2025 ⇒ Hằng năm giảm 5% số vụ cháy ⇒ count last_year percent ⇒ <= -5
  2026 ⇒ Tỷ lệ hộ nghèo giảm 1,5 điểm phần trăm so với cùng kỳ năm trước ⇒ ratio last_year points
    ⇒ <= -1.5
  2026 ⇒ Giảm 5% số vụ cháy so với trung bình giai đoạn 2016-2020 ⇒ count last_year percent
    ⇒ <= -5 ⇒ câu nêu so với trung bình giai đoạn 2016-2020.
  2026 ⇒ Nâng tỷ lệ che phủ rừng từ 42% năm 2025 lên 43,5% ⇒ ratio ⇒ >= 43.5 from 2025-Y 42
  2026 ⇒ Mỗi phường, xã ít nhất một mô hình ⇒ count ⇒ >= 1 each
  2026 ⇒ Không để xảy ra vụ cháy lớn ⇒ count ⇒ = 0 each
  2026 ⇒ Mỗi trường tổ chức ít nhất 02 buổi ⇒ count ⇒ >= 2 ⇒ câu nêu mức của “Mỗi trường”.
  2026 ⇒ Cơ sở vi phạm dưới 10% ở các phường, dưới 5% ở các xã ⇒ ratio ⇒ < ward: 10, commune: 5
  2026 ⇒ 100% phường, xã ban hành kế hoạch ⇒ share_of_areas ⇒ >= 100
  2026 ⇒ 8/8 phường, xã ban hành kế hoạch ⇒ share_of_areas ⇒ >= 100
  2026 ⇒ 100% các phòng, ban lồng ghép nhiệm vụ ⇒ share_of_units ⇒ >= 100
  2026 ⇒ Dưới 7 người mắc/100.000 dân ⇒ ratio ×100000 ⇒ < 7
  2026 ⇒ Chỉ số tăng 2 bậc so với năm 2025 ⇒ count last_year ranks ⇒ >= 2
  2026 ⇒ Giá trị giảm 0,2 lần so với năm 2025 ⇒ - ⇒ <= -0.2
    ⇒ “giảm … lần”: có thể là gấp bấy nhiêu lần, hoặc giảm thêm
  2026 ⇒ Mở ít nhất 8 lớp quý I, 15 lớp quý II ⇒ count ⇒ >= 2026-Q1: 8, 2026-Q2: 15
    ⇒ mốc của quý: mức của riêng từng quý, hay cộng dồn từ đầu năm?
  2026 ⇒ Trên 4/5 khối phố có mô hình ⇒ count ⇒ > 4 ⇒ phân số 4/5: có thể là phần của tổng số
  2026 ⇒ 18 - 22% người nghiện được cai nghiện ⇒ ratio ⇒ 18..22
`);

test.each(FILLED)("of %s: %s", (years, sentence = "", value, target, ...marks) => {
  const [found, open] = written(years === "2026" ? OF_2026 : OF_YEARS, sentence);
  expect([found.map(short), open]).toEqual([[[value, target]], marks]);
});

type Fields = Readonly<Record<string, unknown>>;

function short({ value, target }: Written): string[] {
  const { kind = "-", of, from, as, factor } = (value ?? {}) as Fields;
  const way = kind === "change" ? [(of as Fields).kind, from, as] : [kind];
  const { comparator, value: number, between, at, for: places, due, baseline } = target as Fields;
  const each = (some: unknown): string =>
    Object.entries(some as object)
      .map(([key, one]) => `${key}: ${one}`)
      .join(", ");
  const start = (baseline ?? {}) as Fields;
  return [
    [...way, ...(factor === undefined ? [] : [`×${factor}`])].join(" "),
    [
      comparator,
      ...(number === undefined ? [] : [number]),
      ...(between === undefined ? [] : [(between as number[]).join("..")]),
      ...(at === undefined ? [] : [each(at)]),
      ...(places === undefined ? [] : [typeof places === "string" ? places : each(places)]),
      ...(due === undefined ? [] : [due]),
      ...(baseline === undefined ? [] : ["from", start.period, start.value]),
    ]
      .filter((one) => one !== undefined)
      .join(" "),
  ];
}

test("columns of several years in a table are the milestones of one indicator", () => {
  const table = `| Chỉ tiêu | Đơn vị tính | Năm 2023 | Năm 2024 | Năm 2025 |
|---|---|---|---|---|
| Tỷ lệ hộ nghèo | % | dưới 3 | dưới 2,5 | dưới 2 |
| Số mô hình | mô hình | 3 | 4 | 5 |`;
  const { data } = withTargets(OF_YEARS, readPlan(textBlocks(`II. CHỈ TIÊU\n${table}`)).targets);
  expect((data.indicators as Written[]).map(short)).toEqual([
    ["ratio", "< 2023-Y: 3, 2024-Y: 2.5, 2025-Y: 2"],
    ["count", ">= 2023-Y: 3, 2024-Y: 4, 2025-Y: 5"],
  ]);
});

/** What the quote of a target suggests as names, of the indicator `| NAME` where it has one. */
test.each(
  casesIn(`
  30% cơ sở karaoke được kiểm tra. ⇒ numerator: Số cơ sở karaoke được kiểm tra ⇒ denominator: Tổng số cơ sở karaoke
  100% số hộ nghèo có thẻ bảo hiểm y tế vào năm 2026 ⇒ numerator: Số hộ nghèo có thẻ bảo hiểm y tế ⇒ denominator: Tổng số hộ nghèo
  Tỷ lệ hồ sơ giải quyết đúng hạn đạt 95% ⇒ numerator: Số hồ sơ giải quyết đúng hạn ⇒ denominator: Tổng số hồ sơ
  Kiểm tra ít nhất 60% số cơ sở, mỗi cơ sở một lần ⇒ numerator: Số cơ sở được kiểm tra ⇒ denominator: Tổng số cơ sở
  Tỷ lệ hộ nghèo còn dưới 1,2% ⇒ numerator: Số hộ nghèo ⇒ denominator: Tổng số hộ
  20% giáo viên, 30% học sinh các trường được tuyên truyền, phổ biến pháp luật. | 20% giáo viên ⇒ numerator: Số giáo viên được tuyên truyền
  8/8 phường, xã tổ chức được ít nhất một buổi ⇒ conditions: Tổ chức được ít nhất một buổi
  Tuyên truyền cho ít nhất 5.300 người dân ⇒ measures: Số người dân được tuyên truyền
  Tổ chức 04 cuộc kiểm tra/năm, mỗi cuộc ít nhất 05 cơ sở ⇒ measures: Số cuộc kiểm tra
  Giảm 5 - 10% số vụ tai nạn giao thông so với năm 2019 ⇒ measures: Số vụ tai nạn giao thông
  Số vụ phạm tội về ma túy hằng năm tăng 5% ⇒ measures: Số vụ phạm tội về ma túy
`),
)("%s", (sentence = "", ...expected) => {
  const [quote = "", name] = sentence.split(" | ");
  const names = Object.entries(suggestedNames({ quote, name }));
  expect(names.map(([role, words]) => `${role}: ${words}`)).toEqual(
    expect.arrayContaining(expected),
  );
});

test.each(WRITTEN)("$name: only what its words leave no choice of is filled in", (plan) => {
  const begun = fromDocument(readPlan(textBlocks(textOf(plan))), {}, () => null);
  const data = parse(begun.text) as PlanData;
  const filled = entriesOf(data, "indicators").flatMap(({ name, entry }) => {
    const kind = kindOf(entry);
    const { ways, isCertain } = kind === null ? NO_WAYS : suggestedWays(entry, kind);
    const sure = isCertain ? (ways[0] ?? ["nothing"]) : [];
    const named = sure.map((one, at) => {
      const measure = newMeasure(data, one, kind?.roles[at]?.[0] ?? "", entry);
      return `${one}: ${measure.over_time ?? "asked"}`;
    });
    return named.length === 0 ? [] : [`${name} ${named.join(" ÷ ")}`];
  });
  expect(filled).toEqual(plan.counts ?? []);
});

test("what counts the sentences is none of them", () => {
  const [one] = entriesOf(withIndicator({}, "2.1. 95% trẻ em được tiêm.", null), "indicators");
  expect(one?.entry).toMatchObject({
    quote: "95% trẻ em được tiêm.",
    name: "95% trẻ em được tiêm",
  });
});

const SPAN = "40 cuộc kiểm tra trong giai đoạn";
test.each([
  ["buổi", OF_2026, { target: { due: "each_period" } }, { over_time: "min", sums_over: "period" }],
  ["bậc", OF_2026, { value: { as: "ranks" } }, { over_time: "last", over_areas: "average" }],
  ["cuộc kiểm tra", OF_YEARS, { quote: SPAN }, { over_time: "sum", sums_over: "plan" }],
])("a measure in %s goes by what its target says", (unit, plan, target, expected) => {
  const entry = { quote: "", unit_of_measure: unit, ...target };
  expect(newMeasure(plan, `Số ${unit}`, "measures", entry)).toMatchObject(expected);
});

test("a table of quotas goes to the target that it adds up to, another becomes one of its own", () => {
  const place = { paragraph: 9, page: null, headings: ["Phụ lục"] };
  const [indicators] = written(OF_2026, "Kiểm tra ít nhất 20 cơ sở");
  const quotas = [
    {
      place,
      columns: ["Số cơ sở", "Số hộ"],
      rows: [
        { name: "Phường An Hòa", values: ["12.5", "3"] },
        { name: "Xã Bình Minh", values: ["7.5", null] },
      ],
      sums: [
        { rows: "20", total: "20" },
        { rows: "3", total: null },
      ],
    },
  ];
  const codes: Record<string, string> = { "Phường An Hòa": "90001" };
  const before = { ...OF_2026, indicators, groups: [{ code: "1", name: "Chỉ tiêu" }] };
  const made = withQuotas(before, quotas, (name) => codes[name] ?? null);
  expect(made.data.indicators).toMatchObject([
    { code: "1.1", target: { comparator: ">=", value: 20, for: { table: "muc-giao.csv" } } },
    { code: "1.2", name: "Số hộ", target: { for: { table: "muc-giao.csv" } } },
  ]);
  expect(made.tables["muc-giao.csv"]).toBe(
    "indicator;place;period;value\n1.1;90001;;12,5\n1.1;Xã Bình Minh;;7,5\n1.2;90001;;3\n",
  );
  expect([...made.marks.keys()]).toEqual(["1.1", "1.2"]);
});

const OF_A_COMMUNE = { area: { code: "1", noun: "xã" }, reporting_areas: "children" };
/** What stands in a list, whichever it is. */
const COUNTED: Fields = {
  ...{ numerator: ["tu"], denominator: ["mau"], measures: ["tu"] },
  conditions: [{ measure: "tu" }],
};

test.each(WRITTEN.slice(0, 6))(
  "$name counts for nothing before each word of it is gone",
  (plan) => {
    const read = readPlan(textBlocks(textOf(plan)));
    const { text } = fromDocument(read, OF_A_COMMUNE, () => null);
    const data = JSON.parse(JSON.stringify(parse(text)), (key, value) =>
      Array.isArray(value) && value.length === 0 ? COUNTED[key] : value,
    );
    data.measures = [...parse(text).measures, ...(OF_2026.measures as object[])];
    for (const one of data.measures) one.over_time ??= "last";
    for (const one of data.indicators) one.value ??= { kind: "count", measures: ["tu"] };
    const open = (): number => {
      const found = findInconsistencies(Plan.parse({ ...data, id: "thu" }));
      return found.filter(({ code }) => code !== undefined).length;
    };
    const left = Object.values(data.unconfirmed as Record<string, unknown[]>).flat().length;
    expect(left).toBeGreaterThan(0);
    for (const [no, one] of data.indicators.entries()) {
      expect(open()).toBe(data.indicators.length - no + left);
      delete one.unconfirmed;
    }
    expect(open()).toBe(left);
    delete data.unconfirmed;
    expect(open()).toBe(0);
  },
);

test("what is filled in is what `plan check` reads in the same words", () => {
  const sentences = parse(readFileSync("tests/fixtures/plan-texts/sentences.yaml", "utf8"));
  const differing = (sentences as string[][]).flatMap(([sentence = ""]) => {
    const { targets } = readSentence(sentence, PLACE, "targets", true);
    if (targets.length === 0) return [];
    const { data } = withTargets(OF_2026, targets);
    const named = JSON.parse(JSON.stringify(data), (key, value) =>
      Array.isArray(value) && value.length === 0 ? COUNTED[key] : value,
    );
    // how it is measured is still to be chosen
    for (const one of named.indicators) {
      one.value ??= { kind: "count", measures: ["tu"] };
      delete one.unconfirmed;
    }
    for (const one of named.measures) one.over_time ??= "last";
    const plan = Plan.parse({ ...named, id: "thu" });
    const found = [...unquotedNumbers(plan), ...unquotedComparisons(plan)];
    return [...found, ...findInconsistencies(plan)].map(({ message }) => message);
  });
  // six give their first number for a year before the plan; some have their day amid a period, which is marked
  const before = ["đến năm 2025", "vào năm 2025", "vào năm 2025", "năm 2023"];
  before.push("vào năm 2025", "đến hết năm 2025");
  const early = before.map((year) => `câu của kế hoạch là “${year}”, mà mức đến hạn hết năm 2026`);
  const days = ["Trước ngày 15 tháng 3 năm 2026", "Đến ngày 30/9/2024", "trước 30 tháng 10"];
  const amid = days.map((day) => `câu của kế hoạch là “${day}”, mà mức chỉ đến hạn ở cuối năm`);
  expect(differing).toEqual([...early, ...amid]);
});

/** What a plan of 2024 says of its reports, and by when each is owed then; `?`: not said, so by the decree. */
test.each(
  casesIn(`
  Báo cáo năm trước ngày 15/01/2025 ⇒ 2024-Y < 2025-01-15
  Báo cáo năm chậm nhất ngày 10/02 năm sau ⇒ 2024-Y < 2025-02-11
  Báo cáo 6 tháng trước ngày 05/6; báo cáo năm trước ngày 15/4 ⇒ 2024-H1 < 2024-06-05 ⇒ 2024-H2 < 2024-12-20? ⇒ 2024-Y < 2024-12-20?
  Báo cáo quý I trước ngày 10/3 ⇒ 2024-Q1 < 2024-03-10 ⇒ 2024-Q2 < 2024-06-20? ⇒ 2024-Q3 < 2024-09-20? ⇒ 2024-Q4 < 2024-12-20?
  Báo cáo quý chậm nhất ngày 31 của tháng cuối quý ⇒ 2024-Q1 < 2024-04-01 ⇒ 2024-Q2 < 2024-07-01 ⇒ 2024-Q3 < 2024-10-01 ⇒ 2024-Q4 < 2025-01-01
  Báo cáo quý I, III trước ngày 10 tháng cuối quý ⇒ 2024-Q1 < 2024-03-10 ⇒ 2024-Q2 < 2024-06-20? ⇒ 2024-Q3 < 2024-09-10 ⇒ 2024-Q4 < 2024-12-20?
  Gửi về Công an tỉnh: báo cáo năm trước ngày 15/11; 9 tháng (trước ngày 05/9); báo cáo tuần trước thứ Sáu ⇒ 2024-Y < 2024-11-15 ⇒ Công an tỉnh ⇒ 9 tháng trước ngày 05/9 ⇒ báo cáo tuần trước thứ Sáu
  Báo cáo tuần gửi về Sở Y tế định kỳ trước thứ Sáu ⇒ 2024-Y < 2024-12-20 ⇒ Sở Y tế ⇒ Báo cáo tuần gửi về Sở Y tế định kỳ trước thứ Sáu
`),
)("%s", (sentence = "", ...expected) => {
  const read = readPlan(
    textBlocks(`KẾ HOẠCH\nPhòng, chống ma túy năm 2024\nTỔ CHỨC THỰC HIỆN\n- ${sentence}.`),
  );
  const { text } = fromDocument(read, {}, () => null);
  const { periods } = parse(text) as { periods: Readonly<Record<string, string>>[] };
  const isAsked = (due: string): boolean => text.includes(`CẦN XEM LẠI: hạn “trước ngày ${due}”`);
  const owed = periods.map(({ code, due_before: due = "" }) => {
    return `${code} < ${due}${isAsked(vietnameseDate(due)) ? "?" : ""}`;
  });
  const more = text.matchAll(/^reports_to: (.+)|văn bản còn nêu báo cáo “(.+)”/gm);
  expect([...owed, ...[...more].map(([, to, unused]) => to ?? unused)]).toEqual(expected);
});
