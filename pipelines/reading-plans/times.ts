/** When a target must be reached, by the words of a plan. */
export interface Due {
  /** The words of the plan. */
  readonly words: string;
  /** `2025`, `2026-Q2`, `2026-06`, `2026-03-30`, `06` and `06-30` of a month and a day in each year, `H1` and `M9` of its first months; null where no day is given. */
  readonly until: string | null;
  /** The year in which a span of years begins. */
  readonly from: string | null;
  readonly every: "year" | "period" | "quarter" | "month" | "week" | null;
}

/** A due date at its place in a text. */
export interface QuotedDue extends Due {
  readonly at: number;
  readonly end: number;
  /** The greater is more precise. */
  readonly weight: number;
  /** «80% và 85% vào các năm 2015, 2020»: of each number its own, in their order. */
  readonly years?: readonly string[];
}

const two = (number: string): string => number.padStart(2, "0");
const ROMAN: Readonly<Record<string, string>> = { i: "1", ii: "2", iii: "3", iv: "4" };
const SPANS = { năm: "year", kỳ: "period", quý: "quarter", tháng: "month", tuần: "week" } as const;
const BY = String.raw`(?:(?:trước|đến|hết|chậm\s+nhất|vào|trong|xong|hoàn\s+thành|từ)\s+){0,3}`;

/** Not of what is paid or brought in by each: «triệu đồng/tháng». */
const PER = String.raw`(?<!(?:đồng|USD|kg|tấn|lít|\/người)(?:\/\p{L}+)?\s?)\/\s?`;

type Time = Pick<Due, "until" | "from" | "every">;
const until = (date: string): Time => ({ until: date, from: null, every: null });
const dayOf = ([day = "", month = "", year]: string[]): Time =>
  until([year, two(month), two(day)].filter(Boolean).join("-"));
/** «trước tháng 10/2026», «trước năm 2027» end with what is before. */
const isBefore = (words: string): boolean =>
  /^(?:xong\s+|hoàn\s+thành\s+)?trước\s(?!\s*(?:hết|cuối))/iu.test(words);
const every = (span: NonNullable<Due["every"]>): Time => ({ until: null, from: null, every: span });

/** Words for a time, what they say, and how much. */
const TIMES: readonly (readonly [
  words: RegExp,
  weight: number,
  read: (groups: string[], words: string) => Time,
])[] = [
  [
    new RegExp(
      String.raw`(?:${BY}ngày|(?:trước|đến|hết))\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?(?!\d)`,
      "giu",
    ),
    5,
    dayOf,
  ],
  [
    /(?:(?:trước|đến|hết|chậm\s+nhất|vào|xong|từ)\s+){1,3}(?:ngày\s+)?(\d{1,2})[/.](0?[1-9]|1[0-2])(?:[/.](\d{4}))?(?![\d/%]|\s+(?:xã|phường|thôn|bản|huyện|tổ|khu|trường|đơn\s+vị|cơ\s+sở|điểm|hộ|công\s+trình|tiêu\s+chí|nhiệm\s+vụ)(?!\p{L}))/giu,
    5,
    dayOf,
  ],
  [
    new RegExp(
      String.raw`${BY}quý\s+(?:[iv]+\s*(?:,|và|[-–]|đến)\s*(?:quý\s+)?)?(i{1,3}|iv|[1-4])(?![\p{L}\d]|[.,]\d|\s*%)(?:(?:\s*/\s*|\s+năm\s+)(\d{4}))?`,
      "giu",
    ),
    4,
    ([quarter = "", year]) =>
      until([year, `Q${ROMAN[quarter.toLowerCase()] ?? quarter}`].filter(Boolean).join("-")),
  ],
  [
    new RegExp(String.raw`${BY}tháng\s+(\d{1,2})(?:\s*/\s*|\s+năm\s+)(\d{4})(?!\d)`, "giu"),
    4,
    ([month = "", year = ""], words) => {
      const date = new Date(Date.UTC(Number(year), Number(month) - (isBefore(words) ? 2 : 1)));
      return until(date.toISOString().slice(0, 7));
    },
  ],
  [
    /(?:(?:trước|đến|hết|vào|trong|xong|đầu|cuối|từ)\s+){1,3}tháng\s+(\d{1,2})(?!\d|\s*[/.]\s*\d|\s+(?:năm|tuổi))/giu,
    4,
    ([month = ""]) => until(two(month)),
  ],
  [
    /(?:(?:trong\s+)?(?:cả\s+)?(?:giai\s+đoạn|(?:thời|nhiệm)\s+kỳ)|(?:từ|trong)\s+năm|từ(?=\s+20\d\d\s*(?:[-–—]|đến)\s*20\d\d(?:[,;:.]|$|\s+(?:mỗi|hằng|hàng|có|đạt|phấn|sẽ)))|trong\s+(?:các|những)\s+năm)\s+(\d{4})\s*(?:[-–—]|đến\s+(?:năm\s+)?)\s*(\d{4})/giu,
    2,
    ([from = "", to = ""]) => ({ until: to, from, every: null }),
  ],
  [
    /(?:vào|đến)\s+(?:các\s+)?năm\s+(\d{4})(?:(?:,\s*|\s+và\s+)\d{4}|\s+và\s+năm\s+\d{4})+(?!\d)/giu,
    4,
    ([year = ""]) => until(year),
  ],
  [
    /(?:(?:(?:phấn\s+đấu\s+)?(?:đến|hướng\s+tới|vào|trong|trước)\s+)?(?:(?:hết|cuối)\s+)?năm\s+|(?<!\d\s*)(?:đến|vào)\s+(?:(?:hết|cuối)\s+)?(?=20\d\d(?![\d.,/%]*\d)(?!\s*(?:%|(?:lượt|người|lao|hộ|học|trẻ|cơ|ha|tấn|km|m2|con|cây|triệu|tỷ|đồng)(?!\p{L})))))(\d{4})(?!\d|\s*[-–—]\s*\d{4})/giu,
    4,
    ([year = ""], words) => until(`${Number(year) - (isBefore(words) ? 1 : 0)}`),
  ],
  [
    new RegExp(
      String.raw`(?:(?:mỗi|hằng|hàng|từng|mọi|(?:qua|trong)\s+các)\s+|${PER})(năm|quý|tháng|tuần|kỳ)(?!\p{L}|\s+(?:\d{4}|họp|thi|nghỉ))`,
      "giu",
    ),
    3,
    ([span = ""]) => every(SPANS[span.toLowerCase() as keyof typeof SPANS]),
  ],
  [/(?<=%\s*\()(?:năm\s+)?(20\d\d)(?=\))/giu, 4, ([year = ""]) => until(year)],
  [/trong\s+(?:một|0?1)\s+năm(?:\s+học)?(?!\p{L}|\s*\d)/giu, 3, () => every("year")],
  [
    /(?:trong|đến|hết|cuối|cả)\s+(?:hết\s+|cuối\s+)?năm(?:\s+(?:nay|học))?(?!\s*\d|\p{L}|\s+học\s+\d)/giu,
    1,
    () => until(""),
  ],
  [
    /(?:(?:(?:trong|đến|hết)\s+){0,2}(?:0?[69]|sáu|chín)\s+tháng\s+(đầu|cuối)\s+năm|hết\s+(?:0?[69]|sáu|chín)\s+tháng|(?<=^|[,;]\s)(?:0?[69]|sáu|chín)\s+tháng(?=\s+(?:đạt|hoàn\s+thành|giải\s+ngân|thực\s+hiện)))(?:\s+(\d{4}))?/giu,
    4,
    ([part, year], words) =>
      part === "cuối"
        ? until(year ?? "")
        : until([year, /9|chín/iu.test(words) ? "M9" : "H1"].filter(Boolean).join("-")),
  ],
];

const YEARS = /\d{4}(?:,\s*|\s+và\s+(?:năm\s+)?)\d{4}/iu;
/** Before a year that is only compared with, or begun in. */
const NO_DUE =
  /(?:so\s+với|so|hơn|gấp\s+[\d.,]+\s+lần|của|kể\s+từ|từ|như|bằng|chuẩn\s+nghèo|ban\s+hành|theo)\s+(?:\p{L}+\s+){0,4}$/iu;

/** The times in a text by which something is due, none within another. */
export function duesIn(text: string): QuotedDue[] {
  const found = TIMES.flatMap(([words, weight, read]) =>
    [...text.matchAll(words)].map(({ 0: typed, index, ...groups }): QuotedDue => {
      const words = typed.trim();
      const at = index + typed.indexOf(words);
      const time = read([groups[1] ?? "", groups[2] ?? "", groups[3] ?? ""], words);
      return {
        ...time,
        until: time.until === "" ? null : time.until,
        ...(YEARS.test(words) ? { years: words.match(/\d{4}/g) ?? [] } : {}),
        words,
        at,
        end: at + words.length,
        weight,
      };
    }),
  );
  return (
    found
      .filter(
        (one) =>
          !found.some(
            (other) =>
              other !== one &&
              other.at <= one.at &&
              other.end >= one.end &&
              (other.end - other.at > one.end - one.at ||
                found.indexOf(other) < found.indexOf(one)),
          ),
      )
      .filter(
        ({ at, words }) =>
          !(/^(?:năm|giai)/iu.test(words) && NO_DUE.test(text.slice(0, at))) &&
          !(/^(?:cuối|hết)/iu.test(words) && /so\s+với\s+$/iu.test(text.slice(0, at))),
      )
      // «từ 01/3/2026 đến 31/10/2026» ends with the later
      .filter(({ words, end }) => !/^từ/iu.test(words) || !/^\s+đến\s/iu.test(text.slice(end)))
      // the date of a document that is named
      .filter(({ at }) => !/\/\p{Lu}\S*,?\s*$/u.test(text.slice(0, at)))
      .sort((one, other) => one.at - other.at)
  );
}

/** A text without its times. */
export function withoutDues(text: string): string {
  return duesIn(text)
    .reduceRight((rest, { at, end }) => rest.slice(0, at) + rest.slice(end), text)
    .trim();
}
