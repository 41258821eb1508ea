import { remembering } from "../vocabulary/remembering.ts";
import {
  BARE_MOMENT,
  BIRTH_YEAR,
  DATE,
  IDENTIFIERS,
  LAST_BIRTH_YEAR,
  LAST_CERTAIN_YEAR,
  MOMENTS,
  NUMBER_SHAPES,
  type NumberShape,
  PARTING,
} from "./number-shapes.ts";
import {
  type FoundName,
  hasInitials,
  isGraveOfSomebody,
  isWhole,
  namesIn,
} from "./person-names.ts";
import type { Certainty, PersonalKind, PersonalSign } from "./personal-kind.ts";
import {
  BEFALLS,
  KIN_WORDS,
  LABELS,
  MISDEEDS,
  OFFICE_HOLDERS,
  OFFICES_OF_ONE,
  ONE_ALONE,
  ONE_PERSON,
  OWNERS,
  PUPILS,
  SINGLE_PERSON,
} from "./personal-labels.ts";
import { Phrases, type SpokenText, spoken } from "./spoken-text.ts";
import {
  ADDRESS_PARTS,
  BEFORE_SINH,
  COUNTED,
  DOCUMENT_WORDS,
  MANY,
  OFFICE_MAILBOXES,
  OFFICE_WORDS,
} from "./work-words.ts";

const LABEL = Object.fromEntries(
  Object.entries(LABELS).map(([kind, phrases]) => [kind, new Phrases(phrases)]),
) as Readonly<Record<PersonalKind, Phrases>>;
const OFFICES = new Phrases(OFFICE_WORDS);
const DOCUMENTS = new Phrases(DOCUMENT_WORDS);
const COUNTS = new Phrases(COUNTED);
const GROUPS = new Phrases(MANY);
const OTHER_SINH = new Phrases(BEFORE_SINH);
const ONE = new Phrases(ONE_PERSON);
const PARTS_OF_ADDRESS = new Phrases(ADDRESS_PARTS);
const MAILBOXES = new Set(OFFICE_MAILBOXES.split(/[,\s]+/));

/** What is looked for in a text, with what has been seen in it. */
interface Seen {
  readonly text: SpokenText;
  readonly names: readonly FoundName[];
  /** Somebody is named, by a whole name or by less. */
  readonly hasSomebody: boolean;
  /** A whole name stands there. */
  readonly hasName: boolean;
  readonly put: (kind: PersonalKind, certainty: Certainty) => void;
}

/** A text longer than this is looked at in pieces that overlap. */
const PIECE = 4000;
const OVERLAP = 200;

/** What a text tells about persons, each kind once. */
export const personalSigns = remembering((text): readonly PersonalSign[] => {
  const signs = new Map<PersonalKind, Certainty>();
  for (let start = 0; start < text.length; start += PIECE - OVERLAP) {
    const piece = text.slice(start, start + PIECE);
    for (const line of piece.split(/[\n\r]+/)) lookAt(line, signs);
    if (start + PIECE >= text.length) break;
  }
  return [...signs].map(([kind, certainty]) => ({ kind, certainty }));
});

function lookAt(whole: string, signs: Map<PersonalKind, Certainty>): void {
  const line = whole.replace(IDENTIFIERS, "#");
  if (line.trim().length < 4) return;
  // «Hoàng.Văn.Tú», «Ng. Thị Hương»
  const text = spoken(line.replace(/(?<=\p{Lu}\p{Ll}{1,6})\.(?= ?\p{Lu}[\p{Ll}.])/gu, " "));
  const names = namesIn(text);
  const seen: Seen = {
    text,
    names,
    hasSomebody: hasInitials(text) || names.some(({ strength }) => strength !== "bare"),
    hasName: names.some(isWhole),
    put: (kind, certainty) => {
      if (signs.get(kind) !== "certain") signs.set(kind, certainty);
    },
  };
  lookForNumbers(seen);
  lookForLabelledNumbers(seen);
  lookForMail(seen);
  lookForBirth(seen);
  lookForAge(seen);
  lookForAddress(seen);
  lookForKin(seen);
  lookForContact(seen);
  lookForPlate(seen);
  if (names.some(({ isHeld }) => isHeld) || isGraveOfSomebody(text)) seen.put("name", "likely");
}

// numbers

/** A number in a text, its digits put together. */
interface FoundNumber {
  readonly shape: NumberShape;
  readonly from: number;
  readonly to: number;
  /** Every digit stands by itself, as in a row of figures. */
  readonly isLoose: boolean;
}

const MOST_DIGITS = 15;
const MOST_GROUPS = 14;

const withoutMoments = (text: string): string =>
  text.replace(MOMENTS, (moment) => "#".repeat(moment.length));

/** A word right before a number that says what it is. */
const MARKS = new Phrases(LABELS.phone, LABELS.id_card);

/**
 * The numbers of a text that stand as people write them: nothing of a run of letters and digits but
 * digits that are one number by themselves, or that a label stands right before.
 */
function numbersIn(spokenText: SpokenText): FoundNumber[] {
  const { text } = spokenText;
  const even = withoutMoments(text);
  const groups = [...even.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({
    digits,
    from: index,
    to: index + digits.length,
  }));
  const between = (left: number, right: number): string =>
    even.slice(groups[left]?.to ?? 0, groups[right]?.from ?? even.length);
  const found: FoundNumber[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const group = groups[first];
    if (group === undefined) continue;
    if (first > 0 && /^[.,]$/.test(between(first - 1, first)) && group.digits.length < 9) continue;
    const isGlued = isLetter(even[group.from - 1]) && !isMarked(spokenText, group.from);
    let digits = "";
    let best: { last: number; shape: NumberShape } | null = null;
    for (let last = first; last < groups.length && last - first < MOST_GROUPS; last += 1) {
      if (last > first && !PARTING.test(between(last - 1, last))) break;
      digits += groups[last]?.digits ?? "";
      if (digits.length > MOST_DIGITS) break;
      const shape = NUMBER_SHAPES.find((one) => one.digits.test(digits));
      const isWhole = last === first || !(isGlued || isLetter(even[groups[last]?.to ?? -1]));
      if (shape !== undefined && isWhole) best = { last, shape };
    }
    if (best === null) continue;
    const { last, shape } = best;
    const isLoose = last - first >= 8;
    found.push({ shape, from: group.from, to: groups[last]?.to ?? group.to, isLoose });
    first = last;
  }
  return found;
}

const isLetter = (sign: string | undefined): boolean => /\p{L}/u.test(sign ?? "");

function isMarked(text: SpokenText, place: number): boolean {
  return MARKS.endsAt(text, tokenAt(text, place));
}

/** The number of the first token at or after a place of a text. */
function tokenAt({ tokens }: SpokenText, place: number): number {
  const index = tokens.findIndex(({ start }) => start >= place);
  return index < 0 ? tokens.length : index;
}

/** Words before a number that say what it is are not further away. */
const REACH = 7;

function lookForNumbers(seen: Seen): void {
  const { text, hasSomebody, hasName, put } = seen;
  // a telephone that lost its zero
  if (/^\s*[35789]\d{8}\s*$/.test(text.text) && !/000\s*$/.test(text.text)) put("phone", "likely");
  for (const { shape, from, to, isLoose } of numbersIn(text)) {
    const at = tokenAt(text, from);
    const isLabelled = LABEL[shape.kind].isIn(text, at - REACH, at);
    const isOfDocument =
      !isLabelled &&
      (/^\/\p{Lu}/u.test(text.text.slice(to)) ||
        /^\.?[A-Z]\d/.test(text.text.slice(to)) ||
        (DOCUMENTS.isIn(text, at - 4, at) && !hasName));
    if (isOfDocument) continue;
    const written = text.text.slice(from, to);
    if (DECIMAL.test(written)) continue;
    if (/^[1-9]\d{0,2}([ .,]\d{3})+$/.test(written) && MONEY.isIn(text, at, at + 9)) continue;
    const isMoment = BARE_MOMENT.test(written);
    const isCertain = !(isLoose || isMoment) || isLabelled || hasName;
    switch (shape.name) {
      case "identity":
      case "mobile":
        put(shape.kind, isCertain ? "certain" : "likely");
        break;
      case "old_mobile":
        put("phone", isLabelled || hasSomebody ? "certain" : "likely");
        break;
      case "landline":
        if (hasSomebody) put("phone", "certain");
        else if (!OFFICES.isIn(text)) put("phone", "likely");
        break;
      case "old_identity":
        if (!isFigure(text, at)) put("id_card", isLabelled || hasName ? "certain" : "likely");
        break;
    }
  }
}

/** A figure with decimals: nobody parts a telephone once, behind five digits or more and without its 0. */
const DECIMAL = /^[1-9]\d{4,}[.,]\d{1,3}$/;

const MONEY = new Phrases("đồng, đ, vnd, vnđ");

/** Whether what is counted stands behind the number at a place. */
function isFigure(text: SpokenText, at: number): boolean {
  let next = at;
  while (/^(?:\d+|[.,%()])$/.test(text.tokens[next]?.text ?? "")) next += 1;
  return COUNTS.at(text, next) > 0 || text.tokens[next - 1]?.text === "%";
}

/** Words and signs that may stand between a label and what it is of. */
const FILLERS = new Phrases(
  "số, là, vào, no, nr, :, ., -, =, (, ), /, ;, của, cháu, chủ hộ, em, anh, chị, ông, bà, mới, cũ, đã cấp, ngân hàng, agribank, vietcombank, vcb, bidv, vietinbank, techcombank, mbbank, có, nếu có, cá nhân, nhân dân, công dân, y tế, xã hội, thẻ, liên hệ, hiện tại, ngân",
);

function contentAfter(text: SpokenText, from: number, most = 8): number {
  let at = from;
  while (at - from < most) {
    const length = FILLERS.at(text, at);
    if (length === 0) break;
    at += length;
  }
  return at;
}

/** The digits that stand together at a place, with the letters before them; null where none do. */
function codeAt(
  text: SpokenText,
  at: number,
): { letters: string; digits: string; end: number } | null {
  let letters = "";
  let digits = "";
  let index = at;
  for (; index < text.tokens.length && digits.length < 24; index += 1) {
    const token = text.tokens[index];
    if (token === undefined) break;
    if (token.kind === "number") digits += token.text;
    else if (token.kind === "word" && digits === "" && /^[A-Z]{1,2}$/.test(token.text))
      letters += token.text;
    else if (digits !== "" && /^[.-]$/.test(token.text)) continue;
    else break;
  }
  return digits === "" ? null : { letters, digits, end: index };
}

function lookForLabelledNumbers({ text, put }: Seen): void {
  for (let index = 0; index < text.tokens.length; index += 1) {
    const labelled = (kind: PersonalKind): ReturnType<typeof codeAt> => {
      const length = LABEL[kind].at(text, index);
      if (length === 0) return null;
      const code = codeAt(text, contentAfter(text, index + length));
      return code === null || COUNTS.at(text, code.end) > 0 ? null : code;
    };
    const card = labelled("id_card");
    if (card !== null) {
      const { letters, digits } = card;
      const isPassport = letters.length === 1 && digits.length >= 6 && digits.length <= 8;
      if (isPassport || digits.length === 9 || digits.length === 12) put("id_card", "certain");
      else if (digits.length >= 8 && digits.length <= 13) put("id_card", "likely");
    }
    const insurance = labelled("insurance");
    if (insurance !== null && insurance.digits.length >= 8) put("insurance", "certain");
    const account = labelled("account");
    if (account !== null && account.digits.length >= 8) {
      const isOfBody = OFFICES.isIn(text);
      put("account", account.digits.length >= 9 && !isOfBody ? "certain" : "likely");
    }
  }
  if (INSURED.test(withoutMoments(text.text))) put("insurance", "likely");
}

/** Letters of a group of persons, what is paid, a province and a number, as cards print them. */
const INSURED = /(?<![\p{L}\d])[A-Z]{2} ?[1-5] ?\d{2} ?(?:\d{10}|\d{2} ?\d{3} ?\d{5})(?! ?\d)/u;

// mail and names on the net

/** The name of a mailbox has 64 characters at most: one long word is gone through once, and not from each. */
const MAIL = /([\p{L}\d._%+-]{1,64})\s?(@|\(at\)|\[at\]| a còng )\s?([a-z\d-]+(?:\.[a-z\d-]+)+)/giu;

function lookForMail({ text, put }: Seen): void {
  for (const [, local = "", sign, domain = ""] of text.text.matchAll(MAIL)) {
    const isOffice = local
      .toLowerCase()
      .split(/[._\d-]+/)
      .some(
        (part) =>
          MAILBOXES.has(part) ||
          [...MAILBOXES].some((box) => box.length >= 4 && part.startsWith(box)),
      );
    if (isOffice) continue;
    const isOfState = /\.(?:gov|edu|org)\.vn$/i.test(domain);
    put("email", isOfState || sign !== "@" ? "likely" : "certain");
  }
}

const MAIL_WITHOUT_DOT = /[\w.]{3,}@(?:gmail|yahoo|hotmail|outlook)(?!\.)/i;
const PROFILE = /(?:facebook|fb|zalo|tiktok)\.(?:com|me)\/\S{3,}/i;
const OF_MANY = new Phrases("trang, nhóm, group, fanpage, kênh, trên, qua, mạng, page, bằng");

function lookForContact({ text, put }: Seen): void {
  if (MAIL_WITHOUT_DOT.test(text.text)) put("email", "likely");
  if (/(?<=^|[\s:,(])@[a-z][\w.]{3,}/i.test(text.text)) put("contact", "likely");
  if (PROFILE.test(text.text) && !OFFICES.isIn(text)) put("contact", "likely");
  for (let index = 0; index < text.tokens.length; index += 1) {
    const length = LABEL.contact.at(text, index);
    if (length === 0 || OF_MANY.isIn(text, index - 2, index)) continue;
    let at = index + length;
    while (/^[:"'“‘]$/.test(text.tokens[at]?.text ?? "")) at += 1;
    const next = text.tokens[at];
    const isName = next?.kind === "word" && /^\p{Lu}/u.test(next.text) && !text.isShouted;
    if (isName && LABEL.contact.at(text, at) === 0 && !OFFICES.isIn(text)) put("contact", "likely");
  }
}

const PLATE = /(?<![\p{L}\d.])[1-9]\d ?-? ?[A-Z]{1,2}\d? ?-? ?\d{3}\.?\d{2}(?![\d\p{L}])/u;
const OLD_PLATE = /(?<![\p{L}\d.])[1-9]\d ?-? ?[A-Z]{1,2}\d? ?-? ?\d{4}(?![\d\p{L}])/u;
const PLATE_SIGN = /[.-]/;

function lookForPlate({ text, put }: Seen): void {
  const isLabelled = LABEL.plate.isIn(text);
  const plate = PLATE.exec(text.text)?.[0];
  if (plate !== undefined && (isLabelled || PLATE_SIGN.test(plate))) put("plate", "likely");
  else if (isLabelled && OLD_PLATE.test(text.text)) put("plate", "likely");
}

// birth and age

const BETWEEN_BIRTH =
  /^[\s:.,()=-]*(?:(?:ng[àa]y|n[ăa]m|th[áa]ng|v[àa]o|kho[ảa]ng|l[àa])[\s:.,()-]*)*/iu;
const YEAR = /^(?:19[2-9]\d|20[012]\d)(?!\d)/;
const SHORT_YEAR = /^\d{2}(?![\d%.,/-]|\s*\p{L})/u;
const SHORT_LABELS = new Phrases("sn, s.n, s/n, ns, n.s, n/s, nsinh, sinh");
const FIGURE_LABELS = new Phrases("sn, ns, sinh");

function lookForBirth({ text, names, hasSomebody, put }: Seen): void {
  for (let index = 0; index < text.tokens.length; index += 1) {
    const length = LABEL.birth_date.at(text, index);
    if (length === 0) continue;
    const isSinh = text.tokens[index]?.plain === "sinh";
    const isSexed = ["nam", "nu"].includes(text.tokens[index - 1]?.plain ?? "");
    if (isSinh && isOtherWord(text, index) && !hasSomebody && !(isSexed && isPlaced(text)))
      continue;
    const next = text.tokens[index + length];
    const rest = text.text.slice(next?.start ?? text.text.length);
    const content = rest.replace(BETWEEN_BIRTH, "");
    const isDate = DATE.test(content) && !SHORT_YEAR.test(content);
    const isYear = YEAR.test(content);
    const isShort =
      SHORT_LABELS.at(text, index) === length && SHORT_YEAR.test(content) && hasSomebody;
    if (!isDate && !isYear && !isShort) continue;
    const at = tokenAt(text, text.text.length - content.length);
    const isBefore = text.tokens[at + 1]?.text === "," || isPart(text, at + 1);
    if (isYear && !isBefore && isFigure(text, at)) continue;
    if (hasSomebody) {
      put("birth_date", "certain");
      continue;
    }
    if (isOfMany(text, index) && !(isDate && !RANGE.isIn(text, index - 3, index + length + 5)))
      continue;
    const isShown =
      FIGURE_LABELS.at(text, index) !== length || Number(content.slice(0, 4)) <= LAST_CERTAIN_YEAR;
    if (isDate) put("birth_date", isOfMany(text, index) ? "likely" : "certain");
    else if (isShown) put("birth_date", "likely");
  }
  // «nữ, 1997, khối Văn Miếu», «s. 1955, tổ 3»
  const born = BORN.exec(text.text);
  const year = Number(born?.[1] ?? Number.NaN);
  if (year <= LAST_CERTAIN_YEAR && (isPlaced(text) || hasSomebody)) put("birth_date", "likely");
  // «Lăng Thị Mười (1985)», «N.T.H, 1979»
  for (const { end, strength } of names) {
    const near = text.tokens.slice(end, end + 3).find(({ kind }) => kind === "number");
    if (near === undefined || !BIRTH_YEAR.test(near.text) || Number(near.text) > LAST_BIRTH_YEAR)
      continue;
    if (isWhole({ strength })) put("birth_date", strength === "strong" ? "certain" : "likely");
  }
}

const RANGE = new Phrases("từ, đến, trước, sau, -");
const BORN =
  /(?<![\p{L}\d.])(?:nam|nữ|s\.|ông|bà|anh|chị|em|cháu|cụ)[\s,;:(-]{1,4}(?:\d{1,2}[/.-]\d{1,2}[/.-])?((?:19|20)\d{2})(?![\d/])/iu;

/** Whether a text says where somebody is, and does not count people. */
function isPlaced(text: SpokenText): boolean {
  if (isAboutMany(text)) return false;
  return text.tokens.some((_, index) => isPart(text, index));
}

/** «tổ 3», «thôn Nà Tâm» */
function isPart(text: SpokenText, index: number): boolean {
  const length = PARTS_OF_ADDRESS.at(text, index);
  const next = text.tokens[index + length];
  return length > 0 && (next?.kind === "number" || /^\p{Lu}/u.test(next?.text ?? ""));
}

function isOtherWord(text: SpokenText, index: number): boolean {
  return OTHER_SINH.endsAt(text, index) && !ONE.endsAt(text, index);
}

/** Whether a year of birth or an age at a place is that of many. */
function isOfMany(text: SpokenText, index: number): boolean {
  const from = index - 5;
  const counts = text.tokens
    .slice(Math.max(0, from), index)
    .some(({ kind, text: one }) => kind === "number" && Number(one) >= 5 && one.length < 4);
  const isGroup = GROUPS.isIn(text, from, index);
  if (!isGroup && !counts) return false;
  const isCounted = text.tokens.some(
    ({ kind, text: one, start }) =>
      kind === "number" &&
      !BIRTH_YEAR.test(one) &&
      Number(one) >= 5 &&
      COUNTS.at(text, tokenAt(text, start) + 1) > 0,
  );
  return counts || isCounted || GROUP_ALWAYS.isIn(text, from, index);
}

const GROUP_ALWAYS = new Phrases(
  "các, những, toàn bộ, tất cả, số, tổng số, nhóm, độ tuổi, lứa tuổi, trẻ em, trẻ, học sinh, công dân, thanh niên, dưới, trên, từ, đến, mọi, nhiều",
);
const YEARS_OLD = new Phrases("tuổi, t, tháng tuổi");
const AGE_RANGE = new Phrases(
  "dưới, trên, từ, đến, đủ, độ tuổi, -, hơn, khoảng, ngoài, quá, chưa đủ, trẻ, >, <, ≥, ≤, nhóm, lứa, lớp",
);

function lookForAge({ text, hasSomebody, put }: Seen): void {
  for (let index = 1; index < text.tokens.length; index += 1) {
    const age = text.tokens[index - 1];
    if (YEARS_OLD.at(text, index) === 0 || age?.kind !== "number") continue;
    const isShort = text.tokens[index]?.plain === "t";
    const isOnePlaced = SINGLE.isIn(text, index - 7, index - 1) && isPlaced(text);
    if (isShort && (text.tokens[index]?.isApart === true || !(hasSomebody || isOnePlaced)))
      continue;
    const isRange = AGE_RANGE.isIn(text, index - 4, index - 1);
    if (hasSomebody && !(isRange && AGE_RANGE.endsAt(text, index - 1))) put("age", "likely");
    else if (!isRange && (isOnePlaced || isAboutOne(text, index - 1))) put("age", "likely");
  }
}

const SINGLE = new Phrases(SINGLE_PERSON);

/** Whether one person is spoken of shortly before a place. */
function isAboutOne(text: SpokenText, index: number): boolean {
  for (let at = Math.max(0, index - 4); at < index; at += 1) {
    if (ONE.at(text, at) === 0) continue;
    return true;
  }
  return false;
}

// addresses

const NO_ADDRESS =
  /^(?:https?:|www\.|[\w.-]+@|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net)\b|tin cậy|các |những |nào|mail|email|ip\b)/iu;
const MOST_AHEAD = 14;

function lookForAddress({ text, names, hasSomebody, put }: Seen): void {
  for (let index = 0; index < text.tokens.length; index += 1) {
    const house = houseAt(text, index);
    if (house) put("address", hasSomebody ? "certain" : "likely");
    const length = LABEL.address.at(text, index);
    if (length === 0) continue;
    const label = text.tokens.slice(index, index + length);
    const isAbbreviation = label.every(({ plain, kind }) => kind !== "word" || plain.length <= 2);
    let at = index + length;
    const hasMark = /^[:=]$/.test(text.tokens[at]?.text ?? "");
    while (SKIPPED.at(text, at) > 0) at += SKIPPED.at(text, at);
    const isJoinedWord = label.length === 1 && !hasMark && NEEDS_MARK.has(label[0]?.plain ?? "");
    if (isJoinedWord) continue;
    const rest = text.text.slice(text.tokens[at]?.start ?? text.text.length);
    if (NO_ADDRESS.test(rest)) continue;
    if (isAbbreviation && !hasMark && label.length > 1 && NOT_PLACE.at(text, at) > 0) continue;
    if (names.some(({ start }) => start === index)) continue;
    if (!isAddress(text, at, hasMark, hasSomebody)) continue;
    if (!hasSomebody && isAboutMany(text)) continue;
    put("address", hasSomebody ? "certain" : "likely");
  }
}

const SKIPPED = new Phrases(
  ":, ., tại, ở, hiện nay, hiện tại, thường trú, tạm trú, là, (, ), -, =, cũ, mới, trước đây, cư trú",
);
/** Words that are an address only behind a mark: «trú: …», «hk: …». */
const NEEDS_MARK = new Set(["hk", "tt", "tru", "dc", "que", "bs"]);
const NOT_PLACE = new Phrases("chủ, phó, bí, trưởng, giám, lãnh, các, ủy, đại, thường, cán, hội");

/** «số nhà 31», «nhà số 6». */
function houseAt(text: SpokenText, index: number): boolean {
  const length = HOUSE.at(text, index);
  const number = text.tokens[index + length];
  if (length === 0 || number?.kind !== "number" || number.text.length > 4) return false;
  return COUNTS.at(text, index + length + 1) === 0;
}
const HOUSE = new Phrases(
  "số nhà, nhà số, sn nhà, ở số, ở trọ số, phòng trọ số, hộ số, ki ốt số, kiốt số, kiot số",
);

/** Whether what stands from a place on says where somebody lives. */
function isAddress(
  text: SpokenText,
  from: number,
  hasMark: boolean,
  hasSomebody: boolean,
): boolean {
  const first = text.tokens[from];
  if (first === undefined) return false;
  if (first.kind === "word" && /^\p{Lu}/u.test(first.text) && (hasMark || !text.isShouted)) {
    return true;
  }
  for (let at = from; at < Math.min(from + MOST_AHEAD, text.tokens.length); at += 1) {
    const length = PARTS_OF_ADDRESS.at(text, at);
    const next = text.tokens[at + length];
    if (length === 0 || next === undefined) continue;
    if (next.kind === "number" && COUNTS.at(text, at + length + 1) === 0) return true;
    if (next.kind === "word" && (/^\p{Lu}/u.test(next.text) || text.isPlain || hasSomebody)) {
      return true;
    }
  }
  // «Địa chỉ: 12 Trần Đăng Ninh»
  let behind = from;
  while (/^(?:\d+|\/|[A-Z])$/.test(text.tokens[behind]?.text ?? "")) behind += 1;
  const second = text.tokens[behind];
  return first.kind === "number" && second?.kind === "word" && /^\p{Lu}/u.test(second.text);
}

/** Somebody who is told by whose child or spouse, or by a class: «con trai trưởng thôn», «em học lớp 9C». */
function lookForKin({ text, put }: Seen): void {
  text.tokens.forEach((_, index) => {
    const length = KIN.at(text, index);
    const held = HOLDING.at(text, index);
    if (length + held === 0 || NO_ONE.endsAt(text, index) || !isSingle(text, index)) return;
    const of = index + length;
    const isKin = length > 0 && HOLDERS.at(text, of + OF_KIN.at(text, of)) > 0;
    const isWronged = held > 0 && WRONG.isIn(text, index + held, index + held + WITHIN);
    if (isKin || isWronged) put("name", "likely");
  });
  const isOwned = text.tokens.some(
    (_, index) => OWNING.at(text, index) > 0 && isSingle(text, index),
  );
  if (isOwned && STALL.test(text.text)) put("address", "likely");
  const [grade, code] = CLASS.exec(text.text) ?? [];
  const sexed = SEXED.exec(text.text);
  const isSexed = sexed !== null && BEFALLEN.at(text, tokenAt(text, sexed[0].length)) > 0;
  if (isSexed && !SHARES.test(text.text) && !isAboutMany(text)) put("name", "likely");
  const isDetailed = grade !== undefined || isPlaced(text) || AT_PLACE.test(text.text);
  if (isDetailed && text.tokens.some((_, index) => isBefallen(text, index))) put("name", "likely");
  if (grade === undefined || isAboutMany(text)) return;
  const at = tokenAt(text, text.text.indexOf(grade));
  const isOne = text.tokens.some(
    (_, index) =>
      index < at && index >= at - 8 && PUPIL.at(text, index) > 0 && isSingle(text, index),
  );
  if (isOne && (code !== undefined || SCHOOL.test(text.text) || isPlaced(text)))
    put("name", "likely");
}
/** «1 phụ nữ bị chồng đánh», «nữ sinh có thai»: one person, and soon after what befell this one. */
function isBefallen(text: SpokenText, index: number): boolean {
  const isOne = /^(?:0?1|một|mot)$/i.test(text.tokens[index - 1]?.text ?? "");
  const length = ALONE.at(text, index) || (isOne ? SOMEBODY.at(text, index) : 0);
  if (length === 0 || !isSingle(text, index) || isAboutMany(text)) return false;
  if (text.text.includes("%")) return false;
  return BEFALLEN.isIn(text, index + length, index + length + WITHIN);
}
/** «Nam đuối nước ngày 5/6», «Nữ, khoảng 30 tuổi, bị …» */
const SEXED = /^\W*(?:Nam|Nữ)(?: giới)?(?:, (?:khoảng )?\d{1,2} ?(?:tuổi|t),)? (?!\d)/u;

const SHARES = /%|(?<!\p{L})(?:hơn|nhiều|đa số|chiếm|tỷ lệ|giảm|tăng|ở tuổi)(?!\p{L})/iu;

/** What is told of somebody is not further away. */
const WITHIN = 12;
const AT_PLACE = /(?<!\p{L})(?:ở|tại|quê) (?:\p{Ll}+ ){0,3}\p{Lu}\p{Ll}/u;
const ALONE = new Phrases(ONE_ALONE);
const SOMEBODY = new Phrases(ONE_PERSON, SINGLE_PERSON, PUPILS, "người");
const BEFALLEN = new Phrases(BEFALLS, MISDEEDS);

/** Neither a number nor a word for many stands before. */
const isSingle = (text: SpokenText, index: number): boolean =>
  !GROUPS.endsAt(text, index) && !(Number(text.tokens[index - 1]?.text) > 1);
const OWNING = new Phrases(OWNERS);
const STALL = /(?<!\p{L})(?:số nhà|kiot|kiốt|ki ốt|phòng|thửa|ngõ|ngách|hẻm)(?: số)? \d/iu;
const KIN = new Phrases(KIN_WORDS);
const OF_KIN = new Phrases(
  "của, út, út của, cả, cả của, lớn, lớn của, nhỏ, nhỏ của, đồng chí, anh, ông",
);
const HOLDING = new Phrases(OFFICES_OF_ONE);
const WRONG = new Phrases(MISDEEDS);
const NO_ONE = new Phrases("không có, một số");
const HOLDERS = new Phrases(OFFICE_HOLDERS);
const CLASS = /lớp \d{1,2}( ?[A-ZĐ]\d?)?(?![\p{L}\d])/u;
const SCHOOL = /(?:[Tt]rường|TH|THCS|THPT)(?: THCS| TH| THPT)? \p{Lu}\p{Ll}/u;
const PUPIL = new Phrases(PUPILS);

/** A text that counts people who live somewhere. */
function isAboutMany(text: SpokenText): boolean {
  return text.tokens.some(
    ({ kind, text: one }, index) =>
      kind === "number" && Number(one) > 1 && PEOPLE.at(text, index + 1) > 0,
  );
}
const PEOPLE = new Phrases(
  "em, cháu, trẻ, học sinh, hs, cặp, phụ nữ, cụ, thanh niên, bệnh nhân, người, hộ, nhân khẩu, lao động, lượt, trường hợp, cơ sở, công dân, đối tượng, hộ dân, khẩu, điểm, lượt người",
);
