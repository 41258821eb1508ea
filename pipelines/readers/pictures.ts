import { IN_PICTURES } from "./reader-wording.ts";

/** Fonts that show pictures in place of letters, and the letters that show an answer. */
const FONTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wingdings: { ü: "✓", þ: "☑", o: "☐", "¨": "☐", q: "☐", x: "☒", ý: "☒", û: "✗" },
  "wingdings 2": { P: "✓", R: "☑", O: "✗", Q: "☒", S: "☒", T: "☒", "£": "☐" },
  "wingdings 3": {},
  webdings: { a: "✓", r: "✗", c: "☐" },
  zapfdingbats: { "3": "✓", "4": "✓", "7": "✗", "8": "✗" },
};

/** Where programs keep the letters of such a font that have no letter of Unicode. */
const PRIVATE = 0xf000;

/** A text as it is seen in its font: signs in place of letters where the font has pictures. */
export function asPictures(text: string, font: string | null | undefined): string {
  const signs = FONTS[font?.toLowerCase() ?? ""];
  if (signs === undefined || text.trim() === "") return text;
  const letters = [...text].map((letter) => {
    const code = letter.charCodeAt(0);
    return code >> 8 === PRIVATE >> 8 ? String.fromCharCode(code - PRIVATE) : letter;
  });
  const seen = letters.map((letter) => (letter.trim() === "" ? letter : signs[letter]));
  return seen.includes(undefined) ? IN_PICTURES(font ?? "") : seen.join("");
}
