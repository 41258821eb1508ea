import { READERS, Section, Status } from "../contract/report.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { STATUSES as STATUS_WORDS } from "../vocabulary/words.ts";
import type { Column } from "./column.ts";
import type { FigureRow } from "./figure-row.ts";

type FigureColumn = Column<FigureRow>;
const SECTIONS = Section.options;
const STATUSES = Status.options;

/** Columns of the long table, one line a figure: the same in CSV, Arrow and Parquet. */
export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  {
    name: "plan_id",
    kind: "word",
    description: "Mã kế hoạch",
    isRequired: true,
    read: ({ report }) => report.publication.plan_id,
  },
  {
    name: "period",
    kind: "word",
    description: "Mã kỳ báo cáo",
    isRequired: true,
    read: ({ report }) => report.publication.period,
  },
  {
    name: "version",
    kind: "whole",
    description: "Phiên bản của báo cáo",
    isRequired: true,
    read: ({ report }) => report.publication.version,
  },
  {
    name: "audience",
    kind: "word",
    description:
      "Đối tượng được xem: shared là bản chung, city là bản lưu hành nội bộ, superior là bản gửi cấp trên",
    words: READERS,
    isRequired: true,
    read: ({ report }) => report.audience,
  },
  {
    name: "is_final",
    kind: "flag",
    description: "true là số liệu chính thức, false là số liệu sơ bộ",
    isRequired: true,
    read: ({ report }) => report.publication.is_final,
  },
  {
    name: "is_demonstration",
    kind: "flag",
    description: "true là số liệu minh họa, không phải số liệu thật",
    isRequired: true,
    read: ({ report }) => report.head.is_demonstration,
  },
  {
    name: "section",
    kind: "word",
    description: "indicator: chỉ tiêu; measure: số liệu báo cáo",
    words: SECTIONS,
    isRequired: true,
    isKey: true,
    read: ({ line }) => line.section,
  },
  {
    name: "code",
    kind: "word",
    description: "Mã chỉ tiêu hoặc mã số liệu trong kế hoạch",
    isRequired: true,
    isKey: true,
    read: ({ line }) => line.code,
  },
  {
    name: "item_no",
    kind: "whole",
    description: "Thứ tự trong kế hoạch, từ 1 trong từng phần (section)",
    isRequired: true,
    read: ({ line }) => line.item_no,
  },
  {
    name: "group_name",
    kind: "word",
    description: "Nhóm chỉ tiêu; trống với số liệu",
    read: ({ item }) => item.group_name,
  },
  {
    name: "name",
    kind: "word",
    description: "Tên chỉ tiêu hoặc số liệu",
    isRequired: true,
    read: ({ item }) => item.name,
  },
  {
    name: "unit_of_measure",
    kind: "word",
    description: "Đơn vị tính của value và các cột giá trị khác; tử số và mẫu số là số đếm",
    isRequired: true,
    read: ({ item }) => item.unit_of_measure,
  },
  {
    name: "area_no",
    kind: "whole",
    description: "Thứ tự địa bàn; 0 là toàn địa bàn của kế hoạch",
    isRequired: true,
    isKey: true,
    read: ({ line }) => line.area_no,
  },
  {
    name: "area_code",
    kind: "word",
    description: "Mã đơn vị hành chính; trống là toàn địa bàn của kế hoạch",
    read: ({ line }) => line.area_code,
  },
  {
    name: "area_name",
    kind: "word",
    description: "Tên địa bàn; trống là toàn địa bàn của kế hoạch",
    read: ({ line }) => line.area_name,
  },
  figure("numerator", "Tử số, lũy kế từ đầu năm"),
  figure("denominator", "Mẫu số, lũy kế từ đầu năm"),
  figure("value", "Giá trị lũy kế từ đầu năm, đủ sáu chữ số thập phân"),
  figure(
    "value_shown",
    "Giá trị lũy kế như trình bày trong báo cáo: không bao giờ làm tròn qua mức chỉ tiêu",
  ),
  figure("numerator_in_period", "Tử số trong kỳ"),
  figure("denominator_in_period", "Mẫu số trong kỳ"),
  figure("value_in_period", "Giá trị trong kỳ, đủ sáu chữ số thập phân"),
  figure("value_in_period_shown", "Giá trị trong kỳ như trình bày trong báo cáo"),
  {
    name: "target_comparator",
    kind: "word",
    description: "Phép so sánh của mức chỉ tiêu",
    words: [">=", ">", "<=", "<", "=", "between"],
    read: ({ item }) => item.target_comparator,
  },
  figure("target_value", "Mức chỉ tiêu; với khoảng là cận dưới"),
  figure("target_to", "Cận trên của khoảng; trống khi không phải khoảng"),
  figure("pace_value", "Mức cần đạt tại kỳ này; trống khi chỉ tiêu không tính tiến độ"),
  figure("pace_shown", "Mức cần đạt tại kỳ này như trình bày trong báo cáo: làm tròn lên"),
  {
    name: "is_due",
    kind: "flag",
    description: "Đến cuối kỳ này thì phải đạt mức chỉ tiêu",
    read: ({ line }) => line.is_due,
  },
  {
    name: "attained",
    kind: "flag",
    description: "Đã đạt mức chỉ tiêu hay chưa; trống khi không xét được",
    read: ({ line }) => line.attained,
  },
  {
    name: "status",
    kind: "word",
    description: `Đánh giá: ${STATUSES.map((code) => `${code} ${inSentence(STATUS_WORDS[code].word)}`).join(", ")}`,
    words: STATUSES,
    read: ({ line }) => line.status,
  },
  {
    name: "is_provisional",
    kind: "flag",
    description:
      "Đánh giá còn là tạm tính: kỳ chưa khóa, hoặc báo cáo còn thiếu có thể làm thay đổi",
    read: ({ line }) => line.is_provisional,
  },
  whole("areas_expected", "Số địa bàn (đơn vị, điều kiện) phải có số liệu"),
  whole("areas_reported", "Số địa bàn (đơn vị, điều kiện) đã báo cáo cho chính kỳ này"),
  whole("areas_carried", "Số địa bàn (đơn vị, điều kiện) lấy số đã báo cáo ở kỳ trước"),
  whole("areas_left_out", "Số địa bàn (đơn vị) chưa tính được vào tỷ lệ"),
  whole("areas_own", "Số địa bàn (đơn vị) có báo cáo riêng của kỳ"),
  whole(
    "periods_missing_before",
    "Số lượt thiếu số liệu của các kỳ trước đã khóa trong năm, không gồm kỳ này; mỗi địa bàn, đơn vị thiếu một kỳ tính một lượt",
  ),
  {
    name: "basis",
    kind: "word",
    description: "own: từ báo cáo của chính kỳ này; covered: từ báo cáo của các kỳ ngắn hơn",
    read: ({ line }) => line.basis,
  },
  figure("previous_value", "Giá trị trình bày của kỳ trước trong năm"),
  {
    name: "previous_status",
    kind: "word",
    description: "Đánh giá của kỳ trước trong năm",
    words: STATUSES,
    read: ({ line }) => line.previous_status,
  },
  figure("change_from_previous", "value_shown trừ previous_value"),
  figure("last_year_value", "Giá trị trình bày của cùng kỳ năm trước"),
  figure("change_from_last_year", "value_shown trừ last_year_value"),
  {
    name: "is_nil",
    kind: "flag",
    description: "Đơn vị báo cáo ghi rõ không phát sinh; giá trị khi đó là 0",
    read: ({ line }) => line.is_nil,
  },
  {
    name: "is_withheld",
    kind: "flag",
    description: "Có số liệu nhưng không công bố trong bản này; các cột số liệu khi đó để trống",
    isRequired: true,
    read: ({ line }) => line.is_withheld,
  },
];

type FigureField =
  | "numerator"
  | "denominator"
  | "value"
  | "value_shown"
  | "numerator_in_period"
  | "denominator_in_period"
  | "value_in_period"
  | "value_in_period_shown"
  | "target_value"
  | "target_to"
  | "pace_value"
  | "pace_shown"
  | "previous_value"
  | "change_from_previous"
  | "last_year_value"
  | "change_from_last_year";

function figure(name: FigureField, description: string): FigureColumn {
  return { name, kind: "figure", description, read: ({ line }) => line[name] };
}

function whole(
  name:
    | "areas_expected"
    | "areas_reported"
    | "areas_carried"
    | "areas_left_out"
    | "areas_own"
    | "periods_missing_before",
  description: string,
): FigureColumn {
  return { name, kind: "whole", description, read: ({ line }) => line[name] };
}
