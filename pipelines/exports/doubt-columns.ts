import type { Doubt } from "../contract/report.ts";
import { findingSentence } from "../vocabulary/finding-text.ts";
import type { Column } from "./column.ts";

/** Columns of the table of doubts that were open when a version was published, for its superior. */
export const DOUBT_COLUMNS: readonly Column<Doubt>[] = [
  {
    name: "measure",
    kind: "word",
    description: "Mã số liệu; trống khi nói về cả báo cáo",
    read: ({ measure }) => measure,
  },
  { name: "period", kind: "word", description: "Mã kỳ báo cáo", read: ({ period }) => period },
  { name: "unit_name", kind: "text", description: "Đơn vị", read: ({ unit_name }) => unit_name },
  { name: "area_name", kind: "text", description: "Địa bàn", read: ({ area_name }) => area_name },
  {
    name: "said",
    kind: "text",
    description: "Điều cần kiểm tra lại",
    read: (doubt) => findingSentence(doubt),
  },
  {
    name: "reason",
    kind: "text",
    description: "Lý do giữ nguyên số liệu, khi lý do được cho mọi người đọc",
    read: ({ acknowledged_reason }) => acknowledged_reason,
  },
];
