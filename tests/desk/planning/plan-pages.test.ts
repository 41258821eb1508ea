import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { jsx } from "hono/jsx";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Around } from "../../../pipelines/desk/page/page.tsx";
import { stepPage } from "../../../pipelines/desk/planning/plan-pages.tsx";
import type { OpenDraft } from "../../../pipelines/desk/planning/plan-step-form.tsx";
import { fromFile } from "../../../pipelines/desk/plans/plan-begin.ts";
import {
  checkedDraft,
  filesOf,
  type PlanDraft,
} from "../../../pipelines/desk/plans/plan-drafts.ts";
import { KINDS, kindOf } from "../../../pipelines/desk/plans/plan-kinds.ts";
import { entriesOf } from "../../../pipelines/desk/plans/plan-parts.ts";
import {
  formWording,
  type Notice,
  noticesOf,
} from "../../../pipelines/desk/plans/plan-problems.ts";
import { changedDraft, type Known } from "../../../pipelines/desk/plans/plan-saving.ts";
import { fieldOf, type PageOfDraft } from "../../../pipelines/desk/plans/plan-steps.ts";
import {
  newMeasure,
  suggestedNames,
  suggestedWays,
} from "../../../pipelines/desk/plans/plan-suggestions.ts";
import { withTargets } from "../../../pipelines/desk/plans/plan-targets.ts";
import { readSentence } from "../../../pipelines/reading-plans/targets.ts";
import type { Area } from "../../../pipelines/sources/areas/area.ts";
import {
  areaMeant,
  areasCoded,
  readAreaFiles,
} from "../../../pipelines/sources/areas/area-files.ts";
import { checkPlanFile } from "../../../pipelines/sources/check/plan-check.ts";
import type { Problem } from "../../../pipelines/vocabulary/problem.ts";
import { casesIn } from "../../case-lines.ts";
import { newFolder } from "../../folders.ts";
import { fieldsOf } from "../given.ts";

const FILES = readdirSync("sources", { recursive: true, encoding: "utf8" })
  .filter((name) => /^(examples\/[^/]+\/)?plans\/[^/]+\.yaml$/.test(name))
  .map((name) => join("sources", name));

const AROUND = {
  visitor: { account: { name: "a", shown_name: "A", role: "staff" }, token: "t" },
  isDemonstration: false,
} as unknown as Around;

function draftOf(file: string): PlanDraft {
  const saved = { name: "A", at: "2026-01-01T00:00:00Z" };
  return { ...fromFile(file), key: "k", account: "a", saved };
}

const NOTHING_KNOWN = {
  files: { areas: [], successors: [] },
  units: [],
  office: [],
  areas: [],
  by: { name: "A", at: "2026-01-02T00:00:00Z" },
};

/** The page of a draft, as it is before anybody has typed. */
function pageText(draft: PlanDraft, page: PageOfDraft, notices: readonly Notice[] = []): string {
  const check = { file: "", problems: [], plan: null, resolved: null, targets: [] };
  const around = { notices, areas: [], office: [], mayWrite: true, against: new Map() };
  const open: OpenDraft = { draft, check, ...around };
  const shown = stepPage(open, page, { typed: {}, search: { words: "", found: [] } });
  if (shown === null) throw new Error(`no page ${page.name} ${page.entry}`);
  return String(jsx(Around.Provider as never, { value: AROUND }, shown as never));
}

/** What the form of a page sends when nobody has touched it. */
function untouched(draft: PlanDraft, page: PageOfDraft): FormData {
  const form = new FormData();
  for (const [name, values] of Object.entries(fieldsOf({ text: pageText(draft, page) }))) {
    for (const value of values) form.append(name, value.replaceAll("\n", "\r\n"));
  }
  form.set("act", "luu");
  return form;
}

test.each(FILES)(
  "%s: every page opened and saved leaves the file as it is, byte for byte",
  (file) => {
    const { indicators, measures } = parse(readFileSync(file, "utf8"));
    const pages: PageOfDraft[] = [
      ...["can-cu", "chi-tieu", "don-vi", "ky", "tep"].map((name) => ({ name, entry: "" })),
      ...indicators.map(({ code }: { code: string }) => ({ name: "chi-tieu", entry: code })),
      // of the others the pages of the indicators have the same fields
      ...measures
        .slice(0, 3)
        .map(({ code }: { code: string }) => ({ name: "so-lieu", entry: code })),
    ];
    let draft = draftOf(file);
    const { text, tables } = draft;
    for (const page of pages) {
      const sent = untouched(draft, page);
      const { against, ...changed } = changedDraft(draft, page, sent, NOTHING_KNOWN);
      // one that shows nothing would change nothing either
      expect(sent.get("text") ?? sent.get("_marks") ?? "").not.toBe("");
      expect([page, changed.draft.text === text, against.size, changed.fault]).toEqual([
        page,
        true,
        0,
        null,
      ]);
      draft = changed.draft;
    }
    expect([draft.tables, draft.areas, draft.contacts]).toEqual([tables, [], []]);
  },
);

test.each([
  ["a new plan", null, "chưa ai phải báo cáo"],
  ["an amendment", "plans/a.yaml", "kế hoạch đang thực hiện chưa thay đổi"],
])("%s: what holds until it is approved", (_, file, words) => {
  const draft = { ...draftOf(HA_NOI), file } as PlanDraft;
  expect(pageText(draft, { name: "ky", entry: "" })).toContain(`Chưa duyệt thì ${words}.`);
});

const HA_NOI = "sources/examples/ha-noi-06-2026/plans/ha-noi-06-2026.yaml";
const TARGET = "indicators/1.3/target";

const NEXT_TO =
  "    value: { kind: change, of: { kind: count, measures: [ inspections ] }, from: last_year, as: percent }";
const NAMED = "so_co_so_duoc_kiem_tra_lai";
const QUARTER =
  "  - { code: 2026-Q1, name: Quý I năm 2026, kind: quarter, year: 2026, position: 1, positions: 4, data_from: 2026-01-01, data_to: 2026-03-31, due_before: 2026-04-06, estimate: false }";
const NEW_TARGET = `    value: { kind: ratio, numerator: [ inspected, ${NAMED} ], denominator: [establishments] }`;
const RANGE = { [`${TARGET}/comparator`]: "", [`${TARGET}/value`]: "" };

/** What somebody does on a page, and the lines of the file that come of it. */
const CHANGES: readonly (readonly [
  what: string,
  page: string,
  typed: Record<string, string>,
  ...come: string[],
])[] = [
  [
    "a plan is renamed",
    "can-cu",
    { short_title: "Kiểm tra liên ngành" },
    "short_title: Kiểm tra liên ngành",
  ],
  [
    "numbers as they are written in Vietnamese",
    "chi-tieu/1.3",
    { [`${TARGET}/value`]: "1.250,5" },
    '    target: { comparator: ">=", value: 1250.5, pace: linear }',
  ],
  [
    "a fraction of one, which is no thousands",
    "chi-tieu/1.3",
    { [`${TARGET}/value`]: "0.125" },
    '    target: { comparator: ">=", value: 0.125, pace: linear }',
  ],
  [
    "thousands below zero",
    "chi-tieu/1.3",
    { [`${TARGET}/value`]: "−1.250" },
    '    target: { comparator: ">=", value: -1250, pace: linear }',
  ],
  [
    "a range instead of a number",
    "chi-tieu/1.3",
    { ...RANGE, [`${TARGET}/between`]: "40 - 50" },
    "    target: { pace: linear, between: [ 40, 50 ] }",
  ],
  [
    "what is no number stays as typed",
    "chi-tieu/1.3",
    { [`${TARGET}/value`]: "bốn mươi" },
    '    target: { comparator: ">=", value: bốn mươi, pace: linear }',
  ],
  [
    "an amended target",
    "chi-tieu/1.3",
    { act: "dieu-chinh" },
    "    target:",
    '      - { comparator: ">=", value: 40, pace: linear }',
    '      - { comparator: ">=" }',
  ],
  [
    "a milestone",
    "chi-tieu/1.3",
    { [`${TARGET}/value`]: "", [`${TARGET}/at/2026-Q2`]: "20" },
    '    target: { comparator: ">=", pace: linear, at: { 2026-Q2: 20 } }',
  ],
  ["another way keeps what is counted", "chi-tieu/1.3", { kind: "change:count" }, NEXT_TO],
  [
    "a new measure for it",
    "chi-tieu/1.1",
    { "moi:numerator": "Số cơ sở được kiểm tra lại" },
    `  - code: ${NAMED}`,
    "    name: Số cơ sở được kiểm tra lại",
    NEW_TARGET,
  ],
  [
    "one that is there already, by its name",
    "chi-tieu/1.2",
    { "moi:measures": "số cơ sở  kinh doanh dịch vụ" },
    "    value: { kind: count, measures: [ inspected, establishments ] }",
  ],
  [
    "a unit with whom to ask there",
    "don-vi",
    { units: "Sở Công Thương\tSở CT\tChánh văn phòng\t024 3822 1111" },
    "  - { code: SCT, name: Sở Công Thương, short_name: Sở CT, item: 2, is: SCT }",
  ],
  [
    "an area that reports no longer",
    "don-vi",
    // by whichever button it is saved
    { act: "luu", reporting: "VD1 VD2 VD3@2026-03-01", gone: "VD2", "gone-until": "30/6/2026" },
    "reporting_areas:",
    "  - { codes: [ VD1 ] }",
    "  - { codes: [ VD2 ], until: 2026-06-30 }",
    "  - { codes: [ VD3 ], from: 2026-03-01 }",
  ],
  [
    "all areas below one",
    "don-vi",
    { act: "duoi 178" },
    "reporting_areas:",
    '  - { children_of: "178" }',
  ],
  ["a deadline", "ky", { "periods/2026-Q1/due_before": "06/4/2026" }, QUARTER],
];

/** Sentences, how they are measured, what is counted first for it; a name of their own. */
const SUGGESTED = casesIn(`
  Phường: 30% cơ sở; 20% chủ cơ sở ký cam kết. ⇒ ratio ⇒ Số cơ sở ký cam kết ⇒ 30% cơ sở
  100% phòng, ban lồng ghép nhiệm vụ. ⇒ share_of_units ⇒ Lồng ghép nhiệm vụ
  Giảm ít nhất 5% số vụ so với năm 2023. ⇒ change:count ⇒ Số vụ
  Thông tin được đăng tải. ⇒ all_of:conditions
  Khám sức khỏe định kỳ cho ít nhất 80% người cao tuổi. ⇒ ratio
    ⇒ Số người cao tuổi được khám sức khỏe định kỳ
  95% trẻ em dưới 1 tuổi được tiêm chủng đầy đủ. ⇒ ratio
    ⇒ Số trẻ em dưới 1 tuổi được tiêm chủng đầy đủ
  Tỷ lệ suy dinh dưỡng ở trẻ em dưới 5 tuổi giảm xuống dưới 22%. ⇒ ratio
    ⇒ Số trẻ em dưới 5 tuổi suy dinh dưỡng
  Tỷ lệ trẻ mẫu giáo 5 tuổi đến trường đạt 99,8%. ⇒ ratio ⇒ Số trẻ mẫu giáo 5 tuổi đến trường
  Đến năm 2030 có ít nhất 70% trường đạt chuẩn quốc gia, trong đó đến năm 2028 đạt 65%. ⇒ ratio
    ⇒ Số trường đạt chuẩn quốc gia
  100% giáo viên đạt trình độ chuẩn được đào tạo. ⇒ ratio
    ⇒ Số giáo viên đạt trình độ chuẩn được đào tạo
  Kiên cố hóa 95% phòng học. ⇒ ratio ⇒ Số phòng học được kiên cố hóa
  Xây dựng mới 150 phòng học trong giai đoạn 2026 - 2030. ⇒ count ⇒ Số phòng học
  Mỗi năm bồi dưỡng tiếng Anh cho ít nhất 300 giáo viên. ⇒ count
    ⇒ Số giáo viên được bồi dưỡng tiếng Anh
  Số người mới sử dụng biện pháp tránh thai: 2.400 người. ⇒ count
    ⇒ Số người mới sử dụng biện pháp tránh thai
  Không để xảy ra dịch lớn trên địa bàn. ⇒ count ⇒ Số vụ dịch lớn
`);

test.each(SUGGESTED)("%s: %s of %s", (quote = "", id, counted, name = quote) => {
  const roles = KINDS.find((one) => one.id === id)?.roles ?? [];
  expect(suggestedNames({ quote, name })[roles[0]?.[0] ?? ""]).toBe(counted);
});

/** What a sentence may count: one way that is sure, or those among which somebody has to choose. */
const WAYS = casesIn(`
  Ít nhất 20% hộ nghèo được vay vốn. ⇒ certain ⇒ Số hộ nghèo được vay vốn ÷ Tổng số hộ nghèo
  Kiểm tra ít nhất 30% số cơ sở. ⇒ certain ⇒ Số cơ sở được kiểm tra ÷ Tổng số cơ sở
  Xây dựng 12 mô hình. ⇒ certain ⇒ Số mô hình
  8/8 phường, xã xây dựng kế hoạch. ⇒ certain ⇒ Xây dựng kế hoạch
  Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn hằng quý đạt từ 95% trở lên. ⇒ a choice
    ⇒ Số hồ sơ thủ tục hành chính giải quyết đúng hạn ÷ Tổng số hồ sơ
    ⇒ Số hồ sơ thủ tục hành chính giải quyết đúng hạn ÷ Tổng số hồ sơ thủ tục hành chính
  Trên 30% doanh nghiệp nhỏ và vừa thường xuyên sử dụng nền tảng số. ⇒ a choice
    ⇒ Số doanh nghiệp nhỏ và vừa thường xuyên sử dụng nền tảng số ÷ Tổng số doanh nghiệp
  Tỷ lệ hộ gia đình có đường Internet đạt trên 85%. ⇒ a choice
    ⇒ Số hộ gia đình có đường Internet ÷ Tổng số hộ gia đình
    ⇒ Số hộ gia đình có đường Internet ÷ Tổng số hộ
  Chuyển hóa thành công 60% địa bàn được xác định là trọng điểm về ma túy. ⇒ a choice
    ⇒ Được chuyển hóa thành công ⇒ Được xác định là trọng điểm về ma túy
  Bắt, vận động đầu thú 30% số đối tượng truy nã hiện có. ⇒ a choice
    ⇒ Số đối tượng truy nã hiện có được bắt vận động đầu thú ÷ Tổng số đối tượng truy nã hiện có
  Nâng số tỷ lệ khởi tố đạt 90%. ⇒ a choice
  Mỗi xã duy trì ít nhất 01 câu lạc bộ bơi an toàn. ⇒ a choice ⇒ Số câu lạc bộ bơi an toàn
  Công an huyện triệt phá ít nhất 24 đường dây. ⇒ a choice ⇒ Số đường dây
`);

test.each(WAYS)("%s: %s", (quote = "", certain, ...ways) => {
  const isCertain = certain === "certain";
  const place = { paragraph: 1, page: null, headings: [] };
  const plan = { reporting_areas: "children", reporting_area_noun: "phường, xã" };
  const { data } = withTargets(plan, readSentence(quote, place, "targets").targets);
  const kind = kindOf(entriesOf(data, "indicators")[0]?.entry ?? {});
  const found = kind === null ? null : suggestedWays({ quote }, kind);
  expect(found?.isCertain).toBe(isCertain);
  const shown = (found?.ways ?? []).map((way) => way.join(" ÷ "));
  expect(isCertain ? shown.slice(0, 1) : shown).toEqual(ways);
});

test.each([
  ["Tổng số cơ sở dịch vụ", "last"],
  ["Tổng số vụ việc", "sum"],
  ["Số hộ gia đình có đường Internet", "last"],
  ["Số người đang sử dụng", "last"],
  ["Số cơ sở được kiểm tra", undefined],
  ["Số vụ cháy", "sum"],
  ["Số trường hợp nhiễm mới", "sum"],
  ["Số cơ sở dễ phát sinh tệ nạn", undefined],
  ["Số hộ nghèo được vay vốn", undefined],
  ["Số người được xét nghiệm", undefined],
  ["Số mô hình", undefined],
])("%s: how the year comes of its periods, where the words tell: %s", (name, overTime) => {
  expect(newMeasure({}, name, "numerator", {}).over_time).toBe(overTime);
});

test("what a target counts is no choice until somebody has made it", () => {
  const draft = draftOf(HA_NOI);
  const page = { name: "chi-tieu", entry: "1.1" };
  const ratio = "{ kind: ratio, numerator: [inspected], denominator: [establishments] }";
  const bare = draft.text
    .replace(ratio, "{ kind: ratio, numerator: [], denominator: [] }")
    .replace("Kiểm tra ít nhất 60% số cơ sở, mỗi cơ sở một lần", "Tỷ lệ hộ có Internet đạt 60%");
  const open = { ...draft, text: bare };
  expect(sentOn(open, page, {}).draft.text).toBe(bare);
  const answered = sentOn(open, page, { act: "cach Số hộ có Internet ÷ Tổng số hộ" }).draft;
  const { indicators, measures } = parse(answered.text);
  const [numerator, denominator] = measures.slice(-2);
  expect(indicators[0].value).toMatchObject({
    numerator: [numerator.code],
    denominator: [denominator.code],
  });
  expect([numerator, denominator]).toMatchObject([
    { name: "Số hộ có Internet", over_time: "last", at_most: denominator.code },
    { name: "Tổng số hộ", over_time: "last" },
  ]);
});

const CHANGED = CHANGES.map(([what, page, typed, ...come]) => [what, page, typed, come] as const);

test.each(CHANGED)("%s", (_, name, typed, come) => {
  const draft = draftOf(HA_NOI);
  const [step = "", entry = ""] = name.split("/");
  const { draft: changed } = sentOn(draft, { name: step, entry }, typed);
  const before = new Set(draft.text.split("\n"));
  const lines = changed.text.split("\n").filter((line) => !before.has(line));
  expect(lines.filter((line) => !/kind: count$|reported_by|over_|sensitive/.test(line))).toEqual(
    come,
  );
});

/** The same as if target 1.3 had been read of a document. */
const READ_DRAFT = {
  ...draftOf(HA_NOI),
  text: draftOf(HA_NOI).text.replace(
    "    quote: Ít nhất 40",
    "    unconfirmed: true\n    quote: Ít nhất 40",
  ),
};

/** The draft after the form of a page was sent with something typed. */
type Sent = Readonly<Record<string, string>>;
function sentOn(draft: PlanDraft, page: PageOfDraft, typed: Sent, known: Known = NOTHING_KNOWN) {
  const form = untouched(draft, page);
  for (const [field, value] of Object.entries(typed)) form.set(field, value);
  return changedDraft(draft, page, form, known);
}

const OF_1_3 = { name: "chi-tieu", entry: "1.3" };

/** What is sent from the page of a target that was read, and whether it is compared then. */
test.each<[what: string, typed: Record<string, string>, isCompared: boolean]>([
  ["as it was shown", { act: "doi-chieu" }, true],
  ["only saved", { act: "luu" }, false],
  ["gone on from", { act: "tiep don-vi" }, false],
  ["changed with it", { act: "doi-chieu", [`${TARGET}/value`]: "41" }, false],
  ["called otherwise with it", { act: "doi-chieu", "indicators/1.3/short_name": "X" }, true],
  ["of a page that showed another reading", { act: "doi-chieu", reading: "0" }, false],
])("what was read of a document, %s", (_, typed, isCompared) => {
  const { draft } = sentOn(READ_DRAFT, OF_1_3, typed);
  expect(Object.keys(draft.confirmed)).toEqual(isCompared ? ["chi-tieu/1.3"] : []);
  expect(draft.text.includes("unconfirmed: true")).toBe(!isCompared);
});

test.each<[what: string, page: string, typed: Record<string, string>, isOpen: boolean]>([
  ["its number", "chi-tieu/1.3", { [`${TARGET}/value`]: "41" }, true],
  ["how a year comes", "so-lieu/inspections", { "measures/inspections/over_time": "last" }, true],
  ["its name", "chi-tieu/1.3", { "indicators/1.3/short_name": "X" }, false],
  ["its code", "chi-tieu/1.3", { "indicators/1.3/code": "1.9" }, true],
  ["another target", "chi-tieu/1.1", { "indicators/1.1/target/value": "61" }, false],
  ["a deadline", "ky", { "periods/2026-Q1/due_before": "06/4/2026" }, false],
])("compared, then %s is changed", (_, name, typed, isOpen) => {
  const { draft } = sentOn(READ_DRAFT, OF_1_3, { act: "doi-chieu" });
  const [step = "", entry = ""] = name.split("/");
  const changed = sentOn(draft, { name: step, entry }, typed).draft;
  expect(changed.text).not.toBe(draft.text);
  expect([changed.text.includes("unconfirmed: true"), changed.confirmed]).toEqual([
    isOpen,
    isOpen ? {} : draft.confirmed,
  ]);
});

test("the head of a plan is compared on its page, and again where it is changed", () => {
  const text = `${READ_DRAFT.text}\nunconfirmed: { head: [{ quote: "Số 5", place: P }] }\n`;
  const page = { name: "can-cu", entry: "" };
  const { draft, next } = sentOn({ ...READ_DRAFT, text }, page, { act: "doi-chieu chi-tieu" });
  expect([next, Object.keys(draft.confirmed)]).toEqual(["chi-tieu", ["can-cu"]]);
  expect(parse(draft.text).unconfirmed).toBeUndefined();
  const named = sentOn(draft, page, { short_title: "Khác" }).draft;
  expect(named.confirmed).toEqual(draft.confirmed);
  const numbered = sentOn(draft, page, { number: "6/KH-UBND" }).draft;
  expect(parse(numbered.text).unconfirmed).toEqual(parse(text).unconfirmed);
});

test("no target that was read, and no sentence, goes without a name", () => {
  const gone = sentOn(READ_DRAFT, OF_1_3, { act: "bo" }).draft;
  expect(Object.keys(gone.confirmed)).toEqual(["không phải chỉ tiêu: Ít nhất 40 cuộc kiểm tra."]);
  const left =
    '\nunconfirmed: { periods: [{ quote: Q }], sentences: [{ quote: "5", place: P }] }\n';
  const draft = { ...READ_DRAFT, text: READ_DRAFT.text + left };
  const none = sentOn(draft, { name: "chi-tieu", entry: "" }, { act: "cau-bo 0" }).draft;
  expect(parse(none.text).unconfirmed).toEqual({ periods: [{ quote: "Q" }] });
  expect(Object.keys(none.confirmed)).toEqual(["không phải chỉ tiêu: 5"]);
  // nor by writing the text by hand
  const text = draft.text.replace(left, "\n").replace("    unconfirmed: true\n", "");
  const typed = sentOn(draft, { name: "tep", entry: "" }, { text }).draft;
  expect(parse(typed.text)).toEqual(parse(draft.text));
});

test("an area that reports no longer goes into another one of the country's list", () => {
  const draft = draftOf(HA_NOI);
  const page = { name: "don-vi", entry: "" };
  const files = readAreaFiles("sources/examples/ha-noi-06-2026/areas");
  const areas = files.areas.filter(({ code }) => /^VD/.test(code));
  const known = { ...NOTHING_KNOWN, areas, files };
  const end = (into: string, gone = "VD2", of = draft, act = "luu") => {
    const typed = { gone, "gone-until": "30/6/2026", "gone-into": into, act };
    return sentOn(of, page, { ...typed, reporting: "VD1 VD2 VD3" }, known);
  };
  const gone = known.areas.find(({ code }) => code === "VD2")?.area_id;
  const line = { area_id: String(gone), on: "2026-07-01", exact: "no" };
  expect(parse(end("Phường Ngọc Hà").draft.text).reporting_areas).toEqual([
    { codes: ["VD1", "VD3"] },
    { codes: ["VD2"], until: "2026-06-30" },
    { codes: ["00008"], from: "2026-07-01" },
  ]);
  expect(end("Phường Ngọc Hà").draft.successors).toMatchObject([line]);
  expect(end("", "VD2", draft, "tim").draft.text).toBe(draft.text);
  // one that reports already goes on
  expect(end("VD3").draft.successors).toMatchObject([line]);
  expect(parse(end("VD3").draft.text).reporting_areas).toHaveLength(2);
  // another one that ends after it lets none report again
  expect(parse(end("VD3", "VD1", end("VD3").draft).draft.text).reporting_areas).toEqual([
    { codes: ["VD1", "VD2"], until: "2026-06-30" },
    { codes: ["VD3"] },
  ]);
  // nor does one keep the place of another whose code it has
  const named = files.areas.find(({ code }) => code === "VD3");
  const founded = { ...named, area_id: 7, valid_from: "2026-07-01" } as Area;
  known.areas = areas.map((one) => (one === named ? { ...one, valid_to: "2026-06-30" } : one));
  known.files = { ...files, areas: [...files.areas.filter((one) => one !== named), founded] };
  expect(parse(end("VD3").draft.text).reporting_areas).toMatchObject([
    { codes: ["VD1", "VD3"] },
    { codes: ["VD2"], until: "2026-06-30" },
    { codes: ["VD3"], from: "2026-07-01" },
  ]);
  known.files = files;
  const { fault, typed, draft: kept } = end("Xã Không Có");
  expect([fault, typed["gone-until"], kept.successors]).toEqual([
    "Không có địa bàn nào tên hoặc mã như “Xã Không Có”.",
    "30/6/2026",
    [],
  ]);
  // official units with numbers that offices give are named, once, in a folder that has no areas yet
  const none = { ...files, areas: [], successors: [] };
  known.files = none;
  // of several that are called so the one that it became
  known.areas = areasCoded("05671", none);
  expect(parse(end("Xã Văn Lăng", "05671").draft.text).reporting_areas).toContainEqual({
    codes: ["05665"],
    from: "2026-07-01",
  });
  known.areas = [areaMeant("05977", none), areaMeant("05983", none)] as Area[];
  const merged = end("06187", "05983", end("06187", "05977").draft).draft;
  const sources = newFolder();
  mkdirSync(join(sources, "areas"));
  for (const again of [1, 2]) {
    const files = [...filesOf(merged, sources)].filter(([name]) => name.startsWith("areas"));
    for (const [name, text] of files) writeFileSync(join(sources, name), text);
    const { areas: named, successors, problems } = readAreaFiles(join(sources, "areas"));
    const ids = named.map(({ area_id }) => area_id);
    expect([again, problems, ids]).toEqual([again, [], [13, 14, 11]]);
    expect(successors[0]).toMatchObject({ area_id: 13, successor_id: 11, on: "2026-07-01" });
  }
});

/** What stops a page, and the field in which it opens again. */
const STOPPED: readonly (readonly [page: string, typed: Record<string, string>, at: string])[] = [
  ["chi-tieu", { act: "them", quote: " " }, "quote"],
  ["don-vi", { "gone-until": "31/6/2026", gone: "VD1" }, "gone-until"],
  ["don-vi", { "gone-until": "30/6/2026", gone: "VD1", "gone-into": "Xã X" }, "gone-into"],
  ["don-vi", { gone: "VD1", "gone-into": "VD3" }, "gone-until"],
  ["don-vi", { areas: "sai" }, "areas"],
  ["ky", { act: "lap", year: "26" }, "year"],
  ["ky", { act: "lap", closed: "40" }, "closed"],
  // by whichever button it is saved
  ["ky", { before: "x" }, "before"],
];

test.each(STOPPED)("%s stops at %o", (name, typed, at) => {
  const changed = sentOn(draftOf(HA_NOI), { name, entry: "" }, typed);
  expect([changed.faultAt, changed.fault === null]).toEqual([at, false]);
  // and nothing that was typed is lost
  expect(changed.typed).toMatchObject(typed);
});

test("a raised number names the field in which it is mended, and leads to what was added", async () => {
  const sources = newFolder();
  cpSync("sources/examples/ha-noi-06-2026", sources, { recursive: true });
  const draft = draftOf(join(sources, "plans", basename(HA_NOI)));
  draft.text = draft.text.replace("value: 40, pace: linear", "value: 40, pace: linear, for: whole");
  const begun = sentOn(draft, OF_1_3, { act: "dieu-chinh" });
  expect(begun.query).toBe("#o-indicators-1-3-target--1-value");
  // it has what every number of a target has alike, and is there once
  expect(begun.draft.text).toContain('      - { comparator: ">=", for: whole }');
  expect(sentOn(begun.draft, OF_1_3, { act: "dieu-chinh" }).draft.text).toBe(begun.draft.text);
  expect(pageText(begun.draft, OF_1_3).match(/Xét ở đâu/g)).toHaveLength(1);
  const [unsaid] = noticesOf(begun.draft, await checkedDraft(begun.draft, sources));
  expect(unsaid?.problem).toMatchObject({ remedy: "", found: /^phải ghi mức/ });
  const raised = { ...draft, text: draft.text.replace("value: 40,", "value: 60,") };
  const [notice] = noticesOf(raised, await checkedDraft(raised, sources));
  expect(formWording(notice?.problem.found ?? "")).toMatch(
    /số 60 không có trong câu của kế hoạch và trong “Quy ước phải thêm để tính được”/,
  );
  expect(pageText(raised, OF_1_3, [notice as Notice])).toMatch(
    /<a href="#o-indicators-1-3-added_rules">Đến ô “Quy ước phải thêm.*<details open=""><summary>Quy ước thêm/s,
  );
  // what is no number is told how one is typed here
  const word = { ...draft, text: draft.text.replace("value: 40,", "value: bốn mươi,") };
  const [wrong] = noticesOf(word, await checkedDraft(word, sources));
  expect(formWording(wrong?.problem.found ?? "")).toContain("phải là một số như 1.250,5, nhiều");
  expect(notice === undefined ? null : fieldOf(raised, notice)?.at).toBe(
    "indicators/1.3/target/value",
  );
});

test("figures of the time before are typed beside the target that is compared with them", () => {
  const draft = draftOf("sources/examples/ha-nam-2020/plans/ha-nam-atgt-2020.yaml");
  const page = { name: "chi-tieu", entry: "1a" };
  const typed = "Quý I năm 2019; 30; Báo cáo 12/BC-UBND\n2019-Y; 98; ; 347\nQuý II năm 2019; ";
  const changed = sentOn(draft, page, { "truoc:accidents": typed }).draft;
  expect(
    filesOf(changed, newFolder()).get("baselines.csv"),
  ).toBe(`plan,measure,area,period,value,source
ha-nam-atgt-2020,accidents,,2019-Q1,30,Báo cáo 12/BC-UBND
ha-nam-atgt-2020,accidents,347,2019-Y,98,Khai ở bàn làm việc
`);
  expect(untouched(changed, page).get("truoc:accidents")).toMatch(
    /^Quý I năm 2019; 30; Báo cáo 12\/BC-UBND\r\n.*; 98; Khai ở bàn làm việc; 347\r\nQuý II năm 2019; \r\n/,
  );
});

test("a table of quotas is pasted from Excel, by codes; lines of other targets stay", () => {
  const draft = draftOf(HA_NOI);
  const page = { name: "chi-tieu", entry: "1.2" };
  expect(untouched(draft, page).get("quota")).toBe("VD1\t1200\r\nVD2\t1000\r\nVD3\t737");
  const pasted = "VD1 Xã Một\t1.300\r\nVD2\t900\r\nVD3 737";
  expect(sentOn(draft, page, { quota: pasted }).draft.tables).toEqual({
    "muc-giao-2026.csv":
      "indicator;place;period;value\n1.2;VD1;;1.300\n1.2;VD2;;900\n1.2;VD3;;737\n",
  });
});

/** What is wrong with a file: what stands in the place of what, and on which page that is seen to. */
const WRONG: readonly (readonly [what: string, right: RegExp, wrong: string, page: string])[] = [
  ["no date", /issued_on: .*/, "issued_on: 31/02/2026", "can-cu"],
  ["an unknown key", /^short_title:/m, "shorttitle:", "can-cu"],
  ["no number", /value: 40,/, "value: bốn mươi,", "chi-tieu/1.3"],
  ["a measure that is not there", /measures: \[inspections\]/, "measures: [cuoc]", "chi-tieu/1.3"],
  ["nothing that is counted", /measures: \[inspections\]/, "measures: []", "chi-tieu/1.3"],
  ["an area that is not there", /^area: .*/m, 'area: { code: "9999", noun: x }', "don-vi"],
  ["a table that is not there", /muc-giao-2026\.csv/, "muc-giao.csv", "chi-tieu/1.2"],
  ["a period due before it begins", /due_before: \S+,/, "due_before: 2020-01-01,", "ky"],
  ["a mark", /^groups:/m, "# CẦN XEM LẠI: các nhóm.\ngroups:", "chi-tieu"],
  ["no YAML", /^groups:/m, "groups: [", "can-cu"],
];

test.each(WRONG)(
  "%s: plan check and the desk say the same, at a page",
  async (_, right, to, page) => {
    const sources = newFolder();
    cpSync("sources/examples/ha-noi-06-2026", sources, { recursive: true });
    const file = join(sources, "plans", basename(HA_NOI));
    const text = readFileSync(file, "utf8").replace(right, to);
    expect(text).toContain(to);
    writeFileSync(file, text);
    const draft = draftOf(file);
    const notices = noticesOf(draft, await checkedDraft(draft, sources));
    const named = (one: Problem) => ({ ...one, file: basename(one.file) });
    expect(notices.map(({ problem }) => named(problem))).toEqual(
      checkPlanFile(file, sources).problems.map(named),
    );
    expect(notices.map((one) => one.page)).toContain(page);
  },
);
