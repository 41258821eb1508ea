import { type Amount, UNITS, wordAmount } from "./amounts.ts";
import type { TargetComparator } from "./comparing-words.ts";
import { AFTER, AREA_NOUN, BEFORE } from "./comparing-words.ts";
import { duesIn, withoutDues } from "./times.ts";

/** What a part of a plan is for, by its headings. */
export type Section = "targets" | "aims" | "tasks" | "past";

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A number of a sentence, with what the words around it make of it. */
export interface Role {
  readonly amount: Amount;
  readonly clause: Span;
  /** Where the words about it begin. */
  readonly start: number;
  /** The words about it that stand before it. */
  readonly lead: string;
  readonly role: "target" | "condition" | "baseline" | "left";
  /** It describes what the number behind it counts. */
  readonly isOfNext: boolean;
  /** It is a part of the one before: «trong đó». */
  readonly isPart: boolean;
  /** A sign or word parts it from the number before. */
  readonly isParted: boolean;
  /** The target before it in its clause. */
  readonly previous: Role | null;
}

/** Words before a number that leave its level open. */
export const ROUGHLY = /(?<!\p{L})(?:khoảng|gần|xấp\s+xỉ|cơ\s+bản|chừng|trên\s+dưới)$/iu;
/** Words before a number that let it be reached or passed, beside those that compare strictly. */
export const REACHED =
  /(?:đạt|có|chiếm|gồm|lên|là|bằng|thêm|bảo|đảm|đấu|hoàn\s+thành|duy\s+trì|giữ\s+(?:vững|ổn\s+định)|đủ|thành|gấp|huy\s+động|phủ|từ)(?:\s+(?:từ|được|mức|tỷ\s+lệ|tỉ\s+lệ|bình\s+quân|ít\s+nhất))*$/iu;
/** Words before a number that may not be passed. */
export const CAPPED =
  /(?:xuống(?:\s+còn)?|còn|khống\s+chế(?:[^,;]*\sở\s+mức|\s+ở|\s+mức)?)(?:\s+(?:từ|mức|ở\s+mức|được))*$/iu;
const STRICT: readonly (readonly [RegExp, TargetComparator])[] = [
  [/không\s+(?:để|được)\s[^,;]*(?<!\p{L})(?:vượt|quá|vượt\s+quá)$/iu, "<="],
  [/không\s+để\s+(?:tỷ|tỉ|mức|điểm|chỉ)\s[^,;]*(?<!\p{L})(?:dưới|thấp\s+hơn)$/iu, ">="],
  [/trong\s+vòng$/iu, "<="],
  [/(?:đạt\s+(?:và|hoặc)\s+vượt|≥)$/iu, ">="],
  [/≤$/u, "<="],
  [/>$/u, ">"],
  [/<$/u, "<"],
  [/(?<!nhiều\s|cao\s|lớn\s|ít\s|thấp\s|nhỏ\s)hơn$/iu, ">"],
];
const DIRECTION =
  /(?<!giá\s+trị\s+(?=tăng\s+thêm))(?<!(?:tốc\s+độ|tỷ\s+lệ|tỉ\s+lệ|mức(?=\s+tăng)|góp\s+phần|(?<!quốc\s+)gia)\s+)(?<!\p{L})(tăng|giảm|hạ(?!\s+(?:tầng|du|lưu|ngầm))|rút\s+ngắn)(?!\p{L})(?!\s+(?:nghèo|thiểu(?!(?:\s+(?:từ|trên|khoảng|ít\s+nhất|tối\s+thiểu))?\s*$)|nhẹ|hại|tác\s+hại|trừ|cường|trưởng|tốc|sút))/giu;
/** «mức giảm», whose words behind say what falls. */
export const FALL = /(?<!\p{L})mức\s+$/iu;
const LEVEL =
  /(?:^|\s)(?:còn|xuống|lên|đạt|là|bằng|bảo\s+đảm|đảm\s+bảo|thành(?!\s+(?:thị|phố|viên|phần))|có)(?=\s|$)/iu;
const SEPARATOR = /[,(]|(?<!\p{L})(?:và|trong\s+đó|đồng\s+thời|riêng|hoặc)(?!\p{L})/giu;
/** Each of the places in a list, which nothing parts: «mỗi xã, phường». */
const PLACE = `(?:${AREA_NOUN}|thôn|bản|ấp|khu\\s+phố|tổ\\s+dân\\s+phố)`;
const EACH_PLACES = new RegExp(
  `(?:mỗi|từng)\\s+${PLACE}(?:(?:,|\\s+và)\\s*${PLACE})*(?!\\p{L})`,
  "giu",
);
/** A list of places behind a percentage is its noun, and parts nothing. */
const NOUNS = new RegExp(
  `^\\s*(?:số\\s+|các\\s+|tổng\\s+số\\s+){0,2}${AREA_NOUN}(?:(?:,|\\s+và|\\s*[-/])\\s*${AREA_NOUN})*`,
  "iu",
);
const ZERO = new RegExp(
  String.raw`(?:^\s*|[,;)]\s*|20\d\d\s+|(?:phấn\s+đấu|duy\s+trì|bảo\s+đảm|đảm\s+bảo|tuyệt\s+đối|kiên\s+quyết|cơ\s+bản|cơ\s+sở|cũng)\s+)((?:không\s+(?:để(?![^,;]*\s(?:quá(?!\s+hạn)|vượt)\s|\s+(?:tỷ|tỉ|mức|điểm|chỉ)\s[^,;]*\s(?:dưới|thấp\s+hơn)\s|\s+(?:dưới|thấp)\s)|còn|có|xảy\s+ra|phát\s+sinh)|chấm\s+dứt(?!\s+hoạt\s+động[^,;]*\d))(?!\p{L}|\s+(?:quá|vượt)\s)(?:\s+(?:xảy\s+ra|phát\s+sinh|tồn\s+tại|hình\s+thành|có|các))*)(?:\s+(${UNITS.join("|")})(?!\s+nóng|\p{L}|,(?!\s*${AREA_NOUN})))?`,
  "giu",
);
/** Between two numbers: the second is what the first leads to. */
const LEADS_ON =
  /^[^,;(]*(?<!\p{L}|và\s(?:\p{L}+\s){0,3}(?:\d+\s)?)(?:còn|đạt|là|xuống|lên|bằng)(?:\s+(?:còn|khoảng|dưới|trên|hơn|mức|đến|thêm|tối\s+(?:đa|thiểu)|ít\s+nhất|không\s+(?:vượt\s+)?quá|[≥≤<>]))*\s*$/iu;
const OF_KIND =
  /(?<!có|đạt|thêm|là|lên|trồng|xây)\s+từ¦\s+trở\s+(?:lên|xuống)\s+(?![\p{L}\s]*(?:và|mỗi))[^,;(]*$/iu;
/** Money that a plan takes, and not money that it is to bring in. */
const COST =
  /^(?!.*(?:huy|vận)\s+động).*(?:kinh\s+phí|(?:định|mức)\s+(?:mức\s+)?hỗ\s+trợ|đối\s+ứng|mức\s+đầu\s+tư)/iu;
const TO_LEVEL = /(?<!\p{L})(?:còn|xuống|lên)(?:\s+\p{L}+)*\s*$/iu;
const isShareOf = ({ kind }: Amount): boolean => kind !== "count" && kind !== "times";
/** Before a number of its own thing. */
const OWN_VERB =
  /^(?:phấn\s+đấu\s+)?(?:có|thêm|đạt|duy\s+trì|nâng|đưa|số|tổng|(?:nằm|đứng|xếp|tổ\s+chức|xây|mở|trồng|hỗ\s+trợ|thành\s+lập|tiếp\s+nhận|tạo|cấp|đào\s+tạo|phát\s+triển|giải\s+quyết)(?!\p{L}))/iu;
/** So many words before a number name what it is of. */
const SHORT_NAME = 8;
const DURATION = /^(?:ngày|giờ|phút|tuần|tháng|năm|lần|lượt|buổi)/iu;
/** Words right before a number that compare. */
export const BEFORE_ANY = new RegExp(BEFORE.map(([{ source }]) => source).join("|"), "iu");

/** «không để xảy ra …» as a number: none of it. */
export function zerosIn(sentence: string): Amount[] {
  return [...sentence.matchAll(ZERO)].map(({ 0: typed, 1: words = "", 2: noun, index }) =>
    wordAmount(index + typed.indexOf(words), words, "0", noun?.toLowerCase() ?? null, "none"),
  );
}

/** So often, or so long, at most. */
export function isDuration({ unit, value }: Amount): boolean {
  return DURATION.test(unit ?? "") && Number(value) < 100;
}

/** What each number of a sentence is, clause by clause. */
export function rolesOf(sentence: string, amounts: readonly Amount[], section: Section): Role[] {
  const roles: Role[] = [];
  for (const clause of clausesOf(sentence)) {
    const own = amounts.filter(({ at }) => at >= clause.start && at < clause.end);
    let previous: Role | null = null;
    let carried: number | null = null;
    for (const [index, amount] of own.entries()) {
      const before = own[index - 1];
      const next = own[index + 1];
      const from = before?.end ?? clause.start;
      const start: number = carried ?? leadStart(sentence, from, amount.at, before);
      const lead = sentence.slice(start, amount.at);
      // «tăng từ 17% (năm 2025) lên 35%»
      const after = sentence
        .slice(amount.end, next?.at ?? clause.end)
        .replace(/\((năm\s+\d{4})\)/giu, "$1");
      const isParted: boolean = start > from || (carried ?? 0) > clause.start;
      const leads = next !== undefined && next.kind !== "none" && LEADS_ON.test(after);
      // what «02 sản phẩm đạt 3 sao» is about is the first
      const isLevel = leads && (isShareOf(next) || TO_LEVEL.test(after));
      const leadsOn = !leads ? null : isLevel ? ("level" as const) : ("part" as const);
      const separator = sentence.slice(from, start).trimEnd();
      const isPart = /trong\s+đó$/iu.test(separator);
      const isOfKind: boolean =
        next !== undefined && amount.kind === "count" && OF_KIND.test(`${lead.trim()}¦${after}`);
      const around = {
        sentence,
        amount,
        lead,
        after,
        leadsOn,
        isOfKind,
        isParted,
        isPart,
        previous,
        section,
      };
      const role: Role["role"] = roleOf(around);
      // what only describes the thing that is counted leaves its words to the number behind it
      const isOfNext: boolean =
        (role === "condition" || role === "baseline") && (leadsOn !== null || isOfKind);
      const one: Role = { amount, clause, start, lead, role, isOfNext, isPart, isParted, previous };
      roles.push(one);
      carried = isOfNext ? start : null;
      if (role === "target") previous = one;
    }
  }
  return roles;
}

/** «; xong trước 31/10, trong đó …»: as well, with what follows. */
const DUE_FIRST = /^\s*(?:hoàn\s+thành|kết\s+thúc|xong)\s+(?=trước|trong|vào|đến)/iu;
/** What is left of «; hoàn thành trong quý III/2026»: the time is that of the words before it. */
const ONLY_DUE =
  /^[\s.]*(?:thời\s+gian\s+(?:thực\s+hiện|hoàn\s+thành)|thực\s+hiện|hoàn\s+thành|kết\s+thúc|xong)?[\s:.]*$/iu;

function clausesOf(sentence: string): Span[] {
  const ends = [...sentence.matchAll(/;/gu)]
    .map(({ index }) => index)
    .filter((end) => {
      const rest = sentence.slice(end + 1);
      const [first = ""] = rest.split(/[,;]/u);
      return (
        !ONLY_DUE.test(withoutDues(rest)) &&
        !(DUE_FIRST.test(first) && ONLY_DUE.test(withoutDues(first)))
      );
    });
  const starts = [0, ...ends.map((end) => end + 1)];
  return starts.map((start, index) => ({ start, end: ends[index] ?? sentence.length }));
}

/** Where the words about a number begin: behind the last sign that parts it from the number before. */
function leadStart(sentence: string, from: number, at: number, before: Amount | undefined): number {
  if (before === undefined) return from;
  const text = sentence.slice(from, at);
  const beforeIt = sentence.slice(0, before.at);
  const nouns = before.kind === "percent" ? (NOUNS.exec(text)?.[0].length ?? 0) : 0;
  const whole = text.replace(EACH_PLACES, (places) => "_".repeat(places.length));
  const all = [...whole.slice(nouns).matchAll(SEPARATOR)];
  // «trong đó án rất nghiêm trọng, đặc biệt nghiêm trọng đạt 95%»
  // «… đạt 95%, án kinh tế, tham nhũng đạt 90%»: what was before the comma is said
  const isNext = /^(?:\s+trở\s+(?:lên|xuống))?\s*,/iu.test(text) && REACHED.test(beforeIt.trim());
  // «…, tỷ lệ số hóa hồ sơ, kết quả giải quyết đạt 95%»
  const rate = all.find((sign) =>
    /^\s*(?:tỷ|tỉ)\s+(?:lệ|suất)/iu.test(text.slice(nouns + sign.index + sign[0].length)),
  );
  const last =
    all.findLast(([sign]) => /^(?:trong|riêng)/iu.test(sign)) ??
    rate ??
    (isNext ? all[0] : all.at(-1));
  return last === undefined ? from : from + nouns + last.index + last[0].length;
}

/** The words before a number, as far as they are words. */
export function leadOf({ lead }: Pick<Role, "lead">): string {
  return lead.trim().replace(/\s*:$/u, "");
}

interface Around extends Pick<Role, "amount" | "lead" | "isPart" | "isParted" | "previous"> {
  readonly sentence: string;
  readonly after: string;
  /** `level` where the next number is that of what this one describes. */
  readonly leadsOn: "level" | "part" | null;
  /** It says which of them are meant, before the number that is asked of them. */
  readonly isOfKind: boolean;
  readonly section: Section;
}

function roleOf(around: Around): Role["role"] {
  const { sentence, amount, after, leadsOn, previous, section } = around;
  const lead = leadOf(around).replace(ROUGHLY, "").trim();
  if (amount.kind === "none" || amount.kind === "criteria") return "target";
  const open = sentence.slice(0, amount.at);
  if (open.lastIndexOf("(") > open.lastIndexOf(")")) return "left";
  if (COST.test(lead)) return "left";
  const isOfAll = previous === null && REACHED.test(lead);
  if (
    (/so\s+với(?:(?!\svà\s)[^,;:])*$/iu.test(lead) && !isOfAll) ||
    /^[^,;]*có\s+thể/iu.test(after)
  )
    return "left";
  const isCompared =
    comparisonBeside(lead, after) !== null || CAPPED.test(lead) || directionIn(lead) !== null;
  // «kiểm tra 06 tháng/lần» is no amount of months
  if (!isCompared && /\/lần$/u.test(amount.unit ?? "")) return "left";
  // «từ 5,2% xuống còn 3,5%», «số xã đạt dưới 5 tiêu chí xuống 250 xã»
  if (leadsOn !== null && /từ$/iu.test(lead)) return "baseline";
  if (leadsOn !== null && /^(?:năm|tháng|ngày|tuần|giờ)$/iu.test(amount.unit ?? "") && !isCompared)
    return "condition";
  if (leadsOn === "level" && amount.kind === "count") return "condition";
  // «nhà trọ từ 5 tầng trở lên được kiểm tra 2 lần»
  if (around.isOfKind) return "condition";
  const isShare = isShareOf(amount);
  if (previous === null) {
    if (isCompared || section !== "tasks") return "target";
    return isShare && (amount.value === "100" || REACHED.test(lead)) ? "target" : "left";
  }
  // «06 lớp …, mỗi xã ít nhất 04 buổi»; what each of them has besides is a condition
  if (around.isParted && isCompared && lead.search(EACH_PLACES) === 0) return "target";
  if (!around.isParted || /^(?:mỗi|từng)(?!\p{L})/iu.test(lead)) return "condition";
  if (isShare) {
    const isDirect =
      lead === "" ||
      lead !== around.lead.trim() ||
      /^(?:(?:tỷ|tỉ)\s+(?:lệ|trọng|suất)|số|bậc|cấp)(?!\p{L})/iu.test(lead) ||
      isCompared ||
      REACHED.test(lead) ||
      duesIn(lead).length > 0 ||
      // «mầm non 95%, tiểu học 92%»: has a mark: no word for reaching it
      (isShareOf(previous.amount) && lead.split(/\s+/u).length <= SHORT_NAME);
    return isDirect || around.isPart ? "target" : "left";
  }
  const bare = withoutDues(lead.replace(BEFORE_ANY, ""));
  if (directionIn(lead) !== null) return "target";
  if (CAPPED.test(lead)) return "target";
  if (isDuration(amount) && bare !== "" && !REACHED.test(bare)) return "condition";
  const isListed = previous.amount.kind === "count" || around.isPart;
  return bare === "" || isListed || OWN_VERB.test(bare) ? "target" : "condition";
}

/** What the words right beside a number compare it with; null where they do not. */
export function comparisonBeside(lead: string, after: string): TargetComparator | null {
  const before = lead.trim().replace(/(?<=\p{L})\s+(?:là|mức)$/u, "");
  const strict = STRICT.find(([words]) => words.test(before))?.[1];
  const behind = after.replace(/^\s*\/\s*\p{L}+/u, "");
  const later = AFTER.find(([words]) => words.test(behind))?.[1];
  const earlier = BEFORE.find(([words]) => words.test(before))?.[1];
  return strict ?? later ?? earlier ?? null;
}

/** The rise or fall that a number measures; null where a level is what it gives. */
export function directionIn(lead: string): "tăng" | "giảm" | null {
  const last = [...lead.matchAll(DIRECTION)].at(-1);
  if (last === undefined) return null;
  const rest = lead.slice(last.index + last[0].length);
  // of «mức giảm … đạt» the number is the fall itself
  if (/giảm/iu.test(last[0]) && FALL.test(lead.slice(0, last.index))) return "giảm";
  return LEVEL.test(rest) ? null : /tăng/iu.test(last[0]) ? "tăng" : "giảm";
}
