import { AREA_NOUN } from "../../reading-plans/comparing-words.ts";
import { ARISING, OF_THE_DOING, takenOverTime } from "../../reading-plans/counted-words.ts";
import { DEED_OF_THEIRS, wordsCounted, wordsOf } from "../../reading-plans/left-over.ts";
import { withoutDues } from "../../reading-plans/times.ts";
import { OVER_PLAN } from "../../sources/check/quoted-time.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { capital, withoutMarks } from "../../vocabulary/letter-case.ts";
import { type Kind, kindOf, listPlace } from "./plan-kinds.ts";
import { type Entry, entriesOf, newCode, textAt } from "./plan-parts.ts";
import { getAt, setAt } from "./plan-places.ts";

/** What a number counts, by its name; half a word counts nothing. */
const NOUNS =
  "người|hộ|gia đình|trẻ em|học sinh|giáo viên|cán bộ|cơ sở|doanh nghiệp|tổ chức|hợp tác xã|trường|mô hình|hội nghị|hình thức|hoạt động|văn bản|hồ sơ|vụ|ca|cuộc|buổi|lượt|lớp|đội|tổ|thôn|km|ha";
const COUNTED = new RegExp(`^(?:Tổng )?số (${NOUNS})(?!\\p{L})`, "iu");

/** Has something, and did nothing. */
const HAS = /^có (?!hoạt động|cung cấp|dịch vụ|kế hoạch|tổ chức|ban hành|ký)/iu;
const ADDED = /(?<!\p{L})(?:mới|thêm)(?!\p{L})/iu;

/**
 * A measure that an indicator needs, called as somebody called it; the rest is what is usual. How its
 * figures are put together over time is left out where its name does not tell: somebody has to say it.
 */
export function newMeasure(data: PlanData, name: string, list: string, indicator: Entry): Entry {
  const units = entriesOf(data, "units");
  const unit = units.find(({ entry }) => entry.each_area === true) ?? units[0];
  const isYesNo = list === "conditions" && !/^(Tổng )?[Ss]ố /.test(name);
  const own = textAt(indicator, "unit_of_measure");
  const counted = COUNTED.exec(name)?.[1] ?? "";
  // «mỗi tháng ít nhất một lần» holds in each month alone, «trong giai đoạn» adds up over all years
  const isEvery =
    textAt(indicator, "target", "due") === "each_period" && /measures|conditions/.test(list);
  const isRank = textAt(indicator, "value", "as") === "ranks";
  const isOverPlan =
    list !== "denominator" &&
    OVER_PLAN.test(textAt(indicator, "quote")) &&
    new Set(entriesOf(data, "periods").map(({ entry }) => entry.year)).size > 1;
  // «phát triển mới 4.800 người tham gia»: so many came, or so many there are
  const isAdded = list !== "denominator" && ADDED.test(textAt(indicator, "name"));
  const byItsName = isAdded && takenOverTime(name) === "last" ? null : takenOverTime(name);
  // «đạt chuẩn» may be so no longer, «đã ban hành» stays; whether «có cán bộ» does, nobody knows
  const isState = byItsName === "last" && !/^có /iu.test(name);
  const yesNo = HAS.test(name) ? null : isState ? "last" : "max";
  const overTime = isRank ? "last" : isEvery ? "min" : isYesNo ? yesNo : byItsName;
  return {
    code: newCode(data, "measures", name),
    name,
    unit_of_measure: isYesNo
      ? "có/không"
      : own === "" || own.startsWith("%") || list === "conditions"
        ? counted || "số"
        : own,
    kind: isYesNo ? "yes_no" : "count",
    reported_by:
      kindOf(indicator)?.id === "share_of_units"
        ? units.map(({ name: one }) => one)
        : unit === undefined
          ? []
          : [unit.name],
    ...(overTime === null ? {} : { over_time: overTime }),
    ...(isEvery ? { sums_over: "period" } : isOverPlan ? { sums_over: "plan" } : {}),
    over_areas: isRank ? "average" : "sum",
    sensitive: false,
  };
}

/** Whether something is called so, however that is typed. */
export function isCalled(name: string, typed: string): boolean {
  return withoutMarks(name).toLowerCase() === withoutMarks(typed).toLowerCase();
}

/** @returns also the code of the measure: of one that is called so already, that one's */
export function withMeasure(
  data: PlanData,
  typed: string,
  list: string,
  indicator: PlanData,
): { data: PlanData; code: string } {
  const name = typed.normalize("NFC").replace(/\s+/g, " ").trim();
  const measures = entriesOf(data, "measures");
  const there = measures.find(({ entry }) => isCalled(String(entry.name), name));
  if (there !== undefined) return { data, code: there.name };
  const measure = newMeasure(data, name, list, indicator);
  return {
    data: { ...data, measures: [...measures.map(({ entry }) => entry), measure] },
    code: String(measure.code),
  };
}

/** A plan whose indicator counts what a way says; of a share, one is part of the other. */
export function withCounted(before: PlanData, code: string, kind: Kind, way: Way): PlanData {
  const indicator = (getAt(before, `indicators/${code}`) ?? {}) as Entry;
  let data = before;
  const [part = "", whole] = kind.roles.map(([list], no) => {
    const made = withMeasure(data, way[no] ?? "", list, indicator);
    const named = list === "conditions" ? { measure: made.code } : made.code;
    data = setAt(made.data, `${listPlace(code, kind)}/${list}`, [named]);
    return made.code;
  });
  return kind.id === "ratio" ? setAt(data, `measures/${part}/at_most`, whole) : data;
}

/** Where the predicate of a thing begins: with «đạt» or «được», else with the first verb. */
const REACHED = "đạt|được";
const OF_THINGS =
  "đến trường|đi học|ra lớp|bỏ học|tốt nghiệp|mắc|bị|có|đã|thực hiện|tham gia|bảo đảm|đảm bảo|ban hành|tổ chức|ký|hoàn thành|sử dụng|xây dựng|triển khai|áp dụng|lồng ghép|nộp|qua|biết|hài lòng|không|là|duy trì|tiếp cận|đáp ứng|hiểu|suy dinh dưỡng";
const PARTED = [REACHED, OF_THINGS].map(
  (verbs) => new RegExp(`^(.+?(?<!,|tổ chức))\\s((?:${verbs})(?!\\p{L}).*)$`, "iu"),
);
/** Where it may begin as well: with any verb. */
const VERBS = new RegExp(
  `\\s(?:${REACHED}|${OF_THINGS}|giải quyết|xử lý|kiểm tra|tuyên truyền|dùng)(?!\\p{L})`,
  "giu",
);

/** Of places it begins behind their names. */
const OF_PLACES = new RegExp(`^((?:${AREA_NOUN}(?:, | và )?)+)\\s(\\p{Ll}.+)$`, "u");

const partsOf = (words: string): RegExpExecArray | null =>
  [OF_PLACES, ...PARTED].map((one) => one.exec(words)).find((one) => one !== null) ?? null;

/** What stands behind the words about a thing: against what, when, and what else. */
const BEHIND =
  /\s*(?:[;(]|,\s+(?=mỗi|trong|đồng|bảo|đảm|không)|so với|trong năm|trong quý|(?:vào|đến|hằng|hàng|mỗi)\s+(?:hết |cuối )?năm|(?:trong )?giai đoạn|\/|(?<!từ \d+ \p{L}+ )trở (?:lên|xuống)).*$/iu;

/** What leads from a thing to its number. */
const LEADING =
  /\s+(?:(?:hằng|hàng) năm\s+)?(?:đạt(?! (?:chuẩn|tiêu chuẩn|danh hiệu|trình độ|yêu cầu|mục tiêu))|là|chiếm|còn|xuống|giảm|tăng|lên|(?:trên|dưới|từ)(?! \d+ (?:tuổi|tháng))|không (?:để )?(?:vượt|quá|dưới|thấp hơn|ít hơn|cao hơn)|ít nhất|tối thiểu|bình quân|khoảng|hơn|thêm)(?=\s|$).*$/iu;

/** What is done to things, before their number: «kiểm tra ít nhất 30% cơ sở». */
const DONE =
  /(?<!\p{L})((?:kiểm tra|thanh tra|tuyên truyền|tập huấn|bồi dưỡng|đào tạo|hỗ trợ|tư vấn|rà soát|giải quyết|xử lý|vận động|khám|tiếp nhận|kiên cố hóa|số hóa|nâng cấp|trang bị|lắp đặt)(?:\s+(?!ít|tối|trên|từ|đạt|được|cho)\p{L}+){0,4}?)(?:\s+cho)?(?:\s+(?:ít nhất|tối thiểu|trên|từ|đạt|được))*$/iu;

/** What is before a number, the number, its unit, and what is behind; a share is looked for first. */
const NUMBERED = [
  /^(.*?)(?<![\d.,/])\d([\d.,/]*)(?:\s*[-–]\s*[\d.,]+)?\s*(%|‰)\s*(.*)$/u,
  /^(.*?)\d(\/\d+|[\d.,/]*)(?:\s*[-–]\s*[\d.,]+)?\s*(%|‰)?\s*(.*)$/u,
];

/** What must not happen at all. */
const NEVER =
  /(?:không (?:để )?(?:xảy ra|phát sinh|tái phát)|^không (?:có|còn))\s+(.+?)(?: trên địa bàn.*)?$/iu;

/** Words before a number that are about no thing: they compare, or say that it is striven for. */
const NO_ACT =
  /(?<!\p{L})(?:phấn đấu|giảm|tăng|nâng|hạ|đưa|bảo đảm|đảm bảo|duy trì|ít nhất|tối thiểu|tối đa|không quá|trên|dưới|từ|đạt|được|có|cho|là|khoảng|hằng năm|hàng năm|mỗi năm|trong|đến|hết|năm)(?!\p{L})|[^\p{L}\s]|\d/giu;

/** What is counted by itself and not by its cases. */
const COUNTED_NEVER = new RegExp(
  `^(?:trường hợp|sự cố|ổ|điểm|tụ điểm|xã|phường|${NOUNS})(?!\\p{L})`,
  "iu",
);

/** What is counted, in one of the ways in which a sentence can be read: a name for each list. */
export type Way = readonly string[];
/** Between the names of a way, as it is written and sent. */
export const WAY_SIGN = " ÷ ";

/**
 * The ways in which what a target counts can be read, the likeliest first.
 * @returns also whether the words leave no choice; where they do, somebody has to answer
 */
export function suggestedWays(
  entry: Entry,
  { id, roles }: Kind,
): { readonly ways: readonly Way[]; readonly isCertain: boolean } {
  const lists = roles.map(([list]) => list);
  if (lists.includes("indicators")) return { ways: [], isCertain: false };
  const names = suggestedNames(entry);
  const own = lists.map((list) => names[list] ?? "");
  const [first = ""] = own;
  const act = actOf(entry);
  const { whole: quote, isWhole, sentence } = numbered(entry);
  // «3% số ca …» in the middle of a sentence goes by what was said before
  const isShort = !isWhole && (own.at(-1) ?? "").split(" ").length <= SHORTEST_CERTAIN;
  const never = NEVER.exec(sentence)?.[1] ?? "";
  // nothing that the sentence says of what is counted is left over, and nothing points elsewhere
  const isWholly =
    first !== "" &&
    leftOf(entry, first).length === 0 &&
    !/[:≥≤<>]|\d(?! (?:tuổi|tháng))|\s{2}|(?<!\p{L})(?:toàn bộ|hoặc|nào)(?!\p{L})/iu.test(first) &&
    // nor has the name a word from elsewhere
    wordsOf(first).every((one) => MADE_UP.test(one) || wordsOf(sentence).includes(one));
  if (!lists.includes("denominator")) {
    const bare = COUNTED.exec(first)?.[0];
    const isAsked = lists[0] === "conditions";
    const isDone =
      never !== "" || act === "" || ONLY_MADE.test(act) || first.endsWith(` được ${act}`);
    const isEvent = /^Số (?:lớp|cuộc|buổi|đợt|ca|lần|hội nghị)(?!\p{L})/u.test(first);
    const named = /:\s*\D*$/u.test(numbered(entry).lead)
      ? [[`Số ${act}`]]
      : [...(isEvent ? [] : [[`${first} được ${act}`]]), [`${first} ${act}`]];
    const done = isDone ? [] : isAsked ? [[`Được ${act}`]] : named;
    const isNamed = isAsked
      ? id !== "all_of:conditions"
      : never !== ""
        ? // «…, không để xảy ra tử vong»: of what goes by words before
          (isWhole || wordsOf(never).length > 2) &&
          (COUNTED_NEVER.test(never) || /xảy ra|phát sinh|tái phát/iu.test(sentence))
        : !isShort && (COUNTED.test(first) || ARISING.test(first));
    return {
      ways: sound([...done, own, ...(bare === undefined ? [] : [[bare]])]),
      isCertain: isNamed && isWholly,
    };
  }
  const words = first.replace(/^Số /u, "");
  const splits = [...words.matchAll(VERBS)]
    .map(({ index }) => words.slice(0, index).trim())
    .filter((whole) => !/ (?:được|đã|bị|không|tổ)$/iu.test(whole));
  const noun = COUNTED.exec(first)?.[1];
  const [only = "", another] = splits;
  const [, part = ""] = own;
  const isDone = act === "" || words.endsWith(`được ${act}`);
  // «được tiếp nhận, xác minh, xử lý»: which of them is counted
  const tail = words.split(" ").slice(-3).join(" ");
  const [more] =
    /, [^;.\d]+$/u.exec(quote.includes(`${tail}, `) ? quote.slice(quote.indexOf(tail)) : "") ?? [];
  const wholes = [...splits, ...(noun === undefined ? [] : [noun])];
  return {
    ways: sound([
      ...(isDone ? [] : [[`Số ${words} được ${act}`, `Tổng số ${words}`]]),
      ...(more === undefined ? [] : [[`${first}${more}`, part]]),
      own,
      ...wholes.map((whole) => [first, `Tổng số ${whole}`]),
    ]),
    isCertain:
      isWholly &&
      more === undefined &&
      !isShort &&
      words.slice(only.length).startsWith(" được") &&
      another === undefined &&
      part === `Tổng số ${only}` &&
      !POINTS_BACK.test(words) &&
      !OF_THE_DOING.test(part) &&
      !DEED_OF_THEIRS.test(only),
  };
}

/** The words of a sentence about what it counts that a name does not have. */
function leftOf(entry: Entry, name: string): string[] {
  const { sentence, lead, after } = numbered(entry);
  const said = NEVER.test(sentence)
    ? wordsCounted("", sentence.replace(NEVER, "$1"))
    : wordsCounted(lead, after.replace(OF_PLACES, "$2"));
  const made = ONLY_MADE.exec(actOf(entry))?.[0].split(" ") ?? [];
  return said.filter(
    (one) => !wordsOf(name).includes(one) && !made.includes(one) && !BESIDE.test(one),
  );
}

/** Words that a name has though no sentence does. */
const MADE_UP = /^(?:số|tổng|được|vụ)$/u;
/** Beside what is counted they say that it is a share, or how much of it. */
const BESIDE = /^(?:tỷ|tỉ|lệ|số|tổng|các|những|lên|còn|lại)$/u;
/** Of whom stands elsewhere: «35% trong số đó», «95% số trẻ em này». */
const POINTS_BACK = /(?<!\p{L})(?:số (?:đó|này)|này|trên đây|nói trên)(?!\p{L})/iu;
/** A shorter one goes by words that are elsewhere: `Số người chết`. */
const SHORTEST_CERTAIN = 3;
/** What becomes of a thing that is counted, and says nothing more about it: «xây dựng 12 mô hình». */
const ONLY_MADE = /^(?:xây dựng|tổ chức|thành lập|mở|duy trì|ban hành)$/iu;
/** So many answers can be compared at a glance. */
const MOST_WAYS = 3;
/** Ways that say something: two names, none of them doubled or of a rate. */
function sound(ways: readonly Way[]): Way[] {
  const bare = (name = ""): string => name.replace(/^(?:Tổng số|Số) /u, "").trim();
  const isSound = (way: Way): boolean =>
    !way.some((one) => POINTS_BACK.test(one)) &&
    way.every((one) => bare(one) !== "" && !/^(?:tỷ|tỉ) lệ/iu.test(bare(one))) &&
    new Set(way.map(bare)).size === way.length &&
    !way.some((one) => /(\S+ \S+ \S+) (?:được |đã )?\1/u.test(one)) &&
    !way.slice(1).some((one) => OF_THE_DOING.test(one));
  return ways
    .filter(isSound)
    .filter((way, at, all) => all.findIndex((one) => one.join() === way.join()) === at)
    .slice(0, MOST_WAYS);
}

/** What is done to the things before whose number it stands: «chuyển hóa thành công 60% địa bàn». */
function actOf(entry: Entry): string {
  const { lead } = numbered(entry);
  // of «kỹ năng số» and «chuyển đổi số» nothing is counted
  if (/(?:tỷ|tỉ) lệ|(?<!\p{L}|(?:đổi|năng|ký|nghệ|tế|tảng) )số /iu.test(lead)) return "";
  // «mỗi xã duy trì», «Công an huyện triệt phá»: who does it is no part of a name
  if (DOER.test(lead)) return "";
  const words = withoutDues(lead).replace(NO_ACT, " ").replace(/\s+/gu, " ").trim();
  return words
    .replace(/^./u, (one) => one.toLocaleLowerCase("vi"))
    .replace(/^tổ chức (?=kiểm tra|thanh tra|tuyên truyền|tập huấn|bồi dưỡng)/u, "");
}

const DOER = new RegExp(
  `^\\s*(?:(?:mỗi|từng|các) ${AREA_NOUN}|phòng (?!chống|ngừa)|sở |ban (?!hành)|công an |ủy ban |UBND |trung tâm |hội (?!nghị|thảo))`,
  "iu",
);

/** The sentence of an entry, or its part of one, around its first number. */
function numbered({ quote, name }: Entry) {
  const plain = (text: unknown): string =>
    String(text ?? "")
      .replace(/\s+/g, " ")
      .replace(/[.;]+$/, "");
  const [whole, own] = [plain(quote), plain(name)];
  const at = own === "" ? -1 : whole.indexOf(own);
  const sentence = at < 0 ? whole : own;
  const [, lead = "", out, unit, after = ""] =
    NUMBERED.map((one) => one.exec(sentence)).find((one) => one !== null) ?? [];
  return { whole, isWhole: at < 0, sentence, lead, out, unit, after };
}

/** What the lists of a value are to hold, as the words of a sentence call it. */
export function suggestedNames(entry: Entry): Readonly<Record<string, string>> {
  const { whole, isWhole, sentence, lead, out, unit, after } = numbered(entry);
  const thing = (text: string): string =>
    withoutDues(
      text.replace(/^(?:(?:tổng\s+)?(?:số|các)\s+|đội\s+ngũ\s+)+/iu, "").replace(BEHIND, ""),
    );
  const never = thing(NEVER.exec(sentence)?.[1] ?? "");
  if (never !== "")
    return { measures: COUNTED_NEVER.test(never) ? `Số ${never}` : `Số vụ ${never}` };
  const isShare = unit !== undefined || out?.includes("/") === true;
  // «Tỷ lệ hồ sơ giải quyết đúng hạn đạt 95%», «Số vụ cháy giảm 5%»
  const [, rate = "", counted = ""] =
    /^(?:\p{L}+\s+){0,3}?(tỷ lệ|tỉ lệ|số)\s+(.+)$/iu.exec(lead.trim()) ?? [];
  const before = thing(` ${counted.replace(/:$/, "")}`.replace(LEADING, ""));
  const done = (rate === "" ? DONE.exec(lead.trim()) : null)?.[1]?.replace(/^./u, (one) =>
    one.toLocaleLowerCase("vi"),
  );
  if (!isShare) {
    const what = thing(after);
    const isDone = done !== undefined && !/^(?:lớp|cuộc|buổi|đợt|lần|lượt|hội nghị)/u.test(what);
    const counts = rate !== "" && before !== "" ? before : isDone ? `${what} được ${done}` : what;
    return what === "" ? {} : { measures: `Số ${counts}` };
  }
  const words = before === "" ? thing(after) : before;
  // «giải ngân đạt 95% kế hoạch vốn được giao»: of what is planned nothing is counted
  if (before === "" && /^(?:kế hoạch|dự toán|chỉ tiêu)(?!\p{L})/iu.test(words)) return {};
  const measures = words === "" || /^(?:tỷ|tỉ) lệ/iu.test(words) ? {} : { measures: `Số ${words}` };
  // «Tỷ lệ suy dinh dưỡng ở trẻ em dưới 5 tuổi»
  const [, state, people] =
    /^(.+?)\s+(?:ở|của)\s+(trẻ(?!\p{L}).*|người .*|học sinh.*|phụ nữ.*)$/u.exec(words) ?? [];
  if (people !== undefined)
    return { numerator: `Số ${people} ${state}`, denominator: `Tổng số ${people}`, ...measures };
  const parts = partsOf(words);
  // the predicate of several things at the end of the sentence
  const shared = isWhole ? null : partsOf(thing(whole.slice(whole.lastIndexOf("%") + 1).trim()));
  const predicate = parts?.[2] ?? (done === undefined ? shared?.[2] : `được ${done}`);
  if (predicate !== undefined && words !== "") {
    const [things, part] = [
      parts?.[1] ?? words,
      predicate.replace(/^(được\s\S+\s.*?(?<!phòng)),\s.*$/iu, "$1"),
    ];
    return {
      ...{ numerator: `Số ${things} ${part}`, denominator: `Tổng số ${things}` },
      ...{ conditions: capital(part), ...measures },
    };
  }
  const noun = COUNTED.exec(`Số ${words}`)?.[1];
  return !/lệ$/iu.test(rate) || noun === undefined || noun === words
    ? measures
    : { numerator: `Số ${words}`, denominator: `Tổng số ${noun}` };
}
