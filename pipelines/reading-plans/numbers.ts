/** A number in a sentence: as it is typed, what it is, and where it begins. */
export interface QuotedNumber {
  readonly typed: string;
  readonly value: string;
  readonly at: number;
}

/** The numbers of a sentence as Vietnamese writes them: `5.300`, `1,5`, `03`. */
export function numbersIn(text: string): QuotedNumber[] {
  const found = text.matchAll(/\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?/g);
  return [...found].map(({ 0: typed, index }) => ({
    typed,
    at: index,
    value: /^\d{1,3}(\.\d{3})+/.test(typed)
      ? typed.replaceAll(".", "").replace(",", ".")
      : typed.replace(",", "."),
  }));
}

/** How many zeros a word behind a number adds, and where it adds none: «triệu đồng» is a unit. */
const ZEROS: Readonly<Record<string, number>> = {
  nghìn: 3,
  ngàn: 3,
  vạn: 4,
  triệu: 6,
  tỷ: 9,
  tỉ: 9,
};
const MULTIPLE = /^\s*(nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\p{L})(?!\s+đồng)/iu;

/** The word that multiplies the number before it, and its zeros; none of each where there is none. */
export function multipleIn(after: string): { readonly typed: string; readonly zeros: number } {
  const [typed = "", word = ""] = MULTIPLE.exec(after) ?? [];
  return { typed, zeros: ZEROS[word.toLowerCase()] ?? 0 };
}
