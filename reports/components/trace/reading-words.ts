// What the page of one figure's origin says of the readings that the figure is from.

import type { OverTime, PeriodKind, Role, Usage } from "../../types/tables.ts";

/** What is done with the figures of several periods, before they are listed. */
export const TERMS_OVER_TIME: Readonly<Record<OverTime, string>> = {
  sum: "",
  last: "gần nhất trong: ",
  max: "lớn nhất trong: ",
  min: "nhỏ nhất trong: ",
  each: "nhỏ nhất trong: ",
  average: "bình quân của: ",
};

/** What a measure is to its indicator. */
const ROLES: Readonly<Record<Role, string>> = {
  numerator: "Tử số",
  denominator: "Mẫu số",
  condition: "Điều kiện",
};

/** What a measure is to its indicator, beside the others: a number that divides nothing is none of two. */
export function roleText(role: Role, all: readonly { readonly role: Role }[]): string {
  const isCount = all.every((one) => one.role === "numerator");
  return isCount ? "Số liệu" : ROLES[role];
}

/** What a reading is to the figure that is traced to it. */
export const USAGES: Readonly<Record<Usage, string>> = {
  counts: "được tính",
  earlier: "không, đã có số báo cáo ở kỳ gần hơn",
  replaced: "không, đã có báo cáo gửi sau thay thế",
  blank: "không, để trống",
  not_sent: "không, chưa gửi báo cáo",
};

/** A period as a place in time, whether or not a plan here has it. */
interface PlaceInTime {
  readonly earlier_kind: PeriodKind;
  readonly earlier_year: number;
  readonly earlier_position: number;
}

const QUARTERS = ["I", "II", "III", "IV"];

/** `quý I năm 2019`: a period within a sentence. */
export function periodPhrase({
  earlier_kind: kind,
  earlier_year: year,
  earlier_position: position,
}: PlaceInTime): string {
  switch (kind) {
    case "month":
      return `tháng ${position} năm ${year}`;
    case "quarter":
      return `quý ${QUARTERS[position - 1] ?? position} năm ${year}`;
    case "half_year":
      return `6 tháng ${position === 1 ? "đầu" : "cuối"} năm ${year}`;
    case "nine_months":
      return `9 tháng đầu năm ${year}`;
    case "year":
      return `năm ${year}`;
    case "other":
      return `kỳ thứ ${position} năm ${year}`;
  }
}

/** What a place contributes to the whole, as far as it is shown. */
interface Contribution {
  readonly numerator: number | null;
  readonly is_hidden: boolean;
  readonly is_gone: boolean;
  readonly is_reported: boolean;
  readonly is_known: boolean;
  readonly is_taken: boolean;
}

/**
 * Whether a place counts in the whole, and why it does not.
 * @param isShare places that hold are counted, of all of them
 * @param missing measures of which nothing is known there
 */
export function contributionText(
  place: Contribution,
  isShare: boolean,
  missing: readonly string[],
): string {
  if (place.is_gone) return "có, phần phát sinh trước khi thôi là địa bàn của kế hoạch";
  if (place.is_hidden) return "không nêu";
  if (isShare && !place.is_known) {
    return "có, tính là chưa đáp ứng vì chưa báo cáo đủ số liệu";
  }
  if (!place.is_taken && place.is_known) {
    return "không, vì tử số lớn hơn 0 mà mẫu số bằng 0, cần kiểm tra lại";
  }
  if (!place.is_taken || (!isShare && place.numerator === null)) {
    const what = missing.length > 0 ? `: ${missing.join("; ")}` : "";
    return `không, vì chưa có đủ số liệu${what}`;
  }
  return place.is_reported ? "có" : "có, theo số đã báo cáo ở kỳ trước";
}
