import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { textBlocks } from "../../pipelines/readers/text-blocks.ts";
import { readPlan } from "../../pipelines/reading-plans/read-plan.ts";
import { inShort, short, textOf, WRITTEN } from "./four-formats.ts";

/**
 * What plans ask for, read by hand before a program read them; the files say how it is written.
 */

const FIXTURES = new URL("../fixtures/plan-texts/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), "utf8");

const SENTENCES = parse(fixture("sentences.yaml")) as [sentence: string, ...targets: string[]][];

test.each(SENTENCES)("%s", (sentence, ...targets) => {
  const read = readPlan(textBlocks(`a) Chỉ tiêu\n- ${sentence}`));
  expect(read.targets.map(short)).toEqual(targets);
  // what gives no target is said to have given none
  expect(read.not_understood.map((one) => one.sentence)).toEqual(
    targets.length > 0 ? [] : [sentence],
  );
});

test("a plan without a part for targets has them anywhere, and its costs are none", () => {
  const text =
    "II. NỘI DUNG\n- 80% số hộ được tuyên truyền.\n- Loại trừ bệnh dại vào năm 2030.\nIII. KINH PHÍ\n- Dự kiến 20 triệu đồng.";
  const read = readPlan(textBlocks(text));
  expect(read.targets.map(short)).toEqual([">= 80 % ?"]);
  expect(read.not_understood.map(({ numbers }) => numbers)).toEqual([
    ["vào năm 2030"],
    ["20 triệu đồng"],
  ]);
});

interface PublicPlan {
  readonly source: string;
  readonly text: string;
  readonly head?: object;
  readonly targets: readonly string[];
  readonly left?: readonly string[];
}

const PLANS = ["public-plans.yaml", "unseen-plans.yaml", "held-back-plans.yaml"].flatMap(
  (name) => parse(fixture(name)) as PublicPlan[],
);

test.each(PLANS)("$source", ({ text, ...expected }) => {
  const read = readPlan(textBlocks(text));
  expect(read.targets.map(short)).toEqual(expected.targets);
  expect(read.not_understood.flatMap(({ numbers }) => numbers)).toEqual(expected.left ?? []);
  expect({ ...read, carries_out: read.carries_out.map(({ name }) => name) }).toMatchObject(
    expected.head ?? {},
  );
});

/** Without what else must hold, and without a time that is no date. */
const bare = (target: string): string =>
  target.replace(/ \+[^+?]*(?=$| \+| \?)/gu, "").replace(/ @(?:trong|cuối) năm(?: học)?/u, "");

test.each(WRITTEN)("$name, whose readings stand beside what was expected", (plan) => {
  const read = readPlan(textBlocks(textOf(plan)));
  const { targets, ...rest } = inShort(read);
  const { reads = {}, more = [], left = [], calendar, units, quotas = [] } = plan;
  expect(rest).toEqual({ left, calendar, units, quotas });
  const other = [...Object.values(reads), ...more].filter((one) => one !== null);
  const expected = plan.targets.flatMap((one) => reads[one] ?? (one in reads ? [] : [one]));
  const shown = targets.map((one) =>
    other.includes(bare(one)) ? bare(one) : bare(one).replace(/ \?$/, ""),
  );
  expect(shown.sort()).toEqual([...expected, ...more].sort());
});

test("of twenty-three plans written before they were read at least 85 in 100 targets are wholly right", () => {
  const all = WRITTEN.flatMap(({ targets }) => targets);
  const others = WRITTEN.flatMap(({ reads = {} }) => Object.keys(reads));
  expect(WRITTEN.length).toBe(23);
  expect(all.length).toBeGreaterThanOrEqual(250);
  expect(others.length).toBeLessThan(0.15 * all.length);
});

test("a whole plan: each number is a target, a date, a name, or not understood", () => {
  const read = readPlan(textBlocks(fixture("xa-tan-lap.txt")), [
    { code: "CATP", names: ["Công an thành phố"] },
    { code: "VP", names: ["Văn phòng HĐND và UBND"] },
  ]);
  expect(read).toMatchObject({
    number: "45/KH-UBND",
    date: "2026-02-12",
    authority: "Ủy ban nhân dân xã Tân Lập",
    title: "Kế hoạch cải cách hành chính năm 2026",
    signatory: { name: "Trần Văn An", post: "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" },
    years: [2026],
    letterhead: { sentence: expect.stringMatching(/^[^/]+.*45\/KH-UBND.*năm 2026$/) },
  });
  // what only gives the ground is not carried out
  expect(read.carries_out.map(({ number }) => number)).toEqual(["30/KH-UBND"]);
  expect(read.targets.map((one) => [one.place.headings.at(-1), short(one)])).toEqual([
    ["II. CHỈ TIÊU", ">= 90 %"],
    ["II. CHỈ TIÊU", ">= 100 %"],
    ["II. CHỈ TIÊU", "<= 5 ngày"],
    ["II. CHỈ TIÊU", ">= 95 %"],
    ["II. CHỈ TIÊU", "= 0 hồ sơ"],
    ["1. Tuyên truyền", ">= 2 hội nghị +mỗi hội nghị 100 người"],
    ["IV. TỔ CHỨC THỰC HIỆN", ">= 100 %"],
    ["4. Các ông (bà) Trưởng thôn", ">= 100 %"],
    ["Kế hoạch năm 2026", "< 2.5 % @2026"],
    ["Kế hoạch năm 2026", ">= 1250 người @2026 ?"],
    ["Kế hoạch năm 2026", ">= 95 % @2026"],
  ]);
  expect(read.not_understood.map(({ numbers, reason }) => [numbers.join("; "), reason])).toEqual([
    ["1.250 hồ sơ; 98,5%", "nêu tình hình, kết quả đã có"],
    ["06", "con số không có chữ nêu mức phải đạt"],
    ["500 tờ rơi", "con số không có chữ nêu mức phải đạt"],
    ["03 tin, bài", "con số không có chữ nêu mức phải đạt"],
    ["120 triệu đồng", "con số không có chữ nêu mức phải đạt"],
    ["3,5", "ô ngoài cột mức phải đạt"],
    ["1.100", "ô ngoài cột mức phải đạt"],
    ["93", "ô ngoài cột mức phải đạt"],
  ]);
  expect(read.calendar.map(({ kind, day, month }) => [kind, day, month])).toEqual([
    ["quarter", 5, null],
    ["half_year", 5, 6],
    ["year", 5, 12],
  ]);
  // the police of a commune are not those of the city
  expect(read.units.map(({ name, code }) => [name, code])).toEqual([
    ["Văn phòng HĐND và UBND xã", "VP"],
    ["Trung tâm Phục vụ hành chính công xã", null],
    ["Công an xã", null],
    ["Các ông (bà) Trưởng thôn", null],
  ]);
  expect(read.quotas).toMatchObject([
    {
      columns: ["Số buổi tuyên truyền", "Số hộ"],
      rows: [
        { name: "Thôn Đông", values: ["12", "1250"] },
        { name: "Thôn Đoài", values: ["8", "40.5"] },
      ],
      sums: [
        { rows: "20", total: "20" },
        { rows: "1290.5", total: "1300" },
      ],
    },
  ]);
});

test.each([
  [
    "HUYỆN A SƠN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\nNAM\nSố: 7/KH-UBND | A Sơn, ngày 05 tháng 3 năm 2026",
    "7/KH-UBND",
    "2026-03-05",
    "HUYỆN A SƠN",
  ],
  [
    "Kế hoạch dân số 1\nXÃ A SƠN\nSố: 7/KH-UBND\nA Sơn, ngày 05 tháng 3 năm 2026",
    "7/KH-UBND",
    "2026-03-05",
    "XÃ A SƠN",
  ],
  ["SỞ Y TẾ\nSố:      /KH-SYT\nA Sơn, ngày     tháng 3 năm 2026", null, null, null],
])("the head %s", (lines, number, date, authority) => {
  const text = `${lines}\nKẾ HOẠCH\nCông tác dân số năm 2026\nCăn cứ Quyết định số: 9/QĐ-TTg của Thủ tướng, ngày 01 tháng 02 năm 2025;`;
  const read = readPlan(textBlocks(text));
  expect(read).toMatchObject({
    number,
    date,
    authority,
    title: "Kế hoạch công tác dân số năm 2026",
  });
});

test("a table is read by the column that a number stands in, each with its own time", () => {
  const text = `KẾ HOẠCH
Bảo vệ môi trường giai đoạn 2026 - 2027
I. CHỈ TIÊU
TT\tNội dung\tĐVT\tHiện trạng 2025\tLộ trình thực hiện\t\tChủ trì
\t\t\t\t2026\t2027\t
1\tTỷ lệ hộ phân loại rác\t%\t38,3\t55\t70\tHội Phụ nữ
2\tTỷ lệ chôn lấp (không vượt quá)\t%\t45\t40\t30\tPhòng Kinh tế
3\tĐiểm rác tự phát\tđiểm\t17\t10\t-\tCác khu phố
4\tTrẻ được tiêm trong 24 giờ đầu\t%\t83\t85\t≥ 90\tTrạm Y tế
5\tNgười hưởng trợ cấp hằng tháng (%)\t\t50\t55\t\tSở Y tế
II. CHỈ TIÊU
Nhiệm vụ, chỉ tiêu\tKết quả cần đạt\tThời gian hoàn thành\tĐơn vị chủ trì
Cắt giảm thời gian so với quy định\tTối thiểu 30%\tTrước 30/6/2026\tCác phòng
Số thủ tục được rà soát\t12 thủ tục\tQuý II: 05; quý IV: 07\tVăn phòng
III. CHỈ TIÊU CÁC THÔN
Chỉ tiêu\tĐơn vị\tThôn Thượng\tThôn Hạ\tToàn xã
Hộ hiến đất\thộ\t12\t8\t20
Buổi ra quân\tbuổi/tháng\t2\t1\t-`;
  const read = inShort(readPlan(textBlocks(text)));
  expect(read.targets).toEqual([
    ">= 55 % @2026 ?",
    ">= 70 % @2027 ?",
    "<= 40 % @2026",
    "<= 30 % @2027",
    ">= 10 điểm @2026 ?",
    ">= 85 % @2026 +24 giờ ?",
    ">= 90 % @2027 +24 giờ",
    ">= 55 % @2026 ?",
    "<= -30 % @2026-06-30 ?",
    ">= 12 thủ tục @Q2 ?",
  ]);
  expect(read.quotas).toEqual(["Hộ hiến đất (hộ) 20=20", "Buổi ra quân (buổi/tháng) 3=null"]);
});

test("places that a sentence lists with their numbers are a table of quotas", () => {
  const text = `KẾ HOẠCH
Giảm nghèo năm 2026
I. CHỈ TIÊU
- Giảm ít nhất 815 hộ nghèo, cụ thể: xã Đông Sơn 420 hộ; phường An Lạc 385 hộ.
- Mở 10 lớp xóa mù chữ với 250 học viên, trong đó thôn Đông 04 lớp với 100 học viên, thôn Tây 06 lớp với 150 học viên.
- Số camera giao vận động: Khu phố 1: 12 camera; Khu phố 2: 08 camera.
- Xã Đông Sơn đạt 95%, xã Tây Giang đạt 90%.`;
  const read = readPlan(textBlocks(text));
  expect(read.targets.map(short)).toEqual([
    "<= -815 hộ",
    ">= 10 lớp +250 học viên ?",
    ">= 95 %",
    ">= 90 %",
  ]);
  expect(read.not_understood).toEqual([]);
  expect(read.quotas.map(({ columns, rows, sums }) => [columns, rows, sums])).toEqual([
    [
      ["Giảm ít nhất 815 hộ nghèo"],
      [
        { name: "xã Đông Sơn", values: ["-420"] },
        { name: "phường An Lạc", values: ["-385"] },
      ],
      [{ rows: "-805", total: "-815" }],
    ],
    [
      [
        "Mở 10 lớp xóa mù chữ với 250 học viên (lớp)",
        "Mở 10 lớp xóa mù chữ với 250 học viên (học viên)",
      ],
      [
        { name: "thôn Đông", values: ["4", "100"] },
        { name: "thôn Tây", values: ["6", "150"] },
      ],
      [
        { rows: "10", total: "10" },
        { rows: "250", total: null },
      ],
    ],
    [
      ["Số camera giao vận động"],
      [
        { name: "Khu phố 1", values: ["12"] },
        { name: "Khu phố 2", values: ["8"] },
      ],
      [{ rows: "20", total: null }],
    ],
  ]);
});

test("what stands above and beside a sentence: its heading, a year that is over, a column of times", () => {
  const text = `QUYẾT ĐỊNH
Phê duyệt Đề án nước sạch giai đoạn 2026 - 2028
Phần thứ nhất
HIỆN TRẠNG
Tỷ lệ hộ có nước sạch đạt 70%.
Phần thứ hai
CHỈ TIÊU SO VỚI NĂM 2025
1. Giảm 5% số vụ thất thoát nước.
2. Cuối năm 2024 còn 412 hộ dùng nước mưa.
Chỉ tiêu\tThời hạn\tChủ trì
Ít nhất 60% trường có nước sạch.\t2027\tSở Xây dựng
Nâng lên 75%.\t31/12/2028\tSở Xây dựng
(Kèm theo Quyết định số 5/QĐ-UBND ngày 05/02/2026)
Cấp học\tCó nước (%)\tThiếu nước (%)
Tiểu học\t90\tdưới 2`;
  const read = readPlan(textBlocks(text));
  expect(read.title).toBe("Quyết định phê duyệt Đề án nước sạch giai đoạn 2026 - 2028");
  expect(read.targets.map(short)).toEqual([
    "<= -5 % ~NĂM 2025",
    ">= 60 % @2027",
    ">= 75 % @2028-12-31",
    ">= 90 % ?",
    "< 2 %",
  ]);
  expect(read.not_understood.map(({ reason }) => reason)).toEqual(
    Array(2).fill("nêu tình hình, kết quả đã có"),
  );
});

const CALENDARS = parse(fixture("calendars.yaml")) as [sentence: string, ...dues: string[]][];

test.each(CALENDARS)("%s", (sentence, ...dues) => {
  const { calendar, not_understood } = readPlan(
    textBlocks(`I. CHỈ TIÊU\nII. TỔ CHỨC THỰC HIỆN\n- ${sentence}`),
  );
  const read = calendar.map(
    ({ kind, is_exclusive, day, month, month_of_period: of }) =>
      `${kind} ${is_exclusive ? "<" : "<="} ${day ?? "-"}${month === null ? "" : `/${month}`}${of === null ? "" : ` ${of}`}`,
  );
  const left = not_understood.flatMap(({ numbers }) => numbers.map((one) => `? ${one}`));
  expect([...read, ...left]).toEqual(dues);
});

test("units are read as they are listed", () => {
  const text = `TỔ CHỨC THỰC HIỆN
1. Sở Giáo dục và Đào tạo, Sở Y tế, Sở Văn hóa, Thể thao và Du lịch triển khai Kế hoạch.
2. Phòng Tài chính - Kế hoạch tổng hợp. Các địa phương phối hợp.
3. UBND các huyện, thị xã và thành phố Huế thực hiện.
5. Văn phòng báo cáo định kỳ 6 tháng (trước ngày 10/6), 01 năm (trước ngày 10/12).
6. Chi cục Thủy lợi tổng hợp báo cáo Ủy ban nhân dân trước ngày 25 hằng tháng.
7. Công an thành phố báo cáo đột xuất trước ngày 20/11. Rà soát xong trước ngày 30/8; báo cáo tháng, 9 tháng (trước 15/9).
8. Công an thành phố báo cáo trước ngày 18 của tháng cuối mỗi quý.
9. Báo cáo định kỳ tháng (ngày 16); mỗi 06 tháng (ngày 14/6 và 14/12).
10. Các thôn báo cáo hằng tháng vào ngày 25; 6 tháng trước ngày 15/6; năm trước ngày 15/12 về Phòng Kinh tế.
11. Văn phòng HĐND và UBND xã theo dõi, đôn đốc việc thực hiện Kế hoạch này./.`;
  const read = readPlan(textBlocks(text));
  expect(read.units.map(({ name, each_area }) => [name, each_area])).toEqual([
    ["Sở Giáo dục và Đào tạo", false],
    ["Sở Y tế", false],
    ["Sở Văn hóa, Thể thao và Du lịch", false],
    ["Phòng Tài chính - Kế hoạch", false],
    ["UBND các huyện, thị xã và thành phố Huế", true],
    ["Văn phòng", false],
    ["Chi cục Thủy lợi", false],
    ["Công an thành phố", false],
    ["Các thôn", false],
    ["Văn phòng HĐND và UBND xã", false],
  ]);
});

/** Each sentence with the heading above it and the targets that it asks for; how the files say it stands in them. */
function judgedIn(file: string): { head: string; sentence: string; asked: string[] }[] {
  const judged: { head: string; sentence: string; asked: string[] }[] = [];
  let head = "";
  for (const line of readFileSync(new URL(`../${file}`, import.meta.url), "utf8").split("\n")) {
    const expected = line.slice(2);
    if (line.startsWith("H ")) head = expected;
    if (line.startsWith("S ")) judged.push({ head, sentence: expected, asked: [] });
    if (line.startsWith("T ")) judged.at(-1)?.asked.push(expected);
  }
  return judged;
}

/** Of all targets that are asked for so many come out right; what is read otherwise has a mark or is told. */
test.each([
  ["fixtures/plan-texts/judged-sentences.txt", 290, 299],
  ["bench/held-out/plan-sentences.txt", 396, 413],
])("%s: none wrong without a mark", (file, least, all) => {
  const judged = judgedIn(file);
  let right = 0;
  const unmarked = judged.flatMap(({ head, sentence, asked }) => {
    const { targets, not_understood } = readPlan(textBlocks(`${head}\n- ${sentence}`));
    const open = [...asked];
    const bare = { each: null, group: null, change: null, conditions: [], marks: [] };
    const others = targets.filter((target) => {
      const at = open.indexOf(short({ ...target, ...bare }));
      if (at >= 0) open.splice(at, 1);
      return at < 0;
    });
    right += asked.length - open.length;
    const isReported = others.length > 0 || not_understood.length > 0;
    return [
      ...others
        .filter(({ marks }) => marks.length === 0)
        .map((one) => `${short(one)}: ${sentence}`),
      ...(isReported ? [] : open.map((one) => `thiếu ${one}: ${sentence}`)),
    ];
  });
  expect(unmarked).toEqual([]);
  expect(judged.flatMap(({ asked }) => asked)).toHaveLength(all);
  expect(right).toBeGreaterThanOrEqual(least);
});

test("docs/plan-file.md says how much was tried", () => {
  const document = readFileSync(new URL("../../docs/plan-file.md", import.meta.url), "utf8");
  const targets = PLANS.flatMap((plan) => plan.targets).length;
  expect(document).toContain(
    `${SENTENCES.length} câu mẫu và ${PLANS.length} trích đoạn kế hoạch đã công bố (${targets} chỉ tiêu)`,
  );
});
