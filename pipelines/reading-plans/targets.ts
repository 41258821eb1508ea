import {
  AFTER,
  AREA_NOUN,
  AT_EACH_AFTER,
  AT_EACH_BEFORE,
  AT_KIND,
  BEFORE,
} from "../sources/comparing-words.ts";
import type { TargetComparator } from "../sources/plan-target.ts";
import { type Amount, amountsIn } from "./amounts.ts";
import type { Place } from "./document.ts";
import { type Due, duesIn, type SaidDue } from "./dues.ts";

/** What a rise or a fall is compared with, and how it is measured. */
export interface ReadChange {
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
  readonly place: Place;
  readonly comparator: TargetComparator;
  /** Exact decimals; `to` is the other end of a range. */
  readonly value: string;
  readonly to: string | null;
  readonly unit: string | null;
  /** Null where the sentence and its headings do not say: by the end of each year of the plan. */
  readonly due: Due | null;
  readonly change: ReadChange | null;
  /** What it was: `từ 5,2%`. */
  readonly baseline: string | null;
  /** `mỗi xã`: a quota of each. */
  readonly each: string | null;
  /** `quận`: it is for such places alone. */
  readonly group: string | null;
  /** `8/8`. */
  readonly out_of: string | null;
  /** What else must hold: `ít nhất 1 lần/tháng`. */
  readonly conditions: readonly string[];
  /** What was taken though the words do not say it; empty where they say all. */
  readonly marks: readonly string[];
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

/** What a part of a plan is for, by its headings. */
export type Section = "targets" | "aims" | "tasks" | "past";

/** Words before a number that let it be reached or passed, beside those that compare strictly. */
const REACHED =
  /(?:đạt|có|gồm|lên|là|bằng|thêm|bảo|đảm|đấu|hoàn\s+thành|duy\s+trì|giữ\s+(?:vững|ổn\s+định)|đủ|thành|gấp|huy\s+động|phủ|từ)(?:\s+(?:từ|được|mức|tỷ\s+lệ|tỉ\s+lệ|bình\s+quân|ít\s+nhất))*$/iu;
/** Words before a number that may not be passed. */
const CAPPED =
  /(?:xuống(?:\s+còn)?|còn|khống\s+chế(?:\s+ở)?(?:\s+mức)?)(?:\s+(?:từ|mức|ở\s+mức))*$/iu;
const ROUGHLY = /(?:khoảng|gần|xấp\s+xỉ|cơ\s+bản|chừng)$/iu;
const STRICT: readonly (readonly [RegExp, TargetComparator])[] = [
  [/≥$/u, ">="],
  [/≤$/u, "<="],
  [/>$/u, ">"],
  [/<$/u, "<"],
  [/(?<!nhiều\s|cao\s|lớn\s|ít\s|thấp\s|nhỏ\s)hơn$/iu, ">"],
  [/kém$/iu, "<"],
];
const DIRECTION =
  /(?<!(?:tốc\s+độ|tỷ\s+lệ|tỉ\s+lệ|mức|góp\s+phần)\s+)(?<!\p{L})(tăng|giảm|hạ)(?!\p{L})(?!\s+(?:nghèo|thiểu|nhẹ|hại|tác\s+hại|trừ|cường|trưởng|tốc|sút))/giu;
const LEVEL = /(?:^|\s)(?:còn|xuống|lên|đạt|là|bằng|bảo\s+đảm|đảm\s+bảo|thành|có)(?=\s|$)/iu;
const AGAINST =
  /so\s+(?:với|cùng)\s+((?:\p{L}+\s+){0,6}?(?:năm|kỳ|quý|tháng|kỳ\s+trước)(?:\s+(?:\d{4}|trước|liền\s+kề))?(?:\s+(?:năm\s+)?(?:\d{4}|trước))?)/iu;
/** What is meant to grow less: to reach so much of it is hardly what is asked. */
const HARM =
  /tai\s+nạn|tử\s+vong|hộ\s+nghèo|cận\s+nghèo|suy\s+dinh\s+dưỡng|thấp\s+còi|thất\s+nghiệp|bỏ\s+học|tái\s+nghiện|tái\s+phạm|mắc\s+bệnh|nhiễm\s+mới|sinh\s+con\s+thứ|tảo\s+hôn|quá\s+hạn|trễ\s+hạn|mù\s+chữ/iu;
const SEPARATOR = /,|;|(?<!\p{L})(?:và|trong\s+đó|đồng\s+thời|riêng|hoặc)(?!\p{L})/giu;
/** A list of places behind a number is its noun, and parts nothing. */
const NOUNS = new RegExp(
  `^\\s*(?:số\\s+|các\\s+|tổng\\s+số\\s+){0,2}${AREA_NOUN}(?:(?:,|\\s+và|\\s*-)\\s*${AREA_NOUN})*`,
  "iu",
);
const ACTS =
  /^\s*(?:tổ\s+chức|kiểm\s+tra|xây\s+dựng|tuyên\s+truyền|mở|thành\s+lập|hỗ\s+trợ|đào\s+tạo|tập\s+huấn|trồng|cấp|thực\s+hiện|phát|in|biên\s+soạn|vận\s+động|giải\s+quyết|xử\s+lý)(?!\p{L})/iu;
const ZERO =
  /(?:^|[,;]\s*|(?:phấn\s+đấu|bảo\s+đảm|đảm\s+bảo|tuyệt\s+đối|kiên\s+quyết|cơ\s+bản|cơ\s+sở)\s+)(không\s+(?:để|còn|xảy\s+ra|phát\s+sinh)|chấm\s+dứt)(?!\p{L})/giu;
const PAST = /(?<!\p{L})(?:đã|hiện\s+có|hiện\s+nay|tính\s+đến|kết\s+quả\s+đạt)(?!\p{L})/iu;
const FALLEN: Readonly<Record<string, TargetComparator>> = {
  ">=": "<=",
  ">": "<",
  "<=": ">=",
  "<": ">",
  "=": "=",
  between: "<=",
};

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A number with what the words around it make of it. */
interface Role {
  readonly amount: Amount;
  readonly clause: Span;
  /** Where the words about it begin. */
  readonly start: number;
  readonly lead: string;
  readonly role: "target" | "condition" | "baseline" | "left";
  /** It describes what the number behind it counts. */
  readonly isOfNext: boolean;
  /** The target before it in its clause. */
  readonly previous: Role | null;
}

/** The targets that a sentence sets. */
export function readSentence(sentence: string, place: Place, section: Section): SentenceReading {
  const dues = duesIn(sentence);
  const amounts = amountsIn(hidden(sentence, dues)).map((one) => ({
    ...one,
    typed: sentence.slice(one.at, one.end),
  }));
  const left = (numbers: readonly string[], reason: string): NotUnderstood[] =>
    numbers.length === 0 ? [] : [{ sentence, place, numbers, reason }];
  if (section === "past" || (section === "tasks" && PAST.test(sentence))) {
    return {
      targets: [],
      left: left(
        amounts.map(({ digits }) => digits),
        "nêu tình hình, kết quả đã có",
      ),
    };
  }
  const zeros = section === "tasks" ? [] : zerosOf(sentence, amounts);
  const roles = rolesOf(sentence, amounts, zeros, section);
  const made = [
    ...roles
      .filter(({ role }) => role === "target")
      .map((role) => targetOf(sentence, place, role, roles, dues)),
    ...zeros.map((zero) => zeroTarget(sentence, place, zero, amounts, dues)),
  ].sort((one, other) => one.at - other.at);
  const unread = roles.filter(({ role }) => role === "left").map(({ amount }) => amount.digits);
  return {
    targets: made.map(({ at: _, ...target }) => target),
    left: left(
      unread,
      made.length > 0
        ? "con số khác trong câu đã có chỉ tiêu"
        : "con số không có chữ nêu mức phải đạt",
    ),
  };
}

/** The text with the digits of its dates hidden. */
function hidden(sentence: string, dues: readonly SaidDue[]): string {
  const against = [...sentence.matchAll(/so\s+với[^;,]*?\d{4}/giu)].map(({ 0: said, index }) => ({
    at: index,
    end: index + said.length,
  }));
  return [...dues.filter(({ said }) => !said.startsWith("/")), ...against].reduce(
    (text, { at, end }) =>
      text.slice(0, at) + text.slice(at, end).replace(/\d/g, "□") + text.slice(end),
    sentence,
  );
}

function clausesOf(sentence: string): Span[] {
  const ends = [...sentence.matchAll(/;/gu)].map(({ index }) => index);
  const starts = [0, ...ends.map((end) => end + 1)];
  return starts.map((start, index) => ({ start, end: ends[index] ?? sentence.length }));
}

/** «không để xảy ra …»: none of it, with all that is said of it. */
function zerosOf(sentence: string, amounts: readonly Amount[]): Span[] {
  return clausesOf(sentence).flatMap((clause) => {
    const text = sentence.slice(clause.start, clause.end);
    const found = [...text.matchAll(ZERO)].map(
      ({ 0: said, 1: words = "", index }) => clause.start + index + said.indexOf(words),
    );
    return found.map((start, index): Span => {
      const until = found[index + 1] ?? clause.end;
      const next = amounts.find(({ at, kind }) => at > start && at < until && kind === "percent");
      const comma = next === undefined ? -1 : sentence.lastIndexOf(",", next.at);
      return { start, end: comma > start ? comma : until };
    });
  });
}

function rolesOf(
  sentence: string,
  amounts: readonly Amount[],
  zeros: readonly Span[],
  section: Section,
): Role[] {
  const roles: Role[] = [];
  for (const clause of clausesOf(sentence)) {
    const own = amounts.filter(({ at }) => at >= clause.start && at < clause.end);
    let previous: Role | null = null;
    let carried: number | null = null;
    for (const [index, amount] of own.entries()) {
      const from = own[index - 1]?.end ?? clause.start;
      const next = own[index + 1];
      const before = sentence.slice(from, amount.at);
      const start: number =
        carried ?? (index === 0 ? clause.start : from + leadStart(before, own[index - 1]));
      const lead = sentence.slice(start, amount.at);
      const after = sentence.slice(amount.end, next?.at ?? clause.end);
      const role: Role["role"] = zeros.some(
        (zero) => amount.at > zero.start && amount.at < zero.end,
      )
        ? "condition"
        : roleOf({
            sentence,
            amount,
            lead,
            after,
            hasNext: next !== undefined,
            isParted: start > from || (carried ?? 0) > clause.start,
            previous,
            section,
          });
      // what only describes the thing that is counted leaves its words to the number behind it
      const isOfNext: boolean =
        (role === "condition" || role === "baseline") && LEADS_ON.test(after) && next !== undefined;
      const one: Role = { amount, clause, start, lead, role, isOfNext, previous };
      roles.push(one);
      carried = isOfNext ? start : null;
      if (role === "target") previous = one;
    }
  }
  return roles;
}

/** Where the words about a number begin: behind the last sign that parts it from the number before. */
function leadStart(before: string, previous: Amount | undefined): number {
  const nouns = previous?.kind === "percent" ? (NOUNS.exec(before)?.[0].length ?? 0) : 0;
  const last = [...before.slice(nouns).matchAll(SEPARATOR)].at(-1);
  return last === undefined ? 0 : nouns + last.index + last[0].length;
}

interface Around {
  readonly sentence: string;
  readonly amount: Amount;
  readonly lead: string;
  readonly after: string;
  readonly hasNext: boolean;
  readonly isParted: boolean;
  readonly previous: Role | null;
  readonly section: Section;
}

function roleOf(around: Around): Role["role"] {
  const { sentence, amount, lead, after, hasNext, isParted, previous, section } = around;
  const open = sentence.slice(0, amount.at);
  if (open.lastIndexOf("(") > open.lastIndexOf(")")) return "left";
  if (/so\s+với[^,;]*$/iu.test(lead)) return "left";
  // «từ 5,2% xuống còn 3,5%», «số xã đạt dưới 5 tiêu chí xuống 250 xã»
  const leadsOn = hasNext && LEADS_ON.test(after);
  if (leadsOn && /từ\s*$/iu.test(lead) && !/,/u.test(after)) return "baseline";
  if (leadsOn && amount.kind === "count" && !/,/u.test(after)) return "condition";
  const isSaid =
    comparisonBeside(lead, after) !== null ||
    CAPPED.test(lead.trim()) ||
    directionIn(lead) !== null;
  const isShare = amount.kind !== "count" && amount.kind !== "times";
  if (previous === null) {
    if (isShare && section !== "tasks") return "target";
    if (isSaid || section !== "tasks") return "target";
    return isShare && (amount.value === "100" || REACHED.test(lead.trim())) ? "target" : "left";
  }
  if (!isParted || /^\s*(?:mỗi|từng)(?!\p{L})/iu.test(lead)) return "condition";
  const isDirect = lead.trim() === "" || isSaid || REACHED.test(lead.trim());
  if (isShare) return isDirect || duesIn(lead).length > 0 ? "target" : "condition";
  if (/^(?:lần|lượt|buổi)/iu.test(amount.unit ?? "") && lead.trim() !== "") return "condition";
  const isAct = previous.amount.kind === "count" && ACTS.test(lead);
  const bare = lead.replace(BEFORE_ANY, "").trim();
  return bare === "" ||
    isAct ||
    CAPPED.test(lead.trim()) ||
    directionIn(lead) !== null ||
    /^(?:có|thêm|đạt|duy trì|nâng|đưa|số|tổng)/iu.test(bare)
    ? "target"
    : "condition";
}

/** Between two numbers: the second is what the first leads to. */
const LEADS_ON =
  /^[^,;]*(?<!\p{L})(?:còn|đạt|là|xuống|lên|bằng)(?:\s+(?:còn|khoảng|dưới|trên|hơn|mức|đến|thêm))*\s*$/iu;
const BEFORE_ANY = new RegExp(BEFORE.map(([{ source }]) => source).join("|"), "iu");

/** What the words right beside a number compare it with; null where they do not. */
function comparisonBeside(lead: string, after: string): TargetComparator | null {
  const before = lead.trim();
  const strict = STRICT.find(([words]) => words.test(before))?.[1];
  const later = AFTER.find(([words]) => words.test(after))?.[1][0];
  const earlier = BEFORE.find(([words]) => words.test(before))?.[1][0];
  return strict ?? later ?? earlier ?? null;
}

/** The rise or fall that a number measures; null where a level is what it gives. */
function directionIn(lead: string): ReadChange["direction"] | null {
  const last = [...lead.matchAll(DIRECTION)].at(-1);
  if (last === undefined) return null;
  const rest = lead.slice(last.index + last[0].length);
  return LEVEL.test(rest) ? null : /tăng/iu.test(last[0]) ? "tăng" : "giảm";
}

type Made = ReadTarget & { readonly at: number };

function targetOf(
  sentence: string,
  place: Place,
  role: Role,
  roles: readonly Role[],
  dues: readonly SaidDue[],
): Made {
  const { amount, clause, start, lead, previous } = role;
  const index = roles.indexOf(role);
  const following = roles.slice(index + 1).find((one) => one.role === "target");
  const end = Math.min(
    following?.start ?? sentence.length,
    following?.amount.at ?? sentence.length,
  );
  const own = { start, end: following?.clause === clause ? end : clause.end };
  const after = sentence.slice(amount.end, own.end);
  const marks = [...amount.marks];
  const compared = comparedBy(role, after, marks);
  const isNegative = compared.change?.direction === "giảm";
  const signed = (value: string): string =>
    isNegative && Number(value) !== 0 ? `-${value}` : value;
  const { due, mark } = dueOf(role, roles, dues, place);
  if (mark !== null) marks.push(mark);
  const until =
    following === undefined
      ? sentence.length
      : following.clause === clause
        ? following.start
        : following.clause.start;
  const words = sentence.slice(previous === null ? clause.start : own.start, until);
  if (
    HARM.test(lead) &&
    compared.isWeak &&
    compared.comparator === ">=" &&
    amount.value !== "100"
  ) {
    marks.push("“đạt” của một điều cần giảm: có thể là mức không được vượt");
  }
  const conditions = roles.filter(
    (one) =>
      one.role === "condition" &&
      (one.isOfNext
        ? roles.find((other) => other.role === "target" && other.amount.at > one.amount.at)
        : one.previous) === role,
  );
  const before = roles.find(
    (one) => one.role === "baseline" && one.clause === clause && one.amount.at < amount.at,
  );
  return {
    at: amount.at,
    sentence,
    words: trimmed(words),
    place,
    comparator: compared.comparator,
    value: signed(amount.value),
    to: amount.to === null ? null : signed(amount.to),
    unit: /(?:nhóm|hạng|thứ|vị\s+trí|top)\s*$/iu.test(lead) ? "hạng" : amount.unit,
    due,
    change: compared.change,
    baseline: before === undefined ? null : before.amount.typed,
    each: eachOf(lead, after),
    group: AT_KIND.exec(after)?.[1]?.toLowerCase() ?? null,
    out_of: amount.outOf,
    conditions: conditions.map((one) => conditionText(sentence, one, dues)),
    marks: [...new Set(marks)],
  };
}

const UNSAID = "không có chữ so sánh: hiểu là ít nhất";

interface Compared {
  readonly comparator: TargetComparator;
  readonly change: ReadChange | null;
  /** No word compares: it only says that so much is reached. */
  readonly isWeak: boolean;
}

function comparedBy(role: Role, after: string, marks: string[]): Compared {
  const { amount, previous } = role;
  const lead = role.lead.trim();
  const roughly = ROUGHLY.exec(lead)?.[0];
  if (roughly !== undefined) marks.push(`“${roughly}”: phải chọn một mức`);
  const words = roughly === undefined ? lead : lead.slice(0, -roughly.length).trim();
  if (/(?:nhóm|hạng|thứ|vị\s+trí|top)$/iu.test(words)) {
    marks.push("thứ hạng: hạng càng nhỏ càng tốt");
    return { comparator: "<=", change: null, isWeak: false };
  }
  const strict = comparisonBeside(words, after);
  const isShort = withoutDues(words) === "";
  const given: string[] = [];
  const from =
    strict === null && previous !== null && isShort ? comparedBy(previous, "", given) : null;
  const isBare =
    given.includes(UNSAID) ||
    previous?.amount.outOf !== null ||
    (previous.amount.value === "100" && from?.isWeak);
  if (from !== null && previous !== null && amount.value !== "100" && !isBare) {
    marks.push(`lấy theo chữ đứng trước “${previous.amount.typed}”`);
    return from.comparator === "between" && amount.to === null
      ? { ...from, comparator: ">=" }
      : from;
  }
  const direction = directionIn(words);
  if (direction !== null) {
    const asked = strict ?? ">=";
    const against = AGAINST.exec(after)?.[1]?.trim() ?? AGAINST.exec(lead)?.[1]?.trim() ?? null;
    const as = amount.kind === "rate" ? "count" : amount.kind;
    if (as === "times" && !/gấp$/iu.test(words))
      marks.push("“tăng … lần”: hiểu là gấp bấy nhiêu lần");
    const change: ReadChange = { direction, as, against };
    return {
      comparator: direction === "giảm" ? (FALLEN[asked] ?? "<=") : asked,
      change,
      isWeak: false,
    };
  }
  const change: ReadChange | null =
    amount.kind === "times" && /gấp$/iu.test(words)
      ? { direction: "tăng", as: "times", against: AGAINST.exec(after)?.[1]?.trim() ?? null }
      : null;
  if (amount.to !== null) return { comparator: strict ?? "between", change, isWeak: false };
  if (strict !== null) return { comparator: strict, change, isWeak: false };
  if (CAPPED.test(words)) return { comparator: "<=", change, isWeak: false };
  if (amount.value !== "100" && !REACHED.test(words)) marks.push(UNSAID);
  return { comparator: ">=", change, isWeak: true };
}

function withoutDues(text: string): string {
  return duesIn(text)
    .reduceRight((rest, { at, end }) => rest.slice(0, at) + rest.slice(end), text)
    .trim();
}

/** When a target is due: by its own words, those before the first number, or those of its heading. */
function dueOf(
  role: Role,
  roles: readonly Role[],
  dues: readonly SaidDue[],
  place: Place,
): { readonly due: Due | null; readonly mark: string | null } {
  const { amount, clause } = role;
  const all = roles.filter((one) => one.role !== "left" && one.role !== "baseline");
  const ownersOf = (due: SaidDue): Role | undefined => ownerOf(due, all);
  const own = dues.filter((due) => ownersOf(due) === role);
  const first = all[0];
  const leading = dues.filter(({ at }) => first !== undefined && at < first.amount.at);
  const beginning = all.find((one) => one.clause === clause);
  const nearer =
    leading.length === 0 && beginning === undefined
      ? []
      : dues.filter(
          ({ at }) => beginning !== undefined && at >= clause.start && at < beginning.amount.at,
        );
  const heading = [...place.headings]
    .reverse()
    .flatMap((text) => duesIn(text).filter(({ weight }) => weight > 1))
    .slice(0, 1);
  const conditional = all.find(
    (one) =>
      one.role === "condition" &&
      one.clause === clause &&
      one.amount.at > amount.at &&
      /\/(?:năm|tháng|quý|tuần)$/iu.test(one.amount.unit ?? ""),
  );
  const frequency =
    conditional === undefined
      ? []
      : dues.filter((due) => due.at >= conditional.amount.at && due.end <= conditional.amount.end);
  const conditional_ = dues.filter((due) => {
    const owner = ownersOf(due);
    return owner?.role === "condition" && owner.previous === role && due.weight !== 2;
  });
  const later = dues.filter(
    (due) => due.at > amount.at && due.at < clause.end && ownersOf(due)?.role === "target",
  );
  const candidates = [
    best(own.filter(({ weight }) => weight > 2)),
    best(nearer.filter(({ weight }) => weight > 2)),
    best(leading.filter(({ weight }) => weight > 2)),
    best(heading),
    best(own),
    best(leading),
    best(frequency),
    best(conditional_),
  ];
  const found = candidates.find((one) => one !== null) ?? null;
  if (found !== null) return { due: shown(found), mark: null };
  const shared = best(later);
  return {
    due: shared === null ? null : shown(shared),
    mark: shared === null ? null : `thời hạn “${shared.said}” lấy chung của cả câu`,
  };
}

function best(dues: readonly SaidDue[]): SaidDue | null {
  return [...dues].sort((one, other) => other.weight - one.weight)[0] ?? null;
}

function shown({ said, until, from, every }: SaidDue): Due {
  return { said, until, from, every };
}

/** The number that a date is about: the one before it, unless a sign parts them and none parts it from the next. */
function ownerOf(due: SaidDue, roles: readonly Role[]): Role | undefined {
  const before = roles
    .filter(
      ({ amount, clause }) => amount.at < due.at && due.at < clause.end && due.at >= clause.start,
    )
    .at(-1);
  const after = roles.find(({ amount, clause }) => amount.at >= due.end && due.at >= clause.start);
  if (before === undefined || after === undefined || after.clause !== before.clause)
    return before ?? after;
  return after.start > before.amount.end && after.start <= due.at ? after : before;
}

function eachOf(lead: string, after: string): string | null {
  const before = AT_EACH_BEFORE.exec(lead.trimEnd().replace(BEFORE_ANY, "").trim())?.[0];
  const later = AT_EACH_AFTER.exec(after)?.[0];
  const said = before ?? (later === undefined ? undefined : /(?:\/|mỗi).*$/iu.exec(later)?.[0]);
  return said === undefined
    ? null
    : said.replace(/\s+(?:ít nhất|có|tổ chức|xây dựng).*$/iu, "").trim();
}

function conditionText(sentence: string, { amount, lead }: Role, dues: readonly SaidDue[]): string {
  const words =
    /(?:(?:mỗi|từng)\s+[^,;]*|(?:ít\s+nhất|tối\s+thiểu|tối\s+đa|không\s+quá|trên|dưới)\s*)$/iu.exec(
      lead,
    )?.[0] ?? "";
  const due = dues.find(
    ({ at, weight }) => weight === 2 && sentence.slice(amount.end, at).trim() === "",
  );
  return trimmed(sentence.slice(amount.at - words.length, due?.end ?? amount.end));
}

function zeroTarget(
  sentence: string,
  place: Place,
  { start, end }: Span,
  amounts: readonly Amount[],
  dues: readonly SaidDue[],
): Made {
  const words = sentence.slice(start, end);
  const noun =
    /^(?:không\s+)?(?:để|còn|xảy\s+ra|phát\s+sinh|chấm\s+dứt)\s+(?:(?:xảy\s+ra|phát\s+sinh|tồn\s+tại|có|các)\s+)*(vụ\s+việc|vụ|trường\s+hợp|điểm|tụ\s+điểm|ổ\s+nhóm|hộ|xã|thôn|cơ\s+sở|đối\s+tượng)(?!\s+nóng|\p{L})/iu.exec(
      words,
    )?.[1];
  const within = amounts.filter(({ at }) => at > start && at < end);
  const role: Role = {
    amount: {
      at: start,
      end: start,
      typed: "",
      digits: "",
      value: "0",
      to: null,
      unit: null,
      kind: "count",
      outOf: null,
      marks: [],
    },
    clause: { start, end },
    start,
    lead: "",
    role: "target",
    isOfNext: false,
    previous: null,
  };
  const { due } = dueOf(
    role,
    [role],
    dues.filter(({ at }) => at < end),
    place,
  );
  return {
    at: start,
    sentence,
    words: trimmed(words),
    place,
    comparator: "=",
    value: "0",
    to: null,
    unit: noun?.toLowerCase() ?? null,
    due,
    change: null,
    baseline: null,
    each: null,
    group: null,
    out_of: null,
    conditions: within.map((amount) =>
      conditionText(sentence, { ...role, amount, lead: sentence.slice(start, amount.at) }, []),
    ),
    marks: [],
  };
}

function trimmed(text: string): string {
  return text
    .replace(/^[\s,;]+|[\s,;]+$/gu, "")
    .replace(/^(?:và|đồng thời|trong đó)\s+|[\s,]+(?:và|đồng thời|trong đó)$/giu, "");
}

export const ALL_CRITERIA = /(tăng|giảm)\s+(?:cả\s+)?(?:\d+|hai|ba)\s+tiêu\s+chí/iu;

/** A sentence of a list of targets that has no number: all of it is to be done. */
export function withoutNumber(sentence: string, place: Place): SentenceReading {
  const change = ALL_CRITERIA.exec(sentence)?.[1]?.toLowerCase();
  const words = sentence.split(/\s+/u).length;
  if (change === undefined && words < 6) {
    return {
      targets: [],
      left: [{ sentence, place, numbers: [], reason: "không nêu mức phải đạt" }],
    };
  }
  const direction = change === "tăng" ? "tăng" : "giảm";
  const base = {
    sentence,
    words: sentence,
    place,
    to: null,
    due: best(duesIn(sentence)),
    baseline: null,
    each: null,
    group: null,
    out_of: null,
    conditions: [],
  };
  const target: ReadTarget =
    change === undefined
      ? {
          ...base,
          comparator: ">=",
          value: "100",
          unit: "%",
          change: null,
          marks: ["câu không có con số: hiểu là phải thực hiện đủ"],
        }
      : {
          ...base,
          comparator: direction === "giảm" ? "<" : ">",
          value: "0",
          unit: "%",
          change: {
            direction,
            as: "percent",
            against: AGAINST.exec(sentence)?.[1]?.trim() ?? null,
          },
          marks: [`không nêu mức ${direction}: hiểu là ${direction} so với thời gian trước`],
        };
  return { targets: [target], left: [] };
}
