import { AREA_KINDS, type COMPARATORS } from "../vocabulary/words.ts";

/** How a target compares a figure with its number. */
export type TargetComparator = keyof typeof COMPARATORS;

/** Words beside a number, and the comparison that they mean. */
export type ComparingWords = readonly (readonly [words: RegExp, comparator: TargetComparator])[];

/** Right before a number; the longest come first. */
export const BEFORE: ComparingWords = [
  [/(?:không|chưa)\s+(?:(?:để|được|giảm)\s+)?(?:dưới|thấp\s+hơn|ít\s+hơn|nhỏ\s+hơn)$/iu, ">="],
  [
    /(?:không\s+(?:(?:để|được|có|còn|xảy\s+ra)\s+)?(?:quá|vượt(?:\s+quá)?|cao\s+hơn|nhiều\s+hơn|lớn\s+hơn)|tối\s+đa|(?:nhiều|cao)\s+nhất)$/iu,
    "<=",
  ],
  [/(?:(?:ít|thấp)\s+nhất|tối\s+thiểu)$/iu, ">="],
  [/(?:dưới|thấp\s+hơn|ít\s+hơn|nhỏ\s+hơn|(?:chưa|không)\s+(?:đến|tới))$/iu, "<"],
  [/(?:trên|cao\s+hơn|nhiều\s+hơn|lớn\s+hơn|vượt)$/iu, ">"],
  [/(?:xuống|giảm|chỉ)\s+còn$/iu, "<="],
];

/** Right after a number. */
export const AFTER: ComparingWords = [
  [/^\s*%?\s*(?:\p{L}+\s+){0,2}trở\s+lên/iu, ">="],
  [/^\s*%?\s*(?:\p{L}+\s+){0,2}trở\s+xuống/iu, "<="],
];

export const AREA_NOUN = `(?:${Object.values(AREA_KINDS).join("|")}|địa\\s+bàn|địa\\s+phương)`;
/** `10% ở các phường`, of one kind alone, and not of some of them: `ở các thành phố lớn`. */
export const AT_KIND = new RegExp(
  `^\\s*%?\\s*(?:ở|tại|đối\\s+với)\\s+(?:các\\s+)?(${Object.values(AREA_KINDS).join("|")})(?!\\p{L}|,\\s*${AREA_NOUN}|\\s+(?!(?:và|so|vào|đến|năm|trong|có|được|không|từ|trước|hằng|hàng)(?!\\p{L}))\\p{L})`,
  "iu",
);
