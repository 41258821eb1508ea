import { plainDecimal, scaledText, scaleOf, unscaled } from "../vocabulary/decimal.ts";
import { amountsIn } from "./amounts.ts";
import { AREA_NOUN } from "./comparing-words.ts";
import type { Section } from "./number-roles.ts";
import type { DocumentTable, Place, Placed } from "./outline.ts";
import { best } from "./target-due.ts";
import {
  type NotUnderstood,
  type ReadTarget,
  readSentence,
  type SentenceReading,
  together,
} from "./targets.ts";
import { duesIn } from "./times.ts";

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

const WHAT =
  /^(?:tên\s+)?(?:nhiệm\s+vụ,\s+)?(?:chỉ\s+tiêu|nội\s+dung|mục\s+tiêu|chỉ\s+số|tiêu\s+chí|danh\s+mục)/iu;
const UNIT_OF_MEASURE = /đơn\s+vị\s+tính|^đvt$|^đv\s*tính/iu;
const LEVEL =
  /cần\s+đạt|phải\s+đạt|lộ\s+trình|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|mức|năm\s+\d{4}|^\d{4}$|giao|phấn\s+đấu|^(?:cả\s+năm|quý\s+[IV1-4]+|[69]\s+tháng.*)$/iu;
const WHOM =
  /(?<!\p{L})(?:thôn|bản|ấp|khu\s+(?:phố|dân)|tổ\s+dân|trường|phòng|đơn\s+vị|địa\s+bàn|địa\s+phương|phường|xã|huyện|tên)(?!\p{L})/iu;
const TOTAL = /^(?:tổng(?:\s+(?:cộng|số))?|cộng|toàn\s+(?:tỉnh|thành\s+phố|huyện|xã))(?!\p{L})/iu;
/** «Tỷ lệ cơ sở được kiểm tra (%)»: what the numbers of the row are measured in. */
const UNIT_IN_NAME = /\(\s*(?:ĐVT|đơn\s+vị(?:\s+tính)?)?[:\s]*(%|‰|[^()\d]{1,20})\)\s*$/iu;
const EARLIER =
  /(?<!lộ\s+trình\s+)thực\s+hiện|ước|kết\s+quả(?!\s+(?:cần|phải))|hiện\s+trạng|ghi\s+chú/iu;
/** The column of what is due when. */
const WHEN = /thời\s+(?:gian|hạn)|^hạn(?!\p{L})|tiến\s+độ/iu;
/** A place that has a column of its own. */
const A_PLACE = new RegExp(
  `^(?:${AREA_NOUN}|thôn|bản|ấp|khu\\s+phố|tổ)\\s+(?:\\p{Lu}|số\\s|\\d)`,
  "iu",
);
/** «Tỷ lệ chôn lấp (không vượt quá)»: how the numbers of the row are meant. */
const COMPARED_IN_NAME =
  /\s*\(\s*(không\s+(?:vượt\s+)?quá|không\s+dưới|tối\s+(?:đa|thiểu)|ít\s+nhất|dưới|trên)\s*\)$/iu;

/** Targets and quotas of a table; numbers of a table of another kind are reported as such. */
export function readTable({ block, place }: Placed<DocumentTable>, section: Section): TableReading {
  const [head = [], ...short] = withOneHead(block.rows);
  // the total of a text has no cell for its number
  const rows = short.map((row) =>
    /^s?tt$/iu.test(head[0] ?? "") && TOTAL.test(row[0] ?? "") && row.length < head.length
      ? ["", ...row]
      : row,
  );
  const isPast = section === "past";
  const what = isPast
    ? -1
    : head.findIndex((cell, index) => WHAT.test(cell) && !isNumeric(rows, index));
  // beside what is asked for, «Đơn vị» is what it is measured in
  const isUnit = (cell: string): boolean =>
    UNIT_OF_MEASURE.test(cell) || (what >= 0 && /^đơn\s+vị$/iu.test(cell));
  const unit = head.findIndex(isUnit);
  const levels = head.flatMap((cell, index) =>
    index > what && index !== unit && LEVEL.test(cell) && !EARLIER.test(cell) ? [index] : [],
  );
  const when = head.findIndex((cell, index) => index > what && WHEN.test(cell));
  if (what >= 0 && levels.length > 0) {
    const { targets, left } = targetsOf(head, rows, place, { what, unit, when }, levels);
    const read = [unit, when, ...levels];
    const unread = unreadCells(rows, place, what, read, "ô ngoài cột mức phải đạt");
    return { targets, quotas: [], left: [...left, ...unread] };
  }
  // «Chỉ tiêu | Thời hạn»: each row is a sentence
  if (what >= 0 && when >= 0) {
    const read = rows.map((row, no) => {
      const headings = [...place.headings, timeOf(row[when])];
      const sentence = row[what]?.trim() ?? "";
      return readSentence(sentence, { ...place, row: no + 2, headings }, "targets");
    });
    return { ...together(read), quotas: [] };
  }
  const places = head.flatMap((cell, index) =>
    A_PLACE.test(cell.trim()) || TOTAL.test(cell.trim()) ? [index] : [],
  );
  if (what >= 0 && places.length > 1) {
    const read = rows.map((row) => quotasOfRow(row, head, place, { what, unit }, places));
    return { ...together(read), quotas: read.flatMap(({ quotas }) => quotas) };
  }
  const whom = isPast
    ? -1
    : head.findIndex(
        (cell, index) => WHOM.test(cell) && !UNIT_OF_MEASURE.test(cell) && !isNumeric(rows, index),
      );
  const columns = head.flatMap((_, index) =>
    index > whom && isNumeric(rows, index) ? [index] : [],
  );
  if (whom >= 0 && columns.length > 0) {
    const left = unreadCells(rows, place, whom, columns, "ô ngoài cột mức giao");
    return { targets: [], quotas: [quotaOf(head, rows, place, whom, columns)], left };
  }
  // «Cấp học | Huy động (%) | Bỏ học (%)»: each column is asked of each row
  const measured = head.flatMap((cell, index) => (UNIT_IN_NAME.test(cell) ? [index] : []));
  if (section === "targets" && (measured[0] ?? 0) > 0) {
    const cells = measured.flatMap((column) => rows.map((row, no) => ({ row, no, column })));
    const read = cells.map(({ row, no, column }): SentenceReading => {
      const [of = "", unit] = (head[column] ?? "").split(UNIT_IN_NAME);
      const name = `${of.trim()} (${row[(measured[0] ?? 1) - 1] ?? ""})`;
      const isAsked = /\d/u.test(row[column] ?? "");
      const where = { ...place, row: no + 2 };
      return isAsked ? readRow(name, row[column] ?? "", unit ?? "", where) : together([]);
    });
    return { ...together(read), quotas: [] };
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

/** The rows of a table whose head is written in two of them: years below «Lộ trình». */
function withOneHead(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [first = [], second = [], ...rest] = rows;
  const isBelow =
    second.some((cell, index) => cell.trim() !== "" && (first[index] ?? "").trim() === "") &&
    second.slice(0, 2).every((cell) => cell.trim() === "");
  if (!isBelow) return rows;
  let above = "";
  const head = first.map((cell, index) => {
    if (cell.trim() !== "") above = cell;
    const below = second[index]?.trim() ?? "";
    return below === "" ? cell : `${above} ${below}`;
  });
  return [head, ...rest];
}

interface Columns {
  readonly what: number;
  readonly unit: number;
  readonly when: number;
}

function targetsOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  place: Place,
  { what, unit, when }: Columns,
  levels: readonly number[],
): SentenceReading {
  const readings = rows.flatMap((row, index) => {
    const name = row[what]?.trim() ?? "";
    const measure = row[unit]?.trim() || (UNIT_IN_NAME.exec(name)?.[1] ?? "");
    const time = timeOf(row[when]);
    return levels.flatMap((level, no): SentenceReading[] => {
      const cell = row[level]?.trim() ?? "";
      if (!/\d/u.test(cell)) return [];
      // «Kế hoạch 2026»
      const ofColumn = timeOf(head[level]);
      const headings = [...place.headings, duesIn(time).length > 0 ? time : ofColumn];
      const due = best(duesIn(headings.at(-1) ?? ""));
      const { targets, left } = readRow(name, cell, measure, {
        ...place,
        row: index + 2,
        headings,
      });
      const isOwn = duesIn(cell).length > 0;
      return [
        {
          // a column of another year has the same at another time
          targets: targets.map((one): ReadTarget => {
            const isOfRow = isOwn || due === null || one.due === null;
            return { ...one, due: isOfRow ? one.due : due, is_same: no > 0 };
          }),
          left,
        },
      ];
    });
  });
  return together(readings);
}

/** A time as a sentence has it: «2025», «Hết 2025», «31/12/2025». */
function timeOf(cell = ""): string {
  const named = cell.trim().replace(/(?<!\p{L}|năm\s|\d|[/.-])(20\d\d)$/u, "năm $1");
  return named.replace(/^(?=\d{1,2}[/.])/u, "đến ");
}

/** A row with what one of its columns asks for; numbers in its name are conditions. */
function readRow(name: string, cell: string, measure: string, place: Place): SentenceReading {
  const asked = /[\d.,]\s*(?:$|trở)/u.test(cell)
    ? cell.replace(/\d(?=\s*(?:$|trở))/u, `$& ${measure}`)
    : cell;
  const compared = COMPARED_IN_NAME.exec(name)?.[1];
  const thing = compared === undefined ? name : name.replace(COMPARED_IN_NAME, "");
  const words = `${thing}: ${compared === undefined ? "" : `${compared} `}${asked.trim()}`;
  const inName = amountsIn(thing);
  const masked = inName.reduce(
    (text, { at, digits }) =>
      `${text.slice(0, at)}${"□".repeat(digits.length)}${text.slice(at + digits.length)}`,
    words,
  );
  const { targets, left } = readSentence(masked, place, "targets");
  const unmasked = (text: string): string => {
    const at = masked.indexOf(text);
    return at < 0 ? text : words.slice(at, at + text.length);
  };
  return {
    targets: targets.map((one) => ({
      ...one,
      sentence: words,
      words: unmasked(one.words),
      asked: unmasked(one.asked),
      conditions: [...one.conditions, ...inName.map(({ typed }) => typed)],
    })),
    left: left.map((one) => ({ ...one, sentence: words })),
  };
}

/** A row that gives each of the places in the head a number of its own. */
function quotasOfRow(
  row: readonly string[],
  head: readonly string[],
  place: Place,
  { what, unit }: Pick<Columns, "what" | "unit">,
  places: readonly number[],
): TableReading {
  const bare = (cell = ""): string => cell.replace(/^\s*(?:≥|từ)\s*/iu, "").trim();
  const measure = row[unit]?.trim() ?? "";
  const column = `${row[what]?.trim() ?? ""}${measure === "" ? "" : ` (${measure})`}`;
  const given = places.filter((at) => numberOf(bare(row[at])) !== null);
  const numbers = row.flatMap((cell, at) =>
    at > what && !given.includes(at) ? amountsIn(cell).map(({ digits }) => digits) : [],
  );
  const sentence = row.filter((cell) => cell !== "").join(" | ");
  const left =
    numbers.length === 0 ? [] : [{ sentence, place, numbers, reason: "ô ngoài cột mức giao" }];
  const cells = given.map((at) => [head[at] ?? "", bare(row[at])]);
  const quotas = given.length < 2 ? [] : [quotaOf(["", column], cells, place, 0, [1])];
  return { targets: [], quotas, left };
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
