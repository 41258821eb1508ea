import iconv from "iconv-lite";
import { ANSWERS } from "../vocabulary/words.ts";
import {
  freeTextsOf,
  type RawDocument,
  type RawReading,
  type RawSubmission,
} from "./raw-document.ts";
import { wordsBeyondAscii } from "./syllable.ts";
import { decodeLegacy, detectLegacy, evidenceOf, type LegacyEncoding } from "./text-encoding.ts";

/**
 * Encodings that live on in workbooks: the bytes that an old font shows as Vietnamese are there as
 * letters of windows-1252, `Kh«ng` and `Khoâng` for «Không».
 */
const OLD_ENCODINGS = ["TCVN3", "VNI"] as const satisfies readonly LegacyEncoding[];

/** The answers by which an old encoding is recognised: those with a letter of Vietnamese. */
const TELLING_ANSWERS = new Set(
  Object.values(ANSWERS)
    .flatMap(({ word, also }) => [word, ...also])
    .map(small),
);
/** Of the words read in the right encoding, nearly all are Vietnamese, and clearly more than in others. */
const LEAST_SHARE = 0.75;
const LEAST_LEAD = 0.3;

interface OldReading {
  readonly encoding: LegacyEncoding;
  readonly text: string;
}

/**
 * Reads what was typed into a workbook for an old font, or converted to one. A value is taken so only
 * where that makes an answer of it, such as «Có»; any other text where it is clearly more Vietnamese then
 * than as written. The encoding has to be the same in the whole workbook.
 */
export function readOldTexts(document: RawDocument): RawDocument {
  const { readings, submissions, seen } = document;
  const labels: string[] = [];
  mapTexts(seen, (text) => {
    labels.push(text);
    return text;
  });
  const values = new Set(readings.map(({ value }) => value));
  const shown = [
    ...[...values].map((value) => answersOf(value).map(({ encoding }) => encoding)),
    ...[...freeTextsOf(document), ...labels].map((text) =>
      isEvidence(text) ? encodingsOf(text) : [],
    ),
  ];
  const found = new Set(shown.flatMap((encodings) => (encodings.length === 1 ? encodings : [])));
  const [encoding, other] = found;
  if (encoding === undefined || other !== undefined) return document;
  const readValue = (text: string): string =>
    answersOf(text).find((one) => one.encoding === encoding)?.text ?? text;
  const readNote = (text: string): string =>
    encodingsOf(text).includes(encoding) ? (oldReading(text, encoding) ?? text) : text;
  // where most labels are old, a short one is that may be a word as written: «Ghi chó»
  const telling = labels.filter(isEvidence);
  const old = telling.filter((text) => encodingsOf(text).includes(encoding));
  const readLabel = (text: string): string => {
    const read = 2 * old.length > telling.length ? oldReading(text, encoding) : null;
    const isRead = read !== null && evidenceOf(read).share >= evidenceOf(text).share;
    return isRead ? read : readNote(text);
  };
  const readRemarks = (remarks: RawSubmission["remarks"]): RawSubmission["remarks"] =>
    Object.fromEntries(Object.entries(remarks).map(([head, remark]) => [head, readNote(remark)]));
  return {
    ...document,
    encoding,
    seen: mapTexts(seen, readLabel),
    submissions: submissions.map((one) => ({ ...one, remarks: readRemarks(one.remarks) })),
    readings: readings.map(
      (one): RawReading => ({ ...one, value: readValue(one.value), note: readNote(one.note) }),
    ),
  };
}

/** What was seen, with its texts changed. */
function mapTexts<T>(of: T, change: (text: string) => string): T {
  if (Array.isArray(of)) return of.map((one) => mapTexts(one, change)) as T;
  if (typeof of !== "object" || of === null || of instanceof Map) return of;
  const entries = Object.entries(of).map(([name, value]) => [
    name,
    name === "text" && typeof value === "string" ? change(value) : mapTexts(value, change),
  ]);
  return Object.fromEntries(entries) as T;
}

/** One word alone may look like Vietnamese by chance. */
function isEvidence(note: string): boolean {
  return evidenceOf(note).words > 1;
}

/** Whether a text is the given answer, in Unicode or as an old font shows it. */
export function isAnswerText(text: string, answer: string): boolean {
  return [text, ...oldReadings(text).map((one) => one.text)].some(
    (one) => small(one) === small(answer),
  );
}

/** The encodings in which a text is clearly more Vietnamese than as written. */
function encodingsOf(text: string): LegacyEncoding[] {
  const readings = oldReadings(text);
  const asWritten = readings.length === 0 ? { words: 0, share: 0 } : evidenceOf(text);
  if (asWritten.words === 0) return [];
  const least = Math.max(LEAST_SHARE, asWritten.share + LEAST_LEAD);
  return readings
    .filter((one) => evidenceOf(one.text).share >= least)
    .map(({ encoding }) => encoding);
}

/** The answers that a value can be in an old encoding and is not as written. */
function answersOf(value: string): OldReading[] {
  if (TELLING_ANSWERS.has(small(value))) return [];
  return oldReadings(value).filter(({ text }) => TELLING_ANSWERS.has(small(text)));
}

function oldReadings(text: string): OldReading[] {
  return OLD_ENCODINGS.flatMap((encoding) => {
    const read = oldReading(text, encoding);
    return read === null ? [] : [{ encoding, text: read }];
  });
}

/**
 * The bytes of a text of UTF-8 that was typed for an old font, of which their encoding is found as of a
 * file that was saved in it; null of any other.
 */
export function oldBytes(text: string): Buffer | null {
  const words = wordsBeyondAscii(text).join(" ");
  const bytes = iconv.encode(words, "windows-1252");
  if (words === "" || iconv.decode(bytes, "windows-1252") !== words) return null;
  const { encoding } = detectLegacy(bytes);
  if (encoding === null || encoding === "windows-1258") return null;
  const [asWritten, read] = [evidenceOf(words), evidenceOf(decodeLegacy(bytes, encoding))];
  const isOld =
    read.share >= asWritten.share + LEAST_LEAD ||
    read.answerShare >= asWritten.answerShare + LEAST_LEAD;
  const whole = iconv.encode(text, "windows-1252");
  return isOld && iconv.decode(whole, "windows-1252") === text ? whole : null;
}

/** Null where the text has other letters than windows-1252, or none beyond ASCII. */
function oldReading(text: string, encoding: LegacyEncoding): string | null {
  if (!/[^\0-\u007f]/.test(text)) return null;
  const bytes = iconv.encode(text, "windows-1252");
  if (iconv.decode(bytes, "windows-1252") !== text) return null;
  const read = decodeLegacy(bytes, encoding).trim();
  return read.includes("\ufffd") ? null : read;
}

function small(text: string): string {
  return text.normalize("NFC").toLocaleLowerCase("vi").trim();
}
