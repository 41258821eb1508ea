/**
 * VNI for Windows, an encoding of Vietnamese with one byte for a letter and one more for most of its
 * marks, which stands after it: `Khoâng` for «Không». Bytes as windows-1252 shows them.
 */
const TONES: Readonly<Record<string, string>> = {
  ù: "\u0301",
  ø: "\u0300",
  û: "\u0309",
  õ: "\u0303",
  ï: "\u0323",
};
const CIRCUMFLEX: Readonly<Record<string, string>> = {
  â: "\u0302",
  á: "\u0302\u0301",
  à: "\u0302\u0300",
  å: "\u0302\u0309",
  ã: "\u0302\u0303",
  ä: "\u0302\u0323",
};
const BREVE: Readonly<Record<string, string>> = {
  ê: "\u0306",
  é: "\u0306\u0301",
  è: "\u0306\u0300",
  ú: "\u0306\u0309",
  ü: "\u0306\u0303",
  ë: "\u0306\u0323",
};

/** Marks that each letter may bear. */
const MARKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { ...TONES, ...CIRCUMFLEX, ...BREVE },
  e: { ...TONES, ...CIRCUMFLEX },
  o: { ...TONES, ...CIRCUMFLEX },
  u: TONES,
  y: TONES,
  ô: TONES,
  ö: TONES,
};

/** Letters that are one byte with all their marks. */
const LETTERS: Readonly<Record<string, string>> = {
  ô: "ơ",
  ö: "ư",
  ñ: "đ",
  í: "í",
  ì: "ì",
  æ: "ỉ",
  ó: "ĩ",
  ò: "ị",
  î: "ỵ",
};

const PAIR_OR_LETTER = /([aeouyôö])([ùøûõïâáàåãäêéèúüë])?|[\u00c0-\u00ff]/gi;
const UNKNOWN = "\ufffd";

/** Reads VNI text that was taken for windows-1252. What is no VNI becomes U+FFFD. */
export function decodeVni(text: string): string {
  return text
    .replace(PAIR_OR_LETTER, (whole: string, base?: string, mark?: string) => {
      if (base === undefined) return letter(whole) ?? UNKNOWN;
      const plain = letter(base) ?? base;
      if (mark === undefined) return plain;
      return plain + (MARKS[base.toLowerCase()]?.[mark.toLowerCase()] ?? UNKNOWN);
    })
    .normalize("NFC");
}

function letter(byte: string): string | undefined {
  const lower = byte.toLowerCase();
  const found = LETTERS[lower];
  return found !== undefined && lower !== byte ? found.toUpperCase() : found;
}
