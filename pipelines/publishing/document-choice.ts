import type { DocumentFacts } from "../contract/document.ts";
import type { Head } from "../contract/report.ts";
import { isCalendarDate, vietnameseDate } from "../vocabulary/date.ts";
import { signatureFault } from "../vocabulary/signature.ts";
import type { Objection } from "./objection-text.ts";

/** What an operator says of the document; the rest is left to be filled in by hand. */
export type DocumentChoice = Partial<Omit<DocumentFacts, "replaces">>;

/**
 * What stands against a choice for the document of a period's report, each with what to do.
 * @param today in office time
 */
export function objectionsToDocument(
  { number = null, dated = null, signature = [], signatory = null }: DocumentChoice,
  head: Head,
  today: string,
): Objection[] {
  const ending = `/BC-${head.document_abbreviation}`;
  const fault = signature.length === 0 ? null : signatureFault(signature);
  return [
    ...((number === null) === (dated === null)
      ? []
      : [
          {
            said: "A number and a date go together: give both --number and --dated, or neither.",
            told: "Số và ngày văn bản đi cùng nhau: ghi cả hai, hoặc để trống cả hai.",
          },
        ]),
    ...(number === null || isNumber(number, ending)
      ? []
      : [
          {
            said: `${number} is no number of this office's reports, which are like 05${ending}.`,
            told: `Số “${number}” không đúng dạng số báo cáo của cơ quan, như 05${ending}.`,
          },
        ]),
    ...(dated === null || isCalendarDate(dated)
      ? []
      : [
          {
            said: `${dated} is no date: write it like 2024-06-05.`,
            told: `“${dated}” không phải là ngày.`,
          },
        ]),
    ...(dated !== null && isCalendarDate(dated) && (dated > today || dated < head.data_from)
      ? [
          {
            said: `${dated} does not lie between ${head.data_from}, when the period begins, and today.`,
            told: `Ngày ${vietnameseDate(dated)} không nằm trong khoảng từ ${vietnameseDate(head.data_from)}, ngày đầu kỳ, đến hôm nay.`,
          },
        ]
      : []),
    ...(fault === null
      ? []
      : [
          {
            said: `The signature "${signature.join("; ")}" ${fault}.`,
            told: `Thẩm quyền ký “${signature.join("; ")}” chưa đúng: mỗi dòng TM., TL., TUQ., KT. theo thứ tự, dòng cuối là chức vụ người ký.`,
          },
        ]),
    ...(signatory !== null && signatory.trim() === ""
      ? [{ said: "The name of who signs is empty.", told: "Họ tên người ký còn để trống." }]
      : []),
  ];
}

/** Where the plan does not say how the office is abbreviated, any way will do. */
function isNumber(number: string, ending: string): boolean {
  const [, count, rest = ""] = /^(\d+)(\/BC-\S+)$/.exec(number) ?? [];
  return count !== undefined && (ending === "/BC-…" || rest === ending);
}
