import { expect, test } from "vitest";
import type { Line } from "../../pipelines/contract/report.ts";
import { changeLines, provisionalLines } from "../../pipelines/sentences/approval.ts";
import { givenPublication, givenReport } from "../exports/given.ts";

const GIVEN = givenReport();

const PROVISIONAL: [what: string, change: (line: Line) => Partial<Line>, says: string[]][] = [
  [
    "as it is given: a silent ward, and one whose earlier figures stand",
    () => ({}),
    [
      "05 chỉ tiêu tạm tính: 1.3a, 2.1, 3.2b, 4.1, 5.1.",
      "Đang lấy số kỳ trước của xã Mai Pha.",
      "Còn chờ: báo cáo kỳ này của UBND xã Quảng Lạc; xem xét 01 điểm cần lưu ý.",
    ],
  ],
  [
    "an earlier period that a ward owes",
    ({ area_id, code }) => ({
      is_provisional: code === "4.1",
      areas_carried: 0,
      periods_missing_before: area_id === 4 ? 1 : 0,
    }),
    [
      "01 chỉ tiêu tạm tính: 4.1.",
      "Còn chờ: báo cáo kỳ này của UBND xã Quảng Lạc; báo cáo kỳ trước của phường Tam Thanh; xem xét 01 điểm cần lưu ý.",
    ],
  ],
  [
    "a figure that a ward left blank in its report",
    ({ area_id, code }) => ({
      is_provisional: code === "4.1",
      areas_carried: 0,
      areas_reported: area_id === 4 ? 0 : 1,
      areas_expected: 1,
    }),
    [
      "01 chỉ tiêu tạm tính: 4.1.",
      "Còn chờ: báo cáo kỳ này của UBND xã Quảng Lạc; số liệu kỳ này của phường Tam Thanh; xem xét 01 điểm cần lưu ý.",
    ],
  ],
  ["all final", () => ({ is_provisional: false }), []],
];

test.each(PROVISIONAL)("what is provisional: %s", (_, change, says) => {
  const lines = GIVEN.lines.map((line) => ({ ...line, ...change(line) }));
  expect(provisionalLines({ ...GIVEN, lines })).toEqual(says);
});

test("what a version changes stands in five lines at most, whatever its causes", () => {
  expect(changeLines(givenReport({ publication: givenPublication({ version: 1 }) }))).toEqual([]);
  expect(changeLines({ ...GIVEN, changes: [] })).toEqual([
    "Không có số liệu nào thay đổi so với phiên bản trước.",
  ]);
  const causes = [...Array(9).keys()].flatMap(() => GIVEN.causes.slice(0, 1));
  expect(changeLines({ ...GIVEN, causes })).toEqual([
    "Không chỉ tiêu nào của toàn thành phố đổi đánh giá.",
    expect.stringMatching(/^Đổi giá trị, giữ đánh giá: 1\.3a - .* từ 19,66% thành 18,21%\.$/),
    expect.stringMatching(/^Ủy ban nhân dân phường Vĩnh Trại gửi lại báo cáo quý II năm 2024, /),
    expect.stringMatching(/^Ủy ban nhân dân phường Vĩnh Trại /),
    "Còn 07 nguyên nhân khác, nêu trong văn bản.",
  ]);
});
