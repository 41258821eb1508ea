import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { isAnswer, isSyllable, wordsBeyondAscii } from "./syllable.ts";
import { decodeVni } from "./vni.ts";

/** How the bytes of a text file are read. */
export type TextEncoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | LegacyEncoding;

/** An encoding that nothing in the bytes declares. */
export type LegacyEncoding = "windows-1258" | "TCVN3" | "VNI";

export const LEGACY_ENCODINGS: readonly LegacyEncoding[] = ["windows-1258", "TCVN3", "VNI"];

/** Reads whole lines of bytes. What the encoding does not have becomes U+FFFD. */
export function decodeLegacy(bytes: Buffer, encoding: LegacyEncoding): string {
  switch (encoding) {
    case "windows-1258":
      return iconv.decode(bytes, "windows-1258").normalize("NFC");
    case "TCVN3":
      return iconv.decode(bytes, "tcvn").normalize("NFC");
    case "VNI":
      return decodeVni(iconv.decode(bytes, "windows-1252"));
  }
}

/** How much of a text is Vietnamese, by its words that have letters beyond ASCII. */
export interface Evidence {
  readonly words: number;
  /** Share of them that are syllables of Vietnamese, and that belong to answers. */
  readonly share: number;
  readonly answerShare: number;
}

export function evidenceOf(text: string): Evidence {
  const words = wordsBeyondAscii(text);
  const share = (test: (word: string) => boolean): number =>
    words.length === 0 ? 0 : words.filter(test).length / words.length;
  return { words: words.length, share: share(isSyllable), answerShare: share(isAnswer) };
}

/** What is known of a text's encoding: the one that it has, several that it could have, or none. */
export type Detection =
  | { readonly encoding: LegacyEncoding }
  | { readonly encoding: null; readonly candidates: readonly LegacyEncoding[] };

/** Of the words read in the right encoding, nearly all are Vietnamese. */
const LEAST_SHARE = 0.75;
/** Read in a wrong encoding, a text has much fewer Vietnamese words. */
const LEAST_LEAD = 0.2;

/**
 * Finds the encoding of a text that is not UTF-8, by how much of it is Vietnamese in each. Two that
 * give the same text are as good as one.
 */
export function detectLegacy(sample: Buffer): Detection {
  const read = LEGACY_ENCODINGS.map((encoding) => {
    const text = decodeLegacy(sample, encoding);
    return { encoding, text, ...evidenceOf(text) };
  }).sort((a, b) => b.share - a.share || b.answerShare - a.answerShare);
  const [best, ...others] = read;
  if (best === undefined || best.share < LEAST_SHARE) return { encoding: null, candidates: [] };
  const rivals = others.filter(
    ({ share, answerShare, text }) =>
      share > best.share - LEAST_LEAD &&
      answerShare > best.answerShare - LEAST_LEAD &&
      text !== best.text,
  );
  if (rivals.length === 0) return { encoding: best.encoding };
  return { encoding: null, candidates: [best, ...rivals].map(({ encoding }) => encoding) };
}

/** Recognises UTF-16 by its mark, or by the zero beside every plain letter. */
export function detectUtf16(head: Buffer): "UTF-16LE" | "UTF-16BE" | null {
  const mark = head.subarray(0, 2).toString("hex");
  if (mark === "fffe") return "UTF-16LE";
  if (mark === "feff") return "UTF-16BE";
  const start = head.subarray(0, 512);
  const zeros = [0, 1].map((parity) => start.filter((byte, at) => at % 2 === parity && byte === 0));
  const [even = start, odd = start] = zeros;
  const half = start.length / 2;
  if (start.length >= 4 && odd.length > half * 0.7 && even.length === 0) return "UTF-16LE";
  if (start.length >= 4 && even.length > half * 0.7 && odd.length === 0) return "UTF-16BE";
  return null;
}

/** Whether the beginning of a file, which may end within a letter, is UTF-8. */
export function isUtf8Head(head: Buffer): boolean {
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))));
}
