import { expect, test } from "vitest";
import { projectionSentence } from "../../pipelines/sentences/projection.ts";
import {
  outdatedSentence,
  type Readiness,
  readinessSentence,
  silentPeriodsSentence,
} from "../../pipelines/sentences/readiness.ts";

const READY: Readiness = {
  verdict: "ready",
  is_past_due: true,
  units: 12,
  units_received: 12,
  missing: 0,
  not_due: 0,
  errors: 0,
  doubts: 0,
  may_be_final: true,
  version: null,
  data_from: "01/4/2024",
  submissions_since: 0,
  figures_changed_since: 0,
  earlier_changed: null,
};

test.each<[Partial<Readiness>, string]>([
  [
    {},
    "Đủ điều kiện phát hành, được phát hành là số liệu chính thức: đã đủ báo cáo của 12 đơn vị.",
  ],
  [
    { may_be_final: false, version: 1, missing: 2, not_due: 1 },
    "Phát hành được phiên bản 2, là số liệu sơ bộ; chưa phát hành được là số liệu chính thức vì còn 2 đơn vị đã quá hạn mà chưa gửi báo cáo, 1 đơn vị chưa gửi, chưa đến hạn.",
  ],
  [
    { verdict: "open_findings", errors: 1, doubts: 3 },
    "Chưa đủ điều kiện phát hành: còn 1 tệp bị trả lại mà chưa nhận được tệp đúng, 3 điểm cần kiểm tra chưa được xem xét.",
  ],
  [{ verdict: "not_begun" }, "Chưa đủ điều kiện phát hành: kỳ bắt đầu từ ngày 01/4/2024."],
  [
    { verdict: "earlier_changed", earlier_changed: "Quý I năm 2024\nQuý II năm 2024" },
    "Chưa đủ điều kiện phát hành: số liệu quý I năm 2024, quý II năm 2024 đã khác bản phát hành, phải phát hành lại trước.",
  ],
  [
    { verdict: "unchanged", version: 2 },
    "Đã phát hành phiên bản 2; từ đó đến nay số liệu không thay đổi.",
  ],
  [
    { verdict: "in_review", is_past_due: false, units_received: 3 },
    "Chưa phát hành; đang thu báo cáo.",
  ],
  [{ verdict: "in_review" }, "Chưa phát hành; đang rà soát trước khi phát hành."],
])("a report that is %j", (facts, text) => {
  expect(readinessSentence({ ...READY, ...facts })).toBe(text);
});

test("a projection says on what it stands and what comes of it", () => {
  const projection = {
    due_name: "Năm 2024",
    value_low: 28,
    value_high: 33,
    unit: "%",
    target_value: 30,
    target_to: null,
    outlook: "open",
    steps_gone: 2,
  };
  expect(projectionSentence(projection)).toBe(
    "Ước tính, nếu các kỳ còn lại thực hiện như 2 kỳ đã qua: đến năm 2024 là từ 28% đến 33%, có thể không đáp ứng mức chỉ tiêu 30%.",
  );
});

test.each<[readonly string[], readonly string[], string]>([
  [
    ["Quý III năm 2025"],
    ["xã Đông", "xã Nam", "Công an"],
    "Báo cáo quý III năm 2025 đã hết hạn gửi (ngày 10/10/2025) mà chưa nhận được báo cáo nào. Còn thiếu: xã Đông, xã Nam và Công an.",
  ],
  [
    ["Tháng 7", "Tháng 8"],
    ["a", "b", "a", "b", "c", "d", "e"],
    "Báo cáo tháng 7 và tháng 8 đã hết hạn gửi mà chưa nhận được báo cáo nào. Còn thiếu: a, b, c và 2 đơn vị khác.",
  ],
])("nothing has come of %j", (periods, units, text) => {
  const rows = periods.map((period_name) => ({ period_name, last_day: "10/10/2025" }));
  expect(silentPeriodsSentence(rows, units)).toBe(text);
});

test.each([
  [{ differing: null, names: null, reports: null, received: null, since: null }, null],
  [
    {
      differing: 1,
      names: "1.1 Duy trì tuyên truyền",
      reports: "UBND phường Tam Thanh (Quý III năm 2024)",
      received: 22,
      since: "18 giờ 24 phút ngày 28/11/2026",
    },
    "Số liệu hiện nay khác báo cáo đã phát hành ở 1 chỉ tiêu (1.1 Duy trì tuyên truyền), do báo cáo nhận từ 18 giờ 24 phút ngày 28/11/2026: UBND phường Tam Thanh (Quý III năm 2024).",
  ],
  [
    // none of them has a figure of it: none is the cause
    { differing: 1, names: "1.1 A", reports: null, received: 22, since: "8 giờ ngày 04/12/2024" },
    "Số liệu hiện nay khác báo cáo đã phát hành ở 1 chỉ tiêu (1.1 A), từ 8 giờ ngày 04/12/2024 đã nhận 22 báo cáo.",
  ],
  [
    {
      ...{ differing: 5, names: "1.1 A\n1.2 B\n2 C\n3 D\n4 E" },
      ...{ reports: null, received: null, since: null },
    },
    "Số liệu hiện nay khác báo cáo đã phát hành ở 5 chỉ tiêu (1.1 A, 1.2 B, 2 C và 2 chỉ tiêu khác), không do báo cáo mới nhận của đơn vị.",
  ],
])("what stands now is another than what was published: %o", (row, says) => {
  expect(outdatedSentence(row)).toBe(says);
});
