import type { Line, PublishedReport } from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { decimalText } from "../vocabulary/decimal.ts";

/** The value of a mark: an exact figure, a number in a cell of its own, or words. */
export type MarkValue = { readonly figure: string } | { readonly text: string };

/** A mark: `{{3.2b}}`, `{{3.2b.tu_so}}`, `{{3.2b.danh_gia@05974}}`, `{{ky}}`. */
export const MARK_PATTERN = /\{\{\s*([^{}]+?)\s*\}\}/g;

type Field = (line: Line) => string | null;

/** Fields of a figure; without one, the value to date. */
const FIGURES: Readonly<Record<string, Field>> = {
  gia_tri: ({ value_shown }) => value_shown,
  tu_so: ({ numerator }) => numerator,
  mau_so: ({ denominator }) => denominator,
  trong_ky: ({ value_in_period, value_in_period_shown }) =>
    value_in_period_shown ?? value_in_period,
  tu_so_trong_ky: ({ numerator_in_period }) => numerator_in_period,
  mau_so_trong_ky: ({ denominator_in_period }) => denominator_in_period,
  muc: ({ target_value }) => target_value,
  ky_truoc: ({ previous_value }) => previous_value,
  tang_giam: ({ change_from_previous }) => change_from_previous,
  cung_ky: ({ last_year_value }) => last_year_value,
};

/** Fields of the report. */
const WORDS: Readonly<Record<string, (report: PublishedReport) => string>> = {
  ky: ({ head }) => head.period_name,
  nam: ({ head }) => String(head.year),
  tu_ngay: ({ head }) => vietnameseDate(head.data_from),
  den_ngay: ({ head }) => vietnameseDate(head.data_to),
  ke_hoach: ({ head }) => wording.planNumber(head),
  thuc_hien: ({ head }) => head.carries_out ?? wording.planNumber(head),
  co_quan: ({ head }) => head.document_agency,
  kinh_gui: ({ head }) => head.document_addressed_to ?? "",
  so: ({ publication }) => publication.document.number ?? "",
  ngay: ({ publication }) =>
    publication.document.dated === null ? "" : vietnameseDate(publication.document.dated),
  tom_tat: (report) => under(report, "summary"),
  ket_qua: (report) => under(report, "achieved"),
  ton_tai: (report) => under(report, "shortcomings"),
  nguyen_nhan: (report) => under(report, "causes"),
  nhiem_vu: (report) => under(report, "tasks"),
  kien_nghi: (report) => under(report, "proposals"),
  ma_kiem_tra: ({ publication }) => publication.check_code,
};

function under({ texts }: PublishedReport, head: string): string {
  return texts
    .filter((one) => one.head === head)
    .map(({ text }) => text)
    .join(" ");
}

/** All known marks except codes, for messages. */
export const KNOWN_MARKS = [
  ...Object.keys(WORDS),
  ...["MÃ", ...Object.keys(FIGURES).map((field) => `MÃ.${field}`), "MÃ.danh_gia", "MÃ@ĐỊA_BÀN"],
].join(", ");

/**
 * The value of a mark: codes of the plan's indicators and measures, areas of the report; null for an
 * unknown mark.
 */
export function valueOfMark(report: PublishedReport, mark: string): MarkValue | null {
  const words = WORDS[mark];
  if (words !== undefined) return { text: words(report) };
  const [place = "", area = null] = mark.split("@");
  const item = report.items
    .filter(({ code }) => place === code || place.startsWith(`${code}.`))
    .sort((one, other) => other.code.length - one.code.length)[0];
  if (item === undefined) return null;
  const field = place.slice(item.code.length + 1) || "gia_tri";
  const line = report.lines.find(
    ({ section, code, area_id, area_code }) =>
      section === item.section &&
      code === item.code &&
      (area === null ? area_id === null : area_code === area),
  );
  if (line === undefined) return null;
  if (field === "danh_gia") return { text: wording.verdictText(line) };
  const read = FIGURES[field];
  if (read === undefined) return null;
  const figure = read(line);
  return figure === null ? { text: wording.markOf(line) ?? "" } : { figure };
}

/** A value within a text. */
export function textOfMark(value: MarkValue): string {
  return "text" in value ? value.text : decimalText(value.figure);
}
