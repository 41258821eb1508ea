import { type Item, Section } from "../contract/report.ts";
import type { Column } from "./column.ts";

type DefinitionColumn = Column<Item>;
type TextField =
  | "group_code"
  | "group_name"
  | "quote"
  | "formula"
  | "value_kind"
  | "target_comparator"
  | "target_text"
  | "pace"
  | "kind"
  | "over_time"
  | "over_areas"
  | "reported_by"
  | "explanation";

/** Columns of the table of definitions, one line an indicator or measure. */
export const DEFINITION_COLUMNS: readonly DefinitionColumn[] = [
  {
    name: "section",
    kind: "word",
    description: "indicator: chỉ tiêu; measure: số liệu báo cáo",
    words: Section.options,
    isRequired: true,
    isKey: true,
    read: ({ section }) => section,
  },
  {
    name: "code",
    kind: "text",
    description: "Mã trong kế hoạch",
    isRequired: true,
    isKey: true,
    read: ({ code }) => code,
  },
  {
    name: "item_no",
    kind: "whole",
    description: "Thứ tự trong kế hoạch, từ 1 trong từng phần (section)",
    isRequired: true,
    read: ({ item_no }) => item_no,
  },
  text("group_code", "Mã nhóm chỉ tiêu"),
  text("group_name", "Tên nhóm chỉ tiêu"),
  {
    name: "name",
    kind: "text",
    description: "Tên chỉ tiêu hoặc số liệu",
    isRequired: true,
    read: ({ name }) => name,
  },
  {
    name: "short_name",
    kind: "text",
    description: "Tên gọn",
    isRequired: true,
    read: ({ short_name }) => short_name,
  },
  {
    name: "unit_of_measure",
    kind: "text",
    description: "Đơn vị tính",
    isRequired: true,
    read: ({ unit_of_measure }) => unit_of_measure,
  },
  text("quote", "Nội dung quy định tại kế hoạch"),
  text("formula", "Cách tính"),
  text("value_kind", "Loại giá trị của chỉ tiêu"),
  text("target_comparator", "Phép so sánh của mức chỉ tiêu"),
  {
    name: "target_value",
    kind: "figure",
    description: "Mức chỉ tiêu",
    read: ({ target_value }) => target_value,
  },
  text("target_text", "Mức chỉ tiêu như trình bày"),
  text("pace", "Tiến độ: linear chia đều cho các kỳ đến khi đến hạn, none không tính tiến độ"),
  {
    name: "added_rules",
    kind: "text",
    description: "Quy ước bổ sung mà kế hoạch không nêu, mỗi quy ước một dòng",
    read: ({ added_rules }) => (added_rules.length === 0 ? null : added_rules.join("\n")),
  },
  text("kind", "Loại số liệu: count số đếm, yes_no có hoặc không"),
  text("over_time", "Cách cộng các kỳ trong năm"),
  text("over_areas", "Cách cộng các địa bàn"),
  text("reported_by", "Đơn vị báo cáo"),
  text("explanation", "Giải thích"),
  {
    name: "is_sensitive",
    kind: "flag",
    description: "Số liệu nhạy cảm, hoặc chỉ tiêu tính từ số liệu nhạy cảm",
    isRequired: true,
    read: ({ is_sensitive }) => is_sensitive,
  },
];

function text(name: TextField, description: string): DefinitionColumn {
  return { name, kind: "text", description, read: (item) => item[name] };
}
