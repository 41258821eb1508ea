/** `quý II năm 2024`: the first letter made small, within a sentence. */
export function inSentence(text: string): string {
  return text.slice(0, 1).toLocaleLowerCase("vi") + text.slice(1);
}

/** `Phường, xã`: the first letter made a capital, at the start of a heading. */
export function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase("vi") + text.slice(1);
}
