import type { FigureRow } from "../contract/figure-row.ts";
import { READERS } from "../contract/report.ts";
import { COMPARATORS } from "../vocabulary/words.ts";
import type { Column } from "./column.ts";
import { partColumns } from "./part-columns.ts";

type FigureColumn = Column<FigureRow>;

const lines: readonly FigureColumn[] = partColumns("line", "word").map((column) => ({
  ...column,
  read: ({ line }) => column.read(line),
}));

/** Columns of the definitions that a figure has, too. */
const items = new Map<string, FigureColumn>(
  partColumns("item", "word").map((column) => [
    column.name,
    { ...column, read: ({ item }) => column.read(item) },
  ]),
);

const ofItem = (name: string, own: Partial<FigureColumn> = {}): FigureColumn[] => {
  const column = items.get(name);
  return column === undefined ? [] : [{ ...column, ...own }];
};

const KEYS = ["section", "code", "area_no"];
const PLACE = ["area_no", "area_code", "area_name"];
const named = (names: readonly string[]): FigureColumn[] =>
  names.flatMap((name) => lines.filter((column) => column.name === name));

const OF_VERSION: readonly FigureColumn[] = [
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
];

/** Columns of the long table, one line a figure: the same in CSV, Arrow and Parquet. */
export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  ...OF_VERSION,
  ...named(["section", "code", "item_no"]),
  ...ofItem("group_name", { description: "Nhóm chỉ tiêu; trống với số liệu" }),
  ...ofItem("name"),
  ...ofItem("unit_of_measure", {
    description: "Đơn vị tính của value và các cột giá trị khác; tử số và mẫu số là số đếm",
  }),
  ...named(PLACE),
  ...lines
    .filter(({ name }) => !["item_no", ...KEYS, ...PLACE].includes(name))
    .flatMap((column) => [
      ...(column.name === "target_value"
        ? ofItem("target_comparator", { words: Object.keys(COMPARATORS) })
        : []),
      column,
    ]),
].map((column) => (KEYS.includes(column.name) ? { ...column, isKey: true } : column));
