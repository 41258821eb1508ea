import {
  ABBREVIATIONS,
  ACTS,
  AFTER_SOMEBODY,
  BEFORE_SOMEBODY,
  BODILY_DEEDS,
  DEEDS,
  FOREIGN_WORDS,
  GIVEN_NAMES,
  GIVEN_WORDS,
  NAME_BEGINNINGS,
  NICKNAME_WORDS,
  NOT_GIVEN,
} from "./given-names.ts";
import {
  isNoCall,
  isOfStreet,
  isOfWork,
  isThing,
  NEAR,
  ONE,
  PARTS,
  PLACES,
  QUOTE,
  SPOTS,
  THINGS,
} from "./named-things.ts";
import {
  ALSO_WORDS,
  HIGHLAND_SURNAMES,
  MIDDLES,
  NAMESAKES,
  NO_NAMES,
  PEOPLES_MIDDLES,
  PLAIN_MIDDLES,
  SURNAMES,
  TELLING_SURNAMES,
} from "./names.ts";
import { ALIASES, CALLS, LABELS, ONE_PERSON, ROLES, TITLE_WORDS } from "./personal-labels.ts";
import { isCapital, Phrases, plainOf, type SpokenText, spoken, type Token } from "./spoken-text.ts";
import { PLACE_WORDS } from "./work-words.ts";

/** A name that stands in a text: from one token up to another, and how surely it is one. */
export interface FoundName {
  readonly start: number;
  readonly end: number;
  /** `weak`: two capitals, or one behind a word that calls a person; `bare`: less than that. */
  readonly strength: "strong" | "medium" | "weak" | "bare";
  /** The text is held for it. */
  readonly isHeld: boolean;
}

/** Whether a name has more than what somebody is called by. */
export const isWhole = ({ strength }: Pick<FoundName, "strength">): boolean =>
  strength === "strong" || strength === "medium";

const NAMED_AFTER = new Phrases(NAMESAKES.join(","));
const NOT_NAMES = new Phrases(NO_NAMES.join(","));
const CALLING = new Phrases(CALLS);
const NAME_LABELS = new Phrases(LABELS.name);
const ROLE_WORDS = new Phrases(ROLES, PLACE_WORDS);
const TITLES = new Phrases(TITLE_WORDS, ALIASES);
const BEFORE_NAME = new Phrases(':, tên, tên là, là, ", “');
const NO_CALL = new Phrases(
  "anh hùng, cháu ngoan, bé ngoan, cháu hiếu thảo, cô dâu, lão khoa, bạn thân, thầy cô, chú trọng, chú ý, tên gọi, tên miền",
);
const NO_GIVEN = new Phrases(NOT_GIVEN);
const TAKING = new Phrases(BEFORE_SOMEBODY);
const DOING = new Phrases(DEEDS);
const BODILY = new Phrases(BODILY_DEEDS);
const HIGHLAND = new Phrases(HIGHLAND_SURNAMES);
const ACTING = new Phrases(ACTS, DEEDS);
const FOLLOWING = new Phrases(AFTER_SOMEBODY, ACTS, DEEDS, TITLE_WORDS);
const FOREIGN = new Phrases(FOREIGN_WORDS);
const ALIAS = new Phrases(ALIASES);
const NICKNAMES = new Phrases(NICKNAME_WORDS);
/** By the order of birth, as in the south: «ông Tư», «anh ba Tèo». */
const BY_BIRTH = new Phrases("hai, ba, tư, năm, sáu, bảy, tám, chín, mười, út");
const ABBREVIATED = new Set(ABBREVIATIONS);

/** A set of words, as keys of accented texts and as plain words of others. */
class Words {
  private readonly words: ReadonlySet<string>;
  private keys: ReadonlySet<string> | null = null;
  private plain: ReadonlySet<string> | null = null;
  constructor(words: ReadonlySet<string>) {
    this.words = words;
  }
  has(token: Token | undefined, { isPlain }: SpokenText): boolean {
    if (token === undefined || token.kind !== "word") return false;
    if (isPlain) {
      this.plain ??= new Set([...this.words].map(plainOf));
      return this.plain.has(token.plain);
    }
    this.keys ??= new Set(
      [...this.words].flatMap((word) => spoken(word).tokens.map((one) => one.key)),
    );
    return this.keys.has(token.key);
  }
}

const FAMILY = new Words(SURNAMES);
const TELLING = new Words(TELLING_SURNAMES);
const ALSO_WORD = new Words(ALSO_WORDS);
const MIDDLE = new Words(MIDDLES);
const PLAIN_MIDDLE = new Words(PLAIN_MIDDLES);
const PEOPLES_MIDDLE = new Words(PEOPLES_MIDDLES);
const GIVEN = new Words(GIVEN_NAMES);
const GIVEN_WORD = new Words(GIVEN_WORDS);
const BEGINNING = new Words(NAME_BEGINNINGS);
/** Without accents and in small letters these are still no other words. */
const ALWAYS_TELLING = new Set(
  "nguyen tran pham hoang huynh trieu nong giang sung phung trinh le luong".split(" "),
);

const MOST_SYLLABLES = 5;

const isAbbreviation = (token: Token | undefined): boolean =>
  token !== undefined && token.text.length > 1 && ABBREVIATED.has(token.text);

/** How many words from a place on begin with capitals and have nothing but blanks between them. */
function capitalRun({ tokens, isShouted }: SpokenText, start: number): number {
  let length = 0;
  while (length < 8 && isCapital(tokens[start + length])) {
    if (length > 0 && tokens[start + length]?.isApart !== true) break;
    // «Duy CNTT»
    if (length > 0 && !isShouted && isAbbreviation(tokens[start + length])) break;
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
    const name =
      passed > 0
        ? (calledName(text, index) ?? namesakeName(text, index, passed))
        : (shortenedName(text, index) ??
          nameAt(text, index) ??
          calledName(text, index) ??
          bareInitials(text, index) ??
          peoplesName(text, index) ??
          bareName(text, index) ??
          unlistedName(text, index));
    if (name === null && passed > 0) index += passed - 1;
    if (name === null) continue;
    const isHeld = name.isHeld || (name.start === index && unlistedName(text, index) !== null);
    found.push({ ...name, isHeld });
    index = Math.max(index, name.end - 1);
  }
  return found;
}

/** What nobody says of a street: beside it a name is held, whatever it looks like. */
const GRAVE = new Phrases("nghiện, cai nghiện, hiv, mại dâm, bán dâm, bị bán, mua bán người");

/** «lô thị nhình bị bán», «Hoa nhiễm HIV», «cai nghiện đối với Phan Anh» */
export function isGraveOfSomebody(text: SpokenText): boolean {
  if (!GRAVE.isIn(text) || text.isShouted) return false;
  return text.tokens.some((token, index) => {
    const next = text.tokens[index + 1];
    if (!isCapital(token)) {
      const isMiddle = PLAIN_MIDDLE.has(next, text) || next?.key === "a";
      return FAMILY.has(token, text) && isMiddle;
    }
    if (namesakeAt(text, index) > 0 || PLACES.endsAt(text, index) || isThing(text, index))
      return false;
    if (capitalRun(text, index) === 1)
      return GIVEN.has(token, text) && GRAVE.isIn(text, index + 1, index + 4);
    const isGiven = capitalRun(text, index) === 2 && isGivenAt(text, index + 1);
    return isGiven && (FAMILY.has(token, text) || GIVEN.has(token, text));
  });
}

function namesakeAt(text: SpokenText, index: number): number {
  if (!isCapital(text.tokens[index])) return 0;
  return Math.max(NAMED_AFTER.at(text, index), NOT_NAMES.at(text, index));
}

/** «Võ Thị Sáu đánh bạc», «đại biểu Nguyễn Công Hoan vắng»: one who is called as a street is, and does what no street does. */
function namesakeName(text: SpokenText, index: number, length: number): FoundName | null {
  const { tokens } = text;
  const end = index + length;
  if (length < 2 || NOT_NAMES.at(text, index) > 0 || PLACES.endsAt(text, index)) return null;
  const next = tokens[end + 1];
  const isPupil = tokens[end]?.plain === "lop" && next?.kind === "number";
  const isOfHamlet = length > 2 && tokens[end]?.plain === "o" && PARTS.at(text, end + 1) > 0;
  const hasContext = ACTING.at(text, end) > 0 || PARTS.at(text, end) > 0;
  const isTitled =
    ORDINARY.endsAt(text, index) && hasContext && !HONOUR.isIn(text, index - NEAR, end + NEAR);
  return isPupil || isOfHamlet || isTitled || isBodily(text, end) ? bare(index, end) : null;
}
const ORDINARY = new Phrases(
  ONE_PERSON,
  "hộ, đại biểu, cử tri, học sinh, hs, sinh viên, cựu chiến binh, ccb, em, bé, bn",
);
const HONOUR = new Phrases(
  "gương, ngày sinh, tượng, tiểu sử, lịch sử, truyền thống, kể chuyện, noi theo",
);

/** Whether what a body does stands at a place, and not how often it was done: «tảo hôn 3 vụ». */
function isBodily(text: SpokenText, index: number): boolean {
  const helping = HELPING.at(text, index);
  const length = BODILY.at(text, index + helping);
  const end = index + helping + length;
  if (length === 0) return false;
  const at = text.tokens[end]?.text === ":" ? end + 1 : end;
  return text.tokens[at]?.kind !== "number" || MEASURED.at(text, at + 1) > 0;
}
const HELPING = new Phrases(
  "đã, đang, sẽ, vẫn, hay, thường, lại, mới, vừa, tự ý, không, chưa, ko, k, chẳng, cố tình",
);
/** Of one body, too: «nghỉ thai sản 6 tháng». */
const MEASURED = new Phrases("tháng, năm, ngày, giờ, lần, tuổi, tr, triệu, nghìn, đồng, /");

/** What only somebody does stands at a place. */
const doingAt = (text: SpokenText, index: number): number => DOING.at(text, index);

function nameAt(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const first = tokens[index];
  const name = !FAMILY.has(first, text)
    ? first?.key === "ng"
      ? smallName(text, index)
      : null
    : isCapital(first)
      ? capitalName(text, index)
      : smallName(text, index);
  return name ?? middleName(text, index);
}

/** «Slầm Văn Quý», «Hội LHPN Lương Thị Vui»: no street is called after one who is not among the namesakes. */
function middleName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const middle = tokens[index + 1];
  const isFamily = FAMILY.has(tokens[index], text);
  const isMiddle = middle?.plain === "thi" || (middle?.plain === "van" ? !isFamily : isFamily);
  if (text.isPlain || text.isShouted || !isMiddle || !PEOPLES_MIDDLE.has(middle, text)) return null;
  const run = capitalRun(text, index);
  if (run < 3 || run > 4 || NAMED_AFTER.at(text, index + 1) > 0) return null;
  return { start: index, end: index + run, strength: "medium", isHeld: true };
}

function capitalName(text: SpokenText, index: number): FoundName | null {
  const { tokens, isShouted } = text;
  const run = capitalRun(text, index);
  const length = Math.min(run, MOST_SYLLABLES);
  const second = tokens[index + 1];
  const isOfThing = isThing(text, index) && !PEOPLES_MIDDLE.has(second, text);
  const isTitled = TITLES.endsAt(text, index) && !PARTS.endsAt(text, index);
  // «Phủ Bà Chúa Kho», «Lăng Ông»
  if (SPOTS.at(text, index) === 1 && DEITIES.has(second?.plain ?? "")) return null;
  if (length < 2 || ((PLACES.endsAt(text, index) || isOfThing) && !isTitled)) return null;
  const hasPeoples = PEOPLES_MIDDLE.has(second, text);
  const isStrong =
    length >= 3 && (hasPeoples || (MIDDLE.has(second, text) && TELLING.has(tokens[index], text)));
  const before = tokens[index - 1];
  const isWithin =
    isCapital(before) &&
    tokens[index]?.isApart === true &&
    !CALLING.endsAt(text, index) &&
    !TITLES.endsAt(text, index) &&
    !isTakenAt(text, index) &&
    !NAME_LABELS.endsAt(text, index) &&
    !ONE.endsAt(text, index);
  // «ĐÃ ĐƯA LÙ A DÌN ĐI CAI», «HKD Tô Ngọc Anh»
  const isOwn =
    PLAIN_MIDDLE.has(second, text) || (isShouted ? second?.key === "a" : isAbbreviation(before));
  if (isWithin && !(isStrong && isOwn)) return null;
  const end = index + Math.min(length, isShouted ? 4 : MOST_SYLLABLES);
  // «vở Đời cô Lựu, Tô Ánh Nguyệt»
  const hasContext = isTitled || isTakenAt(text, index) || doingAt(text, end) > 0;
  if (!hasContext && !hasPeoples && isOfWork(text, index)) return null;
  if (isStrong && run <= (isShouted ? 12 : 6)) {
    return { start: index, end, strength: "strong", isHeld: true };
  }
  // in a line of capitals every word begins with one
  if (isShouted && (tokens.length > length + 1 || !MIDDLE.has(second, text))) return null;
  if (run > 4 || isSpot(text, index, run)) return null;
  if (!hasContext && isOfStreet(text, index)) return null;
  const isOwned =
    TELLING.has(tokens[index], text) &&
    (isTitled ||
      (GIVEN.has(second, text) &&
        !GIVEN_WORD.has(second, text) &&
        (ACTING.at(text, end) > 0 || before?.text === ":" || isTakenAt(text, index))));
  // «Người vi phạm: Hoàng Nam»
  const isLabelled = before?.text === ":" && NAME_LABELS.endsAt(text, index - 1);
  const isHeld = run >= 3 || isOwned || isLabelled;
  return { start: index, end, strength: run >= 3 ? "medium" : "weak", isHeld };
}

const DEITIES: ReadonlySet<string> = new Set(["ong", "ba", "co", "cau", "thay", "duc"]);

/** «Hồ Phai Loạn», «Đèo Pha Đin»: a surname that is a spot before what is no middle name and ends in no first one. */
function isSpot(text: SpokenText, index: number, run: number): boolean {
  const isMiddle = MIDDLE.has(text.tokens[index + 1], text);
  return SPOTS.at(text, index) === 1 && !isMiddle && !isGivenAt(text, index + run - 1);
}

/** Whether a word that somebody's name follows stands before a place: «gặp», «của», at a head «Giao». */
function isTakenAt(text: SpokenText, index: number): boolean {
  const isWithinCapitals =
    isCapital(text.tokens[index - 1]) && text.tokens[index - 2]?.kind === "word";
  return !isWithinCapitals && TAKING.endsAt(text, index);
}

/** «Ng V. An», «Trần V. Hải», «Lộc T. H.» */
function shortenedName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const middle = tokens[index + 1];
  const given = tokens[index + 3];
  const isFamily = FAMILY.has(tokens[index], text) || SHORT_FAMILY.has(tokens[index]?.text ?? "");
  const isShort = isCapital(middle) && middle.text.length === 1 && middle.isApart;
  if (!isFamily || !isShort || tokens[index + 2]?.text !== "." || !isCapital(given)) return null;
  return PLACES.endsAt(text, index) ? null : bare(index, index + 4);
}
const SHORT_FAMILY: ReadonlySet<string> = new Set(["Ng", "Ngyn", "Ngô", "Tr", "Ph", "Hg", "Lg"]);

function smallName(text: SpokenText, index: number): FoundName | null {
  const { tokens, isPlain } = text;
  const first = tokens[index];
  const length = Math.min(wordRun(text, index), 4);
  if (first === undefined || length < 3) return null;
  if (!TELLING.has(first, text) && first.key !== "ng") return null;
  // «hoàng a sáu nhận 2 suất»
  const isOfA = tokens[index + 1]?.key === "a" && GIVEN.has(tokens[index + 2], text);
  const isMiddle = PLAIN_MIDDLE.has(tokens[index + 1], text) || isOfA;
  if (!isMiddle) return null;
  const isWhole = index === 0 && tokens.filter(({ kind }) => kind === "word").length <= 4;
  if (!isWhole && ALSO_WORD.has(first, text)) return null;
  if (isPlain && !isWhole && !ALWAYS_TELLING.has(first.plain)) return null;
  return { start: index, end: index + length, strength: "medium", isHeld: true };
}

/** «anh Tuấn», «chị V.T.L», «cháu Q.», «hộ Ích», «tên Mạnh»: somebody behind a word that says so. */
function calledName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const called = tokens[index];
  if (called?.kind !== "word") return null;
  // «bác sĩ» is no uncle
  const length = Math.max(CALLING.at(text, index), TITLES.at(text, index));
  const isCall = length > 0 && CALLING.at(text, index) === length;
  // «Đền Cô Bé Đông Cuông»
  const isSecond = isCall && isCapital(called) && isCapital(tokens[index - 1]);
  const start = isSecond && CALLING.at(text, index - 1) > 0 ? index - 1 : index;
  const isOfPlace = called.plain !== "ten" && PLACES.endsAt(text, start);
  if (length === 0 || isOfPlace || NAMED_AFTER.at(text, index) > 0) return null;
  if (NOT_NAMES.at(text, index) > length) return null;
  // «Núi Bà Đen», «bún Cô Ba»
  if (isCapital(called) && isNoCall(text, index)) return null;
  let at = index + length;
  const isLetter = length === 1 && called.text.length === 1;
  const hasDot = tokens[at]?.text === ".";
  const isAtHead = tokens[index - 1]?.kind !== "word";
  if (hasDot && called.text.length > 2 && !/^m/i.test(called.text) && !isAtHead) return null;
  if (hasDot) at += 1;
  const isMarked = tokens[at]?.text === ":";
  at += BEFORE_NAME.at(text, at);
  const order = isCall && !isLetter && isCapital(tokens[at + 1]) ? BY_BIRTH.at(text, at) : 0;
  at += order;
  const given = tokens[at];
  // «chị huyền bị chồng đánh», «CHỊ HUYỀN BỊ …»
  const isFlat = text.isShouted || text.text === text.text.toLowerCase();
  if (isFlat && isCall && !isLetter && !text.isPlain) {
    const isWords = [at, at + 1].every((one) => GIVEN_WORD.has(tokens[one], text));
    const isTwo =
      GIVEN.has(tokens[at + 1], text) &&
      ACTING.at(text, at + 1) === 0 &&
      (!isWords || (GIVEN.has(given, text) && doingAt(text, at + 2) > 0));
    const end = isTwo ? at + 2 : at + 1;
    const isWord = !isTwo && GIVEN_WORD.has(given, text);
    const isFollowed = isWord
      ? doingAt(text, end) > 0 ||
        (PARTS.at(text, end) > 0 && tokens[end + PARTS.at(text, end)]?.kind === "number")
      : FOLLOWING.at(text, end) > 0;
    if (GIVEN.has(given, text) && isFollowed && NO_CALL.at(text, index) === 0)
      return bare(index, end);
  }
  if (!isCapital(given) || NAMED_AFTER.at(text, at) > 0 || NOT_NAMES.at(text, at) > 0) return null;
  const initials = initialsAt(text, at);
  if (isLetter ? initials > 1 && !isCapital(called) : initials > 0) {
    return { ...bare(index, at + initials), strength: "weak" };
  }
  if (text.isShouted) return null;
  // «nạn nhân: NTL»
  if ((isCall ? /^\p{Lu}{3,4}$/u : /^\p{Lu}[TV]\p{Lu}{1,2}$/u).test(given.text)) {
    return ABBREVIATED.has(given.text) ? null : bare(index, at + 1);
  }
  if (given.text === given.text.toUpperCase()) return null;
  const run = capitalRun(text, at);
  const whole = run >= 2 ? nameAt(text, at) : null;
  const end = at + run;
  const isGiven = isGivenAt(text, end - 1);
  const isFollowed = isSign(tokens[end]) || FOLLOWING.at(text, end) > 0;
  const isNick = NICKNAMES.at(text, at + 1) > 0;
  const isWord = ROLE_WORDS.at(text, at) > 0 || (run === 1 && NO_GIVEN.at(text, at) > 0);
  if (isWord && !isNick && !(run === 1 && isGiven && isFollowed)) return null;
  const isAlone = run === 1 && (isGiven || isFollowed);
  if (!isCall) {
    const isFull =
      (FAMILY.has(given, text) && !GIVEN_WORD.has(tokens[end - 1], text)) ||
      (isMarked && FAMILY.has(given, text)) ||
      (run === 2 && GIVEN.has(given, text) && !GIVEN_WORD.has(given, text));
    if (whole !== null && isWhole(whole)) return whole;
    const isAlias = ALIAS.at(text, index) === length;
    const isTwo = (run > 1 && isGiven && isFull) || isTwofold(text, at, run, true);
    if (!isAlone && !isNick && !isAlias && !isTwo) return null;
    return bare(index, end);
  }
  if (whole !== null && isWhole(whole)) return whole;
  // a word of the work within a sentence is rarely written with a capital, one at its head is
  const isHeld = run >= 2 || isAlone || order > 0 || !isCapital(called);
  return { start: index, end: at + 1, strength: run >= 2 ? "medium" : "weak", isHeld };
}

/** A first name, or «Anh» behind another: «Kim Anh». */
const isGivenAt = (text: SpokenText, index: number): boolean =>
  GIVEN.has(text.tokens[index], text) ||
  (text.tokens[index]?.plain === "anh" && isCapital(text.tokens[index - 1]));

const bare = (start: number, end = start + 1): FoundName => ({
  start,
  end,
  strength: "bare",
  isHeld: true,
});

/** Nothing stands there, a sign, or the office that somebody is of: «Hoa VP». */
const isSign = (token: Token | undefined): boolean =>
  token === undefined || (token.kind === "sign" && token.text !== "/") || isAbbreviation(token);

/** «Lệ bị chồng đánh», «bàn giao cho Hiền», «Hoa, Thìn, Mẩy», «Long "sẹo"»: a first name and what it does. */
function bareName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const given = tokens[index];
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  if (!isCapital(given) || text.isShouted) return null;
  if (given.text.length < 2) return null;
  if (given.text === given.text.toUpperCase()) return null;
  const found = bare(index);
  const isGiven = GIVEN.has(given, text);
  const nicked = nicknameAt(text, index + 1);
  // «Hoa "giấy" trồng ven đường»
  const isNicked =
    nicked > 0 &&
    (!GIVEN_WORD.has(given, text) ||
      NICKNAMES.at(text, index + 2) > 0 ||
      doingAt(text, index + 1 + nicked) > 0 ||
      /^(?:bị|cho)$/.test(tokens[index + 1 + nicked]?.text ?? ""));
  if (isGiven && isNicked) return found;
  if (isThing(text, index) || isOfWork(text, index)) return null;
  const isOfPlace = PLACES.endsAt(text, index);
  const isNicknamed = NICKNAMES.at(text, index + 1) > 0 && !isCapital(before);
  if (isGiven && isNicknamed && !isOfPlace) return found;
  const isTaken = isTakenAt(text, index);
  const run = capitalRun(text, index);
  if (run >= 2 && isTwofold(text, index, run)) return { ...found, end: index + run };
  if ((isCapital(before) && !isTaken) || isOfPlace) return null;
  if (run > 1) return null;
  const isWord = GIVEN_WORD.has(given, text);
  const ofAge = next?.text === "," ? index + 3 : index + 2;
  const isActing = ACTING.at(text, index + 1) > 0 || YEARS.at(text, ofAge) > 0;
  const isFollowed = isSign(next) || isActing || FOLLOWING.at(text, index + 1) > 0;
  const isNoName = NO_GIVEN.at(text, index) > 0 || ROLE_WORDS.at(text, index) > 0;
  if (isTaken) {
    const isOne = isGiven
      ? !isWord || !isNoName || isActing
      : !text.isPlain && !isNoName && SYLLABLE.test(given.plain);
    return isFollowed && isOne ? found : null;
  }
  if (isGiven && !isWord && isAbbreviation(next)) return found;
  const isDoing = doingAt(text, index + 1);
  if (!isGiven) return null;
  const isPair =
    PAIRING.has(next?.text ?? "") &&
    capitalRun(text, index + 2) === 1 &&
    GIVEN.has(tokens[index + 2], text) &&
    !(isWord && GIVEN_WORD.has(tokens[index + 2], text));
  // «trưởng nhóm: Khoa»
  const isLabelled = /^[:(]$/.test(before?.text ?? "") && isSign(next) && !isWord && !isNoName;
  if (isPair || isLabelled) return found;
  const isAtHead = before?.kind !== "word";
  if (isWord) return (isAtHead ? isDoing > 0 && !isNoName : isActing) ? found : null;
  return (isAtHead ? isActing : isFollowed) ? found : null;
}

/** «Ksor Nay», «Y Blut», «H'Nghen Niê», «K' Brêm»: as the peoples of the Central Highlands and others call themselves. */
function peoplesName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const first = tokens[index];
  const before = tokens[index - 1];
  if (!isCapital(first) || text.isShouted) return null;
  const family = HIGHLAND.at(text, index);
  const isJoined = /^[HK]['’]\p{Lu}/u.test(first.text) && !NO_PARTICLE.has(first.plain.slice(2));
  const isParted = /^(?:[HKYA]|Ka|Thị)$/.test(first.text);
  if (family === 0 && !isJoined && !isParted) return null;
  if (isCapital(before) && !TITLES.endsAt(text, index)) return null;
  const run = capitalRun(text, index);
  if (family > 0 && run > family) {
    return { start: index, end: index + run, strength: "medium", isHeld: true };
  }
  if (!isJoined && !isParted) return null;
  const at = isJoined ? index : index + 1 + (/^['’]$/.test(tokens[index + 1]?.text ?? "") ? 1 : 0);
  const given = tokens[at];
  if (!isCapital(given) || given.text.length < 2 || given.text === given.text.toUpperCase())
    return null;
  const end = at + capitalRun(text, at);
  const isOwn = isJoined || GIVEN.has(given, text) || !SYLLABLE.test(given.plain);
  const isFollowed = FOLLOWING.at(text, end) > 0 || (isOwn && isSign(tokens[end]));
  return isFollowed ? bare(index, end) : null;
}
const NO_PARTICLE: ReadonlySet<string> = new Set(["mong", "re", "ho", "hmong", "roi"]);

const CLASS_CODE =
  /^(?:lớp )?(?:(?<=lớp )(?:mầm|chồi|lá)(?!\p{L})|\d{1,2}[A-ZĐ]\d?(?![\p{L}\d])|(?<=lớp )\d)/u;

/** Hills and waters of the Central Highlands, whose names begin so. */
const LANDSCAPE = new Phrases("cư, chư, ea, ia, krông, đăk, đắk, kon, băng");

/** What begins no name, though all its words have capitals: «Học Sinh bỏ học». */
const NO_BEGINNINGS: readonly Phrases[] = [
  ...[PLACES, THINGS, NO_GIVEN, ROLE_WORDS, LANDSCAPE, TITLES, ONE],
  new Phrases("cặp, những, toàn bộ"),
];

/** «Xồng Bá Lẩu bỏ trốn», «Ký thay: Ngân Bá Hùng»: of whatever name, by what is done and how it is built. */
function unlistedName(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const [first, second] = [tokens[index], tokens[index + 1]];
  const before = tokens[index - 1];
  if (!isCapital(first) || first.text.length < 2 || text.isShouted || text.isPlain) return null;
  const run = capitalRun(text, index);
  if (run < 2 || run > 4) return null;
  const isTitled = TITLES.endsAt(text, index);
  if (isCapital(before) && !isTitled) return null;
  const end = index + run;
  // «Hoàng Yến: nghỉ ốm», «Thu Trang tổ 3 nghỉ sinh»
  const next = end + (/^[:(-]$/.test(tokens[end]?.text ?? "") ? 1 : 0);
  const isActing = ACTING.at(text, end) > 0;
  const isStrange = tokens.slice(index, end).some(({ plain }) => !SYLLABLE.test(plain));
  const isOfPeople = (run === 3 && second?.text === "A") || (isStrange && FAMILY.has(first, text));
  const isGiven = isGivenAt(text, end - 1);
  // «Tiến Đạt 6A», «Hoàng Anh lớp 7»
  const isPupil = next === end && CLASS_CODE.test(text.text.slice(tokens[end]?.start));
  const hasContext =
    isBodily(text, next) ||
    (isActing && isOfPeople) ||
    (run === 2 && isGiven && GIVEN.has(first, text) && isPupil);
  if (!hasContext) return null;
  const isOther = NO_BEGINNINGS.some((words) => words.at(text, index) > 0);
  return isOther && BY_BIRTH.at(text, index) === 0 ? null : bare(index, end);
}

/** «Thuý Hà», «Tuấn Anh», and foreign names where foreigners are spoken of. */
function isTwofold(text: SpokenText, index: number, run: number, isCalled = false): boolean {
  const { tokens } = text;
  const second = tokens[index + 1];
  if (isCapital(tokens[index - 1])) return false;
  const isOfThing = !isCalled && (THINGS.isIn(text, 0, index) || PLACES.endsAt(text, index));
  const isTwo =
    run === 2 && BEGINNING.has(tokens[index], text) && (!isOfThing || isTakenAt(text, index));
  const isGiven = isGivenAt(text, index + 1);
  if (isTwo && isGiven && !GIVEN_WORD.has(second, text)) return true;
  const isForeign = tokens
    .slice(index, index + run)
    .some(({ plain, text: one }) => !SYLLABLE.test(plain) && one !== one.toUpperCase());
  return isForeign && !isOfThing && FOREIGN.isIn(text);
}

const SYLLABLE =
  /^(?:b|c|ch|d|g|gh|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|r|s|sl|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?$/;
const YEARS = new Phrases("tuổi, t");

const PAIRING: ReadonlySet<string> = new Set([",", ";", "+", "-", "và", "với"]);

/** «"sẹo"», «(Híp)»: how many tokens one or two words in quotes take; 0 where none stand. */
function nicknameAt({ tokens }: SpokenText, at: number): number {
  const isQuote = (token: Token | undefined): boolean => QUOTE.test(token?.text ?? "");
  const nick = tokens[at + 1];
  if (!isQuote(tokens[at]) || nick?.kind !== "word" || nick.isApart) return 0;
  if (isQuote(tokens[at + 2])) return 3;
  return tokens[at + 2]?.kind === "word" && isQuote(tokens[at + 3]) ? 4 : 0;
}

/** How many tokens the initials take that stand at a place, «V.T.L», «Q.»; 0 where none do. */
function initialsAt({ tokens }: SpokenText, index: number): number {
  const isLetter = (at: number): boolean =>
    isCapital(tokens[at]) && /^\p{Lu}(?:\p{Ll})?$/u.test(tokens[at]?.text ?? "");
  let at = index;
  while (isLetter(at) && tokens[at + 1]?.text === "." && isLetter(at + 1 + 1)) at += 2;
  if (!isLetter(at) || (at === index && tokens[at]?.text.length !== 1)) return 0;
  const next = tokens[at + 1];
  const isJoined = next !== undefined && !next.isApart && /^[\p{L}\d/&]/u.test(next.text);
  return isJoined ? 0 : at + 1 - index;
}

/** How many tokens two or more initials take that are no abbreviation of the work. */
function dottedAt(text: SpokenText, index: number): number {
  const { tokens } = text;
  if (tokens[index - 1]?.text === "." && tokens[index]?.isApart === false) return 0;
  if (tokens[index - 1]?.kind === "number" && tokens[index]?.isApart === false) return 0;
  const length = initialsAt(text, index);
  const letters = tokens.slice(index, index + length).map((token) => token.text);
  return length < 3 || ABBREVIATED.has(letters.join("").replaceAll(".", "")) ? 0 : length;
}

/** «N.T.H», «N.V.Tuấn», «H. (lớp 6)». */
function bareInitials(text: SpokenText, index: number): FoundName | null {
  const { tokens } = text;
  const letters = initialsAt(text, index);
  const given = index + letters + 1;
  const isBeforeName =
    letters > 2 && tokens[given - 1]?.text === "." && isCapital(tokens[given]) && !text.isShouted;
  if (isBeforeName && GIVEN.has(tokens[given], text)) return bare(index, given + 1);
  const hasContext =
    letters === 1 &&
    /^\p{Lu}\. ?\((?:lớp|sn|SN|\d{1,2} ?t)/u.test(text.text.slice(tokens[index]?.start));
  if (hasContext) return bare(index);
  // «Q. "sứt"»
  const behind = index + letters + (tokens[index + letters]?.text === "." ? 1 : 0);
  const isNicked =
    letters > 0 && letters < 3 && nicknameAt(text, behind) > 0 && !isCapital(tokens[behind + 1]);
  if (isNicked) return bare(index);
  const length = dottedAt(text, index);
  return length >= 5 && length <= 8 ? bare(index, index + length) : null;
}

/** Whether somebody is named by initials, «N.T.H». */
export function hasInitials(text: SpokenText): boolean {
  return text.tokens.some((_, index) => dottedAt(text, index) > 0);
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
