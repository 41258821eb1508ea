import { decimalText } from "../vocabulary/decimal.ts";
import type { Finding } from "./finding.ts";

/** What a finding says and what to do about it, in the words of the replies to units. */
export interface FindingWords {
  readonly found: string;
  readonly remedy: string;
}

type Told = Pick<Finding, "rule" | "value" | "compared_with" | "found" | "file_name">;
type Words = (finding: Told) => FindingWords;

const CHECK = "Kiểm tra lại; nếu sai thì gửi lại báo cáo đã sửa, nếu đúng thì ghi lý do xác nhận.";

const RULES: Readonly<Record<string, Words>> = {
  refused_not_resent: ({ file_name }) => ({
    found: `Tệp "${file_name ?? ""}" bị trả lại vì có lỗi; từ đó đến nay chưa nhận được tệp đúng.`,
    remedy: "Đôn đốc đơn vị sửa theo phiếu trả lại và gửi lại cả tệp.",
  }),
  covering_period_disagrees: ({ value, compared_with }) => ({
    found:
      value === null
        ? `Báo cáo của kỳ này để trống, còn tính từ các kỳ ngắn hơn là ${figure(compared_with)}.`
        : `Báo cáo của kỳ này ghi ${figure(value)}, còn tính từ các kỳ ngắn hơn là ${figure(compared_with)}.`,
    remedy: CHECK,
  }),
  above_bound: ({ value, compared_with }) => ({
    found: `Lũy kế từ đầu năm là ${figure(value)}, lớn hơn mức tối đa ${figure(compared_with)}.`,
    remedy: CHECK,
  }),
  parts_do_not_add_up: ({ value, compared_with }) => ({
    found: `Tổng ghi ${figure(value)}, các phần cộng lại là ${figure(compared_with)}.`,
    remedy: CHECK,
  }),
  measure_left_the_plan: ({ value }) => ({
    found: `Số liệu này (${figure(value)}) không còn trong kế hoạch, hoặc không thuộc kỳ và địa bàn phải báo cáo, nên không được tính.`,
    remedy: "Kiểm tra lại tệp kế hoạch, hoặc ghi lý do xác nhận.",
  }),
  correction_leaves_out: ({ compared_with }) => ({
    found: `Bản gửi sau để trống số liệu mà bản trước đã báo cáo (${figure(compared_with)}).`,
    remedy: CHECK,
  }),
  abolished_area_not_counted: ({ value }) => ({
    found: `Địa bàn không còn ở ngày cuối kỳ nên số đã báo cáo trước đó trong năm (${figure(value)}) không được tính vào kỳ này.`,
    remedy: "Kiểm tra lại; nếu đúng thì ghi lý do xác nhận.",
  }),
  jump: ({ value, compared_with }) => ({
    found: `Kỳ này ghi ${figure(value)}, kỳ trước là ${figure(compared_with)}: chênh từ năm lần trở lên mà không ghi chú nguyên nhân.`,
    remedy: CHECK,
  }),
  cumulative_figures: () => ({
    found:
      "Mọi số phát sinh đều bằng hoặc lớn hơn tổng các kỳ trước trong năm: có thể đã ghi số lũy kế thay cho số trong kỳ.",
    remedy: CHECK,
  }),
  same_as_before: () => ({
    found: "Toàn bộ số liệu giống hệt báo cáo kỳ trước: có thể chỉ sửa ngày tháng.",
    remedy: CHECK,
  }),
};

/** The Vietnamese words of a finding. A doubt from intake has its own words from there. */
export function findingWords(finding: Told): FindingWords {
  const words = RULES[finding.rule];
  if (words !== undefined) return words(finding);
  return { found: finding.found ?? finding.rule, remedy: CHECK };
}

function figure(decimal: string | null): string {
  return decimal === null ? "để trống" : decimalText(decimal);
}
