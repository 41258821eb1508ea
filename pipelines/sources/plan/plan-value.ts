import { z } from "zod";
import { Code, Comparator, Decimal, PositiveInteger } from "./plan-fields.ts";

const Condition = z
  .strictObject({
    measure: Code.describe("Mã số liệu."),
    comparator: Comparator.default(">=").describe("So số liệu với `value`."),
    value: Decimal.default("1").describe(
      "Số để so. Không ghi thì là 1: với số liệu có/không là “Có”, với số đếm là “có ít nhất một”. Số liệu xếp loại thì phải ghi tên mức.",
    ),
  })
  .describe("Một điều kiện đặt trên một số liệu.");

const Conditions = z
  .array(Condition)
  .min(1, "phải có ít nhất một điều kiện")
  .describe("Các điều kiện; phải thỏa mãn tất cả.");
const MeasureCodes = z.array(Code).min(1, "phải nêu ít nhất một số liệu");

const BASIC_VALUES = [
  z
    .strictObject({
      kind: z.literal("ratio"),
      numerator: MeasureCodes.describe("Tử số: mã các số liệu được cộng lại."),
      denominator: MeasureCodes.describe("Mẫu số: mã các số liệu được cộng lại."),
      factor: PositiveInteger.default(100).describe(
        "Nhân thêm với số này: 100 là phần trăm, 100000 là trên 100.000 dân, 1 là để nguyên.",
      ),
    })
    .describe(
      "Tử số ÷ mẫu số × hệ số. Của toàn địa bàn là thương của hai tổng, không phải bình quân các tỷ lệ. Mẫu số bằng 0 và tử số bằng 0 là “Không phát sinh”.",
    ),
  z
    .strictObject({ kind: z.literal("share_of_areas"), conditions: Conditions })
    .describe(
      "Tỷ lệ % địa bàn báo cáo thỏa mãn mọi điều kiện, trên số địa bàn còn hiệu lực ở ngày cuối kỳ (“8/8 phường, xã”). Số liệu phải báo cáo theo từng địa bàn.",
    ),
  z
    .strictObject({ kind: z.literal("share_of_units"), conditions: Conditions })
    .describe("Tỷ lệ % đơn vị báo cáo thỏa mãn mọi điều kiện (“100% các phòng, ban, đơn vị”)."),
  z
    .strictObject({
      kind: z.literal("count"),
      measures: MeasureCodes.describe("Mã các số liệu được cộng lại."),
    })
    .describe("Số lượng: cộng các số liệu (“ít nhất 5.300 người”, “không quá 114 vụ”)."),
] as const;

/** A value computed from measures. */
const MeasuredValue = z.discriminatedUnion("kind", [
  ...BASIC_VALUES,
  z
    .strictObject({ kind: z.literal("all_of"), conditions: Conditions })
    .describe("Tỷ lệ % điều kiện được đáp ứng, mỗi số liệu báo cáo một lần cho toàn địa bàn."),
]);
export type MeasuredValue = z.infer<typeof MeasuredValue>;

/** Several conditions, or several indicators, all of which must hold. */
const AllOf = z
  .strictObject({
    kind: z.literal("all_of"),
    conditions: Conditions.optional().describe(
      "Các điều kiện trên số liệu mà mỗi số được báo cáo một lần cho toàn địa bàn.",
    ),
    indicators: z
      .array(Code)
      .min(1, "phải nêu ít nhất một chỉ tiêu")
      .optional()
      .describe(
        "Mã các chỉ tiêu khác của kế hoạch này; đạt khi tất cả đều đạt, tính cho toàn địa bàn và cho từng địa bàn.",
      ),
  })
  .describe(
    "Tất cả đều phải đạt: ghi `conditions` hoặc `indicators`. Giá trị là tỷ lệ % thành phần đã đạt, mức chỉ tiêu thường là 100.",
  )
  .transform(({ conditions, indicators }, context) => {
    if (conditions !== undefined && indicators === undefined) {
      return { kind: "all_of" as const, conditions };
    }
    if (indicators !== undefined && conditions === undefined) {
      return { kind: "all_of_indicators" as const, indicators };
    }
    context.addIssue("phải ghi một trong hai: conditions hoặc indicators");
    return z.NEVER;
  });

export const IndicatorValue = z.discriminatedUnion("kind", [
  ...BASIC_VALUES,
  AllOf,
  z
    .strictObject({
      kind: z.literal("change"),
      of: MeasuredValue.describe("Giá trị được so với chính nó ở thời gian khác."),
      from: Code.describe(
        "So với: `last_year` cùng kỳ năm trước; `previous` kỳ liền trước trong năm (không dùng cho số cộng dồn); hoặc mã một kỳ, của kế hoạch này hay của năm khác ghi theo cùng cách (so với một năm gốc: mã kỳ năm với năm đó).",
      ),
      as: z
        .enum(["percent", "points", "times", "ranks"])
        .describe(
          "`percent`: tăng, giảm bao nhiêu phần trăm; `points`: tăng, giảm bao nhiêu đơn vị hoặc điểm phần trăm; `times`: gấp bao nhiêu lần; `ranks`: lên, xuống bao nhiêu bậc.",
        ),
      better: z
        .enum(["lower"])
        .optional()
        .describe(
          "Chỉ dùng với `ranks`: thứ hạng càng nhỏ càng tốt, từ hạng 12 lên hạng 10 là tăng 2 bậc.",
        ),
    })
    .describe(
      "Mức tăng, giảm so với thời gian trước; giảm là số âm. Số trước lấy trong kho số liệu (kể cả kế hoạch mà kế hoạch này tiếp tục), nếu không có thì lấy ở `baselines.csv`; vẫn không có thì chỉ tiêu “Không áp dụng” kèm lý do.",
    ),
]);
export type IndicatorValue = z.infer<typeof IndicatorValue>;
