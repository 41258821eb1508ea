/** `Phường, xã`: the first letter made a capital, at the start of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
}

/** `quý II năm 2024`: the first letter made small, within a sentence. */
export function inSentence(text: string): string {
  return text.charAt(0).toLocaleLowerCase("vi") + text.slice(1);
}

/** `PHƯỜNG, XÃ`: capitals as Vietnamese writes them. */
export function capitals(text: string): string {
  return text.toLocaleUpperCase("vi");
}
