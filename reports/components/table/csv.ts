// Figures of a page as a CSV file that Vietnamese Excel opens directly, each row with its marks: the
// file is read without the page.

import {
  csvFile,
  FOR_EXCEL,
  figureCell as plainFigure,
  textCell,
} from "../../../pipelines/vocabulary/csv-file.ts";
import { levelText } from "../../../pipelines/vocabulary/level.ts";
import { attainedBy } from "../../../pipelines/vocabulary/status.ts";
import type { PlanRow, Status } from "../../types/tables.ts";
import { ANSWER, figureText, hiddenAs, requireGiven } from "../number-text.ts";
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

/** What a row of every file says of its figure. */
export interface Marked extends Standing {
  /** Of the figure in this row: `có/không` where it is an answer. */
  readonly unit: string;
  readonly is_provisional: boolean | null;
  readonly areas_carried: number;
  /** The plan that the figure is of, where it is not the page's. */
  readonly earlier_number?: string;
}

/** The plan that a file is of. */
export type PlanOfFile = Pick<PlanRow, "number" | "as_of" | "audience" | "is_demonstration">;

/** What a file or a picture says of where its figures are from, besides plan and moment. */
export const cautionsOf = ({ is_demonstration, audience }: PlanOfFile): string[] => [
  ...(is_demonstration ? ["Số liệu minh họa, không phải số liệu thật."] : []),
  ...(audience === "city" ? ["Lưu hành nội bộ."] : []),
];

const marksOf = (plan: PlanOfFile): readonly CsvColumn<Marked>[] => [
  { title: "Đơn vị tính", of: (row) => row.unit },
  { title: "Tạm tính", of: (row) => (row.is_provisional ? "có" : "") },
  { title: "Số địa bàn, đơn vị lấy số kỳ trước", of: (row) => row.areas_carried },
  { title: "Kế hoạch", of: (row) => row.earlier_number ?? plan.number },
  { title: "Số liệu tính đến", of: () => plan.as_of },
  { title: "Ghi chú", of: () => cautionsOf(plan).join(" ") },
];

/** The text of a file: the columns that are given, then the marks that every file has. */
export function csvText<Row extends Marked>(
  plan: PlanOfFile,
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
): string {
  const all = [...columns, ...marksOf(plan)];
  return csvFile(
    [
      all.map(({ title }) => cellText(title)),
      ...rows.map((row) => all.map(({ of }) => cellText(of(row)))),
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
export interface FigureRow extends Marked {
  readonly indicator_code: string;
  readonly short_name: string;
  readonly area_name: string;
  readonly period: string;
  readonly period_name: string;
  readonly value: number | null;
  readonly value_in_period: number | null;
  readonly last_year_value: number | null;
  readonly target_text: string | null;
  readonly why_none_in_period: Status | null;
  readonly pace_value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly numerator_in_period: number | null;
  readonly denominator_in_period: number | null;
  readonly areas_reported: number;
  readonly areas_expected: number;
  readonly periods_missing_before: number;
  readonly doubts: number;
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
  { title: "Giá trị lũy kế", of: (row) => valueCell(row.value, row) },
  { title: "Lũy kế cùng kỳ năm trước", of: (row) => inWords(row.last_year_value, row) },
  { title: "Giá trị trong kỳ", of: inPeriodCell },
  { title: "Mức chỉ tiêu", of: (row) => row.target_text },
  { title: "Mức cần đạt tại kỳ", of: (row) => row.pace_value },
  { title: "Tử số lũy kế", of: (row) => inWords(partCell(row.numerator, row), row) },
  { title: "Mẫu số lũy kế", of: (row) => partCell(row.denominator, row) },
  {
    title: "Tử số trong kỳ",
    of: (row) => inWords(partCell(row.numerator_in_period, row), row),
  },
  { title: "Mẫu số trong kỳ", of: (row) => partCell(row.denominator_in_period, row) },
  { title: "Số địa bàn, đơn vị đã báo cáo", of: (row) => row.areas_reported },
  { title: "Số địa bàn, đơn vị phải báo cáo", of: (row) => row.areas_expected },
  { title: "Số lượt thiếu số liệu của các kỳ trước", of: (row) => row.periods_missing_before },
  { title: "Số điểm cần kiểm tra", of: (row) => row.doubts },
  { title: "Hơn (+), kém (−) mức chỉ tiêu, theo số đếm", of: (row) => row.beyond_count },
  { title: "Đơn vị của số đếm", of: (row) => row.counted_unit },
];

/** A value of the period alone, or why it is missing; the status is to date. */
function inPeriodCell(row: FigureRow): Cell {
  const status = row.why_none_in_period ?? row.status;
  return valueCell(row.value_in_period, row, status);
}

/** A value as the page has it: yes or no and levels in words, or why there is none. */
export function valueCell(value: number | null, row: Marked, status: Status = row.status): Cell {
  const cell = figureCell(value, { is_hidden: row.is_hidden, status });
  if (typeof cell === "number" && row.unit === ANSWER) return figureText(cell, ANSWER);
  return inWords(cell, row);
}

/** A level by its name. */
function inWords(cell: Cell, { unit }: Marked): Cell {
  return typeof cell === "number" ? (levelText(cell, unit) ?? cell) : cell;
}

/** A part of a value: a number, hidden, not reported, or nothing where the value has no such part. */
function partCell(part: number | null, row: Standing): Cell {
  if (row.is_hidden || row.status === "not_reported") return figureCell(null, row);
  return part;
}
