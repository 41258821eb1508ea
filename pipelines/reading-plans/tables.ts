import { scaledText, scaleOf, unscaled } from "../vocabulary/decimal.ts";
import { amountsIn, plainDecimal } from "./amounts.ts";
import type { Section } from "./number-roles.ts";
import type { DocumentTable, Place, Placed } from "./outline.ts";
import { type NotUnderstood, readSentence, type SentenceReading, together } from "./targets.ts";

/** A table that gives a number to each of many places or units. */
export interface QuotaTable {
  readonly place: Place;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly (string | null)[] }[];
  /** Of each column: what its rows add up to, and what the table has as its total where it has one. */
  readonly sums: readonly { readonly rows: string | null; readonly total: string | null }[];
}

/** What was read, with the numbers that each of many places has. */
export interface TableReading extends SentenceReading {
  readonly quotas: readonly QuotaTable[];
}

const WHAT = /^(?:tên\s+)?(?:chỉ\s+tiêu|nội\s+dung|mục\s+tiêu|chỉ\s+số|tiêu\s+chí|danh\s+mục)/iu;
const UNIT_OF_MEASURE = /đơn\s+vị\s+tính|^đvt$|^đv\s*tính/iu;
const LEVEL =
  /kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|mức|năm\s+\d{4}|^\d{4}$|giao|phấn\s+đấu|^(?:cả\s+năm|quý\s+[IV1-4]+|[69]\s+tháng.*)$/iu;
const WHOM =
  /thôn|bản|ấp|khu\s+(?:phố|dân)|tổ\s+dân|trường|phòng|đơn\s+vị|địa\s+bàn|địa\s+phương|phường|xã|huyện|tên/iu;
const TOTAL = /^(?:tổng(?:\s+(?:cộng|số))?|cộng|toàn\s+(?:tỉnh|thành\s+phố|huyện|xã))(?!\p{L})/iu;
const EARLIER = /thực\s+hiện|ước|kết\s+quả|hiện\s+trạng|ghi\s+chú/iu;

/** Targets and quotas of a table; numbers of a table of another kind are reported as such. */
export function readTable({ block, place }: Placed<DocumentTable>, section: Section): TableReading {
  const [head = [], ...rows] = block.rows;
  const isPast = section === "past";
  const what = isPast ? -1 : head.findIndex((cell) => WHAT.test(cell));
  // beside what is asked for, «Đơn vị» is what it is measured in
  const isUnit = (cell: string): boolean =>
    UNIT_OF_MEASURE.test(cell) || (what >= 0 && /^đơn\s+vị$/iu.test(cell));
  const unit = head.findIndex(isUnit);
  const levels = head.flatMap((cell, index) =>
    index > what && index !== unit && LEVEL.test(cell) && !EARLIER.test(cell) ? [index] : [],
  );
  if (what >= 0 && levels.length > 0) {
    const { targets, left } = targetsOf(head, rows, place, what, unit, levels);
    const unread = unreadCells(rows, place, what, [unit, ...levels], "ô ngoài cột mức phải đạt");
    return { targets, quotas: [], left: [...left, ...unread] };
  }
  const whom = isPast
    ? -1
    : head.findIndex((cell) => WHOM.test(cell) && !UNIT_OF_MEASURE.test(cell));
  const columns = head.flatMap((_, index) =>
    index > whom && isNumeric(rows, index) ? [index] : [],
  );
  if (whom >= 0 && columns.length > 0) {
    const left = unreadCells(rows, place, whom, columns, "ô ngoài cột mức giao");
    return { targets: [], quotas: [quotaOf(head, rows, place, whom, columns)], left };
  }
  const reason = isPast
    ? "nêu tình hình, kết quả đã có"
    : "bảng không rõ là bảng chỉ tiêu hay bảng mức giao";
  const left = unreadCells(block.rows, place, -1, [], reason);
  return { targets: [], quotas: [], left };
}

/** Numbers of the cells behind a column that are in none of those that were read. */
function unreadCells(
  rows: readonly (readonly string[])[],
  place: Place,
  key: number,
  read: readonly number[],
  reason: string,
): NotUnderstood[] {
  return rows.flatMap((row, index): NotUnderstood[] => {
    const numbers = row.flatMap((cell, column) =>
      column <= key || read.includes(column) ? [] : amountsIn(cell).map(({ digits }) => digits),
    );
    const sentence = row.filter((cell) => cell !== "").join(" | ");
    const where = { ...place, row: index + (key < 0 ? 1 : 2) };
    return numbers.length === 0 ? [] : [{ sentence, place: where, numbers, reason }];
  });
}

function targetsOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  place: Place,
  what: number,
  unit: number,
  levels: readonly number[],
): SentenceReading {
  const readings = rows.flatMap((row, index) =>
    levels.flatMap((level, no): SentenceReading[] => {
      const cell = row[level]?.trim() ?? "";
      if (!/\d/u.test(cell)) return [];
      const measure = unit < 0 ? "" : (row[unit]?.trim() ?? "");
      const asked = /[\d.,]\s*(?:$|trở)/u.test(cell)
        ? cell.replace(/\d(?=\s*(?:$|trở))/u, `$& ${measure}`)
        : cell;
      const words = `${row[what]?.trim() ?? ""}: ${asked.trim()}`;
      const where = { ...place, row: index + 2, headings: [...place.headings, head[level] ?? ""] };
      // a column of another year has the same at another time
      const { targets, left } = readSentence(words, where, "targets");
      return [{ targets: targets.map((one) => ({ ...one, is_same: no > 0 })), left }];
    }),
  );
  return together(readings);
}

function numberOf(cell: string | undefined): string | null {
  const text = cell?.trim() ?? "";
  return /^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/u.test(text)
    ? text.replaceAll(".", "").replace(",", ".")
    : null;
}

function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  const filled = rows.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
  return filled.length > 1 && filled.every((cell) => numberOf(cell) !== null);
}

/** @param whom the column of the places @param columns those of their numbers */
export function quotaOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  place: Place,
  whom: number,
  columns: readonly number[],
): QuotaTable {
  const isTotal = (row: readonly string[]): boolean =>
    row.slice(0, whom + 1).some((cell) => TOTAL.test(cell.trim()));
  const own = rows.filter((row) => !isTotal(row) && (row[whom]?.trim() ?? "") !== "");
  const total = rows.find(isTotal);
  return {
    place,
    columns: columns.map((column) => head[column] ?? ""),
    rows: own.map((row) => ({
      name: row[whom]?.trim() ?? "",
      values: columns.map((column) => numberOf(row[column])),
    })),
    sums: columns.map((column) => ({
      rows: sum(own.map((row) => numberOf(row[column]))),
      total: total === undefined ? null : numberOf(total[column]),
    })),
  };
}

function sum(values: readonly (string | null)[]): string | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const scale = Math.max(...known.map(scaleOf));
  const whole = known.reduce((total, value) => total + unscaled(value, scale), 0n);
  return plainDecimal(scaledText(whole, scale));
}
