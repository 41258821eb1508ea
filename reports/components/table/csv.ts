// Rows of a page as a CSV file that Vietnamese Excel opens directly.

import {
  csvFile,
  FOR_EXCEL,
  figureCell as plainFigure,
  textCell,
} from "../../../pipelines/vocabulary/csv-file.ts";
import { levelText } from "../../../pipelines/vocabulary/level.ts";
import { attainedBy } from "../../../pipelines/vocabulary/status.ts";
import type { Status } from "../../types/tables.ts";
import { hiddenAs, requireGiven } from "../number-text.ts";
import { plainText } from "../plain-text.ts";
import { STATUSES } from "../words.ts";

/** What a cell may hold. */
type Cell = string | number | null;

/** A column of a file: its heading, and its cell from a row. */
export interface CsvColumn<Row> {
  readonly title: string;
  readonly of: (row: Row) => Cell;
}

/** Why a row may have no figure. */
interface Standing {
  readonly is_hidden: boolean;
  readonly status: Status;
}

/**
 * A figure, or why it is missing: withheld, not reported and zero differ.
 * @throws for undefined, see `requireGiven`
 */
export function figureCell(value: number | null, row: Standing): Cell {
  requireGiven(value);
  const hidden = hiddenAs(row);
  if (hidden !== false) return STATUSES[hidden].word;
  const { status } = row;
  if (value !== null) return value;
  return STATUSES[attainedBy(status) === null ? status : "not_reported"].word;
}

/** One cell of the file. */
function cellText(value: Cell): string {
  requireGiven(value);
  if (value === null) return "";
  return typeof value === "number" ? plainFigure(String(value), FOR_EXCEL) : textCell(value);
}

/** The text of the file. */
export function csvText<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return csvFile(
    [
      columns.map(({ title }) => cellText(title)),
      ...rows.map((row) => columns.map(({ of }) => cellText(of(row)))),
    ],
    FOR_EXCEL,
  );
}

/** `Chỉ tiêu 1.3a, quý II` as part of a file's name: `chi-tieu-1-3a-quy-ii`. */
export function fileSlug(text: string): string {
  return plainText(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A figure of an indicator with its context. */
export interface FigureRow extends Standing {
  readonly indicator_code: string;
  readonly short_name: string;
  readonly area_name: string;
  readonly period: string;
  readonly period_name: string;
  readonly value: number | null;
  readonly value_in_period: number | null;
  readonly last_year_value: number | null;
  readonly unit: string;
  readonly target_text: string | null;
  readonly why_none_in_period: Status | null;
  readonly pace_value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly numerator_in_period: number | null;
  readonly denominator_in_period: number | null;
  readonly areas_reported: number;
  readonly areas_expected: number;
  readonly areas_carried: number;
  readonly periods_missing_before: number;
  readonly doubts: number;
  readonly is_provisional: boolean | null;
  readonly beyond_count: number | null;
  readonly counted_unit: string | null;
}

/** The columns of every file of indicator figures. */
export const FIGURE_COLUMNS: readonly CsvColumn<FigureRow>[] = [
  { title: "Mã chỉ tiêu", of: (row) => row.indicator_code },
  { title: "Chỉ tiêu", of: (row) => row.short_name },
  { title: "Địa bàn", of: (row) => row.area_name },
  { title: "Mã kỳ", of: (row) => row.period },
  { title: "Kỳ", of: (row) => row.period_name },
  { title: "Đánh giá", of: (row) => STATUSES[row.status].word },
  { title: "Giá trị lũy kế", of: (row) => levelCell(figureCell(row.value, row), row) },
  { title: "Lũy kế cùng kỳ năm trước", of: (row) => levelCell(row.last_year_value, row) },
  { title: "Giá trị trong kỳ", of: inPeriodCell },
  { title: "Đơn vị tính", of: (row) => row.unit },
  { title: "Mức chỉ tiêu", of: (row) => row.target_text },
  { title: "Mức cần đạt tại kỳ", of: (row) => row.pace_value },
  { title: "Tử số lũy kế", of: (row) => levelCell(partCell(row.numerator, row), row) },
  { title: "Mẫu số lũy kế", of: (row) => partCell(row.denominator, row) },
  {
    title: "Tử số trong kỳ",
    of: (row) => levelCell(partCell(row.numerator_in_period, row), row),
  },
  { title: "Mẫu số trong kỳ", of: (row) => partCell(row.denominator_in_period, row) },
  { title: "Số địa bàn, đơn vị đã báo cáo", of: (row) => row.areas_reported },
  { title: "Số địa bàn, đơn vị phải báo cáo", of: (row) => row.areas_expected },
  { title: "Số địa bàn, đơn vị lấy số kỳ trước", of: (row) => row.areas_carried },
  { title: "Số lượt thiếu số liệu của các kỳ trước", of: (row) => row.periods_missing_before },
  { title: "Số điểm cần kiểm tra", of: (row) => row.doubts },
  { title: "Tạm tính", of: (row) => (row.is_provisional ? "có" : "") },
  { title: "Hơn (+), kém (−) mức chỉ tiêu, theo số đếm", of: (row) => row.beyond_count },
  { title: "Đơn vị của số đếm", of: (row) => row.counted_unit },
];

/** A value of the period alone, or why it is missing; the status is to date. */
function inPeriodCell(row: FigureRow): Cell {
  const status = row.why_none_in_period ?? row.status;
  return levelCell(figureCell(row.value_in_period, { is_hidden: row.is_hidden, status }), row);
}

/** A level by its name. */
function levelCell(cell: Cell, { unit }: FigureRow): Cell {
  return typeof cell === "number" ? (levelText(cell, unit) ?? cell) : cell;
}

/** A part of a value: a number, hidden, not reported, or nothing where the value has no such part. */
function partCell(part: number | null, row: Standing): Cell {
  if (row.is_hidden || row.status === "not_reported") return figureCell(null, row);
  return part;
}
