// What the page of one figure's origin says of the readings that the figure is from.

import type { OverTime, Role, Usage } from "../../types/tables.ts";

/** What is done with the figures of several periods, before they are listed. */
export const TERMS_OVER_TIME: Readonly<Record<OverTime, string>> = {
  sum: "",
  last: "gần nhất trong: ",
  max: "lớn nhất trong: ",
  min: "nhỏ nhất trong: ",
  average: "bình quân của: ",
};

/** What a measure is to its indicator. */
export const ROLES: Readonly<Record<Role, string>> = {
  numerator: "Tử số",
  denominator: "Mẫu số",
  condition: "Điều kiện",
};

/** What a reading is to the figure that is traced to it. */
export const USAGES: Readonly<Record<Usage, string>> = {
  counts: "được tính",
  earlier: "không, đã có số báo cáo ở kỳ gần hơn",
  replaced: "không, đã có báo cáo gửi sau thay thế",
  blank: "không, để trống",
  not_sent: "không, chưa gửi báo cáo",
};
