import type { Role } from "./number-roles.ts";

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
  { amount, lead, clause }: Role,
  change: object | null,
  isWeak: boolean,
): string[] {
  const own = sentence.slice(clause.start, clause.end);
  const before = sentence.slice(clause.start, amount.at);
  const isFirst = !/\p{L}/u.test(lead);
  const [behind = ""] = sentence.slice(amount.end, clause.end).split(/[,;]/u);
  const doubts: (readonly [boolean, string])[] = [
    [
      (HARM.test(isFirst ? own : lead) || LESSENED.test(lead)) &&
        !HELPED.test(isFirst ? own : lead) &&
        isWeak &&
        amount.value !== "100",
      "“đạt” của một điều cần giảm: có thể là mức không được vượt",
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
  ];
  return doubts.flatMap(([is, mark]) => (is ? [mark] : []));
}
