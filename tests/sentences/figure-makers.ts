import fc from "fast-check";
import {
  cityInPeriodSentence,
  citySentence,
  wardSentence,
} from "../../pipelines/sentences/figure.ts";
import { projectionSentence } from "../../pipelines/sentences/projection.ts";
import { numberText } from "../../pipelines/vocabulary/number.ts";
import {
  attainedBy,
  isHidden,
  PROVISIONAL,
  wordWithin,
} from "../../pipelines/vocabulary/status.ts";
import { type Figure, FULFILS, figures, isShown, some } from "./figures.ts";
import { amountOf, GRADES, maker, type Rule } from "./read-back.ts";

/** A target: both ends of a range, or one number. */
const BOUND = "(?:từ @ đến @|@)";
const boundOf = ({ target_value, target_to }: Pick<Figure, "target_value" | "target_to">) =>
  target_to === null ? [false, false, target_value] : [target_value, target_to, false];

const value = (figure: Figure): number => figure.value ?? Number.NaN;
const target = (figure: Figure): number => figure.target_value ?? Number.NaN;
const isAbove = (figure: Figure): boolean => value(figure) > (figure.target_to ?? target(figure));
const isEqual = (figure: Figure): boolean => value(figure) === target(figure);
const isMet = ({ status }: Figure): boolean => attainedBy(status) === true;
const isMissed = ({ status }: Figure): boolean => status === "not_met";
const isOpen = ({ status }: Figure): boolean => status === "not_yet";
const rose = (change: number | null): string => ((change ?? 0) > 0 ? "tăng" : "giảm");
const size = (change: number | null): number => Math.abs(change ?? Number.NaN);

/** What is asked of a change by its words: of which changes it holds. */
function asked(phrase: string): (change: number) => boolean {
  const [, way = "", rest = ""] =
    /^((?:không )?(?:giảm|tăng|thay đổi))(?: (.*))?$/.exec(phrase) ?? [];
  const sign = way === "giảm" ? -1 : 1;
  const [one = 0, other = 0] = (rest.match(/[\d.]*\d(?:,\d+)?/g) ?? []).map(amountOf);
  if (way === "không thay đổi") return (change) => change === 0;
  if (way === "không giảm") return (change) => change >= 0;
  if (way === "không tăng") return (change) => change <= 0;
  if (rest === "") return (change) => change * sign > 0;
  if (rest.includes(", tăng")) return (change) => change >= -one && change <= other;
  if (rest.includes(" đến ")) return (change) => change * sign >= one && change * sign <= other;
  if (rest.startsWith("đúng ")) return (change) => change * sign === one;
  if (rest.endsWith(" trở lên")) return (change) => change * sign >= one;
  if (rest.startsWith("trên ")) return (change) => change * sign > one;
  if (rest.startsWith("không quá ")) return (change) => change * sign <= one;
  return (change) => change * sign < one;
}

/** Whether words ask of a change what its target does. */
export function isAsked(
  figure: Pick<Figure, "target_comparator" | "target_value" | "target_to">,
  phrase: string,
): boolean {
  const { target_comparator: comparator, target_value: from, target_to: to } = figure;
  if (comparator === null || from === null) return false;
  const holds = asked(phrase);
  return [from, -from, to ?? 0, 0, 1e6, -1e6]
    .flatMap((one) => [one, one - 0.01, one + 0.01])
    .every((one) => holds(one) === FULFILS[comparator](one, from, to));
}

const CHANGE_VERDICTS: Readonly<Record<string, string>> = {
  ...{ met: "đạt", met_late: "đạt sau hạn", not_met: "không đạt" },
  ...{ within: "chưa đến hạn, đang đáp ứng", not_yet: "chưa đến hạn, chưa đáp ứng" },
};
/** With what words a change says of what it is taken. */
export const SIDES = { cut: "cả hai bên", apart: "không cùng nơi" };
const NONE: Readonly<Record<string, string>> = {
  not_reported: "chưa có số liệu để tính",
  not_arising: "không phát sinh: mẫu số bằng 0 nên không có gì để tính",
  in_doubt: "cần kiểm tra: có tử số mà mẫu số bằng 0",
};
const NONE_TEXT = `(${Object.values(NONE).join("|")})`;
const WITHHELD = "không công bố vì có số nhỏ của số liệu nhạy cảm";
const NOW = "quý IV năm 2024";
const END = "(?=[,;.(· ])";

const since = ({ unit }: Figure, change: number | null) => [
  unit === "hạng" ? (rose(change) === "tăng" ? "xuống" : "lên") : rose(change),
  change === 0 ? false : size(change),
];

/** How a figure stands to its target and to the period before. */
const STANDING: readonly Rule<Figure>[] = [
  [
    `^(Đến|Trong) ${NOW}( ước)?(?:: | (?:đạt|là) )@${END}`,
    (figure) => [figure.is_of_period ? "Trong" : "Đến", figure.is_estimate, value(figure)],
  ],
  [
    `^Không áp dụng tại ${NOW}`,
    (figure) => figure.status === "not_applicable" && figure.value === null,
  ],
  [`^(?:Đến|Trong) ${NOW} ${NONE_TEXT}`, ({ status }) => [NONE[status] ?? ""]],
  [
    `^(?:Đến|Trong) ${NOW}: (?:~( \\(${PROVISIONAL}\\))?; )?giá trị (${WITHHELD}|chưa phát hành)`,
    (figure) => {
      const hasVerdict = attainedBy(figure.status) !== null;
      const why = figure.status === "untold" ? "chưa phát hành" : WITHHELD;
      return [hasVerdict && wordWithin(figure.status), hasVerdict && figure.is_provisional, why];
    },
  ],
  [
    `^Đến ${NOW}( ước)? (?:(tăng|giảm) @|không thay đổi) so với cùng kỳ năm trước(?: \\([^)]*(cả hai bên|không cùng nơi)\\))?`,
    (figure) => {
      const moved = value(figure) === 0 ? [false, false] : [rose(figure.value), size(figure.value)];
      return [figure.is_estimate, ...moved, figure.sides !== null && SIDES[figure.sides]];
    },
  ],
  [
    `, (${Object.values(CHANGE_VERDICTS).join("|")}) yêu cầu ((?:giảm|tăng|không)(?:(?! \\(${PROVISIONAL}\\)|; |\\.(?!\\d)).)*)`,
    (figure, _, phrase = "") => isAsked(figure, phrase) && [CHANGE_VERDICTS[figure.status] ?? ""],
  ],
  [
    `; quý III( cũng)? (?:(tăng|giảm) @|không thay đổi)( \\(${PROVISIONAL}\\))?(?=[.;])`,
    ({ value: now, before_value: before, before_is_provisional: isOpen }) =>
      before === 0
        ? [now === 0, false, false, isOpen]
        : [now === before, rose(before), size(before), isOpen],
  ],
  [
    `, đúng tiến độ: mức cần đạt tại kỳ này là @, mức chỉ tiêu ${BOUND}`,
    (figure) =>
      figure.status === "on_track" &&
      value(figure) >= (figure.pace_value ?? 0) && [figure.pace_value, ...boundOf(figure)],
  ],
  [
    ", chậm tiến độ: thấp hơn mức cần đạt tại kỳ này @ là @",
    ({ status, pace_value: pace, value: now }) =>
      status === "behind" && [pace, (pace ?? 0) - (now ?? 0)],
  ],
  [
    ", (?:trong giới hạn @|bằng mức tối đa)",
    (figure) =>
      figure.status === "within" && !isAbove(figure) && [isEqual(figure) ? false : target(figure)],
  ],
  [
    `, chưa đến hạn, đang cao hơn mức chỉ tiêu ${BOUND}`,
    (figure) => isOpen(figure) && isAbove(figure) && boundOf(figure),
  ],
  [
    ", chưa đến hạn, đang vượt quá mức tối đa @(?: là @)?",
    (figure) =>
      isOpen(figure) && [target(figure), isEqual(figure) ? false : value(figure) - target(figure)],
  ],
  [
    `, chưa đến hạn, chưa (đạt|vượt) mức chỉ tiêu ${BOUND}`,
    (figure) =>
      isOpen(figure) && !isAbove(figure) && [isEqual(figure) ? "vượt" : "đạt", ...boundOf(figure)],
  ],
  [", đạt sau hạn: ", ({ status }) => status === "met_late"],
  [
    `[,·] ?(trong|cao hơn|thấp hơn) khoảng ${BOUND}`,
    (figure) => {
      const side = isAbove(figure) ? "cao hơn" : "thấp hơn";
      return isMet(figure)
        ? ["trong", ...boundOf(figure)]
        : isMissed(figure) && [side, ...boundOf(figure)];
    },
  ],
  ["[,·] ?bằng mức chỉ tiêu", (figure) => isMet(figure) && isEqual(figure)],
  [
    ", chưa (?:vượt|thấp hơn) mức chỉ tiêu @",
    (figure) => isMissed(figure) && isEqual(figure) && [target(figure)],
  ],
  [
    ", trong khi mức chỉ tiêu là @",
    (figure) => isMissed(figure) && !isEqual(figure) && [target(figure)],
  ],
  [
    "[,·] ?(vượt mức chỉ tiêu|dưới mức tối đa) @",
    (figure) =>
      isMet(figure) && [
        value(figure) > target(figure) ? "vượt mức chỉ tiêu" : "dưới mức tối đa",
        target(figure),
      ],
  ],
  [
    ", (thấp hơn mức chỉ tiêu|vượt quá mức tối đa) @ là @",
    (figure) =>
      isMissed(figure) && [
        value(figure) < target(figure) ? "thấp hơn mức chỉ tiêu" : "vượt quá mức tối đa",
        target(figure),
        size(value(figure) - target(figure)),
      ],
  ],
  [
    "[;,] (?:đánh giá chung: )?~(?=[.;(· ])",
    ({ status, target_value }) => target_value === null && [wordWithin(status)],
  ],
  ["; không có mức chỉ tiêu riêng", ({ status }) => status === "no_target"],
  [` \\(${PROVISIONAL}\\)`, ({ is_provisional }) => is_provisional === true],
  ["; không thay đổi so với quý III(?=\\.)", ({ since_before }) => since_before === 0],
  [
    "; (tăng|giảm|lên|xuống) @ so với quý III(?=\\.)",
    (figure) => since(figure, figure.since_before),
  ],
  [
    "; từ @ của quý III (lên|xuống) @",
    ({ value: now, before_value: before }) => [
      before,
      rose((now ?? 0) - (before ?? 0)) === "tăng" ? "lên" : "xuống",
      now,
    ],
  ],
  [
    "; không so sánh được với quý III vì (?:số liệu )?~(?=\\.)",
    ({ before_status, since_before }) =>
      since_before === null && [wordWithin(before_status ?? "met")],
  ],
];

/** What is missing of a figure of the whole. */
const COVERAGE: readonly Rule<Figure>[] = [
  [" Quý IV năm 2024 chưa [^;.]* nào có đủ số liệu", ({ areas_reported }) => areas_reported === 0],
  [
    " Quý IV năm 2024 mới có đủ số liệu của #/# [^;.]*",
    (figure) => [figure.areas_reported, figure.areas_expected],
  ],
  ["; # [^;.]* lấy số đã báo cáo ở kỳ trước", ({ areas_carried }) => [areas_carried]],
  ["; chưa tính được # [^;.]*", ({ areas_left_out }) => [areas_left_out]],
  [
    " Các kỳ trước trong năm còn thiếu # lượt số liệu \\(mỗi [^)]* thiếu một kỳ tính một lượt\\)",
    ({ periods_missing_before }) => [periods_missing_before],
  ],
];

const openOf = (figure: Figure): string[] =>
  isShown(figure) && figure.is_provisional === true ? [`(${PROVISIONAL})`] : [];
const shownOf = ({ unit }: Figure, shown: number | null): string[] =>
  shown === null || shown === 0 || unit === GRADES ? [] : [numberText(Math.abs(shown))];

export const FIGURE_MAKERS = {
  citySentence: maker(
    figures(some("ratio", "count", "change", "all_of")),
    citySentence,
    [...STANDING, ...COVERAGE],
    (figure) => [...openOf(figure), ...shownOf(figure, figure.value)],
  ),
  cityInPeriodSentence: maker(
    figures(some("ratio", "count")),
    cityInPeriodSentence,
    [
      [
        "^Chỉ tiêu này tính trên số lũy kế, không tính riêng từng kỳ",
        (figure) => figure.value_in_period === null && figure.value !== null,
      ],
      [
        `^Trong ${NOW}( ước)?(?:: | (?:đạt|là) )@${END}`,
        (figure) => [figure.is_estimate, figure.value_in_period],
      ],
      [`^Trong ${NOW} ${NONE_TEXT}`, ({ why_none_in_period: why }) => [NONE[why ?? ""] ?? ""]],
      ["; không thay đổi so với quý III(?=\\.)", (figure) => figure.since_before_in_period === 0],
      [
        "; (tăng|giảm|lên|xuống) @ so với quý III(?=\\.)",
        (figure) => since(figure, figure.since_before_in_period),
      ],
      [
        "; từ @ của quý III (lên|xuống) @",
        ({ value_in_period: now, since_before_in_period: change }) => [
          (now ?? 0) - (change ?? 0),
          rose(change) === "tăng" ? "lên" : "xuống",
          now,
        ],
      ],
      ...STANDING,
    ],
    (figure) => shownOf(figure, figure.value_in_period),
  ),
  wardSentence: maker(
    figures(some("ratio", "change", "share_of_areas", "all_of")),
    wardSentence,
    [
      [
        `; quý III( cũng)? ~( \\(${PROVISIONAL}\\))?(?=\\.)`,
        ({ status, before_status, before_is_provisional }) => [
          before_status === status,
          wordWithin(before_status ?? "met"),
          before_is_provisional === true && !isHidden(before_status ?? "met"),
        ],
      ],
      ...STANDING,
      [
        ` Quý IV năm 2024 chưa có đủ số liệu; lấy số đã báo cáo ở kỳ trước`,
        ({ areas_carried }) => areas_carried > 0,
      ],
      [
        " Các kỳ trước trong năm còn thiếu số liệu # kỳ",
        ({ periods_missing_before }) => [periods_missing_before],
      ],
      [
        `^(?:Đến|Trong) ${NOW}: (có|không)(?=[.;·]| \\()`,
        (figure) => figure.status === "no_target" && [value(figure) > 0 ? "có" : "không"],
      ],
      [
        `^(?:Đến|Trong) ${NOW}: ~(?= \\(tạm|; quý|[.·])`,
        (figure) => figure.value !== null && [wordWithin(figure.status)],
      ],
    ],
    openOf,
  ),
  projectionSentence: maker(
    fc.record({
      ...{ due_name: some("Năm 2024"), unit: some("%", "vụ"), steps_gone: some(1, 3) },
      ...{ value_low: some(28, 30.5), value_high: some(30.5, 1200) },
      ...{ target_value: some(30, 1500), target_to: some(null, 2000) },
      outlook: some("reached", "missed", "open"),
    }),
    projectionSentence,
    [
      [
        "^Ước tính, nếu các kỳ còn lại thực hiện như (?:# )?kỳ đã qua: đến năm 2024 là ",
        ({ steps_gone }) => [steps_gone > 1 && steps_gone],
      ],
      [
        `·${BOUND}, (?:(có thể không)|(không))? ?đáp ứng`,
        ({ value_low: low, value_high: high, outlook }) => [
          ...(low === high ? [false, false, low] : [low, high, false]),
          ...[outlook === "open", outlook === "missed"],
        ],
      ],
      [` mức chỉ tiêu ${BOUND}`, boundOf],
    ],
  ),
};
