import type { DocumentFacts, DocumentTexts } from "../contract/document.ts";
import type { Head } from "../contract/report.ts";
import { isCalendarDate, vietnameseDate } from "../vocabulary/date.ts";
import { signatureFault } from "../vocabulary/signature.ts";
import { type Blocker, blockIf } from "./blocker.ts";

/** What an operator gives of the document; the rest is filled in by hand. */
export type DocumentChoice = Partial<Omit<DocumentFacts, "replaces">> & {
  /** What the figures said when `texts` were written: where these begin with it, it goes on following the figures. */
  readonly filled?: DocumentTexts["heads"] | undefined;
};

/**
 * What blocks a choice for the document of a period's report, each with what to do.
 * @param today in office time
 */
export function documentBlockers(
  { number = null, dated = null, signature = [], signatory = null }: DocumentChoice,
  head: Head,
  today: string,
): Blocker[] {
  const ending = `/BC-${head.document_abbreviation}`;
  const fault = signature.length === 0 ? null : signatureFault(signature);
  return [
    ...blockIf(
      (number === null) !== (dated === null),
      "Số và ngày văn bản đi cùng nhau: ghi cả hai, hoặc để trống cả hai.",
    ),
    ...blockIf(
      number !== null && !isNumber(number, ending),
      `Số “${number}” không đúng dạng số báo cáo của cơ quan, như 05${ending}.`,
    ),
    ...(dated === null ? [] : dateBlockers(dated, head, today)),
    ...blockIf(
      fault !== null,
      `Thẩm quyền ký “${signature.join("; ")}” ${fault}: mỗi dòng TM., TL., TUQ., KT. theo thứ tự, dòng cuối là chức vụ người ký.`,
    ),
    ...blockIf(signatory !== null && signatory.trim() === "", "Họ tên người ký còn để trống."),
  ];
}

function dateBlockers(dated: string, head: Head, today: string): Blocker[] {
  if (!isCalendarDate(dated)) {
    return blockIf(true, `“${dated}” không phải là ngày.`);
  }
  return blockIf(
    dated > today || dated < head.data_from,
    `Ngày ${vietnameseDate(dated)} không nằm trong khoảng từ ${vietnameseDate(head.data_from)}, ngày đầu kỳ, đến hôm nay.`,
  );
}

/** Any abbreviation will do where the plan states none. */
function isNumber(number: string, ending: string): boolean {
  const [, count, rest = ""] = /^(\d+)(\/BC-\S+)$/.exec(number) ?? [];
  return count !== undefined && (ending === "/BC-…" || rest === ending);
}
