import type { Item } from "../contract/report.ts";
import type { Column } from "./column.ts";
import { partColumns } from "./part-columns.ts";

const KEYS = ["section", "code"];

/** Columns of the table of definitions, one line an indicator or measure. */
export const DEFINITION_COLUMNS: readonly Column<Item>[] = partColumns("item", "text").map(
  (column) => (KEYS.includes(column.name) ? { ...column, isKey: true } : column),
);
