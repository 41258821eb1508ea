import {
  ALSO_WORDS,
  MIDDLES,
  NAMESAKES,
  NO_NAMES,
  PEOPLES_MIDDLES,
  PLAIN_MIDDLES,
  SURNAMES,
  TELLING_SURNAMES,
} from "./names.ts";
import { CALLS, LABELS, ONE_PERSON, ROLES } from "./personal-labels.ts";
import { Phrases, plainOf, type SpokenText, spoken, type Token } from "./spoken-text.ts";
import { ADDRESS_PARTS, PLACE_WORDS } from "./work-words.ts";

/** A name that stands in a text: from one token up to another, and how surely it is one. */
export interface FoundName {
  readonly start: number;
  readonly end: number;
  /** `weak`: two capitals, or one behind a word that calls a person. */
  readonly strength: "strong" | "medium" | "weak";
}

const PLACES = new Phrases(PLACE_WORDS, ADDRESS_PARTS);
const NAMED_AFTER = new Phrases(NAMESAKES.join(","));
const NOT_NAMES = new Phrases(NO_NAMES.join(","));
const CALLING = new Phrases(CALLS);
const ONE = new Phrases(ONE_PERSON);
const NAME_LABELS = new Phrases(LABELS.name);
const ROLE_WORDS = new Phrases(ROLES, PLACE_WORDS);

/** A set of words, as keys of accented texts and as plain words of others. */
class Words {
  private readonly keys: ReadonlySet<string>;
  private readonly plain: ReadonlySet<string>;
  constructor(words: ReadonlySet<string>) {
    this.keys = new Set([...words].flatMap((word) => spoken(word).tokens.map(({ key }) => key)));
    this.plain = new Set([...words].map(plainOf));
  }
  has(token: Token | undefined, { isPlain }: SpokenText): boolean {
    if (token === undefined || token.kind !== "word") return false;
    return isPlain ? this.plain.has(token.plain) : this.keys.has(token.key);
  }
}

const FAMILY = new Words(SURNAMES);
const TELLING = new Words(TELLING_SURNAMES);
const ALSO_WORD = new Words(ALSO_WORDS);
const MIDDLE = new Words(MIDDLES);
const PLAIN_MIDDLE = new Words(PLAIN_MIDDLES);
const PEOPLES_MIDDLE = new Words(PEOPLES_MIDDLES);
const NGUYEN = new Words(new Set(["nguyễn"]));
/** Without accents and in small letters these are still no other words. */
const ALWAYS_TELLING = new Set(
  "nguyen tran pham hoang huynh trieu nong giang sung phung trinh le luong".split(" "),
);

const MOST_SYLLABLES = 5;

function isCapital(token: Token | undefined): token is Token {
  return token?.kind === "word" && /^\p{Lu}/u.test(token.text);
}

/** How many words from a place on begin with capitals and have nothing but blanks between them. */
function capitalRun({ tokens }: SpokenText, start: number): number {
  let length = 0;
  while (length < 8 && isCapital(tokens[start + length])) {
    if (length > 0 && tokens[start + length]?.isApart !== true) break;
    length += 1;
  }
  return length;
}

function wordRun({ tokens }: SpokenText, start: number): number {
  let length = 0;
  while (length < 8 && tokens[start + length]?.kind === "word") length += 1;
  return length;
}

/** The names in a text. */
export function namesIn(text: SpokenText): FoundName[] {
  const found: FoundName[] = [];
  for (let index = 0; index < text.tokens.length; index += 1) {
    const passed = namesakeAt(text, index);
    if (passed > 0) {
      index += passed - 1;
      continue;
    }
    const name = labelledName(text, index) ?? nameAt(text, index) ?? calledName(text, index);
    if (name === null) continue;
    found.push(name);
    index = Math.max(index, name.end - 1);
  }
  return found;
}

function namesakeAt(text: SpokenText, index: number): number {
  if (!isCapital(text.tokens[index])) return 0;
  return Math.max(NAMED_AFTER.at(text, index), NOT_NAMES.at(text, index));
}

function nameAt(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const first = tokens[index];
  if (!FAMILY.has(first, text)) return null;
  return isCapital(first) ? capitalName(text, index) : smallName(text, index);
}

function capitalName(text: SpokenText, index: number): FoundName | null {
  const { tokens, isShouted } = text;
  const run = capitalRun(text, index);
  const length = Math.min(run, MOST_SYLLABLES);
  if (length < 2 || PLACES.endsAt(text, index)) return null;
  const second = tokens[index + 1];
  const hasPeoples = PEOPLES_MIDDLE.has(second, text);
  const isStrong =
    length >= 3 && (hasPeoples || (MIDDLE.has(second, text) && TELLING.has(tokens[index], text)));
  const before = tokens[index - 1];
  const isWithin =
    isCapital(before) &&
    tokens[index]?.isApart === true &&
    !CALLING.endsAt(text, index) &&
    !NAME_LABELS.endsAt(text, index) &&
    !ONE.endsAt(text, index);
  if (isWithin && !(isStrong && PLAIN_MIDDLE.has(second, text))) return null;
  const end = index + Math.min(length, isShouted ? 4 : MOST_SYLLABLES);
  const isNguyen = NGUYEN.has(tokens[index], text);
  if ((isStrong && run <= (isShouted ? 12 : 6)) || (isNguyen && run <= 6)) {
    return { start: index, end, strength: "strong" };
  }
  // in a line of capitals every word begins with one
  if (isShouted && (tokens.length > length + 1 || !MIDDLE.has(second, text))) return null;
  if (run > 4) return null;
  return { start: index, end, strength: run >= 3 ? "medium" : "weak" };
}

function smallName(text: SpokenText, index: number): FoundName | null {
  const { tokens, isPlain } = text;
  const first = tokens[index];
  const length = Math.min(wordRun(text, index), 4);
  if (first === undefined || length < 3 || !TELLING.has(first, text)) return null;
  if (!PLAIN_MIDDLE.has(tokens[index + 1], text) || PLACES.endsAt(text, index)) return null;
  const isWhole = index === 0 && tokens.filter(({ kind }) => kind === "word").length <= 4;
  if (!isWhole && ALSO_WORD.has(first, text)) return null;
  if (isPlain && !isWhole && !ALWAYS_TELLING.has(first.plain)) return null;
  return { start: index, end: index + length, strength: "medium" };
}

/** «Họ và tên: triệu thị xoan», «tên là Mạnh». */
function labelledName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const length = NAME_LABELS.at(text, index);
  if (length === 0) return null;
  let at = index + length;
  const isMarked = /^[:=]$/.test(tokens[at]?.text ?? "");
  if (isMarked) at += 1;
  if (NAMED_AFTER.at(text, at) > 0 || NOT_NAMES.at(text, at) > 0) return null;
  const run = wordRun(text, at);
  const isWhole = length >= 2 || isMarked;
  if (run >= 2 && run <= MOST_SYLLABLES && FAMILY.has(tokens[at], text) && isWhole) {
    const isName = isMarked || isCapital(tokens[at + 1]) || PLAIN_MIDDLE.has(tokens[at + 1], text);
    if (isName) return { start: at, end: at + run, strength: "strong" };
  }
  return null;
}

/** «anh Tuấn», «a. Tuấn», «chị Hiền», «tên Mạnh». */
function calledName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const called = tokens[index];
  if (called === undefined || called.kind !== "word") return null;
  const isTold = called.key === spoken("tên").tokens[0]?.key && !isCapital(called);
  let length = CALLING.at(text, index);
  if (length === 0 && !isTold) return null;
  length = Math.max(length, 1);
  let at = index + length;
  const hasDot = tokens[at]?.text === ".";
  if (called.text.length === 1 && length === 1 && !hasDot) return null;
  if (hasDot && called.text.length > 1 && !/^m/i.test(called.text)) return null;
  if (hasDot) at += 1;
  const given = tokens[at];
  if (!isCapital(given) || (given.text.length < 2 && given.text !== "Ý")) return null;
  if (text.isShouted || given.text === given.text.toUpperCase()) return null;
  if (PLACES.endsAt(text, index) || ROLE_WORDS.at(text, at) > 0) return null;
  if (NAMED_AFTER.at(text, index) > 0 || NAMED_AFTER.at(text, at) > 0) return null;
  if (NOT_NAMES.at(text, at) > 0) return null;
  // a word of the work within a sentence is rarely written with a capital, one at its head is
  return { start: index, end: at + 1, strength: capitalRun(text, at) >= 2 ? "medium" : "weak" };
}

const INITIALS = /(?<![\p{L}\p{N}.])(?:\p{Lu}\p{Ll}?\. ?){1,3}\p{Lu}\p{Ll}?\.?(?![\p{L}\p{N}])/u;
const NO_INITIALS =
  /(?<![\p{L}.])(?:T\.? ?P|T\.? ?W|T\.? ?Ư|P\.? ?V|U\.B|H\.Đ|Q\.?Đ|C\.?V|[IVX]+\.[\dIVX])\b/u;

/** Whether somebody is named by initials, «N.T.H». */
export function hasInitials({ text }: SpokenText): boolean {
  return INITIALS.test(text) && !NO_INITIALS.test(text);
}

/** Whether a text is a name and nothing else. */
export function isNameAlone(text: SpokenText): boolean {
  const words = text.tokens.filter(({ kind }) => kind === "word");
  if (words.length < 2 || words.length > MOST_SYLLABLES || words.length < text.tokens.length) {
    return false;
  }
  const [name] = namesIn(text);
  return name !== undefined && name.start === 0 && name.end === text.tokens.length;
}
