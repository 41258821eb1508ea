import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { checkPlanFile } from "../../pipelines/sources/check/plan-check.ts";
import { newFolder } from "../folders.ts";
import { runHere } from "./run.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

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
  ])("%j is wrong usage", async (args, said) => {
    const { code, err } = await plan(...args);
    expect([code, err]).toEqual([2, expect.stringMatching(said)]);
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
