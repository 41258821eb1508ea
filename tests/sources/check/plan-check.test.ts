import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { checkPlanFile } from "../../../pipelines/sources/check/plan-check.ts";
import { casesIn, expectedOf, slipsIn } from "../../case-lines.ts";
import { newFolder } from "../../folders.ts";

/** What `plan check` says of slips that people make in a plan file: one in each line. */

const ROOT = join(import.meta.dirname, "../../..");
const PLAN = readFileSync(join(ROOT, "sources/plans/217-kh-ubnd-2024.yaml"), "utf8");
const TARGET = '    target: { comparator: ">=", value: 25, pace: none }';

const folder = newFolder("chitieu-plan-check-");
cpSync(join(ROOT, "sources/areas"), join(folder, "areas"), { recursive: true });
mkdirSync(join(folder, "plans"));

/** `12: field: found remedy` for each problem; what is only odd has a `?` in front. */
function check(text: string): string[] {
  const file = join(folder, "plans", "plan.yaml");
  writeFileSync(file, text);
  return checkPlanFile(file, folder).problems.map(
    ({ severity, line, field, found, remedy }) =>
      `${severity === "doubt" ? "?" : ""}${line}: ${field === "" ? "" : `${field}: `}${found} ${remedy}`,
  );
}

/** Slips, each with all that is said of it: one thing, at its line; what is only odd begins with `?`. */
const SLIPS = z
  .strictObject({
    plan: z.string(),
    levels: z.string(),
    quotes: z.record(z.string(), z.string()),
    examples: z.record(z.string(), z.string()),
  })
  .parse(parse(readFileSync(new URL("slips.yaml", import.meta.url), "utf8")));

describe("one slip in the plan", () => {
  test.each(slipsIn(SLIPS.plan))("$was written as $is", ({ was, is, expected = "nothing" }) => {
    expect(PLAN).toContain(was);
    const reported = check(PLAN.replace(was, is));
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatch(expected);
  });

  test("the plan itself has none", () => {
    expect(check(PLAN)).toEqual([]);
  });
});

/** The plan with a level of the whole and one of each ward, and what is asked of them. */
const LEVELS = PLAN.replace(
  "\nmeasures:\n",
  `
measures:
  - { code: grade, name: Xếp loại, unit_of_measure: loại, kind: level, levels: [C, B, A], reported_by: [CATP], over_time: last, over_areas: none, sensitive: false }
  - { code: title, name: Danh hiệu, unit_of_measure: mức, kind: level, levels: [Chưa đạt, Đạt chuẩn, Đạt chuẩn nâng cao], reported_by: [UBND], over_time: last, over_areas: none, sensitive: false }
`,
).concat(`
  - { code: "6.1", group: "1", name: X, short_name: X, quote: "Xếp loại B trở lên.", unit_of_measure: loại, value: { kind: count, measures: [grade] }, target: { comparator: ">=", value: B } }
  - { code: "6.2", group: "1", name: Y, short_name: Y, quote: "100% phường, xã đạt chuẩn nâng cao.", unit_of_measure: "%", value: { kind: share_of_areas, conditions: [{ measure: title, value: đạt chuẩn nâng cao }] }, target: { comparator: ">=", value: 100 } }
`);

test.each(slipsIn(SLIPS.levels))("of levels: $was written as $is", ({ was, is, expected }) => {
  expect(LEVELS).toContain(was);
  expect(check(LEVELS)).toEqual([]);
  const reported = check(LEVELS.replace(was, is));
  if (expected === undefined) expect(reported).toEqual([]);
  else expect(reported[0]).toMatch(expected);
});

test("slips in every part of the file are found at once, each at its line", () => {
  const text = PLAN.replace("issued_on: 2024-05-06", "issued_on: 06/5/2024")
    .replace("kind: half_year", "kind: halfyear")
    .replace("\nmeasures:", "\nmesures:")
    .replace("at_most: workers_total", "at_most: worker_total")
    .replace("over_time: min", "over_time: first")
    .replace(TARGET, TARGET.replace("25", "26"))
    .replace("item: 2,", "item: 2, is: CAPT,")
    .replace('area: { code: "178"', 'continues: 217\narea: { code: "781"');
  const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split("\n").length;
  expect(check(text).map((one) => one.split(":").slice(0, 2).join(":"))).toEqual([
    `${lineOf("issued_on: 06")}: issued_on`,
    `${lineOf("continues")}: continues`,
    `${lineOf('"781"')}: area.code`,
    `${lineOf("CAPT")}: đơn vị "CATP" › is`,
    `${lineOf("halfyear")}: kỳ "2024-H1" › kind`,
    `${lineOf("mesures:")}: mesures`,
    `${lineOf("over_time: first")}: số liệu "communication_forms" › over_time`,
    `${lineOf("worker_total")}: số liệu "workers_informed" › at_most`,
    `${lineOf("value: 26")}: chỉ tiêu "1.1" › target.value`,
  ]);
});

test("a unit that reports nothing, a missing quarter, areas that end inside the plan", () => {
  const noMeasure = PLAN.replaceAll(", MTTQ, UBND]", ", UBND]");
  expect(check(noMeasure)).toEqual([
    expect.stringMatching(/^\?\d+: đơn vị "MTTQ": không có số liệu nào giao đơn vị này báo cáo/),
  ]);
  const noQuarter = PLAN.replace(/ {2}- \{ code: 2024-Q4.*\n/, "").replace(", 2024-Q4]", "]");
  expect(check(noQuarter)).toEqual([
    expect.stringMatching(
      /^\?\d+: kỳ "2024-Q3" › position: năm 2024 có 4 kỳ loại quarter nhưng thiếu kỳ thứ 4/,
    ),
  ]);
  const nextYear = PLAN.replaceAll(/^ {2}- \{ code: 2024-.*$/gm, (line) =>
    line.replaceAll("2024", "2025").replaceAll("2023", "2024"),
  );
  expect(check(nextYear)).toEqual([
    expect.stringMatching(/^\?\d+: area\.code: Thành phố Lạng Sơn chỉ còn đến 30\/6\/2025/),
    expect.stringMatching(/^\?\d+: reporting_areas: Phường Hoàng Văn Thụ, .*: không còn trước khi/),
  ]);
  const since = 'reporting_areas: [{ children_of: "178" }, { codes: ["05986"], from: 2025-07-01 }]';
  expect(check(nextYear.replace(/^reporting_areas: .*$/m, since))).toEqual([]);
});

/** Bytes that are no plan, and what is said of them. */
test.each<[string, Buffer, string]>([
  ["nothing", Buffer.from(""), "1: Tệp không có nội dung."],
  [
    "a bracket that nobody closes",
    Buffer.from("schema: 1\nid: [small\ntitle: x\n"),
    "3: Dấu ngoặc \\[ hoặc { mở ở các dòng trên chưa được đóng.",
  ],
  ["a list", Buffer.from("- một\n- hai\n"), "1: Tệp này không phải là một kế hoạch"],
  ["UTF-16", Buffer.from(`\ufeff${PLAN}`, "utf16le"), "1: Tệp ghi bằng bảng mã UTF-16"],
  [
    "an old code page on the third line",
    Buffer.concat([
      Buffer.from("schema: 2\nid: a\ntitle: K"),
      Buffer.from([0xea]),
      Buffer.from(" h\n"),
    ]),
    "3: Dòng này có chữ không phải UTF-8",
  ],
])("%s is named for what it is", (_, bytes, expected) => {
  const file = join(folder, "plans", "plan.yaml");
  writeFileSync(file, bytes);
  const { problems } = checkPlanFile(file, folder);
  expect(problems.map(({ line, found }) => `${line}: ${found}`)).toEqual([
    expect.stringMatching(new RegExp(`^${expected}`)),
  ]);
});

/** Indicators whose quote and target are written anew: an example, or the plan itself, and a code. */
const WRITTEN: Readonly<Record<string, readonly [example: string, code: string]>> = {
  share: ["", "1.1"],
  count: ["ha-noi-06-2026", "1.3"],
  years: ["ca-mau-2021", "1b"],
  total: ["ca-mau-2021", "1d"],
  change: ["ha-nam-2020", "1a"],
  kinds: ["ha-noi-138-2021", "1"],
};

/** A quote, the target written for it, and what is said of both. Words of real plans are among them. */
const QUOTES = Object.entries(SLIPS.quotes).flatMap(([of, text]) =>
  casesIn(text).map(([both = "", expected]) => {
    const [quote = "", target = ""] = both.split(" → ");
    return { of, quote, target, expected };
  }),
);

describe("targets against the words of the plan", () => {
  const folders = new Map<string, string>();

  /** What is said of an indicator that is written anew. */
  function foundOf(of: string, changes: object): string[] {
    const [example = "", code] = WRITTEN[of] ?? [];
    const copy = folders.get(example) ?? mkdtempSync(join(folder, "written-"));
    const origin = example === "" ? folder : join(ROOT, "sources/examples", example);
    if (!folders.has(example))
      cpSync(join(origin, "areas"), join(copy, "areas"), { recursive: true });
    folders.set(example, copy);
    const plans = join(origin, "plans");
    const [name = ""] = readdirSync(plans).filter((one) => one.endsWith(".yaml"));
    const plan = parse(example === "" ? PLAN : readFileSync(join(plans, name), "utf8")) as {
      indicators: { code: string }[];
    };
    const indicators = plan.indicators
      .filter((one) => one.code === code)
      .map((one) => ({ ...one, added_rules: [], ...changes }));
    expect(indicators).toHaveLength(1);
    mkdirSync(join(copy, "plans"), { recursive: true });
    const file = join(copy, "plans", "plan.yaml");
    writeFileSync(file, JSON.stringify({ ...plan, indicators }));
    return checkPlanFile(file, copy)
      .problems.filter(({ found, severity }) => severity === "error" || found.includes(", mà "))
      .map(({ found, remedy }) => `${found} ${remedy}`);
  }

  test.each(QUOTES)("$of: $quote, written $target", ({ of, quote, target, expected }) => {
    const reported = foundOf(of, { quote, target: parse(`{ comparator: ${target} }`) });
    expect(reported).toEqual(
      expected === undefined ? [] : [expect.stringContaining(`câu của kế hoạch là ${expected}`)],
    );
  });

  test("a rule about the words settles them", () => {
    const target = { comparator: "<=", value: 25 };
    const quote = "Dưới 25%";
    const found = (rule: string) => foundOf("share", { quote, target, added_rules: [rule] });
    expect(found("Tính cả đúng 25%.")).toHaveLength(1);
    expect(found("“Dưới 25%” được hiểu là không quá 25%.")).toEqual([]);
    const kinds = {
      quote: "Dưới 10% ở các quận, dưới 5% ở các huyện",
      target: { comparator: "<", value: 10 },
    };
    const part = "“10% ở các quận” được hiểu là ở mọi địa bàn.";
    const plain = part.replace(/[“”]/g, "");
    expect(foundOf("kinds", { ...kinds, added_rules: [plain] })).toHaveLength(1);
    expect(foundOf("kinds", { ...kinds, added_rules: [part] })).toEqual([]);
  });
});

test("of an area that became several, that its series ends", () => {
  const copy = mkdtempSync(join(folder, "split-"));
  cpSync(join(ROOT, "sources/areas"), join(copy, "areas"), { recursive: true });
  mkdirSync(join(copy, "plans"));
  const file = join(copy, "plans", "plan.yaml");
  writeFileSync(
    file,
    PLAN.replaceAll(/^ {2}- \{ code: 2024-.*$/gm, (line) =>
      line.replaceAll("2024", "2025").replaceAll("2023", "2024"),
    ),
  );
  const notes = () => checkPlanFile(file, copy).problems.map(({ found }) => found);
  expect(notes().join("\n")).not.toContain("chia thành nhiều");
  appendFileSync(join(copy, "areas", "areas.csv"), "12,05986,,,,,,,,x\n");
  writeFileSync(
    join(copy, "areas", "successors.csv"),
    "area_id,successor_id,on,exact,source\n7,14,2025-07-01,yes,x\n7,12,2025-07-01,yes,x\n",
  );
  expect(notes()).toContainEqual(
    "Phường Chi Lăng: chia thành nhiều địa bàn nên chuỗi số liệu dừng lại, không địa bàn mới nào nối tiếp.",
  );
});

test("an office without a list of areas has the official one", () => {
  const copy = mkdtempSync(join(folder, "bare-"));
  mkdirSync(join(copy, "plans"));
  const file = join(copy, "plans", "plan.yaml");
  writeFileSync(file, PLAN);
  const { plan, problems } = checkPlanFile(file, copy);
  expect(plan?.id).toBe("217-kh-ubnd-2024");
  expect(problems).toEqual([]);

  // one that ends within the plan is asked about, until it is said into which it goes
  const rest = ["05971", "05977", "05980", "05983", "05986", "05989", "05992"];
  const listed = [`{ codes: ["05974"], until: 2024-09-14 }`, `{ codes: ${JSON.stringify(rest)} }`];
  writeFileSync(file, PLAN.replace(/^reporting_areas: .*$/m, `reporting_areas: [${listed}]`));
  const notes = () => checkPlanFile(file, copy).problems.map(({ found }) => found);
  expect(notes()).toContainEqual(
    "Phường Tam Thanh: không còn trước khi các kỳ của kế hoạch kết thúc, và không có địa bàn mới nào báo cáo thay.",
  );
  mkdirSync(join(copy, "areas"));
  const columns = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";
  writeFileSync(join(copy, "areas", "areas.csv"), `${columns}\n4,05974,,,,,,\n3,05971,,,,,,\n`);
  writeFileSync(
    join(copy, "areas", "successors.csv"),
    "area_id,successor_id,on,exact,source\n4,3,2024-09-15,no,x\n",
  );
  expect(notes().join("\n")).not.toMatch(/Phường Tam Thanh: không còn/);
});

test("each target is shown as its reader will see it", () => {
  const file = join(folder, "plans", "plan.yaml");
  writeFileSync(file, PLAN);
  const { targets } = checkPlanFile(file, folder);
  expect(targets).toHaveLength(12);
  // the first quarter was over before the plan was in force: thirds of the way, not quarters
  expect(targets.find(({ code }) => code === "3.2b")?.asked).toBe(
    "3.2b ≥ 30%, tiến độ đều theo kỳ, hạn hết năm 2024 (quý II năm 2024: 10%; quý III năm 2024: 20%; quý IV năm 2024: 30%)",
  );
  expect(targets[0]?.asked).toBe("1.1 ≥ 25%, hạn hết năm 2024");
  writeFileSync(file, LEVELS);
  expect(
    checkPlanFile(file, folder)
      .targets.slice(-2)
      .map(({ asked }) => asked),
  ).toEqual(["6.1 ≥ Loại B, hạn hết năm 2024", "6.2 ≥ 100%, hạn hết năm 2024"]);

  const [example, table] = QUOTAS;
  const copy = copyOf(example);
  appendFileSync(join(copy, table), "1.2,VD3,2026-Q2,300\n");
  const rows = checkPlanFile(join(copy, "plans/ha-noi-06-2026.yaml"), copy).targets.flatMap(
    ({ places }) => places,
  );
  // the second due date asks for a number with its date in each place that has it
  expect(rows).toEqual([
    "phường Hoàn Kiếm: ≥ 1.200 cơ sở (quý IV năm 2026)",
    "phường Tây Hồ: ≥ 1.000 cơ sở (quý IV năm 2026)",
    "xã Đông Anh: ≥ 300 cơ sở (quý II năm 2026), ≥ 737 cơ sở (quý IV năm 2026)",
  ]);
});

/**
 * What 1.3c says of what it counts, with the name and the time of its numerator, and with the name of
 * its denominator, in place of its own; and all that is doubted of it.
 */
const COUNTED = casesIn(`
  // 20 and 22 of the same 100
  Số học sinh được tuyên truyền, sum ÷ Tổng số học sinh ⇒ 42/100 = 42%
  Số hộ đang dùng Internet, last ÷ Tổng số hộ ⇒ 82/100 = 82%
  Số hộ đã từng có Internet, max ÷ Tổng số hộ ⇒ 82/100 = 82%
  Số hộ có Internet cả năm, min ÷ Tổng số hộ ⇒ 80/100 = 80%
  Số hộ có Internet, average ÷ Tổng số hộ ⇒ 81/100 = 81%
  Số hộ có Internet, sum ÷ Tổng số hộ ⇒ 42/100 = 42%
    ⇒ over_time: tên là số đang có ở ngày chốt mà các kỳ được cộng lại: quý I có 80, quý II có 82
    ⇒ thì thành 162. Số đang có thì ghi over_time: last
  Số hồ sơ giải quyết đúng hạn được giải quyết đúng hạn, last ÷ Tổng số hồ sơ giải quyết đúng hạn
    ⇒ 82/100 = 82%
    ⇒ value: mẫu số (Tổng số hồ sơ giải quyết đúng hạn) đã gồm điều kiện của tử số ⇒ luôn là 100%
  Số hồ sơ đúng hạn, last ÷ Tổng số hồ sơ đúng hạn ⇒ 82/100 = 82%
    ⇒ là cùng một điều, nên tỷ lệ luôn là 100%
  Số doanh nghiệp thường xuyên sử dụng, last ÷ Tổng số doanh nghiệp thường xuyên ⇒ 82/100 = 82%
    ⇒ kết thúc bằng điều chỉ nói về việc ở tử số
`);

test.each(COUNTED)("%s", (both = "", example, ...doubt) => {
  const [, part = "", overTime = "", whole = ""] = /^(.*), (\w+) ÷ (.*)$/.exec(both) ?? [];
  const named = (code: string, name: string, text: string): string =>
    text.replace(new RegExp(`(- code: ${code}\\n    name: ).*`), `$1${name}`);
  const plan = named("pupils_total", whole, named("pupils_informed", part, PLAN))
    .replace(/(- code: pupils_informed\n(?: {4}.*\n)*? {4}over_time: ).*/, `$1${overTime}`)
    .replaceAll("value: 20, pace: linear", "value: 20");
  const reported = check(plan);
  expect(reported).toHaveLength(doubt.length > 0 ? 1 : 0);
  for (const one of doubt) expect(reported[0]).toMatch(expectedOf(one));
  const { targets } = checkPlanFile(join(folder, "plans", "plan.yaml"), folder);
  const { counted, example: shown } = targets.find(({ code }) => code === "1.3c") ?? {};
  expect(counted).toMatch(
    / ÷ .* × 100; .*xét toàn thành phố và từng phường, xã, hạn hết năm 2024$/,
  );
  const figures = overTime === "sum" ? ["20/100", "22/100"] : ["80/100", "82/100"];
  expect(shown).toBe(
    `nếu quý I ghi ${figures.join(" và quý II ghi ")} thì đến quý II là ${example}`,
  );
});

/** What else the examples work out, of plans that come with the program. */
test.each(
  casesIn(`
  ha-noi-06-2026 1.3 ⇒ nếu quý I ghi 80 và quý II ghi 82 thì đến quý II là 162 cuộc
  ha-nam-2020 1a ⇒ nếu cùng kỳ năm trước là 120 và nay là 111 thì giảm 7,5%
  ca-mau-2021 1a ⇒ nếu năm 2021 ghi 22/100.000 thì là 22/100.000 = 22 người/100.000 dân
  nghe-an-2026 1.1 ⇒ ở một xã, phường, nếu tháng 01/2026 ghi “1” và tháng 02/2026 ghi “0” thì đến tháng 02/2026 là “0”: không đáp ứng
  nghe-an-2026 2.2 ⇒ nếu quý I ghi 1 và quý II ghi 0 thì đến quý II là 1 vụ
  `),
)("%s: %s", (of = "", shown) => {
  const [example = "", code] = of.split(" ");
  const sources = join(ROOT, "sources/examples", example);
  const [name = ""] = readdirSync(join(sources, "plans")).filter((one) => one.endsWith(".yaml"));
  const { targets } = checkPlanFile(join(sources, "plans", name), sources);
  expect(targets.find((one) => one.code === code)?.example).toBe(shown);
});

const QUOTAS = ["ha-noi-06-2026", "plans/muc-giao-2026.csv"] as const;
/** The same for what schema 2 adds: an example, a file of it, and all that is said of a slip in it. */
const SLIPS_OF_TODAY = Object.entries(SLIPS.examples).flatMap(([file, text]) => {
  const [example = "", path = ""] = file.split(" ");
  return slipsIn(text).map((slip) => ({ example, path, ...slip }));
});

/** The sources of an example, to be changed. */
function copyOf(example: string): string {
  const copy = mkdtempSync(join(folder, "example-"));
  cpSync(join(ROOT, "sources/examples", example), copy, { recursive: true });
  return copy;
}

/** What is said of an example with one text of one of its files written otherwise. */
function checkExample(example: string, path: string, was: string, is: string): string[] {
  const copy = copyOf(example);
  const [plan = ""] = readdirSync(join(copy, "plans")).filter((name) => name.endsWith(".yaml"));
  const changed = join(copy, path === "plan" ? join("plans", plan) : path);
  const text = readFileSync(changed, "utf8");
  expect(text).toContain(was);
  writeFileSync(changed, text.replace(was, is));
  return checkPlanFile(join(copy, "plans", plan), copy).problems.map(
    ({ severity, file, line, field, found, remedy }) =>
      `${severity === "doubt" ? "?" : ""}${file.replace(`${copy}/`, "")} ${line}: ${field === "" ? "" : `${field}: `}${found} ${remedy}`,
  );
}

test.each(SLIPS_OF_TODAY)(
  "$example, $path: $was written as $is",
  ({ expected = "nothing", ...slip }) => {
    const reported = checkExample(slip.example, slip.path, slip.was, slip.is);
    // the area of one example ends in the middle of its last year, as it did
    const own = reported.filter((one) => !one.includes("Tỉnh Cà Mau chỉ còn đến"));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatch(expected);
  },
);

test("of a ward that is abolished before its quota is due, that the quota falls to nobody", () => {
  const ward = "VD3,Xã Đông Anh,commune,1,2025-07-01,";
  const reported = checkExample("ha-noi-06-2026", "areas/areas.csv", ward, `${ward}2026-06-30`);
  expect(reported).toEqual([
    expect.stringMatching(/^\?.*Xã Đông Anh: không còn trước khi các kỳ của kế hoạch kết thúc/),
    expect.stringMatching(
      /^\?.*target\.for: mức giao của Xã Đông Anh không được tính: địa bàn chỉ còn đến 30\/6\/2026, trước khi đến hạn \(Quý IV năm 2026\)\. Ghi mức giao của địa bàn kế tiếp vào bảng\.$/,
    ),
  ]);
});

test("each number of a table is shown below its target, a range as one", () => {
  const copy = copyOf("ha-noi-06-2026");
  const file = join(copy, "plans/ha-noi-06-2026.yaml");
  const table = join(copy, "plans/muc-giao-2026.csv");
  const quotas = (): string[] => checkPlanFile(file, copy).targets.flatMap(({ places }) => places);
  expect(quotas()[0]).toBe("phường Hoàn Kiếm: ≥ 1.200 cơ sở");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace('comparator: ">=", value: 2937, pace: linear, for', "for"),
  );
  writeFileSync(
    table,
    "indicator;place;period;value\n1.2;VD1;;1.200,5 - 1.300,25\n1.2;VD2;;8–8,5\n1.2;VD3;;7 - 8",
  );
  expect(quotas()).toEqual([
    "phường Hoàn Kiếm: 1.200,5–1.300,25 cơ sở",
    "phường Tây Hồ: 8–8,5 cơ sở",
    "xã Đông Anh: 7–8 cơ sở",
  ]);
});
