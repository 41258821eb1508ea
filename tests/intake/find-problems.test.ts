import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import {
  csvOf,
  examine,
  ledgerRows,
  newWorld,
  PLAN,
  problemText,
  sendOne,
  sendWhole,
} from "./given.ts";

/** Every check once: what a file says, and what its sender is told. */
const CASES: [name: string, lines: string[], told: string[], received?: string][] = [
  [
    "not a number",
    ["UB-01,Q2,,people,trên 100,"],
    [
      "2 not_a_number: Số liệu “Số người” ghi “trên 100”, không phải là một số. Chỉ ghi chữ số, viết liền, ví dụ 1120; không ghi kèm chữ, dấu cách hoặc đơn vị tính.",
    ],
  ],
  [
    "negative",
    ["UB-01,Q2,,people,-5,"],
    ["2 negative: Số liệu “Số người” ghi số âm “-5”. Ghi số bằng 0 hoặc lớn hơn 0."],
  ],
  [
    "thousands or decimals, where a file writes both ways",
    ["UB-01,Q2,,people,1.120,", 'UB-01,Q2,,budget,"12,500",', 'UB-01,Q2,,visits,"1,120,000",'],
    [
      "2 thousands_mark: Số liệu “Số người” ghi “1.120”, nhưng số này phải là số nguyên. Nếu là 1120 thì ghi 1120, không dùng dấu chấm/phẩy ngăn cách.",
      "3 ambiguous_number: Số liệu “Kinh phí” ghi “12,500”, chưa rõ là 12500 hay 12,5. Nếu là 12500 thì ghi 12500; nếu là 12,5 thì ghi 12,5.",
    ],
  ],
  [
    "fraction of people",
    ['UB-01,Q2,,people,"12,5",', 'UB-01,Q2,,budget,"1,1255",', 'UB-02,Q2,,budget,"1,125",'],
    [
      "2 fraction: Số liệu “Số người” ghi “12,5”, nhưng số này phải là số nguyên (người). Kiểm tra lại và ghi số đúng theo đơn vị tính.",
      "3 fraction: Số liệu “Kinh phí” ghi “1,1255”, nhưng số này chỉ được có tối đa 2 chữ số thập phân (triệu đồng). Kiểm tra lại và ghi số đúng theo đơn vị tính.",
      "4 thousands_mark: Số liệu “Kinh phí” ghi “1,125”, nhưng số này chỉ được có tối đa 2 chữ số thập phân. Nếu là 1125 thì ghi 1125, không dùng dấu chấm/phẩy ngăn cách.",
    ],
  ],
  [
    "a date and percentages where numbers belong",
    ["UB-01,Q2,,people,5/6/2024,", "UB-01,Q2,,reached,25%,", "GD,Q2,,share,0.25,"],
    [
      "2 date: Số liệu “Số người” ghi “5/6/2024”, là ngày 05/6/2024, không phải là một số. Chỉ ghi chữ số, viết liền, ví dụ 1120.",
      "3 percentage: Số liệu “Số người được tuyên truyền” ghi “25%”, là tỷ lệ phần trăm, nhưng đơn vị tính của số liệu là người. Ghi số theo đơn vị tính, không ghi tỷ lệ phần trăm.",
      "4 percentage_unclear: Số liệu “Tỷ lệ” ghi “0.25”, chưa rõ là 0,25% hay 25%. Nếu là 25% thì ghi 25%; nếu là 0,25% thì ghi 0,25%.",
    ],
  ],
  [
    "a mark where there is no figure",
    ["UB-01,Q2,,people,x,", "UB-01,Q2,,visits,-,", "UB-01,Q2,,has_plan,–,"],
    [
      "2 mark_of_stock: Số liệu “Số người” ghi “x”, không phải là một số. Để trống nếu chưa có số liệu; ghi 0 nếu tại ngày chốt số liệu không có.",
      "3 mark: Số liệu “Số lượt” ghi “-”, không phải là một số. Để trống nếu chưa có số liệu; ghi 0 nếu có theo dõi nhưng bằng không; ghi “Không phát sinh” nếu không phát sinh.",
      "4 mark_of_choice: Số liệu “Đã có kế hoạch” ghi “–”, nhưng chỉ được ghi “Có” hoặc “Không”. Ghi “Có” hoặc “Không”; để trống nếu chưa có thông tin.",
    ],
  ],
  [
    "number beyond the ledger",
    ["UB-01,Q2,,people,1234567890123,"],
    [
      "2 number_too_large: Số liệu “Số người” ghi “1234567890123”, vượt quá 12 chữ số phần nguyên. Kiểm tra lại số liệu.",
    ],
  ],
  [
    "nil of a stock",
    ["UB-01,Q2,,people,Không phát sinh,"],
    [
      "2 nil_of_stock: Số liệu “Số người” ghi “Không phát sinh”, nhưng đây là số có mặt tại ngày chốt số liệu nên không ghi “không phát sinh”. Ghi số có mặt tại ngày chốt số liệu; nếu không có thì ghi 0.",
    ],
  ],
  [
    "a level that there is not",
    ["UB-01,Q2,,grade,Loại D,", "UB-02,Q2,,grade,xếp loại b,"],
    [
      "2 not_a_choice: Số liệu “Xếp loại” ghi “Loại D”, nhưng chỉ được ghi “Loại C”, “Loại B” hoặc “Loại A”. Ghi “Loại C”, “Loại B” hoặc “Loại A”.",
    ],
  ],
  [
    "neither yes nor no",
    ["UB-01,Q2,,has_plan,2,"],
    [
      "2 not_a_choice: Số liệu “Đã có kế hoạch” ghi “2”, nhưng chỉ được ghi “Có” hoặc “Không”. Ghi “Có” hoặc “Không”.",
    ],
  ],
  [
    "numerator above its denominator",
    ["UB-01,Q2,,people,10,", "UB-01,Q2,,reached,11,"],
    [
      "3 above_at_most: Số liệu “Số người được tuyên truyền” ghi 11, lớn hơn số liệu “Số người” ghi 10 (dòng 2). Kiểm tra lại hai số liệu: “Số người được tuyên truyền” không được lớn hơn “Số người”.",
    ],
  ],
  [
    "numerator above a denominator that is there twice",
    ["UB-01,Q2,,people,10,", "UB-01,Q2,,people,9,", "UB-01,Q2,,reached,11,"],
    [
      "2 measure_twice: Số liệu “Số người” của UBND phường Một, kỳ Quý 2, có 2 lần: dòng 2; dòng 3. Giữ lại một số liệu đúng và bỏ các số liệu còn lại.",
      "4 above_at_most: Số liệu “Số người được tuyên truyền” ghi 11, lớn hơn số liệu “Số người” ghi 10 (dòng 2). Kiểm tra lại hai số liệu: “Số người được tuyên truyền” không được lớn hơn “Số người”.",
      "4 above_at_most: Số liệu “Số người được tuyên truyền” ghi 11, lớn hơn số liệu “Số người” ghi 9 (dòng 3). Kiểm tra lại hai số liệu: “Số người được tuyên truyền” không được lớn hơn “Số người”.",
    ],
  ],
  [
    "numerator above its denominator in one area",
    [
      "GD,Q2,01,pupils,10,",
      "GD,Q2,02,pupils,20,",
      "GD,Q2,01,pupils_reached,11,",
      "GD,Q2,02,pupils_reached,11,",
    ],
    [
      "4 above_at_most: Số liệu “Số học sinh được tuyên truyền” của Phường Một ghi 11, lớn hơn số liệu “Số học sinh” ghi 10 (dòng 2). Kiểm tra lại hai số liệu: “Số học sinh được tuyên truyền” không được lớn hơn “Số học sinh”.",
    ],
  ],
  [
    "parts that do not add up",
    ["UB-01,Q2,,visits,10,", "UB-01,Q2,,visits_day,4,", "UB-01,Q2,,visits_night,5,"],
    [
      "2 parts_differ: Số liệu “Số lượt” ghi 10, không bằng tổng các số liệu thành phần là 9. Kiểm tra lại tổng số và các số thành phần: Số lượt ngày; Số lượt đêm.",
    ],
  ],
  [
    "some parts already above the total",
    ["UB-01,Q2,,visits,10,", "UB-01,Q2,,visits_day,12,", "UB-01,Q2,,visits_night,,"],
    [
      "2 parts_above: Số liệu “Số lượt” ghi 10, nhỏ hơn tổng các số liệu thành phần đã ghi là 12. Kiểm tra lại tổng số và các số thành phần: Số lượt ngày; Số lượt đêm.",
    ],
  ],
  [
    "period the plan does not have",
    ["UB-01,Q5,,people,5,"],
    [
      "2 unknown_period: Kỳ báo cáo “Q5” không có trong kế hoạch 1/KH-UBND. Ghi đúng mã kỳ báo cáo, một trong các mã: Q1, Q2, Q3, Q4, Y.",
    ],
  ],
  [
    "unit the plan does not have",
    ["UB-09,Q2,,people,5,"],
    [
      "2 unknown_unit: Đơn vị có mã “UB-09” không có trong danh sách đơn vị báo cáo của kế hoạch 1/KH-UBND. Ghi đúng mã đơn vị như trên biểu mẫu đã được cấp.",
    ],
  ],
  [
    "unit whose area came later",
    ["UB-03,Q2,,people,5,"],
    [
      "2 unit_not_in_period: UBND phường Ba (mã UB-03) không phải là đơn vị báo cáo vào ngày 30/6/2030, ngày cuối của kỳ Quý 2: địa bàn có hiệu lực từ 01/7/2030 đến …. Kiểm tra lại kỳ báo cáo và mã đơn vị.",
    ],
  ],
  [
    "period before the plan",
    ["UB-01,Q1,,people,5,"],
    [
      "2 period_not_applicable: Kỳ Quý 1 kết thúc ngày 31/3/2030, trước khi kế hoạch 1/KH-UBND có hiệu lực (ngày 10/4/2030), nên không áp dụng. Không phải gửi báo cáo cho kỳ này; kiểm tra lại kỳ báo cáo đã ghi.",
    ],
  ],
  [
    "period that has not begun",
    ["UB-01,Q4,,people,5,"],
    [
      "2 period_not_begun: Kỳ Quý 4 bắt đầu từ ngày 01/10/2030, sau ngày nhận báo cáo (30/9/2030). Kiểm tra lại kỳ báo cáo đã ghi.",
    ],
    "2030-09-30T23:59",
  ],
  [
    "measure the plan does not have",
    ["UB-01,Q2,,nguoi,5,"],
    [
      "2 unknown_measure: Số liệu có mã “nguoi” không có trong kế hoạch 1/KH-UBND. Ghi đúng mã số liệu như trên biểu mẫu đã được cấp.",
    ],
  ],
  [
    "measure of another unit",
    ["UB-01,Q2,,rate,5,"],
    [
      "2 measure_not_reported: Số liệu “Hệ số” (mã rate) không do UBND phường Một báo cáo. Bỏ dòng này, hoặc kiểm tra lại mã đơn vị.",
    ],
  ],
  [
    "no area where one is needed",
    ["GD,Q2,,pupils,5,"],
    [
      "2 area_missing: Số liệu “Số học sinh” phải ghi theo từng địa bàn nhưng không có mã địa bàn. Ghi mã địa bàn vào cột area.",
    ],
  ],
  [
    "area the plan does not have",
    ["GD,Q2,09,pupils,5,"],
    [
      "2 area_unknown: Địa bàn có mã “09” không thuộc kế hoạch 1/KH-UBND. Ghi đúng mã địa bàn như trên biểu mẫu đã được cấp.",
    ],
  ],
  [
    "area whose leading zero Excel has dropped",
    ["GD,Q2,1,pupils,5,", "UB-01,Q2,1,people,5,", "GD,Q2,3,pupils,5,", "GD,Q2,10,pupils,5,"],
    [
      "2 area_lost_zero: Địa bàn có mã “1” không thuộc kế hoạch 1/KH-UBND; mã đúng có thể là “01”, do Excel đã bỏ số 0 ở đầu. Đặt định dạng cột mã địa bàn là “Văn bản” (Text) rồi ghi lại mã “01”.",
      "3 area_lost_zero: Địa bàn có mã “1” không thuộc kế hoạch 1/KH-UBND; mã đúng có thể là “01”, do Excel đã bỏ số 0 ở đầu. Đặt định dạng cột mã địa bàn là “Văn bản” (Text) rồi ghi lại mã “01”.",
      "4 area_lost_zero: Địa bàn có mã “3” không thuộc kế hoạch 1/KH-UBND; mã đúng có thể là “03”, do Excel đã bỏ số 0 ở đầu. Đặt định dạng cột mã địa bàn là “Văn bản” (Text) rồi ghi lại mã “03”.",
      "5 area_unknown: Địa bàn có mã “10” không thuộc kế hoạch 1/KH-UBND. Ghi đúng mã địa bàn như trên biểu mẫu đã được cấp.",
    ],
  ],
  [
    "area that is not valid yet",
    ["GD,Q2,03,pupils,5,"],
    [
      "2 area_not_valid: Phường Ba (mã 03) không còn hoặc chưa có hiệu lực vào ngày 30/6/2030, ngày cuối của kỳ Quý 2. Ghi số liệu theo địa bàn có hiệu lực vào ngày đó.",
    ],
  ],
  [
    "area of another unit",
    ["UB-01,Q2,02,people,5,"],
    [
      "2 area_of_another: UBND phường Một chỉ báo cáo số liệu của địa bàn mình nhưng tệp ghi địa bàn có mã “02”. Để trống mã địa bàn, hoặc ghi đúng mã địa bàn của đơn vị.",
    ],
  ],
  [
    "area where none is wanted",
    ["GD,Q2,01,budget,5,"],
    [
      "2 area_not_wanted: Số liệu “Kinh phí” không ghi theo địa bàn nhưng tệp ghi địa bàn có mã “01”. Để trống mã địa bàn và ghi một số liệu chung của đơn vị.",
    ],
  ],
  [
    "the same measure twice, with the same value",
    ["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,1,", "UB-01,Q2,01,people,5,"],
    [
      "2 measure_twice: Số liệu “Số người” của UBND phường Một, kỳ Quý 2, có 2 lần: dòng 2; dòng 4. Giữ lại một số liệu đúng và bỏ các số liệu còn lại.",
    ],
  ],
  [
    "a submission without any figure",
    ["UB-01,Q2,,people,,", "UB-01,Q2,,reached,,", "UB-02,Q2,,people,1,"],
    [
      "2 submission_empty: Báo cáo của UBND phường Một, kỳ Quý 2, không có số liệu nào. Điền số liệu; nếu trong kỳ không phát sinh thì chọn “Không phát sinh”.",
    ],
  ],
];

const found = new Map<string, Problem[]>();

beforeAll(async () => {
  const files = CASES.map(([, lines, , received = "2030-12-20T10:00"]) => ({
    content: csvOf(lines),
    received,
  }));
  const problems = await examine(newWorld(), ...files);
  for (const [index, [name]] of CASES.entries()) found.set(name, problems[index] ?? []);
});

test.each(CASES)("%s", (name, _, told) => {
  expect(found.get(name)?.map(problemText)).toEqual(told);
});

test.each([
  // 14 January is the last day to send
  ["2030-12-15T10:00", []],
  [
    "2030-12-14T10:00",
    [
      "- covering_period_early: Báo cáo Năm 2030 của UBND phường Một mới nhận ngày 14/12/2030, sớm hơn hạn gửi (hết ngày 14/01/2031) trên 30 ngày: có thể là báo cáo của kỳ ngắn hơn. Nếu đúng là báo cáo của kỳ này thì giải trình; nếu không, gửi lại với đúng kỳ báo cáo.",
    ],
  ],
])("a year's report received at %s", async (received, told) => {
  const content = csvOf(["UB-01,Y,,people,5,"]);
  const { outcome, problems } = await sendOne(newWorld(), { content, received });
  expect(outcome).toBe("accepted");
  expect(problems.map(problemText)).toEqual(told);
});

test("a plan that is not in the catalogue", async () => {
  const content = csvOf([]).concat("khac,UB-01,Q2,,people,5,\n");
  const outcome = await sendOne(newWorld(), { content });
  expect(outcome.problems.map(problemText)).toEqual([
    "2 unknown_plan: Kế hoạch có mã “khac” không có trong danh mục. Ghi đúng mã kế hoạch, một trong các mã: thu.",
  ]);
});

test.each<[string, string[], string[]]>([
  [
    "dots between thousands, shown by a number that can only have them there",
    ["people,1.120", "budget,1.120", "visits,1.120.000"],
    ["budget 1120.0000", "people 1120.0000", "visits 1120000.0000"],
  ],
  [
    "a comma before decimals, shown by a budget",
    ["people,1.120", 'budget,"1.120,5"', "visits,7"],
    ["budget 1120.5000", "people 1120.0000", "visits 7.0000"],
  ],
  [
    "a dot before decimals, shown by commas that can only stand between thousands",
    ['people,"1,120"', "budget,1.120", 'visits,"1,120,000"'],
    ["budget 1.1200", "people 1120.0000", "visits 1120000.0000"],
  ],
  [
    "spaces between thousands",
    ["people,1 120", "visits,1 120 000"],
    ["people 1120.0000", "visits 1120000.0000"],
  ],
  ["a tick", ["people,5", "has_plan,x"], ["has_plan 1.0000", "people 5.0000"]],
])("numbers as a file writes them: %s", async (_, lines, expected) => {
  const world = newWorld();
  const content = csvOf(lines.map((line) => `UB-01,Q2,,${line},`));
  expect((await sendOne(world, { content })).problems.map(problemText)).toEqual([]);
  const rows = await ledgerRows(world, "select measure, value from reading order by measure");
  expect(rows.map(({ measure, value }) => `${measure} ${value}`)).toEqual(expected);
});

test("every problem at once, in the order of the file", async () => {
  const content = csvOf([
    "UB-01,Q2,,people,x,",
    "UB-01,Q2,,reached,-1,",
    "UB-01,Q2,,nothing,x,",
    "UB-09,Q7,,people,abc,",
    "GD,Q2,,pupils,gần 200,",
    "GD,Q2,01,budget,1.5.5,",
    "UB-02,Q1,,people,3,",
  ]);
  const { problems } = await sendOne(newWorld(), { content });
  expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
    "2 mark_of_stock",
    "3 negative",
    "4 unknown_measure",
    "5 unknown_period",
    "5 unknown_unit",
    "5 not_a_number",
    "6 area_missing",
    "6 not_a_number",
    "7 area_not_wanted",
    "7 not_a_number",
    "8 period_not_applicable",
  ]);
});

test("the first 200 problems of a kind and how many more", async () => {
  const lines = Array.from({ length: 750 }, (_, index) => `UB-01,Q2,,m${index},5,`);
  const { problems } = await sendOne(newWorld(), { content: csvOf(lines) });
  expect(problems).toHaveLength(201);
  expect(problems.at(199)?.line).toBe(201);
  expect(problems.at(-1)?.found).toBe(
    "Còn 550 chỗ khác có cùng loại lỗi (mã số liệu không có trong kế hoạch), không liệt kê hết.",
  );
});

test("a code that is used again means the area that is valid on the last day of the period", async () => {
  const content = csvOf(["UB-01,Q2,,people,1,", "UB-01,Q3,,people,2,", "GD,Q3,01,pupils,3,"]);
  const { submissions } = await sendOne(newWorld(), { content });
  expect(submissions.map(({ unit_id, unit_name }) => `${unit_id} ${unit_name}`)).toEqual([
    "UB@2 UBND phường Một",
    "UB@4 UBND phường Một mới",
    "GD Phòng Giáo dục",
  ]);
});

test("what an area is not asked for is refused, and is not left out where it does not stand", async () => {
  const world = newWorld();
  const asked = { people: ["01"], pupils: ["02"] };
  const measures = PLAN.measures.map((one) => ({
    ...one,
    ...(one.code in asked && { asked_of: { codes: asked[one.code as keyof typeof asked] } }),
    at_most: undefined,
  }));
  writeFileSync(join(world.sources, "plans", "thu.yaml"), stringify({ ...PLAN, measures }));
  const content = csvOf([
    "UB-02,Q2,,people,5,",
    "UB-02,Q2,,reached,1,",
    "GD,Q2,01,pupils,5,",
    "GD,Q2,02,pupils,5,",
  ]);
  const asks = { ...world, catalogue: readCatalogue(world.sources) };
  const { problems } = await sendOne(asks, { content });
  expect(problems.map(problemText)).toEqual([
    "2 measure_not_reported: Số liệu “Số người” (mã people) không do UBND phường Hai báo cáo. Bỏ dòng này, hoặc kiểm tra lại mã đơn vị.",
    "4 area_not_asked: Số liệu “Số học sinh” không hỏi địa bàn có mã “01”. Bỏ dòng này.",
  ]);
  const whole = csvOf(["UB-02,Q2,,visits,1,", "GD,Q2,01,pupils_reached,1,", "GD,Q2,,budget,1,"]);
  const lacking = (await sendWhole(asks, { content: whole }))[0]?.problems.map(problemText).sort();
  expect(lacking?.map((one) => one.split("phải báo cáo: ")[1]?.split(". ")[0])).toEqual([
    "Số người được tuyên truyền; Số lượt ngày; Số lượt đêm; Kinh phí; Đã có kế hoạch",
    "Số học sinh; Số học sinh được tuyên truyền (Phường Hai); Hệ số; Tỷ lệ",
  ]);
});
