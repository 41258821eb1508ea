import type { TargetComparator } from "./comparing-words.ts";
import { FALL, isDuration, type Role, type Span } from "./number-roles.ts";
import { type Due, NO_DUE, type QuotedDue } from "./times.ts";

/** What of a target is looked at. */
interface Asked {
  readonly comparator: TargetComparator;
  readonly change: object | null;
  readonly value: string;
  readonly due: Due | null;
  readonly conditions: readonly string[];
}

/** What is meant to grow less: to reach so much of it is hardly what is asked. */
const HARM =
  /tai\s+nạn|tử\s+vong|(?:hộ|giảm)\s+nghèo|cận\s+nghèo|suy\s+dinh\s+dưỡng|thấp\s+còi|thất\s+nghiệp|bỏ\s+học|tái\s+nghiện|tái\s+phạm|mắc\s+bệnh|nhiễm\s+mới|sinh\s+con\s+thứ|tảo\s+hôn|quá\s+hạn|trễ\s+hạn|mù\s+chữ|béo\s+phì|xâm\s+hại|bạo\s+lực|vi\s+phạm|thất\s+(?:thoát|thu)|(?<!\p{L}|(?:thiết|trang|chuẩn|dự)\s)(?:bị|chậm|chết|ngập|lãng\s+phí)(?!\p{L})|nguy\s+cơ|còn\s+tồn|tồn\s+tại|tự\s+phát|nợ\s+(?:đọng|xấu|thuế)|tồn\s+đọng|ô\s+nhiễm|hao\s+hụt|sai\s+(?:sót|phạm)|lấn\s+chiếm|trái\s+phép|ma\s+túy|rượu|thuốc\s+lá|khiếu\s+kiện|số\s+vụ\s+cháy/iu;
/** What is done for whom it harms, or against it. */
const HELPED =
  /(?<!\p{L})(?:được|hỗ\s+trợ|giải\s+quyết|xử\s+lý|xử\s+phạt|kiểm\s+tra|điều\s+tra|điều\s+trị|phát\s+hiện|thoát|tham\s+gia|biết|tuyên\s+truyền|tập\s+huấn|tăng)(?!\p{L})/iu;
const LESSENED = /(?<!\p{L})(?:giảm|hạ\s+thấp|hạn\s+chế|kiềm\s+chế)(?!\p{L})[^,;]*$/iu;
/** A sentence that only tells what there is, where it does not say that it strives for it. */
const RESULT =
  /^(?:đến\s+nay|hiện(?:\s+(?:nay|tại|có))?(?=[\s,])|(?:trong\s+)?(?:thời\s+gian|năm|nhiệm\s+kỳ)\s+(?:vừa\s+)?qua)|(?<!\p{L})(?:ước\s+(?:tính\s+)?(?:thực\s+hiện\s+)?(?:cả\s+năm\s+)?đạt|đã\s+(?:đạt|có)\s+[\d.,]+)|\d+\s+chỉ\s+tiêu\s+(?:đạt|vượt|hoàn\s+thành)|(?:vượt|đạt|bằng)\s+(?!100\s*%\s+(?:kế|dự))[\d.,]+\s*%\s+(?:so\s+với\s+)?(?:kế\s+hoạch|dự\s+toán|cùng\s+kỳ)/iu;
/** Written of what was done as well as of what is asked for: «đạt 100% kế hoạch». */
const AS_PLANNED = /100\s*%\s+kế\s+hoạch/iu;
const STRIVES = /phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu\s+là|tối\s+thiểu|ít\s+nhất|trở\s+lên/iu;
/** «giảm tỷ lệ hộ nghèo 1,5%/năm» means points as often as not. */
const A_RATE = /(?<!\p{L})(?:tỷ|tỉ)\s+(?:lệ|suất|số)(?!\p{L})/iu;
const DONE = /(?<!\p{L})(?:đã(?!\s+qua)|ước(?:\s+tính)?|mới\s+chỉ|tính\s+đến)(?=\s)[^,;]{0,40}$/iu;
const HAS_DONE =
  /(?<!\p{L})đã\s+(?:tạo|đạt|có|giải\s+quyết|thực\s+hiện|hoàn\s+thành|xây\s+dựng|tổ\s+chức|giảm|tăng|trồng|cấp)(?!\p{L})/iu;

/** Marks of what is taken as such sentences are usually meant. */
const LIGHT =
  /^(?:không có chữ so sánh(?!,)|đơn vị tính lấy theo|lấy theo chữ đứng trước|mức này đọc từ câu)/u;

/** Whether a mark is worth a look alone: nothing else is likely to be meant, and no answer is owed. */
export function isLight(mark: string): boolean {
  return LIGHT.test(mark);
}

/** Whether a sentence tells of what was reached, and asks for nothing. */
export function isResult(sentence: string): boolean {
  return RESULT.test(sentence) && !STRIVES.test(sentence);
}

/**
 * Why what was read of a number may be another thing than its words mean.
 * @param isWeak no word compares, only that so much is reached
 */
export function doubtsOf(
  sentence: string,
  { amount, lead, previous, clause }: Role,
  { comparator, change, value }: Pick<Asked, "comparator" | "change" | "value">,
  isWeak: boolean,
): string[] {
  const own = sentence.slice(clause.start, clause.end);
  const before = sentence.slice(clause.start, amount.at);
  const isFirst = !/\p{L}/u.test(lead);
  const [behind = ""] = sentence.slice(amount.end, clause.end).split(/[,;]/u);
  const isFloor = comparator === ">=" || comparator === ">";
  const doubts: (readonly [boolean, string])[] = [
    [
      (HARM.test(isFirst ? own : lead) || LESSENED.test(lead)) &&
        !HELPED.test(isFirst ? own : lead) &&
        isWeak &&
        amount.value !== "100",
      "“đạt” của một điều cần giảm: có thể là mức không được vượt",
    ],
    [
      FALL.test(before.slice(0, before.search(/giảm[^;]*$/iu))),
      "“mức giảm”: hiểu là giảm bấy nhiêu",
    ],
    [
      DONE.test(before) ||
        /^tính\s+đến/iu.test(sentence) ||
        ((HAS_DONE.test(sentence.slice(0, amount.at)) || AS_PLANNED.test(own)) &&
          !STRIVES.test(sentence)),
      "có thể là kết quả đã có, không phải mức phải đạt",
    ],
    [
      amount.kind === "percent" && change !== null && A_RATE.test(`${lead} ${behind}`),
      "tăng, giảm của một tỷ lệ: tính bằng phần trăm, hay bằng điểm phần trăm",
    ],
    [
      amount.outOf !== null &&
        amount.value !== "100" &&
        (change !== null || amount.marks.length > 0),
      `“${amount.outOf}”: phân số của cả phần phải đạt, không phải một số`,
    ],
    [
      amount.kind === "times" &&
        change === null &&
        (/(?<!\p{L})(?:bằng|gấp|hơn)$/iu.test(lead.trim()) ||
          /so\s+với|bình\s+quân|mức/iu.test(behind)),
      `“${amount.typed}”: gấp bấy nhiêu lần của cái gì`,
    ],
    [
      amount.kind === "percent" &&
        change === null &&
        /(?<!\p{L}|trở\s)(?:xuống|còn|lên)(?!\p{L})/iu.test(lead) &&
        /(?<!\p{L}|(?:chỉ|dân|hệ)\s)số(?!\p{L}|\s+hóa)/iu.test(lead) &&
        !/(?:tỷ|tỉ)\s+(?:lệ|suất|trọng)/iu.test(lead) &&
        !/^\s*(?:tổng\s+)?số/iu.test(behind),
      "một số đi đến một phần trăm: có thể là tăng, giảm bấy nhiêu",
    ],
    [
      amount.to !== null && change === null && comparator !== "between",
      "“từ … đến …” mà chỉ so một chiều: phải chọn một mức",
    ],
    [
      /^không\s+để\s(?!.*(?:tỷ|tỉ|mức|số|thời\s+gian)\s)/iu.test(lead.trim()) && isDuration(amount),
      `“${amount.typed}”: có thể là ngưỡng của một việc không được xảy ra`,
    ],
    [
      /^(?:ngày|tuần|tháng|quý|năm)\/(?:lần|đợt|buổi|kỳ|cuộc)$/iu.test(amount.unit ?? ""),
      `“${amount.typed}”: bao lâu một lần, không phải mức phải đạt`,
    ],
    [
      amount.kind === "percent" && Number(value) > 100,
      "hơn 100%: có thể là so với kế hoạch hoặc năm trước",
    ],
    [
      amount.kind === "percent" && Number(value) < 100 && /(?<!\p{L})vượt$/iu.test(lead.trim()),
      "“vượt”: có thể là hơn mức được giao bấy nhiêu",
    ],
    [
      /^không\s+có$/iu.test(amount.typed) && amount.unit === null && previous !== null,
      "“không có”: có thể chỉ là lời tả, không phải mức phải đạt",
    ],
    [
      isFloor && !isWeak && change === null && HARM.test(lead) && !HELPED.test(own),
      "ít nhất của một điều cần giảm: có thể là mức giảm",
    ],
    [
      comparator === "between" && change === null && HARM.test(lead),
      "khoảng của một điều cần giảm: có thể là mức không được vượt",
    ],
    [
      comparator === "between" &&
        change === null &&
        !HARM.test(lead) &&
        !/(?<!\p{L})(?:trong\s+khoảng|duy\s+trì|giữ|ổn\s+định)(?!\p{L})/iu.test(lead),
      "“từ … đến …”: hơn mức trên có thể cũng là đạt",
    ],
    [
      amount.kind === "percent" &&
        (change === null
          ? isWeak &&
            /(?<!\p{L})cơ\s+cấu\s+(?:kinh\s+tế|lao\s+động|ngành)(?!.*(?:tăng|giảm|nâng|đưa))/iu.test(
              before,
            )
          : /(?<!\p{L})(?:cơ\s+cấu|tỷ\s+trọng)(?!\p{L})/iu.test(before)),
      "tỷ trọng trong một cơ cấu: xem là mức phải đạt, hay mức tăng, giảm",
    ],
  ];
  return doubts.flatMap(([is, mark]) => (is ? [mark] : []));
}

const A_YEAR = /(?<![\d.,/-]|năm\s+học\s|tháng\s\d\d?\snăm\s)(?:19|20)\d\d(?![\d/]|[.,]\d)/giu;

/** A time that nothing has for its own. */
interface Untimed extends Span {
  readonly words: string;
}

/** Times of a sentence that are no target's, nor what it is compared with, nor a name. */
export function timesLeft(
  hidden: string,
  dues: readonly QuotedDue[],
  targets: readonly Pick<Asked, "due" | "conditions">[],
  roles: readonly Role[],
): Untimed[] {
  const isOfBaseline = (due: QuotedDue): boolean =>
    roles.findLast(({ amount }) => amount.at < due.at)?.role === "baseline";
  const isTaken = (due: QuotedDue): boolean =>
    targets.some((one) => one.due?.words === due.words) ||
    (due.until === null && due.every === null) ||
    due.words.startsWith("/") ||
    targets.some((one) => due.every !== null && one.due?.every === due.every) ||
    (due.years ?? [due.until]).every((year) => targets.some((one) => one.due?.until === year)) ||
    targets.some(({ conditions }) => conditions.some((text) => text.includes(due.words)));
  const years = [
    ...hidden.replace(/\([^)]*\)/gu, (one) => "_".repeat(one.length)).matchAll(A_YEAR),
  ];
  return [
    ...dues
      .filter((due) => !isTaken(due) && !isOfBaseline(due))
      .map(({ words, at, end }) => ({ words, start: at, end })),
    ...years
      .filter(({ index }) => !NO_DUE.test(hidden.slice(0, index).replace(/năm\s+$/iu, "")))
      .map(({ 0: words, index }) => ({ words, start: index, end: index + words.length })),
  ];
}
