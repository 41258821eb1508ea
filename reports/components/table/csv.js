// Rows of a page as a CSV file that Excel in Vietnamese opens as it stands: semicolons between the
// columns, a comma before the decimals, UTF-8 with its mark.

import { STATUSES } from "../words.js";

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A cell that is a figure, or says why there is none: withheld, not reported and zero stay apart.
 * @param {number | null | undefined} value
 * @param {{ is_hidden?: boolean, status?: string }} [row]
 */
export function figureCell(value, row = {}) {
  if (row.is_hidden) return STATUSES.withheld.word;
  if (value !== null && value !== undefined) return value;
  const status = row.status;
  if (status === "not_arising" || status === "not_applicable") return STATUSES[status].word;
  return STATUSES.not_reported.word;
}

/** One cell as it stands in the file. */
function cellText(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value).replace(".", ",");
  const text = String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The text of the file.
 * @param {{ title: string, of: (row: any) => unknown }[]} columns
 * @param {any[]} rows
 */
export function csvText(columns, rows) {
  const lines = [
    columns.map(({ title }) => cellText(title)),
    ...rows.map((row) => columns.map(({ of }) => cellText(of(row)))),
  ];
  return `\uFEFF${lines.map((cells) => cells.join(";")).join("\r\n")}\r\n`;
}

/** `Chỉ tiêu 1.3a, quý II` as part of a file's name: `chi-tieu-1-3a-quy-ii`. */
export function fileSlug(text) {
  return text
    .toLocaleLowerCase("vi")
    .replaceAll("đ", "d")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Hands a file to the reader. */
export function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The columns of every file of figures of indicators: what a chart shows, and what stands beside it. */
export const FIGURE_COLUMNS = [
  { title: "Mã chỉ tiêu", of: (row) => row.indicator_code },
  { title: "Chỉ tiêu", of: (row) => row.short_name },
  { title: "Địa bàn", of: (row) => row.area_name },
  { title: "Mã kỳ", of: (row) => row.period },
  { title: "Kỳ", of: (row) => row.period_name },
  { title: "Đánh giá", of: (row) => STATUSES[row.status]?.word },
  { title: "Lũy kế", of: (row) => figureCell(row.value, row) },
  { title: "Riêng trong kỳ", of: (row) => figureCell(row.value_in_period, row) },
  { title: "Đơn vị tính", of: (row) => row.unit },
  { title: "Mục tiêu", of: (row) => row.target_text },
  { title: "Mức cần đạt tại kỳ", of: (row) => row.pace_value },
  { title: "Tử số lũy kế", of: (row) => partCell(row.numerator, row) },
  { title: "Mẫu số lũy kế", of: (row) => partCell(row.denominator, row) },
  { title: "Tử số trong kỳ", of: (row) => partCell(row.numerator_in_period, row) },
  { title: "Mẫu số trong kỳ", of: (row) => partCell(row.denominator_in_period, row) },
  { title: "Nơi đã báo cáo", of: (row) => row.areas_reported },
  { title: "Nơi phải báo cáo", of: (row) => row.areas_expected },
  { title: "Số kỳ thiếu trong năm", of: (row) => row.periods_missing },
  { title: "Điểm cần kiểm tra", of: (row) => row.doubts ?? 0 },
];

/** A part of a value: a number, hidden, not reported, or nothing where the value has no such part. */
function partCell(part, row) {
  if (row.is_hidden || row.status === "not_reported") return figureCell(null, row);
  return part;
}
