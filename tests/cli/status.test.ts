import { beforeAll, expect, test } from "vitest";
import { officeWorld } from "../office-world.ts";
import { runHere } from "./run.ts";

let folders: readonly string[];
beforeAll(async () => {
  const { folder, paths } = await officeWorld({});
  folders = ["--sources", folder, "--warehouse", paths.folder];
});

/** How many days it is late grows from day to day, and so do those that are left. */
async function shown(...args: string[]): Promise<string> {
  const ended = await runHere(["status", ...args, ...folders]);
  expect([ended.code, ended.err]).toEqual([0, ""]);
  return ended.out.replace(/(quá hạn|còn) \d+ ngày/g, "$1 N ngày");
}

test("whom to chase up comes first, under which plan, and then one line a period", async () => {
  expect(await shown()).toBe(`\
ĐÔN ĐỐC: 10 báo cáo quá hạn chưa gửi, 2 báo cáo đã trả lại, chưa gửi lại; 4 đơn vị.
11/KH-UBND, Kế hoạch an toàn (an-toan-2024)
  Quý I năm 2024 (hạn gửi: hết ngày 09/3/2024)
    Chưa gửi: Tài chính; UBND phường Hai.
  Quý II năm 2024 (hạn gửi: hết ngày 09/6/2024)
    Chưa gửi: Tài chính.
    Đã trả lại: UBND phường Hai.
13/KH-UBND, Kế hoạch giao thông (giao-thong-2024)
  Tháng 5 năm 2024 (hạn gửi: hết ngày 02/6/2024)
    Chưa gửi: Công an.
  Tháng 6 năm 2024 (hạn gửi: hết ngày 02/7/2024)
    Chưa gửi: Công an.
12/KH-UBND, Kế hoạch nước sạch (nuoc-sach-2024)
  Quý I năm 2024 (hạn gửi: hết ngày 14/3/2024)
    Chưa gửi: CA; UBND phường Hai.
    Đã trả lại: UBND phường Một.
  Quý II năm 2024 (hạn gửi: hết ngày 14/6/2024)
    Chưa gửi: CA; UBND phường Một; UBND phường Hai.

Kế hoạch         Kỳ báo cáo                   Hạn gửi (hết ngày)  Đã gửi  Trễ hạn  Chưa gửi  Đã trả lại  Cần giải trình
---------------  ---------------------------  ------------------  ------  -------  --------  ----------  --------------
an-toan-2024     Quý I năm 2024 (2024-Q1)     09/3/2024           2/4     1        2
an-toan-2024     Quý II năm 2024 (2024-Q2)    09/6/2024           2/4              1         1           1
an-toan-2024     Quý IV năm 2024 (2024-Q4)    09/12/2099          0/4
giao-thong-2024  Tháng 5 năm 2024 (2024-T05)  02/6/2024           0/1              1
giao-thong-2024  Tháng 6 năm 2024 (2024-T06)  02/7/2024           0/1              1
nuoc-sach-2024   Quý I năm 2024 (2024-Q1)     14/3/2024           1/3              2         1
nuoc-sach-2024   Quý II năm 2024 (2024-Q2)    14/6/2024           0/3              3

Tình trạng của từng đơn vị: thêm --plan, hoặc mã kỳ báo cáo.
`);
});

test("of one plan every unit is told of, of one period in several plans too", async () => {
  expect(await shown("2024-Q2", "--plan", "an-toan-2024")).toBe(`\
ĐÔN ĐỐC: 1 báo cáo quá hạn chưa gửi, 1 báo cáo đã trả lại, chưa gửi lại; 2 đơn vị.
Quý II năm 2024 (hạn gửi: hết ngày 09/6/2024)
  Chưa gửi: Tài chính.
  Đã trả lại: UBND phường Hai.

an-toan-2024: Quý II năm 2024 (2024-Q2), hạn gửi: hết ngày 09/6/2024
Đơn vị             Tình trạng                               Nhận lần đầu     Nhận gần nhất    Số lần gửi
-----------------  ---------------------------------------  ---------------  ---------------  ----------
Công an thành phố  Đúng hạn                                 08:00 01/6/2024  08:00 01/6/2024  1
Phòng Tài chính    Chưa gửi
UBND phường Một    Đúng hạn; còn 1 điểm cần giải trình      08:00 01/6/2024  08:00 01/6/2024  1
UBND phường Hai    Đã trả lại bản nhận lúc 08:00 02/6/2024
`);
  const both = await shown("2024-Q2");
  expect(both).toMatch(/^11\/KH-UBND, Kế hoạch an toàn \(an-toan-2024\): Quý II năm 2024/m);
  expect(both).toMatch(/^12\/KH-UBND, Kế hoạch nước sạch \(nuoc-sach-2024\): Quý II năm 2024/m);
  expect(both).not.toMatch(/thêm --plan/);
});

test("nobody to chase up", async () => {
  expect(await shown("2024-Q4")).toMatch(/^ĐÔN ĐỐC: không có đơn vị nào cần đôn đốc\.\n\n/);
});

const POLICE = `\
Công an thành phố (CATP): 4 báo cáo quá hạn chưa gửi; báo cáo phải gửi tới đây: quý IV năm 2024 theo 11/KH-UBND, hạn gửi: hết ngày 09/12/2099.
Liên hệ: Đội trưởng, 0205 3812 345.

Hạn gửi (hết ngày)  Kế hoạch                                           Kỳ báo cáo        Tình trạng
------------------  -------------------------------------------------  ----------------  ------------------------
09/3/2024           11/KH-UBND, Kế hoạch an toàn (an-toan-2024)        Quý I năm 2024    Trễ hạn 3 ngày
14/3/2024           12/KH-UBND, Kế hoạch nước sạch (nuoc-sach-2024)    Quý I năm 2024    Chưa gửi, quá hạn N ngày
02/6/2024           13/KH-UBND, Kế hoạch giao thông (giao-thong-2024)  Tháng 5 năm 2024  Chưa gửi, quá hạn N ngày
09/6/2024           11/KH-UBND, Kế hoạch an toàn (an-toan-2024)        Quý II năm 2024   Đúng hạn
14/6/2024           12/KH-UBND, Kế hoạch nước sạch (nuoc-sach-2024)    Quý II năm 2024   Chưa gửi, quá hạn N ngày
02/7/2024           13/KH-UBND, Kế hoạch giao thông (giao-thong-2024)  Tháng 6 năm 2024  Chưa gửi, quá hạn N ngày
09/12/2099          11/KH-UBND, Kế hoạch an toàn (an-toan-2024)        Quý IV năm 2024   Chưa đến hạn, còn N ngày
`;

test.each([
  ["its code", "CATP"],
  ["in small letters", "catp"],
  ["its code in one plan", "CA"],
  ["its name", "công an thành phố"],
])("what a unit owes over all plans, by %s", async (_, unit) => {
  // the rule below the last head is as long as the longest cell, with its number of days
  const wide = (text: string) => text.replace(/-+$/gm, "");
  expect(wide(await shown("--unit", unit))).toBe(wide(POLICE));
});

test("a unit of which nothing is wanted but an explanation, under one plan and period", async () => {
  expect(await shown("2024-Q2", "--plan", "an-toan-2024", "--unit", "UB-01")).toMatch(
    /^UBND phường Một \(UB-01\): 1 báo cáo còn điểm cần giải trình\.\n\n.*\n.*\n09\/6\/2024 .* Đúng hạn; còn 1 điểm cần giải trình\n$/,
  );
});

test("a report that was returned and never came again is late, too", async () => {
  const text = await shown("--unit", "UB-02");
  expect(text).toMatch(
    /^UBND phường Hai \(UB-02\): 3 báo cáo quá hạn chưa gửi; 1 báo cáo đã trả lại,/,
  );
  expect(text).toMatch(/ Đã trả lại bản nhận lúc 08:00 02\/6\/2024, quá hạn N ngày$/m);
  // of the first ward an earlier one was accepted
  expect(await shown("--unit", "UB-01")).toMatch(
    / Đúng hạn; đã trả lại bản nhận lúc 08:00 02\/6\/2024$/m,
  );
});

test("JSON has the unit over all plans and the state", async () => {
  const rows = JSON.parse(await shown("--unit", "CATP", "--json")) as Record<string, unknown>[];
  expect(
    rows.map(({ plan_id, unit_code, office_code, state }) => [
      plan_id,
      unit_code,
      office_code,
      state,
    ]),
  ).toContainEqual(["nuoc-sach-2024", "CA", "CATP", "not_sent"]);
  expect(rows).toHaveLength(7);
});

test.each([
  [
    "CAPT",
    /^chitieu: Không kế hoạch nào có đơn vị "CAPT"\. Có phải CATP \(Công an thành phố\)\?\n$/,
  ],
  ["Cong an thanh pho", /Có phải CATP/],
  ["xyz", /^chitieu: Không kế hoạch nào có đơn vị "xyz"\. Hiện có: CATP, TC, UB-01, UB-02\.\n$/],
])("a unit %s that there is not", async (unit, expected) => {
  const ended = await runHere(["status", "--unit", unit, ...folders]);
  expect([ended.code, ended.out]).toEqual([2, ""]);
  expect(ended.err).toMatch(expected);
});
