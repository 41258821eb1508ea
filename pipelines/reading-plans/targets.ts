import { AMONG, amountsIn, inWordsIn, wordAmount } from "./amounts.ts";
import { AFTER, AREA_NOUN, AT_KIND, type TargetComparator } from "./comparing-words.ts";
import { doubtsOf, isResult } from "./doubts.ts";
import { leftOver } from "./left-over.ts";
import {
  BEFORE_ANY,
  CAPPED,
  comparisonBeside,
  directionIn,
  leadOf,
  REACHED,
  ROUGHLY,
  type Role,
  rolesOf,
  type Section,
  zerosIn,
} from "./number-roles.ts";
import { numbersIn } from "./numbers.ts";
import type { Place } from "./outline.ts";
import { LONGEST_SENTENCE } from "./sentence.ts";
import { dueOf } from "./target-due.ts";
import { type Due, duesIn, type QuotedDue, withoutDues } from "./times.ts";

/** What a rise or a fall is compared with, and how it is measured. */
interface ReadChange {
  readonly direction: "tăng" | "giảm";
  readonly as: "percent" | "points" | "times" | "ranks" | "count";
  /** `năm 2019`, `cùng kỳ năm trước`; null where the plan does not say. */
  readonly against: string | null;
}

/** A target as the words of a plan set it. A fall is negative, as in a plan file. */
export interface ReadTarget {
  /** The sentence, without the sign before it. */
  readonly sentence: string;
  /** The words of it that are about this target. */
  readonly words: string;
  /** Its number with the words that compare it: `dưới 25`, `25% trở lên`; the words above where none do. */
  readonly asked: string;
  readonly place: Place;
  readonly comparator: TargetComparator;
  /** Exact decimals; `to` is the other end of a range. */
  readonly value: string;
  readonly to: string | null;
  readonly unit: string | null;
  /** Null where the sentence and its headings do not say: by the end of each year of the plan. */
  readonly due: Due | null;
  readonly change: ReadChange | null;
  /** What it was: `5,2%`. */
  readonly baseline: string | null;
  /** `mỗi xã`: a quota of each. */
  readonly each: string | null;
  /** `quận`: it is for such places alone. */
  readonly group: string | null;
  /** It is the thing of the target before it, at another time or for other places: «…, 85% năm 2024». */
  readonly is_same: boolean;
  /** What else must hold: `ít nhất 1 lần/tháng`. */
  readonly conditions: readonly string[];
  /** What was taken though the words do not say it; empty where they say all. */
  readonly marks: readonly string[];
}

/** What a target says besides its amount: `giảm so với năm 2019`, `mỗi xã`, `hạn: đến năm 2030`. */
export function askedBesides({ due, change, each, group, conditions }: ReadTarget): string[] {
  return [
    ...(change === null
      ? []
      : [`${change.direction}${change.against === null ? "" : ` so với ${change.against}`}`]),
    ...(each === null ? [] : [each]),
    ...(group === null ? [] : [`riêng ${group}`]),
    ...(due === null ? [] : [`hạn: ${due.words}`]),
    ...conditions,
  ];
}

/** Numbers of a sentence that became no target. */
export interface NotUnderstood {
  readonly sentence: string;
  readonly place: Place;
  readonly numbers: readonly string[];
  readonly reason: string;
}

export interface SentenceReading {
  readonly targets: readonly ReadTarget[];
  readonly left: readonly NotUnderstood[];
}

/** Several readings as one. */
export function together(readings: readonly SentenceReading[]): SentenceReading {
  return {
    targets: readings.flatMap(({ targets }) => targets),
    left: readings.flatMap(({ left }) => left),
  };
}

const RANKED = /(?:(?:nằm|đứng|xếp)\s+trong|nhóm|hạng|thứ|vị\s+trí|t[oố]p)$/iu;
const AGAINST =
  /so\s+(?:với|cùng)\s+((?:\p{L}+\s+){0,6}?(?:giai\s+đoạn\s+(?:năm\s+)?\d{4}\s*[-–]\s*(?:năm\s+)?\d{4}|\d{1,2}\s+năm\s+(?:\d{4}\s*[-–]\s*\d{4}|gần\s+(?:nhất|đây)|trước(?:\s+đó)?|liền\s+kề)|(?:năm|kỳ|quý|tháng)(?:\s+(?:\d{4}|(?:liền\s+|ngay\s+)?trước|liền\s+kề))?(?:\s+(?:năm\s+)?(?:\d{4}|trước))?))/iu;
const PAST = /(?<!\p{L})(?:đã|hiện\s+có|hiện\s+nay|tính\s+đến|kết\s+quả\s+đạt)(?!\p{L})/iu;
/** «giảm cả 3 tiêu chí»: by how much is not said. */
const CRITERIA = /(tăng|giảm)\s+(?:cả\s+)?(?:\d+|hai|ba)\s+tiêu\s+chí/iu;
const FALLEN: Readonly<Record<TargetComparator, TargetComparator>> = {
  ">=": "<=",
  ">": "<",
  "<=": ">=",
  "<": ">",
  "=": "=",
  between: "<=",
};
/** Fewer words say nothing that could be done or not. */
const LEAST_WORDS = 6;
/** «số ca mắc không tăng»: asks for something, without a number. */
const NO_RISE = /(?<!\p{L})(?:không|chưa)\s+(?:tăng|giảm|vượt|cao\s+hơn|thấp\s+hơn)(?!\p{L})/iu;
/** The mark of a number beside which no word compares. */
export const UNSAID = "không có chữ so sánh: hiểu là ít nhất";
/** Why a time became no target. */
export const ONLY_A_TIME = "chỉ nêu thời hạn, không nêu mức phải đạt";
/** The mark of a sentence of which all is to be done. */
export const UNNUMBERED = "câu không có con số: hiểu là phải thực hiện đủ";

/**
 * The targets that a sentence sets.
 * @param isItem it is an item of a list of targets, and one though it may have no number
 */
export function readSentence(
  sentence: string,
  place: Place,
  section: Section,
  isItem = false,
): SentenceReading {
  const left = (some: readonly string[], reason: string): NotUnderstood[] => [
    { sentence, place, numbers: some, reason },
  ];
  if (sentence.length > LONGEST_SENTENCE) {
    const numbers = numbersIn(sentence).map(({ typed }) => typed);
    return { targets: [], left: left(numbers, "quá dài để đọc như một câu") };
  }
  const dues = duesIn(sentence);
  const isTask = section === "tasks";
  const numbers = amountsIn(hidden(sentence, dues), !isTask);
  if (section === "past" || (isTask ? PAST.test(sentence) : isResult(sentence))) {
    const typed = numbers.map(({ at, digits }) => sentence.slice(at, at + digits.length));
    return {
      targets: [],
      left: typed.length === 0 ? [] : left(typed, "nêu tình hình, kết quả đã có"),
    };
  }
  const words = isTask
    ? []
    : [...zerosIn(sentence), ...(numbers.length > 0 ? [] : wholesIn(sentence, isItem))];
  const amounts = [...numbers, ...words]
    .sort((one, other) => one.at - other.at)
    .map((one) => ({ ...one, typed: sentence.slice(one.at, one.end) }));
  const inWords = isTask ? [] : inWordsIn(sentence, amounts);
  if (amounts.length === 0 && inWords.length === 0) {
    const still = isTask ? null : NO_RISE.exec(sentence);
    if (isItem || still !== null)
      return { targets: [], left: left(still ?? [], "không nêu mức phải đạt") };
  }
  const roles = rolesOf(sentence, amounts, section);
  const asked = roles.filter(({ role }) => role === "target");
  const read = sharing(
    asked.map((role) => targetOf(sentence, place, role, roles, dues)),
    asked,
  );
  const targets = read.flatMap(eachThing);
  const unread = roles.filter(({ role }) => role === "left").map(({ amount }) => amount.digits);
  const reason =
    targets.length > 0
      ? "con số khác trong câu đã có chỉ tiêu"
      : "con số không có chữ nêu mức phải đạt";
  return {
    targets,
    left: [
      ...(unread.length === 0 ? [] : left(unread, reason)),
      ...(inWords.length === 0 ? [] : left(inWords, "con số bằng chữ")),
    ],
  };
}

/** What several rises or falls of a sentence are compared with, said of one of them. */
function sharing(read: readonly ReadTarget[], roles: readonly Role[]): ReadTarget[] {
  return read.map((one, index) => {
    const isOf = (_: ReadTarget, at: number): boolean => roles[at]?.clause === roles[index]?.clause;
    const stated = read.filter(({ change }) => change?.against != null);
    const near = stated.find((other) => isOf(other, read.indexOf(other))) ?? stated[0];
    if (
      one.due?.every === "year" ||
      one.change === null ||
      one.change.against !== null ||
      near?.change == null
    )
      return one;
    const { against } = near.change;
    return { ...one, change: { ...one.change, against } };
  });
}

/** A sentence without a number of which all is to be done, or grow less. */
function wholesIn(sentence: string, isItem: boolean): ReturnType<typeof wordAmount>[] {
  const criteria = CRITERIA.exec(sentence);
  if (criteria !== null) return [wordAmount(criteria.index, criteria[0], "0", "%", "criteria")];
  const isWhole =
    isItem &&
    !NO_RISE.test(sentence) &&
    inWordsIn(sentence, []).length === 0 &&
    sentence.split(/\s+/u).length >= LEAST_WORDS &&
    zerosIn(sentence).length === 0;
  return isWhole ? [{ ...wordAmount(0, "", "100", "%", "percent"), marks: [UNNUMBERED] }] : [];
}

/** The text with the digits of its dates hidden. */
function hidden(sentence: string, dues: readonly QuotedDue[]): string {
  const compared = [...sentence.matchAll(/so\s+với[^;,]*?\d{4}(?:\s*[-–]\s*\d{4})?/giu)].map(
    ({ 0: typed, index }) => ({ at: index, end: index + typed.length }),
  );
  return [...dues.filter(({ words }) => !words.startsWith("/")), ...compared].reduce(
    (text, { at, end }) =>
      text.slice(0, at) + text.slice(at, end).replace(/\d/g, "□") + text.slice(end),
    sentence,
  );
}

function targetOf(
  sentence: string,
  place: Place,
  role: Role,
  roles: readonly Role[],
  dues: readonly QuotedDue[],
): ReadTarget {
  const { amount, clause, lead, previous } = role;
  const next = roles.slice(roles.indexOf(role) + 1).find((one) => one.role === "target");
  const isLast = next?.clause !== clause;
  const after = sentence.slice(
    amount.end,
    isLast ? clause.end : Math.min(next.start, next.amount.at),
  );
  const marks = [...amount.marks];
  const rest = sentence.slice(amount.end, clause.end);
  // «Chỉ tiêu cụ thể, so với cùng kỳ năm 2025»
  const above = AGAINST.exec(place.headings.at(-1) ?? "")?.[1]?.trim() ?? null;
  const { comparator, change, isWeak } = comparedBy(role, after, rest, marks, above);
  const { due, mark } = dueOf(sentence, role, roles, dues, place);
  if (mark !== null) marks.push(mark);
  marks.push(...doubtsOf(sentence, role, change, isWeak));
  const signed = (value: string): string =>
    change?.direction === "giảm" && Number(value) !== 0 ? `-${value}` : value;
  const ofThis = (one: Role): boolean =>
    (one.isOfNext
      ? roles.find((other) => other.role === "target" && other.amount.at > one.amount.at)
      : one.previous) === role;
  const until = next === undefined ? sentence.length : isLast ? next.clause.start : next.start;
  const each =
    eachOf(role, after) ??
    (isBare(lead) ? (EACH_BEFORE.exec(previous?.lead ?? "")?.[0] ?? null) : null);
  const group = AT_KIND.exec(after)?.[1] ?? null;
  const baseline =
    roles.find((one) => one.role === "baseline" && ofThis(one))?.amount.typed ?? null;
  const conditions = roles
    .filter((one) => one.role === "condition" && ofThis(one))
    .map((one) => conditionText(sentence, one, dues));
  const against = change?.against == null ? [] : [`so với ${change.against}`];
  const taken = [each, baseline, ...conditions, ...against].filter((one) => one !== null);
  const open = leftOver(role, after, taken, change !== null);
  const unread = roles.filter(
    (one) => one.role === "left" && one.amount.at >= role.start && one.amount.at < until,
  );
  open.push(...unread.map(({ amount: { typed } }) => typed));
  const unit = unitOf(role, after);
  if (open.length > 0) marks.push(`chưa hiểu: “${open.join("”, “")}”`);
  const words = trimmed(sentence.slice(previous === null ? clause.start : role.start, until));
  return {
    sentence,
    words,
    asked: wordsAsking(lead, amount.typed, after) ?? (amount.to === null ? words : amount.typed),
    place,
    comparator,
    value: signed(amount.value),
    to: amount.to === null ? null : signed(amount.to),
    unit: RANKED.test(lead.trim()) ? "hạng" : unit,
    due,
    change,
    baseline,
    each,
    group: group?.toLowerCase() ?? null,
    is_same: isSame(role, after),
    conditions,
    marks: [...new Set(marks)],
  };
}

/** Its unit, with the people among whom it is counted: «số bác sĩ trên 1 vạn dân», «2 bác sĩ trên 1.000 dân». */
function unitOf({ amount: { unit, kind, typed }, lead }: Role, after: string): string | null {
  const behind = AMONG.exec(`${typed}${after}`);
  const among = (AMONG.exec(lead) ?? (behind?.index === typed.length + 1 ? behind : null))?.[1];
  const isAmong = among !== undefined && kind === "count" && unit !== null && !unit.includes("/");
  return isAmong ? `${unit}/${among.replace(/1\s+vạn/u, "10.000")}` : unit;
}

/** «số vụ, số người chết và bị thương»: several things that are to rise or fall alike. */
const THINGS =
  /(?:cả|ở|trên)\s+(?:[2-9]|hai|ba)\s+tiêu\s+chí\s*[:(]?\s*(?:về\s+|là\s+)?|số\s+[^,;.()\d]+?(?:(?:,\s*|\s+và\s+)(?:số|người|bị)\s+[^,;.()\d]+?)+(?=\s*(?:$|[,;.()]|(?:so|do|vì|trên|trong|năm|hằng|hàng|mỗi)\s))/giu;

/** A rise or a fall of several things is a target of each. */
function eachThing(target: ReadTarget): ReadTarget[] {
  if (target.change === null) return [target];
  const { words } = target;
  const found = [...words.matchAll(THINGS)];
  const [list] = found.filter(([typed]) => /^số/iu.test(typed));
  if (list === undefined) return [target];
  const counted = found.find(({ 0: typed, index }) => index + typed.length === list.index) ?? list;
  const [before, after] = [words.slice(0, counted.index), words.slice(list.index + list[0].length)];
  return list[0].split(/,\s*|\s+và\s+/u).map((thing) => {
    const named = thing.replace(/^bị/iu, "số người bị").replace(/^người/iu, "số người");
    return { ...target, words: `${before}${named}${after.replace(/^\)/u, "")}` };
  });
}

/** What is compared with; nothing where another rise or fall stands before it. */
function againstIn(text: string): string | null {
  const found = AGAINST.exec(text);
  const isOther =
    found !== null && /(?<!\p{L})(?:tăng|giảm)(?!\p{L})/iu.test(text.slice(0, found.index));
  return isOther ? null : (found?.[1]?.trim() ?? null);
}

interface Compared {
  readonly comparator: TargetComparator;
  readonly change: ReadChange | null;
  /** No word compares: it only says that so much is reached. */
  readonly isWeak: boolean;
}

/** @param after up to the next target @param rest up to the end of the clause */
function comparedBy(
  role: Role,
  after: string,
  rest: string,
  marks: string[],
  above: string | null = null,
): Compared {
  const { amount, previous } = role;
  const by = (comparator: TargetComparator, change: ReadChange | null = null): Compared => ({
    comparator,
    change,
    isWeak: false,
  });
  const changed = (direction: ReadChange["direction"], as: ReadChange["as"]): ReadChange => {
    const against = againstIn(rest) ?? AGAINST.exec(role.lead)?.[1]?.trim() ?? above;
    return { direction, as, against };
  };
  if (amount.kind === "none") {
    // «không để tăng số vụ so với năm trước»
    const moved = /^\s*(?:gia\s+)?(tăng|giảm)(?!\p{L}|\s+cường)/iu.exec(after)?.[1]?.toLowerCase();
    if (moved === undefined) return by("=");
    const isRise = moved === "tăng";
    const against = AGAINST.exec(after)?.[1]?.trim() ?? null;
    const direction = isRise ? "tăng" : "giảm";
    return by(isRise ? "<=" : ">=", { ...changed(direction, "percent"), against });
  }
  if (amount.kind === "criteria") {
    const direction = /^tăng/iu.test(amount.typed) ? "tăng" : "giảm";
    marks.push(`không nêu mức ${direction}: hiểu là ${direction} so với thời gian trước`);
    return by(direction === "giảm" ? "<" : ">", changed(direction, "percent"));
  }
  const lead = leadOf(role);
  const roughly = ROUGHLY.exec(lead)?.[0];
  if (roughly !== undefined) marks.push(`“${roughly}”: phải chọn một mức`);
  const words = roughly === undefined ? lead : lead.slice(0, -roughly.length).trim();
  if (RANKED.test(words)) return by("<=");
  const strict = comparisonBeside(words, after);
  const inherited = strict === null && amount.value !== "100" ? inheritedBy(role, rest) : null;
  if (inherited !== null && previous !== null) {
    const typed = previous.amount.typed;
    marks.push(
      isSame(role, after) || (inherited.change === null && inherited.comparator === ">=")
        ? `lấy theo chữ đứng trước “${typed}”`
        : `hiểu là cũng ${inherited.change?.direction ?? "so sánh"} như “${typed}”`,
    );
    return inherited;
  }
  const isMultiple = amount.kind === "times" && /gấp$/iu.test(words);
  // «giảm tỷ lệ … xuống 2% so với năm 2024» can hardly be a level
  const isFall = /giảm(?!\p{L}).*xuống$/iu.test(words) && /^[^,;\d]{0,3}so\s+với/iu.test(after);
  // «giảm tỷ lệ hộ nghèo dưới 2%» is where it is to fall to
  const isLevel =
    directionIn(words) === "giảm" &&
    (strict === "<" ||
      /không\s+giảm\s+dưới$/iu.test(words) ||
      (strict === "<=" && !/giảm\s*$/iu.test(words.replace(BEFORE_ANY, ""))));
  const direction = isLevel ? null : isFall ? "giảm" : isMultiple ? "tăng" : directionIn(words);
  const as = amount.kind === "rate" ? "count" : amount.kind;
  if (direction !== null) {
    if (as === "times" && !isMultiple)
      marks.push(`“${direction} … lần”: có thể là gấp bấy nhiêu lần, hoặc ${direction} thêm`);
    const asked = strict ?? ">=";
    return by(direction === "giảm" ? FALLEN[asked] : asked, changed(direction, as));
  }
  if (strict !== null) return by(strict);
  if (amount.to !== null) return by("between");
  if (amount.value === "0") return by("=");
  if (CAPPED.test(words)) return by("<=");
  if (amount.value !== "100" && !REACHED.test(words)) marks.push(UNSAID);
  return { ...by(">="), isWeak: true };
}

/** Another thing that rises or falls: «giảm số vụ ít nhất 15% và số đơn khiếu nại 10%». */
const LISTED = /^số(?:\s+(?!(?:đạt|có|là|còn|lên|xuống|tăng|giảm)(?!\p{L}))\p{L}+)+$/iu;

/** What the words before the number before say, where nothing but a date stands between; null where they say nothing. */
function inheritedBy({ lead, isPart, previous, amount }: Role, rest: string): Compared | null {
  const things = withoutDues(lead);
  const isListed = things === "" || LISTED.test(things);
  if (isPart || previous === null || previous.amount.kind === "none" || !isListed) return null;
  const marks: string[] = [];
  const from = comparedBy(previous, "", rest, marks);
  const isAll = previous.amount.value === "100" && from.isWeak;
  if (marks.includes(UNSAID) || isAll || (things !== "" && from.change === null)) return null;
  return from.comparator === "between" && amount.to === null ? { ...from, comparator: ">=" } : from;
}

/** Only a comparison, a number, a time or the places stand there. */
function isSame({ lead, previous, amount }: Role, after: string): boolean {
  if (previous === null || previous.amount.unit !== amount.unit) return false;
  const rest = withoutDues(after).replace(AT_KIND, "");
  const before = withoutDues(lead).replace(BEFORE_ANY, "");
  return !/\p{L}/u.test(rest.replace(AND, "")) && !/\p{L}/u.test(before.replace(REACHED, ""));
}

const AND = /(?<!\p{L})(?:và|còn|trên)(?!\p{L})/giu;

const EACH_NOUN = `(?:${AREA_NOUN}|tổ\\s+dân\\s+phố|khu\\s+phố|khóm|buôn|thôn|ấp|bản|trường|sở|ban|ngành|phòng|cơ\\s+sở|đơn\\s+vị|cơ\\s+quan|khu\\s+dân\\s+cư|hộ|lớp)`;
/** What of them is asked, behind the words that say which of them. */
const EACH_ACT =
  "(?:có|tổ\\s+chức|thành\\s+lập|xây\\s+dựng|duy\\s+trì|bố\\s+trí|thực\\s+hiện|đào\\s+tạo|mở|lấy|được|đạt|phải|ít\\s+nhất|tối\\s+thiểu|trên|từ)(?!\\p{L})";
const EACHES = `${EACH_NOUN}(?:(?:,|\\s+và)\\s*${EACH_NOUN})*(?!\\p{L})(?:(?:\\s+(?!${EACH_ACT}|(?:mỗi|hằng|hàng|trong|năm|quý|tháng)(?!\\p{L}))\\p{L}+){1,5}(?=\\s+${EACH_ACT}))?`;
const EACH_BEFORE = new RegExp(`(?:mỗi|từng)\\s+${EACHES}`, "iu");
const EACH_AFTER = new RegExp(`^[^;,.\\d]*?((?:/|mỗi\\s+)${EACHES})`, "iu");

/** Words that compare, raise or lower, or ask it of each, up to the number behind them. */
const ASKS_BEFORE = new RegExp(
  `(?<!\\p{L})(?:${BEFORE_ANY.source}|(?:tăng|giảm|hạ)(?:\\s+\\p{L}+){0,3}$|(?:mỗi|từng)\\s+${EACHES}[^;.\\d]*$)`,
  "iu",
);

/** What stands between others, with the words beside it that ask for something; null where there are none. */
export function wordsAsking(lead: string, typed: string, after: string): string | null {
  const before = ASKS_BEFORE.exec(lead.trim())?.[0];
  const behind = [...AFTER.map(([words]) => words), EACH_AFTER, AT_KIND].flatMap(
    (words) => words.exec(after)?.[0] ?? [],
  );
  const [longest = ""] = behind.sort((one, other) => other.length - one.length);
  if (before === undefined && longest === "") return null;
  const number = longest === "" ? typed.replace(/(?<=\d)\D+$/u, "") : typed;
  return `${before === undefined ? "" : `${before} `}${number}${longest}`;
}

/** Nothing but a time or a comparison stands before it: it is asked of whom the number before is. */
const isBare = (lead: string): boolean => withoutDues(lead.replace(BEFORE_ANY, "")) === "";

/** `mỗi xã`: each of many has so much to reach. */
function eachOf({ amount: { kind }, lead }: Role, after: string): string | null {
  const later = kind === "count" ? EACH_AFTER.exec(after)?.[1] : undefined;
  return EACH_BEFORE.exec(lead)?.[0] ?? later ?? null;
}

const BESIDE_CONDITION =
  /(?:(?:mỗi|từng)\s+[^,;]*|(?:không\s+)?(?:từ|ít\s+nhất|tối\s+thiểu|tối\s+đa|quá|trên|dưới)\s*)$/iu;

function conditionText(
  sentence: string,
  { amount, lead }: Role,
  dues: readonly QuotedDue[],
): string {
  const words = BESIDE_CONDITION.exec(lead)?.[0] ?? "";
  const more = /^(?:\s+\p{L}+){0,2}\s+trở\s+(?:lên|xuống)/u.exec(sentence.slice(amount.end))?.[0];
  const due = dues.find(
    ({ at, from }) =>
      from !== null && at >= amount.end && sentence.slice(amount.end, at).trim() === "",
  );
  const end = due?.end ?? amount.end + (more?.length ?? 0);
  return trimmed(sentence.slice(amount.at - words.length, end));
}

function trimmed(text: string): string {
  return text
    .replace(/^[\s,;]+|[\s,;]+$/gu, "")
    .replace(/^(?:và|đồng thời|trong đó)\s+|[\s,]+(?:và|đồng thời|trong đó)$/giu, "");
}
