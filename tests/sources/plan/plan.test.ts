import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkPlanFile } from "../../../pipelines/sources/check/plan-check.ts";
import { describeSourceProblem } from "../../../pipelines/vocabulary/problem.ts";
import { newFolder } from "../../folders.ts";

const PLAN = `schema: 1
id: small
number: 1/KH
title: Small plan
short_title: Small
issuer: Committee
issued_on: 2030-01-01
in_force_from: 2030-01-02
source: made up
reports_to: Committee
area: { code: C, noun: city }
reporting_areas: children
reporting_area_noun: ward
groups:
  - { code: "1", name: First }
units:
  - { code: D, item: 1, name: Department, short_name: D }
  - { code: W, item: 2, name: "Ward {area}", short_name: "W {area}", each_area: true }
periods:
  - code: Q1
    name: Quarter 1
    kind: quarter
    year: 2030
    position: 1
    positions: 4
    data_from: 2030-01-01
    data_to: 2030-03-31
    due_before: 2030-04-10
    estimate: false
  - code: Q2
    name: Quarter 2
    kind: quarter
    year: 2030
    position: 2
    positions: 4
    data_from: 2030-04-01
    data_to: 2030-06-30
    due_before: 2030-07-10
    estimate: false
  - code: H1
    name: Half-year
    kind: half_year
    year: 2030
    position: 1
    positions: 2
    data_from: 2030-01-01
    data_to: 2030-06-30
    due_before: 2030-07-05
    estimate: false
    covers: [Q1, Q2]
measures:
  - code: people
    name: People
    unit_of_measure: people
    kind: count
    reported_by: [W]
    over_time: last
    over_areas: sum
    sensitive: false
  - code: reached
    name: People reached
    unit_of_measure: people
    kind: count
    reported_by: [W]
    over_time: sum
    over_areas: sum
    sensitive: false
    at_most: people
  - code: posts
    name: Posts
    unit_of_measure: posts
    kind: count
    reported_by: [D]
    over_time: sum
    over_areas: sum
    sensitive: false
indicators:
  - code: "1.1"
    group: "1"
    name: People reached
    short_name: Reached
    quote: At least 20% of the people.
    unit_of_measure: "%"
    value: { kind: ratio, numerator: [reached], denominator: [people] }
    target:
      comparator: ">="
      value: 20
      pace: linear
`;

/** One thing wrong in each: what is written instead, and what is said. The line is where it stands. */
const CASES: [was: string, is: string, expected: string][] = [
  [
    "schema: 1",
    "schema: 3",
    "schema: ghi “3”: phải là 2 (cách ghi hiện nay) hoặc 1 (cách ghi cũ).",
  ],
  [
    "id: small",
    "id: Small Plan",
    "id: ghi “Small Plan”: chỉ gồm chữ thường không dấu, chữ số và gạch ngang.",
  ],
  ["title: Small plan", 'title: ""', "title: ghi “”: không được để trống."],
  [
    "in_force_from: 2030-01-02",
    "in_force_from: 2030-02-30",
    "in_force_from: ghi “2030-02-30”: không có ngày này trong lịch.",
  ],
  [
    "in_force_from: 2030-01-02",
    "in_force_from: 2/1/2030",
    "in_force_from: ghi “2/1/2030”: phải là ngày, ghi NNNN-TT-NN (năm-tháng-ngày). Có phải là “2030-01-02”?",
  ],
  [
    '{ code: "1", name: First }',
    "{ code: 1, name: First }",
    'nhóm "1" › code: ghi “1”: phải là chữ; mã như "1.1" phải để trong dấu ngoặc kép. Có phải là "1"?',
  ],
  [
    "item: 1, name: Department",
    "item: 0, name: Department",
    'đơn vị "D" › item: ghi “0”: phải từ 1 trở lên.',
  ],
  [
    'name: "Ward {area}"',
    "name: Ward",
    'đơn vị "W" › name: phải có {area} ở chỗ tên địa bàn, vì mỗi địa bàn có một đơn vị.',
  ],
  ["code: Q2", "code: Q1", 'kỳ "Q1" › code: mã “Q1” được dùng hai lần.'],
  [
    "kind: half_year",
    "kind: halfyear",
    'kỳ "H1" › kind: ghi “halfyear”: chỉ nhận month, quarter, half_year, nine_months, year, other. Có phải là “half_year”?',
  ],
  ["position: 2\n", "position: 5\n", 'kỳ "Q2" › position: lớn hơn positions.'],
  ["data_to: 2030-03-31", "data_to: 2029-03-31", 'kỳ "Q1" › data_to: trước ngày data_from.'],
  [
    "due_before: 2030-04-10",
    "due_before: 2029-12-31",
    'kỳ "Q1" › due_before: không sau ngày data_from.',
  ],
  [
    "covers: [Q1, Q2]",
    "covers: [Q1, Q9]",
    'kỳ "H1" › covers[1]: kế hoạch không có kỳ “Q9”. Sửa mã, hoặc khai thêm kỳ này ở periods.',
  ],
  [
    "kind: count\n    reported_by: [D]",
    "kind: counts\n    reported_by: [D]",
    'số liệu "posts" › kind: ghi “counts”: chỉ nhận count, yes_no, level. Có phải là “count”?',
  ],
  [
    "reported_by: [D]",
    "reported_by: [X]",
    'số liệu "posts" › reported_by[0]: kế hoạch không có đơn vị “X”. Sửa mã, hoặc khai thêm đơn vị này ở units.',
  ],
  [
    "reported_by: [D]",
    "reported_by: []",
    'số liệu "posts" › reported_by: ghi “[]”: phải nêu ít nhất một đơn vị.',
  ],
  [
    "over_time: last",
    "over_time: latest",
    'số liệu "people" › over_time: ghi “latest”: chỉ nhận sum, last, max, min, average. Có phải là “last”?',
  ],
  [
    "at_most: people",
    "at_most: persons",
    'số liệu "reached" › at_most: kế hoạch không có số liệu “persons”.',
  ],
  [
    "at_most: people",
    "sums_over: period",
    'số liệu "reached" › sums_over: period chỉ dùng với over_time: min (mỗi kỳ đều phải có).',
  ],
  [
    "reported_by: [D]",
    "asked_of: { kinds: [ward] }\n    reported_by: [D]",
    'số liệu "posts" › asked_of: số liệu này không được báo cáo theo từng địa bàn.',
  ],
  [
    "over_time: last",
    "asked_of: { kinds: [ward], codes: [A] }\n    over_time: last",
    'số liệu "people" › asked_of: phải ghi một trong hai: kinds hoặc codes',
  ],
  [
    "at_most: people",
    "percentage_of: { part: people, whole: persons }",
    'số liệu "reached" › percentage_of: kế hoạch không có số liệu “persons”.',
  ],
  ["at_most: people", "at_most: reached", 'số liệu "reached" › at_most: nêu chính số liệu này.'],
  ['group: "1"', 'group: "9"', 'chỉ tiêu "1.1" › group: kế hoạch không có nhóm “9”.'],
  [
    "numerator: [reached]",
    "numerator: [nobody]",
    'chỉ tiêu "1.1" › value: kế hoạch không có số liệu “nobody”.',
  ],
  [
    "numerator: [reached]",
    "numerator: [posts]",
    'chỉ tiêu "1.1" › value: các số liệu được báo cáo ở nơi khác nhau (toàn địa bàn | từng địa bàn)',
  ],
  [
    "kind: ratio",
    "kind: quotient",
    'chỉ tiêu "1.1" › value.kind: ghi “quotient”: không có cách tính này, chỉ có ratio, count, ',
  ],
  [
    'comparator: ">="',
    'comparator: "=="',
    'chỉ tiêu "1.1" › target.comparator: ghi “==”: chỉ nhận >=, >, <=, <, =. Có phải là "="?',
  ],
  [
    "value: 20",
    "value: 20.00001",
    'chỉ tiêu "1.1" › target.value: ghi “20.00001”: phải là một số, nhiều nhất 4 chữ số thập phân',
  ],
  [
    "pace: linear",
    "pace: steady",
    'chỉ tiêu "1.1" › target.pace: ghi “steady”: chỉ nhận linear, none.',
  ],
];

const folder = newFolder("chitieu-");
const HEAD = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";
const AREAS = join(folder, "sources", "areas");
mkdirSync(AREAS, { recursive: true });
writeFileSync(join(AREAS, "areas.csv"), `${HEAD}\n1,C,City,city,,,,x\n2,01,One,ward,1,,,x\n`);

let files = 0;
function check(text: string): string[] {
  files += 1;
  const file = join(folder, `${files}.yaml`);
  writeFileSync(file, text);
  const { problems } = checkPlanFile(file, join(folder, "sources"));
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.map((problem) => describeSourceProblem(problem).replace(`${file}:`, ""));
}

test("the plan itself has nothing wrong", () => {
  expect(check(PLAN)).toEqual([]);
});

test.each(CASES)("%j written as %j", (was, is, expected) => {
  const parts = PLAN.split(was);
  expect(parts.length).toBeGreaterThan(1);
  const line = (parts[0] ?? "").split("\n").length;
  const [first = ""] = check(PLAN.replace(was, is));
  expect(first).toContain(`${line}: ${expected}`);
});

test("a ceiling has no pace", () => {
  const line = PLAN.split("pace: linear")[0]?.split("\n").length;
  expect(check(PLAN.replace('comparator: ">="', 'comparator: "<="'))).toEqual([
    `${line}: chỉ tiêu "1.1" › target.pace: mức “không quá”, “dưới” (<=) không có tiến độ. Ghi pace: none.`,
  ]);
});

test("a missing field is said at the line of what it is missing from", () => {
  const line = PLAN.split("  - code: posts")[0]?.split("\n").length;
  const [first] = check(PLAN.replace("    name: Posts\n", ""));
  expect(first).toContain(
    `${line}: số liệu "posts" › name: thiếu “name”. Ghi thêm: Tên dòng trong biểu mẫu`,
  );
});

test("every problem of a file at once", () => {
  const text = PLAN.replace("schema: 1", "schema: 3")
    .replace("kind: half_year", "kind: h")
    .replace("value: 20", "value: many");
  expect(check(text).map((problem) => problem.split(":")[1])).toEqual([
    " schema",
    ' kỳ "H1" › kind',
    ' chỉ tiêu "1.1" › target.value',
  ]);
});

test("YAML that cannot be read is said with its line", () => {
  expect(check("schema: 1\nid: [small\ntitle: x\n")).toEqual([
    "3: Dấu ngoặc [ hoặc { mở ở các dòng trên chưa được đóng. Thêm dấu ] hoặc } ở cuối mục đó.",
  ]);
  expect(check("schema: 1\nschema: 1\n")).toContain(
    "2: “schema” được ghi hai lần trong cùng một mục. Bỏ bớt một, hoặc thêm dấu “- ” ở đầu mục nếu đó là mục mới.",
  );
});

test("areas that the plan needs must be there on the day it comes into force", () => {
  writeFileSync(join(AREAS, "areas.csv"), `${HEAD}\n1,C,City,city,,,2029-12-31,x\n`);
  const reported = check(PLAN);
  writeFileSync(join(AREAS, "areas.csv"), `${HEAD}\n1,C,City,city,,,,x\n2,01,One,ward,1,,x,x\n`);
  const broken = check(PLAN);
  expect(reported[0]).toContain(
    "area.code: ngày 02/01/2030 không còn địa bàn ấy: C City chỉ có đến hết ngày 31/12/2029.",
  );
  expect(broken.join()).toContain("areas.csv:3: valid_to: ");
});
