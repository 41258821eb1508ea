import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { CHECK_CODES, PROBLEMS } from "../vocabulary/words.ts";

export type ProblemCode = keyof typeof PROBLEMS;

/** A kind of which a file can have more problems than are listed: one that a check finds. */
export type ListedCode = (typeof CHECK_CODES)[number];

interface ListedWords {
  readonly severity: Problem["severity"];
  /** What several problems of the kind are called together. */
  readonly word: string;
  readonly found: string;
  readonly remedy: string;
}

/** A code of a check that has no words is an error of types here. */
export const LISTED: Readonly<Record<ListedCode, ListedWords>> = PROBLEMS;

/** The order in which problems of one row are reported. */
export const ORDER = Object.keys(PROBLEMS).filter((code): code is ListedCode =>
  CHECK_CODES.some((one) => one === code),
);

/**
 * The Vietnamese words for a problem, with what came from outside made safe to print.
 * @throws RangeError when a word in braces has no value.
 */
export function word(
  code: ProblemCode,
  values: Readonly<Record<string, string>> = {},
): { found: string; remedy: string } {
  const { found, remedy } = PROBLEMS[code];
  const fill = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`no value for {${name}} in wording ${code}`);
      return shownText(value);
    });
  return { found: fill(found), remedy: fill(remedy) };
}

/** A problem of a file, in its words. @throws RangeError as `word` does */
export function problemOf(
  code: ProblemCode,
  file: string,
  values?: Readonly<Record<string, string>>,
  {
    severity = PROBLEMS[code].severity,
    ...place
  }: Partial<Pick<Problem, "severity" | "sheet" | "cell" | "line" | "about">> = {},
): Problem {
  return { severity, code, file, ...place, ...word(code, values) };
}

/** Further places that are listed one by one; of the rest only the number. */
const MAX_PLACES = 20;

/** The further places of a problem. */
export function furtherPlaces(problems: readonly Problem[]): string {
  const places = problems
    .slice(0, MAX_PLACES)
    .map(({ sheet, cell, line }) =>
      cell === undefined ? `dòng ${line}` : `${sheet === undefined ? "mục" : "ô"} ${cell}`,
    );
  const more = problems.length - places.length;
  const rest = more > 0 ? ` và ${more} chỗ khác` : "";
  return `Cũng ghi như vậy: ${places.join(", ")}${rest}.`;
}

/** What lines of a text file that cannot be read are called together. */
export const UNREADABLE_LINES = "dòng không đúng số cột hoặc dấu ngoặc kép";

/** What a number has to look like; `{}` is filled in by SQL. */
export const NUMBER_WORDS = {
  whole: "số này phải là số nguyên",
  decimals: "số này chỉ được có tối đa {} chữ số thập phân",
} as const;

/** The place of a percentage; `{}` is filled in by SQL. */
export const PERCENTAGE_WORDS = {
  note: "Ghi chú của số liệu “{}”",
  measure: "Số liệu “{}”",
} as const;

/** Stands in a problem for words of a file that may be about a person. */
export const NOT_QUOTED = "(chữ có thể nói về một người, không chép lại)";

/** Says which words of a form went nowhere. */
export const unreadWords = (places: string): string =>
  `Phần chữ ghi ngoài các ô của biểu không đưa vào báo cáo: ${places}. Ý kiến thuyết minh thì ghi vào cột Ghi chú hoặc phần nhận xét của biểu.`;

/** Words for places and areas that the checks put together; `{}` is filled in by SQL. */
export const PLACE_WORDS = {
  cell: "trang tính “{}”, ô {}",
  line: "dòng {}",
  path: "dòng {}, mục {}",
  area: " của {}",
  validFrom: "từ ngày {}",
  validTo: "đến hết ngày {}",
  became: "(nay là {})",
} as const;

/** Words of the reply that goes back to the sender of a refused or doubtful file. */
export const REPLY = {
  refused: {
    title: "PHIẾU TRẢ LẠI TỆP SỐ LIỆU",
    verdict: (count: number): string =>
      `Tệp không được tiếp nhận vì có ${count} nội dung cần sửa. Chưa có số liệu nào trong tệp được ghi nhận.`,
    closing: "Đề nghị đơn vị sửa các nội dung trên và gửi lại cả tệp.",
  },
  accepted: {
    title: "PHIẾU ĐỀ NGHỊ KIỂM TRA LẠI SỐ LIỆU",
    verdict: (count: number): string =>
      `Tệp đã được tiếp nhận; có ${count} nội dung đề nghị kiểm tra lại.`,
    closing:
      "Nếu số liệu sai, đề nghị đơn vị sửa và gửi lại cả tệp; nếu đúng, đề nghị cho biết lý do.",
  },
  opened: {
    title: "PHIẾU BÁO VỀ TỆP NÉN, THƯ CÓ BIỂU KÈM THEO",
    verdict: (count: number): string =>
      `Tệp đã được mở, từng biểu trong tệp được tiếp nhận riêng; có ${count} nội dung cần lưu ý.`,
    closing: "Biểu nào có nội dung cần sửa hoặc kiểm tra lại thì có phiếu riêng theo tên của biểu.",
  },
  file: "Tệp",
  receivedAt: "Thời điểm nhận",
  receiptNo: "Số tiếp nhận",
  marked: (name: string): string =>
    `Các ô nêu trên đã được tô màu và ghi chú trong tệp “${name}” kèm theo; có thể sửa ngay trên tệp đó rồi gửi lại.`,
  found: "Nội dung",
  remedy: "Cách sửa",
  sheet: "Trang tính",
  cell: "ô",
  line: "Dòng",
  path: "mục",
} as const;

/** How the comments begin that are put into a copy of the sender's workbook. */
export const MARKS = {
  error: "CẦN SỬA:",
  doubt: "CẦN KIỂM TRA LẠI:",
  remedy: "Cách sửa",
} as const;
