import { plainDecimal } from "../vocabulary/decimal.ts";
import { multipleIn, numbersIn, WORDS } from "./numbers.ts";

/** A number of a sentence with its unit. */
export interface Amount {
  readonly at: number;
  readonly end: number;
  /** As it stands: `5.300 người`, `18 - 22%`. */
  readonly typed: string;
  /** Without a unit that is a guess. */
  readonly digits: string;
  /** Exact decimals; `to` of a range. */
  readonly value: string;
  readonly to: string | null;
  readonly unit: string | null;
  /** `none` is «không để …», `criteria` is «cả 3 tiêu chí»: words that are no number. */
  readonly kind: "percent" | "rate" | "count" | "points" | "times" | "ranks" | "none" | "criteria";
  /** `8/8`: what is there of how many. */
  readonly outOf: string | null;
  /** What of it was taken without the words' saying so. */
  readonly marks: readonly string[];
}

const HIDDEN = "□";
const DOCUMENT_SIGN = String.raw`\d+[a-zđ]?(?:/\d{4})?\s*[/-]\s*[A-ZĐƯ][\wĐƯ&]*(?:[/-][\wĐƯ&]+)*`;
const ORDINAL =
  "điều|khoản|(?<!dứt\\s)điểm|bậc|mục|phần|chương|phụ lục|biểu|biểu mẫu|mẫu|bảng|đề án|nghị quyết|nghị định|chương trình|chỉ thị|quyết định|thông tư|công văn|quốc lộ|mức độ|cấp độ|(?<!xếp\\s)hạng|loại|khu vực|khối|lớp|khóa|lần thứ|(?<!(?:xếp|đứng|từ|trí|giữ)\\s)thứ|tiêu chí số|chỉ tiêu số|tiểu dự án|dự án|phiên bản|số";

/** «số bác sĩ trên 1 vạn dân», «giường bệnh/10.000 dân»: among how many it is counted. */
export const AMONG =
  /(?:(?<=\p{L}\s*)(?:\/|trên)|(?<!\p{L})(?:bình\s+quân|cứ|mỗi))\s*((?:1\s+vạn|100|10?\.?000|100\.?000)\s+(?:người\s+)?dân)(?!\p{L})/iu;

/** Numbers that are names: of documents, days, ages, articles, classes. */
const NAMES: readonly RegExp[] = [
  new RegExp(DOCUMENT_SIGN, "gu"),
  /ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|ngày\s+\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?)?(?![\d.,]*\d)/giu,
  /(?:\d{1,2}\s*[-–]\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}/gu,
  /(?<!(?:mỗi|hằng|hàng|từng)\s+)tháng\s+\d{1,2}(?:\s*\/\s*\d{4}|(?:(?:,|\s+và)\s+\d{1,2}(?!\s*[\p{L}%\d]))+)?|quý\s+[1-4](?:\s*\/\s*\d{4})?|quý\s+[IV]+\s*\/\s*\d{4}/giu,
  /(?:năm(?:\s+học)?|giai\s+đoạn|nhiệm\s+kỳ|từ|đến|vụ)\s+\d{4}(?:\s*[-–—]\s*\d{4})?(?![\d.,]*\d)/giu,
  /(?:19|20)\d{2}\s*(?:[-–—]|đến)\s*(?:19|20)\d{2}/gu,
  /(?<![\d.,])(?:19|20)\d{2}(?=\s*(?:[:;,.)]|$|và\s))(?![.,]\d)/gu,
  /(?:\d+,\s+)+\d+\s*tuổi|(?<![\d.,])1\s*\/\s*\d{3,}(?![\d.,]*\s*\p{L})/giu,
  /độ\s+tuổi(?:\s+từ)?\s+\d+\s*(?:[-–—]|đến)\s*\d+/giu,
  /(?<![\d,]|(?:[:≥≤<>]|đạt|trung\s+bình)\s*)(?:(?:từ|dưới|trên|đủ)\s+)?\d+(?:\s*(?:[-–—]|đến)\s*(?:dưới\s+)?\d+)?\s*(?:tháng\s+)?tuổi(?:\s+trở\s+(?:lên|xuống))?/giu,
  new RegExp(
    String.raw`(?<!\p{L})(?:${ORDINAL})\s+(?:số\s+)?\d+(?:\.\d+)*[a-z]?(?![\d/%]|\s*%|[.,]\d|\s*[-–]\s*\d+\s*%)`,
    "giu",
  ),
  /(?:đội|ban\s+chỉ\s+đạo|tổ|đoàn)\s+(?:kiểm\s+tra\s+)?(?:liên\s+ngành\s+)?\d+(?![\d.,/%]|\s*%)/giu,
  /(?<!\p{L})(?:(?:mục|chỉ)\s+tiêu|nội\s+dung|nhóm|tuyến|vùng|giai\s+đoạn|hợp\s+phần)\s+\d+(?=\s*(?:phần(?!\p{L})|[:;)]|\.(?!\d)|$))/giu,
  /cả\s+\d+\s+tiêu\s+chí/giu,
  /\d+\s+(?:nhóm\s+)?(?:chỉ\s+tiêu|mục\s+tiêu|giải\s+pháp)(?=\s*(?:[;:,.]|chủ\s+yếu|cụ\s+thể|sau|$))/giu,
  /\d+G(?!\p{L})|(?<![\d.,])24\s*\/\s*(?:7|24)(?!\d|\s+(?:số\s|xã|phường|thôn|bản|tổ|khu|trường|đơn\s+vị|cơ\s+(?:sở|quan)|phòng|sở|hộ|nhiệm))|\d+-\d+-\d+|\p{L}+-?\d+(?:\.\d+)?/gu,
  /^\s*\d{1,2}(?:\.\d{1,2})*[.)](?=\s)|\(\d{1,2}\)|\[\d{1,2}\]/gu,
  // «khu phố 3: 12 camera»
  /(?<!\p{L})(?:khu\s+phố|khu|cơ\s+sở|tổ(?:\s+dân\s+phố)?|thôn|ấp|khóm|bản|buôn|phường|quận)\s+\d{1,2}(?=\s*(?:[:;,.)]|$|và\s))(?![.,]\d)/giu,
  new RegExp(AMONG, "giu"),
  /(?:sau|trong|qua|giai\s+đoạn|(?:bình\s+quân|trung\s+bình))\s+\d+\s+năm(?!\p{L}|\s+\d)/giu,
  /(?:[369]|sáu|chín)\s+tháng(?=\s+(?:đầu|cuối|năm)|\s*[(,:])/giu,
];

/** The same text, in which the digits of names are hidden. */
function withoutNames(text: string): string {
  return NAMES.reduce(
    (masked, name) => masked.replace(name, (one) => one.replace(/\d/g, HIDDEN)),
    text,
  );
}

/** What things are counted in; of two that fit the longer one. */
export const UNITS =
  "người|khách hàng|khách|lao động|học sinh, sinh viên|học sinh|sinh viên|học viên|giáo viên|trẻ em|trẻ|phụ nữ|cán bộ, công chức, viên chức|cán bộ, công chức|cán bộ|hội viên|đoàn viên|đảng viên|hộ gia đình|hộ|khẩu|cơ sở|doanh nghiệp|hợp tác xã|tổ hợp tác|đơn vị|cơ quan|đơn vị máu|trường|phòng học|cặp|vụ việc|vụ|trường hợp|đối tượng|tụ điểm|điểm|ổ nhóm|cuộc|buổi|đợt|lượt|lần|lớp|khóa|hội nghị|hội thảo|mô hình|câu lạc bộ|hình thức|phóng sự|tin, bài|tin|bài|chuyên mục|chuyên đề|sản phẩm|tờ rơi|pano|băng rôn|xã, phường|phường, xã|xã|phường|thị trấn|huyện|quận|tỉnh|thôn|bản|khu dân cư|khu phố|tổ dân phố|ấp|buôn|tuổi|tiêu chí|nhiệm vụ|dự án|công trình|đề án|nghị quyết|văn bản|hồ sơ|thủ tục|dịch vụ|mẫu|công chức|viên chức|thiếu nhi|thanh niên|nhân viên|thành viên|bí thư|chỉ tiêu|di tích|di sản|tủ sách|ngôi nhà|căn nhà|căn hộ|căn|nhà văn hóa|nhà máy|nhà ở|nhà vệ sinh|nhà|cầu|sao|camera|máy|xe|chi bộ|chi hội|tổ chức|tổ|nhóm|đội|gia đình|tuyến đường|tuyến|tác phẩm|ca|giường bệnh|giường|bác sĩ|trạm|km2|km|cm|mm|gam|kg|gram|lít|ha|m2|m3|m|mét|phiên|vùng|thửa|chợ|giếng|suất|bãi|lò|làng|hạng mục|phòng|khu du lịch|khu công nghiệp|cụm công nghiệp|biển cảnh báo|biển báo|tấn|tạ|con|cây|thẻ|chuyến|cuốn|quyển|chiếc|tàu|đồng hồ|nghìn đồng|triệu đồng|tỷ đồng|tỉ đồng|đồng|USD|bậc|hạng|giờ|phút|ngày|tuần|tháng|năm|điểm phần trăm|điểm %"
    .split("|")
    .sort((one, other) => other.length - one.length);
/** «lượt khách» is counted as «khách» is. */
const UNIT = new RegExp(String.raw`^\s*((?:lượt\s)?(?:${UNITS.join("|")}))(?![\p{L}\d])`, "iu");
const PART = new RegExp(String.raw`^\s+(?:tổng\s+)?số\s+(?:${UNITS.join("|")}|\p{L}+)`, "iu");
const RATIO = new RegExp(
  String.raw`^\s*(\p{L}+)\s*(?:\/|trên)\s*(\d[\d.]*)\s+((?:${UNITS.join("|")})(?!\p{L})|\p{L}+)`,
  "iu",
);
const RATIO_OF_TWO = /^\s*(\p{L}+\s\p{L}+)\s*(?:\/|trên)\s*(\d[\d.]*)\s+(\p{L}+\s\p{L}+)/iu;
/** `/xã/năm`, and « mắc/100.000 dân». */
const PER = new RegExp(
  String.raw`^(?:(?:\s*/\s*(?:\d[\d.]*\s*)?(?:(?:vạn dân|dân|${UNITS.join("|")})(?!\p{L})|\p{L}+(?:\s\p{L}+)?(?=\s*(?:$|[,;.)]))|\p{L}+))+|(?:\s+\p{L}+){1,2}\s*/\s*\d[\d.]*\s*\p{L}+)`,
  "iu",
);
const ROUND = /^10{2,6}$/;
/** Words that are no noun, right behind a number. */
const NO_NOUN =
  "(?:vào|và|trong|ở|tại|đến|so|của|xuống|lên|còn|hằng|hàng|trở|đối|là|được|đạt|theo|trước)(?!\\p{L})";
/** Many nouns have two syllables or three: «đường dây», «hồ chứa»; a verb or an adverb is no part of one. */
const NO_SYLLABLE =
  "(?:có|không|mới|hiện|để|cho|với|về|bị|trên|dưới|từ|này|đó|cùng|thuộc|phục|nhằm|đã|sẽ|đang|chưa|mỗi|các|những|xây|sửa|thực|tổ|hoàn|tham|tập|nghiêm|tăng|giảm|nâng|chuyên|trọng|năm|quý|tháng)(?!\\p{L})";
const SYLLABLE = String.raw`\s(?!${NO_NOUN}|${NO_SYLLABLE})\p{Ll}+`;
const NOUN_ENDS = String.raw`(?=[,;.()]|$|\s+(?:\p{Lu}|\(|${NO_NOUN}|${NO_SYLLABLE}))`;
const NOUN = new RegExp(
  String.raw`^\s+(?!${NO_NOUN})(\p{Lu}{2,}(?!\p{L})|\p{L}+(?:${SYLLABLE}(?:\sviên|${SYLLABLE}${NOUN_ENDS})?)?)`,
  "u",
);
/** Behind `/100.000`: whom, where that is repeated. */
const OF_WHOM = new RegExp(
  String.raw`^\s*(?!${NO_NOUN}|năm)\p{L}+(?:\s+(?:(?:đẻ\s+)?sống|em(?!\p{L})))?`,
  "u",
);

/** Small numbers in words, only where nothing else can be meant: «năm» is a year, «một số» is some. */
const IN_WORDS =
  /(?<=(?:ít\s+nhất|tối\s+thiểu|tối\s+đa|không\s+quá|(?:mỗi|từng)\s+\p{L}+(?:\s+\p{L}+)?)\s)(một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?=\s(?!số|phần|cửa|trong|nửa))|(?<=gấp\s)(đôi|rưỡi|hai|ba|bốn)(?!\p{L})|(?<=\s)(?:một|hai|ba|bốn)(?=\s+(?:lần|đợt|buổi|cuộc)\s*\/)|(?<!\p{L})(?:một|hai|ba)(?=\s+phần\s+(?:hai|ba|tư|bốn|năm|mười)\s)|(?<=(?:một|hai|ba)\s+phần\s+)(?:hai|ba|tư|bốn|năm|mười)(?!\p{L})/giu;

const ALL =
  /(?<=^\s*|[;,]\s*)(?:tất\s+cả|toàn\s+bộ)(?=\s+(?:các|số|những|\p{Ll}))|(?<!\p{L})một\s+nửa(?!\p{L})/giu;

interface Digits {
  readonly at: number;
  readonly end: number;
  readonly value: string;
}

/** The numbers of a sentence that are amounts, in their order. */
export function amountsIn(text: string, withAll = false): Amount[] {
  const masked = withoutNames(text);
  const digits = numbersIn(masked).map(
    ({ at, typed, value }): Digits => ({ at, end: at + typed.length, value: plainDecimal(value) }),
  );
  const words = [...masked.matchAll(IN_WORDS)].flatMap(({ 0: word, index }): Digits[] => {
    if (digits.some(({ at, end }) => index >= at && index < end)) return [];
    const value = String(WORDS[word.toLowerCase()] ?? "");
    return [{ at: index, end: index + word.length, value }];
  });
  const numbers = [...digits, ...words].sort((one, other) => one.at - other.at);
  const found: Amount[] = [];
  for (let index = 0; index < numbers.length; index += 1) {
    const [first, second] = [numbers[index], numbers[index + 1]];
    if (first === undefined) continue;
    if (first.at < (found.at(-1)?.end ?? 0)) continue;
    const between = second === undefined ? "" : masked.slice(first.end, second.at);
    // «1,5 cm - 2 cm» has its unit twice
    const [joint, unit = ""] =
      /^\s*(\p{L}+(?:\s\p{L}+)?|%|)\s*(?:[-–—÷]|đến)\s*$/iu.exec(between) ?? [];
    const isTwice = second !== undefined && masked.slice(second.end).trimStart().startsWith(unit);
    const isRange =
      joint !== undefined &&
      (/^%?$/u.test(unit) || isTwice) &&
      Number(second?.value) > Number(first.value) &&
      !isWay(masked.slice(0, first.at), between);
    if (second !== undefined && isRange) {
      index += 1;
      found.push(withUnit(text, masked, { ...first, end: second.end }, second.value));
    } else if (second !== undefined && /^\s*(?:\/|phần)\s*$/u.test(between)) {
      index += 1;
      found.push(fraction(text, masked, first, second));
    } else found.push(withUnit(text, masked, first, null));
  }
  const all = [...masked.matchAll(withAll ? ALL : /(?!)/gu)].map(({ 0: typed, index }) =>
    wordAmount(index, typed, /nửa/iu.test(typed) ? "50" : "100", "%", "percent"),
  );
  return [...found, ...all].sort((one, other) => one.at - other.at);
}

const COUNTED_IN_WORDS = new RegExp(
  String.raw`(?<!\p{L}|(?:trên|mỗi|trong|của|từng|cả)\s)(?:(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+(?:${UNITS.join("|")})|(?:quá|hơn)\s+nửa)(?!\p{L})`,
  "giu",
);

/** Things counted in words that are none of the amounts: «một trường», «quá nửa». */
export function inWordsIn(text: string, amounts: readonly Amount[]): string[] {
  return [...text.matchAll(COUNTED_IN_WORDS)]
    .filter(({ index }) => !amounts.some(({ at, end }) => index >= at && index < end))
    .map(([typed]) => typed);
}

/** Words that are as good as a number. */
export function wordAmount(
  at: number,
  typed: string,
  value: string,
  unit: string | null,
  kind: Amount["kind"],
): Amount {
  const end = at + typed.length;
  return { at, end, typed, digits: typed, value, to: null, unit, kind, outOf: null, marks: [] };
}

/** «tăng từ 20 đến 25» ends at 25. */
function isWay(before: string, between: string): boolean {
  return /đến/iu.test(between) && /(?:nâng|đưa)[^;.,]*$/iu.test(before);
}

/** `1.2` millions are 1200000, exactly. */
function times(value: string, zeros: number): string {
  return plainDecimal(`${value}e${zeros}`);
}

function withUnit(
  text: string,
  masked: string,
  { at, end, value }: Digits,
  to: string | null,
): Amount {
  const after = text.slice(end);
  const make = (
    length: number,
    unit: string | null,
    kind: Amount["kind"],
    more: Partial<Amount> = {},
  ): Amount => ({
    ...wordAmount(at, text.slice(at, end + length), value, unit, kind),
    to,
    ...more,
  });
  // «%0» is what machines without the sign write
  const thousandth = /^\s*(?:‰|%[0o](?![\d\p{L}]))/u.exec(after);
  if (thousandth !== null) return make(thousandth[0].length, "‰", "rate");
  const percent = /^\s*(?:%|phần\s+trăm)/iu.exec(after);
  if (percent !== null) return make(percent[0].length, "%", "percent");
  // «30 nữ trên 100 nam», «109 bé trai/100 bé gái»
  const [ratio, of, round = "", among] = RATIO.exec(after) ?? RATIO_OF_TWO.exec(after) ?? [];
  if (ratio !== undefined && ROUND.test(round.replaceAll(".", ""))) {
    return make(ratio.length, `${of}/${round} ${among}`, "rate");
  }
  if (/^(?:đôi|rưỡi)$/iu.test(text.slice(at, end))) return make(0, "lần", "times");
  const { typed: multiple, zeros } = multipleIn(after);
  const skipped = multiple.length;
  const scaled =
    zeros === 0 ? {} : { value: times(value, zeros), to: to === null ? null : times(to, zeros) };
  const rest = after.slice(skipped);
  const [words, unit] = UNIT.exec(rest) ?? [];
  if (words === undefined || unit === undefined) {
    const [noun, name] = NOUN.exec(rest) ?? [];
    const isName = noun !== undefined && masked.slice(end, end + 2).trim() !== "";
    const marks = ["đơn vị tính lấy theo chữ đứng sau con số"];
    const per = isName ? (PER.exec(rest.slice(noun.length))?.[0] ?? "") : "";
    const length = isName ? noun.length + per.length : 0;
    return make(skipped + length, isName ? `${name}${per.replace(/\s/gu, "")}` : null, "count", {
      ...scaled,
      marks,
      digits: text.slice(at, end + skipped),
    });
  }
  const per = PER.exec(rest.slice(words.length))?.[0] ?? "";
  const kind = /^điểm (?:phần trăm|%)$/iu.test(unit)
    ? "points"
    : unit === "lần" && per === ""
      ? "times"
      : unit === "bậc"
        ? "ranks"
        : "count";
  return make(
    skipped + words.length + per.length,
    `${UNITS.find((one) => one.toLowerCase() === unit.toLowerCase()) ?? unit.toLowerCase()}${per.replace(/\s*\/\s*/gu, "/")}`,
    kind,
    scaled,
  );
}

/** `8/8`, `500/100.000 trẻ`, `2/3 số thôn`, `15/20 xã`. */
function fraction(text: string, masked: string, first: Digits, second: Digits): Amount {
  const whole = withUnit(text, masked, { ...first, end: second.end }, null);
  const typedSecond = text.slice(second.at, second.end);
  if (ROUND.test(second.value)) {
    const noun = OF_WHOM.exec(text.slice(second.end))?.[0] ?? "";
    const end = second.end + noun.length;
    return {
      ...whole,
      end,
      typed: text.slice(first.at, end),
      unit: `/${typedSecond}${noun.trimEnd()}`,
      kind: "rate",
      marks: [],
    };
  }
  const outOf = text.slice(first.at, second.end);
  if (first.value === second.value)
    return { ...whole, value: "100", unit: "%", kind: "percent", outOf, marks: [] };
  const part = PART.exec(text.slice(second.end))?.[0];
  if (part !== undefined && Number(second.value) <= 10) {
    const end = second.end + part.length;
    return {
      ...whole,
      end,
      typed: text.slice(first.at, end),
      unit: `/${second.value}${part}`,
      kind: "rate",
      marks: [`phân số ${outOf}: ghi ${first.value} với factor ${second.value}`],
    };
  }
  // «15/20 xã» says how many there are, «4/5 khối phố» hardly
  const doubt = Number(second.value) > 10 ? [] : [`phân số ${outOf}: có thể là phần của tổng số`];
  return { ...whole, outOf, marks: [...whole.marks, ...doubt] };
}
