/** A text without what a hurried reader leaves out: capitals, marks, signs. */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replace(/[^\p{L}\p{N}.]+/gu, " ")
    .trim();
}
