import type { Area } from "../sources/areas/area.ts";
import type { ResolvedPlan } from "../sources/catalogue.ts";
import type { PlanMeasure, PlanPeriod } from "../sources/plan/plan.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import type { RemarkHead } from "../vocabulary/form-code.ts";
import { capitals } from "../vocabulary/letter-case.ts";
import { choiceText, levelsOf } from "../vocabulary/level.ts";
import { ANSWERS } from "../vocabulary/words.ts";

/** Everything that a ward or department reads on a form. */

const YES = ANSWERS.yes.word;
const NO = ANSWERS.no.word;
const NIL = ANSWERS.nil.word;

export const SHEET_NAME = "Biểu số liệu";
export const GUIDE_SHEET_NAME = "Hướng dẫn";

export const NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
export const NATIONAL_MOTTO = "Độc lập - Tự do - Hạnh phúc";

export const LABEL = {
  unit: "Đơn vị báo cáo: ",
  period: "Kỳ báo cáo: ",
  receiver: "Nơi nhận báo cáo: ",
  due: "Hạn gửi: ",
} as const;

export const HEADER = {
  number: "TT",
  measure: "Chỉ tiêu, số liệu",
  unitOfMeasure: "Đơn vị tính",
  explanation: "Cách tính",
  value: "Số liệu",
  note: "Ghi chú",
} as const;

export const NIL_LABEL = "Cả biểu không phát sinh trong kỳ (chọn nếu có):";

/** What stands before the cells in which a unit writes in words. */
export const REMARK_LABEL: Readonly<Record<RemarkHead, string>> = {
  difficulties: "Khó khăn, vướng mắc (nếu có)",
  proposals: "Kiến nghị, đề xuất (nếu có)",
};

export const SIGNATURE = {
  place: "…………………, ngày …… tháng …… năm ………",
  compiler: "NGƯỜI LẬP BIỂU",
  compilerHint: "(Ký, ghi rõ họ tên)",
  head: "THỦ TRƯỞNG ĐƠN VỊ",
  headHint: "(Ký, đóng dấu, ghi rõ họ tên)",
} as const;

export function heading(period: PlanPeriod): string {
  return capitals(`Biểu số liệu báo cáo ${period.name}`);
}

export function planLine({ plan }: ResolvedPlan): string {
  return `(Số ${plan.number} ngày ${vietnameseDate(plan.issued_on)} của ${plan.issuer})`;
}

export function periodLine(period: PlanPeriod): string {
  return `${period.name} (từ ${vietnameseDate(period.data_from)} đến hết ${vietnameseDate(period.data_to)})`;
}

export function dueLine(period: PlanPeriod): string {
  return `trước ngày ${vietnameseDate(period.due_before)}`;
}

/**
 * The short instructions above the table.
 * @param area of the unit; null of a department
 */
export function instructions(
  period: PlanPeriod,
  area: Pick<Area, "name" | "valid_from"> | null,
): string[] {
  const since = area?.valid_from ?? "";
  // of a half-year what was reported before is added; of a quarter nobody else reports the days before
  const days =
    period.covers.length > 0
      ? "chỉ ghi số phát sinh từ ngày ấy; số mà các địa bàn trước khi sắp xếp đã báo cáo được cộng thêm khi tổng hợp"
      : `các địa bàn trước khi sắp xếp không báo cáo kỳ này, nên ghi cả số phát sinh ở đó từ ngày ${vietnameseDate(period.data_from)}`;
  return [
    ...(area !== null && since > period.data_from && since <= period.data_to
      ? [`${area.name} có từ ngày ${vietnameseDate(since)}: ${days}.`]
      : []),
    `Để trống: chưa có số liệu; 0: có theo dõi nhưng bằng không; “${NIL}”: trong kỳ không có việc phát sinh.`,
    "Chỉ nhập vào các ô nền vàng. Ghi số trong kỳ, không cộng dồn; không ghi họ tên, số điện thoại, số định danh của cá nhân.",
    ...(period.estimate
      ? ["Hạn gửi trước ngày chốt số liệu: phần chưa có số thực tế thì ghi số ước thực hiện."]
      : []),
  ];
}

/** The title of a table where a form has several. */
export function tableTitle(letter: string, kind: "own" | "by_area", areaNoun: string): string {
  return kind === "own"
    ? `${letter}. Số liệu chung của đơn vị`
    : `${letter}. Số liệu chia theo ${areaNoun}`;
}

/** What an area is called in general where the plan does not say. */
export const AREA_NOUN = "địa bàn";

/**
 * How a measure is counted, for its row: the plan's explanation, and the rules that its data carry.
 * @param limit the row of this form that the measure may not exceed, and whether the two are
 * compared period by period or only over the year.
 */
export function explanation(
  measure: PlanMeasure,
  limit: { readonly row: number; readonly over: "period" | "year" } | null,
): string {
  const own = measure.explanation ?? "";
  const isCount = measure.kind === "count";
  const isFlow = isCount && measure.over_time === "sum";
  const isStock = isCount && measure.over_time === "last";
  return [
    isFlow && !own.includes("trong kỳ") ? "Số trong kỳ." : "",
    isStock && own === "" ? "Số có mặt tại ngày chốt số liệu." : "",
    isCount && !isFlow && !isStock && own === "" ? "Số của kỳ này." : "",
    own,
    limit === null
      ? ""
      : `${limit.over === "year" ? "Cộng cả năm không" : "Không"} lớn hơn dòng ${limit.row}.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** Longer than this, answers do not fit into what Excel says. */
const MAX_TOLD = 200;

interface Prompt {
  readonly inputTitle: string;
  readonly inputMessage: string;
  readonly errorTitle: string;
  readonly errorMessage: string;
}

/** What Excel says beside an entry cell and on a wrong entry. Titles hold 32, messages 255 signs. */
export function countPrompt(decimals: number): Prompt {
  const number = numberWords(decimals);
  return {
    inputTitle: "Nhập số liệu",
    inputMessage: `Ghi ${number}, hoặc “${NIL}”. Để trống nếu chưa có số liệu.`,
    errorTitle: "Số liệu chưa đúng",
    errorMessage: `Ô này chỉ nhận ${number}, hoặc chữ “${NIL}”. Không ghi đơn vị tính, dấu chấm ngăn hàng nghìn hay chữ khác.`,
  };
}

/** The same for a measure that is there or not on the day that counts. */
export function stockPrompt(decimals: number): Prompt {
  const number = numberWords(decimals);
  return {
    inputTitle: "Nhập số liệu",
    inputMessage: `Ghi ${number}: số có mặt tại ngày chốt số liệu, nếu không có thì ghi 0. Để trống nếu chưa có số liệu.`,
    errorTitle: "Số liệu chưa đúng",
    errorMessage: `Ô này chỉ nhận ${number}, là số có mặt tại ngày chốt số liệu: nếu không có thì ghi 0, không ghi “${NIL}”. Không ghi đơn vị tính, dấu chấm ngăn hàng nghìn hay chữ khác.`,
  };
}

function numberWords(decimals: number): string {
  return decimals === 0
    ? "số nguyên từ 0 trở lên"
    : `số từ 0 trở lên, tối đa ${decimals} chữ số lẻ`;
}

/** What a measure is answered with, where it is no number. */
export function choicesOf({
  kind,
  unit_of_measure,
}: Pick<PlanMeasure, "kind" | "unit_of_measure">): readonly string[] | null {
  return kind === "yes_no" ? [YES, NO] : levelsOf(unit_of_measure);
}

export function choicePrompt(choices: readonly string[]): Prompt {
  const all = choiceText(choices);
  const named = all.length <= MAX_TOLD ? all : "một câu trong danh sách";
  return {
    inputTitle: "Chọn câu trả lời",
    inputMessage: `Chọn ${named}. Để trống nếu chưa có thông tin.`,
    errorTitle: "Câu trả lời chưa đúng",
    errorMessage: `Ô này chỉ nhận ${named}.`,
  };
}

export const NIL_PROMPT: Prompt = {
  inputTitle: "Cả biểu không phát sinh",
  inputMessage: `Chọn “${NIL}” nếu trong kỳ đơn vị không có việc gì phát sinh: các ô để trống được hiểu là không phát sinh. Số có tại ngày chốt số liệu vẫn phải ghi.`,
  errorTitle: "Lựa chọn chưa đúng",
  errorMessage: `Ô này để trống hoặc chọn “${NIL}”.`,
};

/** The second sheet: what a person who fills in the form for the first time has to know. */
export function guide(plan: ResolvedPlan, period: PlanPeriod, byArea: boolean): string[] {
  const noun = plan.plan.reporting_area_noun ?? AREA_NOUN;
  return [
    "Chỉ nhập vào các ô nền vàng của trang “Biểu số liệu”. Không đổi tên, xóa hay chèn dòng, cột; không sửa các ô khác.",
    `Kỳ báo cáo và đơn vị đã ghi sẵn. Mỗi kỳ dùng đúng biểu của kỳ đó: biểu này là của ${period.name}.`,
    `Ba cách ghi khác nhau: để trống là chưa có số liệu; số 0 là có theo dõi nhưng kết quả bằng không; “${NIL}” là trong kỳ không có việc nào phát sinh.`,
    `Nếu cả biểu không phát sinh, chọn “${NIL}” ở ô phía trên bảng; số có tại ngày chốt số liệu vẫn ghi bình thường.`,
    "Số ghi là số trong kỳ, không phải số cộng dồn từ đầu năm, trừ dòng mà cột “Cách tính” ghi khác (như số có mặt tại ngày chốt số liệu).",
    "Chỉ ghi con số, không ghi kèm “khoảng”, “gần”, “trên”, đơn vị tính hay dấu chấm ngăn hàng nghìn: ghi 1120, không ghi 1.120 người.",
    ...(byArea ? [`Bảng chia theo ${noun}: mỗi cột là số liệu của một ${noun}.`] : []),
    "Hai dòng cuối biểu ghi khó khăn, vướng mắc và kiến nghị, đề xuất của đơn vị trong kỳ, nếu có; nội dung này được tổng hợp vào báo cáo.",
    "Cột “Ghi chú” dùng để giải thích số liệu. Không ghi họ tên, ngày sinh, địa chỉ, số điện thoại, số định danh của cá nhân ở bất kỳ ô nào.",
    "Cần sửa số liệu đã gửi: sửa trên biểu đã lập và gửi lại cả biểu; bản nhận sau thay toàn bộ bản nhận trước.",
    `Gửi biểu dạng .xlsx, không đặt mật khẩu, về ${plan.plan.reports_to}, ${dueLine(period)}.`,
  ];
}

export const GUIDE_TITLE = "HƯỚNG DẪN GHI BIỂU";
/** Above the targets that stand on the figures of a form. */
export const TARGETS_TITLE = "SỐ LIỆU CỦA BIỂU DÙNG CHO CHỈ TIÊU NÀO, ĐO THẾ NÀO";
