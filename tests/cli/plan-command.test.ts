import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { beforeEach, describe, expect, test } from "vitest";
import { ask } from "../../pipelines/cli/ask.ts";
import { questionsOf } from "../../pipelines/cli/plan-new-command.ts";
import { readAreaFiles } from "../../pipelines/sources/areas/area-files.ts";
import { checkPlanFile } from "../../pipelines/sources/check/plan-check.ts";
import { newFolder } from "../folders.ts";
import { runHere } from "./run.ts";

const ROOT = join(import.meta.dirname, "../..");

let sources = "";
beforeEach(() => {
  sources = newFolder("chitieu-plan-");
  for (const part of ["areas", "plans", "units.csv"]) {
    cpSync(join(ROOT, "sources", part), join(sources, part), { recursive: true });
  }
});

const plan = (...args: string[]) => runHere(["plan", ...args, "--sources", sources]);

describe("plan next", () => {
  test("writes a plan that passes the check, and lists what is to be decided", async () => {
    const { code, out } = await plan("next", "2025");
    const file = join(sources, "plans", "217-kh-ubnd-2025.yaml");
    expect(code).toBe(0);
    expect(out).toMatch(/217-kh-ubnd-2025\.yaml:11: CẦN XEM LẠI: số, ký hiệu của kế hoạch mới/);
    expect(out).toContain(`Đã viết ${file}.`);
    const { plan: made, problems } = checkPlanFile(file, sources);
    expect(made?.continues?.plan).toBe("217-kh-ubnd-2024");
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    // nothing but the plan of that year is there twice
    const again = await plan("check", file);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining("Dự thảo (state: draft)")]);
  });

  test("says which areas are no more by then, and what is in their place", async () => {
    const { code, out } = await plan("next", "2027");
    expect(code).toBe(1);
    expect(out).toMatch(
      /area\.code: ngày 06\/5\/2027 không còn địa bàn ấy: 178 Thành phố Lạng Sơn chỉ có đến hết ngày 30\/6\/2025; thay bằng 06187 Phường Kỳ Lừa, .*\. Ghi địa bàn thay/,
    );
    const text = readFileSync(join(sources, "plans", "217-kh-ubnd-2027.yaml"), "utf8");
    expect(text).toContain(
      "# CẦN XEM LẠI: địa bàn của kế hoạch không còn: 178 Thành phố Lạng Sơn chỉ có đến hết ngày 30/6/2025",
    );
    expect(text).toMatch(
      /# CẦN XEM LẠI: không còn báo cáo, đơn vị ở đó cũng vậy: 05983 .* chỉ có đến hết ngày 30\/6\/2025; thay bằng /,
    );
  });

  test("writes over nothing", async () => {
    await plan("next", "2025");
    const file = join(sources, "plans", "217-kh-ubnd-2025.yaml");
    const text = readFileSync(file, "utf8");
    const again = await plan("next", "2025", "--plan", "217-kh-ubnd-2024");
    expect([again.code, again.err]).toEqual([
      1,
      expect.stringMatching(/217-kh-ubnd-2025\.yaml: đã có tệp này và không ghi đè lên/),
    ]);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test.each([
    [
      ["next", "2024"],
      /Không kế hoạch nào kết thúc trước năm 2024 mà chưa có kế hoạch tiếp theo\. Hiện có: 217-kh-ubnd-2024/,
    ],
    [["next", "24"], /Ghi năm gồm bốn chữ số/],
    [["next", "2025", "--plan", "khac"], /Không có kế hoạch "khac"/],
    [["next", "2024", "--plan", "217-kh-ubnd-2024"], /chưa kết thúc trước năm 2024/],
  ])("%j is wrong usage", async (args, expected) => {
    const { code, err } = await plan(...args);
    expect([code, err]).toEqual([2, expect.stringMatching(expected)]);
  });
});

describe("plan new", () => {
  const FACTS = [
    "--number",
    "12/KH-UBND",
    "--title",
    "Kế hoạch: thử",
    "--issuer",
    "UBND thành phố",
  ];

  test.each([
    ["quarter", 6],
    ["month", 18],
    ["half_year", 3],
    ["year", 1],
    ["quý", 6],
    ["6 tháng", 3],
  ])("by %s: a plan that passes the check with nothing but its marks", async (rhythm, periods) => {
    const { code, out } = await plan(
      ...["new", ...FACTS, "--area", "178", "--year", "2024", "--periods", rhythm],
    );
    const file = join(sources, "plans", "12-kh-ubnd-2024.yaml");
    expect(code).toBe(0);
    expect(out).toContain("A1 ≥ 50%, tiến độ đều theo kỳ, hạn hết năm 2024");
    const check = checkPlanFile(file, sources);
    expect(check.plan?.periods).toHaveLength(periods);
    expect(check.plan?.title).toBe("Kế hoạch: thử");
    expect(new Set(check.problems.map(({ code: what }) => what))).toEqual(new Set(["to_decide"]));
  });

  test("for a place of which no areas are known, only the whole reports", async () => {
    await plan(...["new", ...FACTS, "--area", "05971", "--year", "2024"]);
    const { plan: made } = checkPlanFile(join(sources, "plans", "12-kh-ubnd-2024.yaml"), sources);
    expect(made?.reporting_areas).toBe("none");
  });

  test.each([
    [["new"], /Thiếu --number, --title, --issuer, --year, --area\./],
    [
      ["new", ...FACTS, "--area", "quang lac", "--year", "2024"],
      /mang mã “quang lac”\. Có phải là “05989” \(Xã Quảng Lạc, Thành phố Lạng Sơn, Tỉnh Lạng Sơn\)/,
    ],
    [["new", ...FACTS, "--area", "178", "--year", "24"], /--year: năm gồm bốn chữ số/],
    [
      ["new", ...FACTS, "--area", "178", "--year", "2026"],
      /“178” \(Thành phố Lạng Sơn\) chỉ còn đến 30\/6\/2025, không có vào ngày 01\/01\/2026/,
    ],
    [
      ["new", ...FACTS, "--area", "178", "--year", "2024", "--periods", "tuần"],
      /--periods: chỉ nhận month \(tháng\), quarter \(quý\), half_year \(6 tháng\), year \(năm\)/,
    ],
    [["new", ...FACTS, "--in-force-from", "1/1/2024"], /--in-force-from: ghi năm-tháng-ngày/],
  ])("%j is wrong usage", async (args, expected) => {
    const { code, err } = await plan(...args);
    expect([code, err]).toEqual([2, expect.stringMatching(expected)]);
    expect(existsSync(join(sources, "plans", "12-kh-ubnd-2024.yaml"))).toBe(false);
  });

  test("asks in Vietnamese, and for areas that there are on the day alone", async () => {
    const files = readAreaFiles(join(sources, "areas"));
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end("\n178\n05986\ntuần\n");
    const given = { number: "1", title: "T", issuer: "I", year: "2027", inForceFrom: "1/1" };
    expect(await ask(questionsOf(files), input, output, given)).toMatchObject({ area: "05986" });
    const printed = String(output.read());
    expect(printed).toMatch(
      /^ {2}ghi năm-tháng-ngày\nNgày có hiệu lực \(năm-tháng-ngày\) \[2027-01-01\]: /,
    );
    expect(printed).toMatch(
      /Mã địa bàn \(tìm mã: chitieu areas TÊN\): {3}“178” \(Thành phố Lạng Sơn\) chỉ còn đến/,
    );
    expect(printed).toMatch(/tháng, quý, 6 tháng, năm \[quý\]: {3}chỉ nhận month \(tháng\), /);
  });

  test("asks again until an answer is right, and takes what is proposed", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end("\n12/KH\n24\n2026\n\n");
    const answers = await ask(
      [
        { option: "number", words: "Số" },
        { option: "year", words: "Năm", wrong: (one) => (one.length === 4 ? null : "bốn chữ số") },
        { option: "from", words: "Từ", otherwise: ({ year }) => `${year}-01-01` },
      ],
      input,
      output,
    );
    expect(answers).toEqual({ number: "12/KH", year: "2026", from: "2026-01-01" });
    expect(String(output.read())).toContain(
      "Số:   chưa có câu trả lời\nSố: Năm:   bốn chữ số\nNăm: Từ [2026-01-01]: ",
    );
  });
});

test.each([
  [
    "tam thanh, lang son",
    [
      "05986  Phường Tam Thanh, Tỉnh Lạng Sơn; từ 01/7/2025; area_id 12",
      "  gồm trọn 05974 Phường Tam Thanh, 05986 Xã Hoàng Đồng",
      "05974  Phường Tam Thanh, Thành phố Lạng Sơn, Tỉnh Lạng Sơn; đến 30/6/2025; area_id 4",
      "  thành 05986 Phường Tam Thanh",
    ],
  ],
  [
    "00016",
    [
      "00016  Phường Ngọc Hà, Quận Ba Đình, Thành phố Hà Nội; đến 30/6/2025; area_id 100000787",
      "  thành 00004 Phường Ba Đình (một phần), 00008 Phường Ngọc Hà (một phần)",
    ],
  ],
  [
    "phuong 14, binh thanh",
    [
      "26935  Phường 14, Quận Bình Thạnh, Thành phố Hồ Chí Minh; đến 30/6/2025; area_id 100009022",
      "  lưu ý: bảng chuyển đổi chính thức không ghi địa bàn này nhập vào đâu",
    ],
  ],
])("areas %s", async (words, lines) => {
  const { code, out } = await runHere(["areas", words, "--sources", sources]);
  expect([code, out]).toEqual([0, `${lines.join("\n")}\n`]);
});
