import type { Item, Part, Shortfall } from "../contract/report.ts";
import type { Column } from "./column.ts";
import { partColumns } from "./part-columns.ts";

const keyed = <P extends Part>(
  part: P,
  keys: readonly string[],
): ReturnType<typeof partColumns<P>> =>
  partColumns(part, "text").map((column) =>
    keys.includes(column.name) ? { ...column, isKey: true } : column,
  );

/** Columns of the table of definitions, one line an indicator or measure. */
export const DEFINITION_COLUMNS: readonly Column<Item>[] = keyed("item", ["section", "code"]);

/** Columns of the table of causes and remedies, one line an indicator and unit, or the office. */
export const SHORTFALL_COLUMNS: readonly Column<Shortfall>[] = keyed("shortfall", [
  "code",
  "unit_no",
]);
