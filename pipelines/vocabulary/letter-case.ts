/** `Phường, xã`: the first letter made a capital, at the start of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
}

/** `quý II năm 2024`: the first letter made small, within a sentence. */
export function inSentence(text: string): string {
  return text.charAt(0).toLocaleLowerCase("vi") + text.slice(1);
}

/** `duong pho` for `đường phố`: letters without their marks. */
export function withoutMarks(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** A word with its tone at its end, so that `hoà` and `hòa` are one; not for reading. */
export function toneLast(word: string): string {
  const parts = word.normalize("NFD");
  return parts.replace(TONES, "").normalize("NFC") + (parts.match(TONES) ?? []).join("");
}

/** `PHƯỜNG, XÃ`: capitals as Vietnamese writes them. */
export function capitals(text: string): string {
  return text.toLocaleUpperCase("vi");
}
