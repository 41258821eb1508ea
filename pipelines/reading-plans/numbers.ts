/** A number in a sentence: as it is typed, what it is, and where it begins. */
export interface QuotedNumber {
  readonly typed: string;
  readonly value: string;
  readonly at: number;
}

const ONES: Readonly<Record<string, number>> = {
  ...{ một: 1, mốt: 1, hai: 2, ba: 3, bốn: 4, tư: 4, lăm: 5 },
  ...{ sáu: 6, bảy: 7, tám: 8, chín: 9 },
};
/** Words for small numbers, where nothing else can be meant. */
export const WORDS: Readonly<Record<string, number>> = {
  ...ONES,
  năm: 5,
  mười: 10,
  đôi: 2,
  rưỡi: 1.5,
};
const ONE = `(?:${Object.keys(ONES).join("|")})`;
/** «mười năm» are ten years. */
const TENS = String.raw`(?:(?:${ONE}|năm)\s+mươi(?:\s+${ONE}(?!\p{L}|\s+(?:trăm|nghìn)))?|mười\s+${ONE})`;
/** Numbers of two words and more: «chín mươi bảy», «ba trăm»; one word alone may be another thing. */
const WORDED = String.raw`(?<!\p{L})(?:(?:${ONE}|năm)\s+trăm(?:\s+(?:linh|lẻ)\s+(?:${ONE}|năm)|\s+${TENS}|\s+mười)?|${TENS})(?!\p{L})`;
const NUMBERS = new RegExp(
  String.raw`\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?|${WORDED}`,
  "giu",
);

/** The numbers of a sentence as Vietnamese writes them: `5.300`, `1,5`, `03`, `chín mươi bảy`. */
export function numbersIn(text: string): QuotedNumber[] {
  return [...text.matchAll(NUMBERS)].map(({ 0: typed, index }) => ({
    typed,
    at: index,
    value: /^\d{1,3}(\.\d{3})+/.test(typed)
      ? typed.replaceAll(".", "").replace(",", ".")
      : /^\d/.test(typed)
        ? typed.replace(",", ".")
        : worded(typed),
  }));
}

function worded(typed: string): string {
  let [value, last] = [0, 0];
  for (const word of typed.toLocaleLowerCase("vi").split(/\s+/u)) {
    if (word === "trăm") [value, last] = [last * 100, 0];
    else if (word === "mươi") [value, last] = [value + last * 10, 0];
    else if (word === "mười") value += 10;
    else last = WORDS[word] ?? last;
  }
  return String(value + last);
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
