import { isParagraph, type Place, type Placed, withoutMarker } from "./outline.ts";
import { LONGEST_SENTENCE, sentencesOf } from "./sentence.ts";

/** When a report is owed by the words of the plan. */
export interface ReportDue {
  readonly kind: "week" | "month" | "quarter" | "half_year" | "nine_months" | "year";
  /** The words of the plan. */
  readonly words: string;
  /** The day of the month; null where none is given. */
  readonly day: number | null;
  /** The month; null where it is that of the period. */
  readonly month: number | null;
  /** Which month of the period it is, where a month is given so: `last`, or `next` after it. */
  readonly month_of_period: "last" | "next" | null;
  /** The day itself is too late: «trước ngày 10». */
  readonly is_exclusive: boolean;
  readonly to: string | null;
  readonly sentence: string;
  readonly place: Place;
}

const PERIODS: readonly (readonly [words: string, kind: ReportDue["kind"]])[] = [
  [String.raw`(?:6|06|sáu)\s+tháng(?:\s+đầu\s+năm)?|bán\s+niên`, "half_year"],
  [String.raw`(?:9|09|chín)\s+tháng(?:\s+đầu\s+năm)?`, "nine_months"],
  [
    String.raw`(?:(?:hằng|hàng|mỗi|từng)\s+)?quý(?!\s+báu)(?:\s+(?:I|II|III|IV|\d)(?!\p{L}))?`,
    "quarter",
  ],
  [
    String.raw`(?:hằng|hàng|mỗi|từng)\s+tháng|báo\s+cáo\s+tháng|định\s+kỳ\s+tháng|(?<=[:,]\s)tháng(?=\s*\()`,
    "month",
  ],
  [String.raw`(?:hằng|hàng|mỗi|từng)\s+tuần|báo\s+cáo\s+tuần`, "week"],
  [
    String.raw`(?:(?:hằng|hàng|mỗi|cả|cuối|tổng\s+kết|kết\s+thúc)\s+năm|0?1\s+năm(?=\s*[(,;.:]|\s+(?:gửi|báo|tổng|lần|trước|chậm))|(?<=báo\s+cáo\s)năm|(?<=(?:và|[,;)]|quý|tháng)\s)(?:báo\s+cáo\s+)?(?:tổng\s+kết\s+)?năm(?=\s*(?:[(:,;.]|$)|\s+(?:trước|chậm|về|gửi)))`,
    "year",
  ],
];
const DAY_AND_MONTH = String.raw`\d{1,2}[/.]\d{1,2}(?!\d|\s*%)`;
/** «trước», «và» behind another day, or what a day stands right behind: a bracket, its period with a colon. */
const DEADLINE = new RegExp(
  String.raw`(?:(trước|chậm\s+nhất(?:\s+(?:là|vào))?|muộn\s+nhất|vào|xong\s+trước|đến\s+hết)\s+(?:\d{1,2}\s*(?:giờ|h)\s+)?(?:sáng\s+|chiều\s+)?(?:ngày\s+(?:mùng\s+)?|(?=thứ\s)|(?<!(?<!nhất\s+)vào\s+)(?=${DAY_AND_MONTH}))|(?<=\d)(,|\s+và)\s+(?:ngày\s+|(?=${DAY_AND_MONTH}))|(?<=\(|báo\s+cáo\s+(?:quý|năm|tháng)\s|(?:quý(?:\s+[IV]+)?|năm|tháng|tuần)\s*:\s*)(?:ngày\s+|(?=thứ\s)|(?<=:\s*)(?=${DAY_AND_MONTH})))(\d{1,2}|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)(?!\p{L}))(?:\s*[/.]\s*(\d{1,2})(?!\d)|\s+tháng\s+(\d{1,2}))?(?:[/.]\d{4})?((?:\s+(?:của\s+)?(?:tháng\s+cuối|cuối|hằng\s+tháng|hàng\s+tháng|tháng\s+(?:liền\s+)?(?:sau|kế\s+tiếp)|tháng\s+đầu)[^,;.()]{0,40})?)`,
  "giu",
);

interface Found {
  readonly at: number;
  readonly end: number;
}

/** Days by which something is reported, of a period that the sentence does not name. */
export function deadlinesLeft(sentence: string, found: readonly ReportDue[]): string[] {
  if (!/báo\s+cáo/iu.test(sentence)) return [];
  const own = found.filter((one) => one.sentence === sentence);
  return [...sentence.matchAll(DEADLINE)]
    .map(([typed]) => typed.trim())
    .filter((typed) => !own.some(({ words }) => words.includes(typed.replace(/[()]/gu, ""))));
}

/** The calendar of reports: every period that a sentence about reports names with a day. */
export function calendarOf(document: readonly Placed[]): ReportDue[] {
  return document.filter(isParagraph).flatMap(({ block, place }) =>
    sentencesOf(withoutMarker(block.text))
      .filter((sentence) => sentence.length <= LONGEST_SENTENCE && /báo\s+cáo/iu.test(sentence))
      .flatMap((sentence) => {
        const dues = duesOf(sentence, place);
        const keyOf = ({ kind, day, month }: ReportDue): string => `${kind} ${day} ${month}`;
        return [...new Map([...dues].reverse().map((one) => [keyOf(one), one])).values()].reverse();
      }),
  );
}

/** «Đặc khu Phú Quý» is no quarter. */
const isName = (before: string, words: string): boolean =>
  /^Quý/u.test(words) && /\p{Lu}\p{Ll}+\s$/u.test(before);

function duesOf(sentence: string, place: Place): ReportDue[] {
  const deadlines = [...sentence.matchAll(DEADLINE)].map((match) => ({
    match,
    at: match.index,
    end: match.index + match[0].length,
  }));
  const isDeadline = ({ at }: Found): boolean =>
    deadlines.some((one) => at >= one.at && at < one.end);
  const periods = PERIODS.flatMap(([words, kind]) =>
    [...sentence.matchAll(new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, "giu"))].map(
      ({ 0: words, index }) => ({ kind, words, at: index, end: index + words.length }),
    ),
  )
    .filter((one) => !isDeadline(one) && !isName(sentence.slice(0, one.at), one.words))
    .sort((one, other) => one.at - other.at);
  const to =
    /(?:về|cho|gửi)\s+((?:UBND|Ủy\s+ban|Sở|Phòng|phòng|Ban|Văn\s+phòng|Công\s+an)[^,;:.()]*?)(?=\s+(?:để|trước|theo|tổng\s+hợp|định\s+kỳ|báo\s+cáo|(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)|chậm\s+nhất)|\s*[,;:.()]|\s*$)/u.exec(
      sentence,
    )?.[1] ?? null;
  const taken = new Set<number>();
  let last: typeof periods = [];
  /** «6 tháng, 01 năm: trước ngày 16/6 và 16/12»: each has its own day. */
  let inTurn: typeof periods = [];
  const isBehind = (index: number): boolean => deadlines[index]?.match[2] !== undefined;
  return deadlines.flatMap(({ match, at, end }, index) => {
    const since = deadlines[index - 1]?.end ?? 0;
    const until = deadlines[index + 1]?.at ?? sentence.length;
    // behind «;» somebody else does something else, unless it only says by when
    const isBeside = (from: number, to: number): boolean =>
      !/;(?!\s*(?:gửi|trước|chậm|hạn|thời)|[^;]*(?:tháng|quý|năm)\s*(?:\(|$))/iu.test(
        sentence.slice(from, to),
      );
    const before = periods.filter(
      (one) => one.at >= since && one.end <= at && !taken.has(one.at) && isBeside(one.end, at),
    );
    const own =
      before.length > 0
        ? [...before]
        : periods
            .filter((one) => one.at >= end && one.end <= until && isBeside(end, one.at))
            // «sơ kết học kỳ I trước 10/01, tổng kết năm trước 25/5»: it belongs to the next day
            .filter(
              (one) =>
                until === sentence.length ||
                /\p{L}/u.test(sentence.slice(one.end, until).replace(/^\s+học(?!\p{L})/iu, "")),
            )
            .slice(0, 1);
    // «báo cáo tháng (trước ngày 20), quý, 6 tháng và năm»: one day for all of them
    for (const one of before.length === 0 || until < sentence.length ? [] : periods) {
      const since = Math.max(end, own.at(-1)?.end ?? end);
      if (one.at >= since && /^[\s,)]*(?:và\s+)?$/iu.test(sentence.slice(since, one.at)))
        own.push(one);
    }
    for (const one of own) taken.add(one.at);
    const [typed, word = "", , day = "", slashed, worded, rest = ""] = match;
    // «trước ngày 25 hằng tháng»
    if (own.length === 0 && /(?:hằng|hàng)\s+tháng/iu.test(rest))
      own.push({ kind: "month", words: typed, at, end });
    // «trước ngày 15 của tháng cuối mỗi quý»
    if (own.length === 0 && /tháng\s+cuối[^,;]*quý/iu.test(rest))
      own.push({ kind: "quarter", words: typed, at, end });
    const behind = deadlines.slice(index + 1).findIndex((_, no) => !isBehind(index + 1 + no));
    const others = behind < 0 ? deadlines.length - index - 1 : behind;
    if (others > 0 && own.length === others + 1) inTurn = own.splice(1);
    // «(ngày 15/6 và 15/12)»
    else if (own.length === 0 && isBehind(index))
      own.push(...(inTurn.length > 0 ? inTurn.splice(0, 1) : last));
    last = own;
    // «báo cáo tháng, 6 tháng (trước 15/6)»: no month of all has that day
    const isOfAYear = slashed !== undefined || worded !== undefined;
    const named = own.filter(({ kind }) =>
      kind === "week" ? !/\d/u.test(day) : !isOfAYear || kind !== "month",
    );
    const shared = {
      day: /\d/u.test(day) ? Number(day) : null,
      month: slashed === undefined && worded === undefined ? null : Number(slashed ?? worded),
      month_of_period: /cuối/iu.test(rest)
        ? ("last" as const)
        : /sau|kế\s+tiếp/iu.test(rest)
          ? ("next" as const)
          : null,
      // «trước ngày 15/6 và ngày 15/12»
      is_exclusive: /trước/iu.test(isBehind(index) ? sentence.slice(0, at) : word),
      to,
      sentence,
      place,
    };
    return named.map(({ kind, words: period, at: start }) => ({
      kind,
      words: (start < at
        ? sentence.slice(start, end)
        : start === at
          ? typed
          : `${typed} ${period}`
      ).replace(/[()]/gu, ""),
      ...shared,
    }));
  });
}
