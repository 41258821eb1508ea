import { z } from "zod";
import { CalendarDate, Code, PositiveInteger, Text } from "./plan-fields.ts";
import { withPlaces } from "./plan-levels.ts";
import { Target } from "./plan-target.ts";
import { IndicatorValue } from "./plan-value.ts";

export { TargetComparator } from "./plan-target.ts";

const PeriodKind = z.enum(["month", "quarter", "half_year", "nine_months", "year", "other"]);
export type PeriodKind = z.infer<typeof PeriodKind>;

export const OverTime = z.enum(["sum", "last", "max", "min", "average"]);
export const OverAreas = z.enum(["sum", "average", "max", "min", "none"]);

const Group = z.strictObject({
  code: Code.describe("Mã nhóm, để trong ngoặc kép nếu là số."),
  name: Text.describe("Tên nhóm, thường là tên mục trong phần “Chỉ tiêu” của kế hoạch."),
});

const Unit = z.strictObject({
  code: Code.describe("Mã đơn vị, dùng trong tên biểu mẫu và tệp CSV."),
  name: Text.describe("Tên đầy đủ."),
  short_name: Text.describe("Tên gọn, cho cột hẹp."),
  item: PositiveInteger.describe("Số thứ tự của mục trong phần phân công của kế hoạch."),
  each_area: z
    .boolean()
    .default(false)
    .describe(
      "`true`: mỗi địa bàn báo cáo có một đơn vị như vậy (UBND từng xã, phường); trong tên ghi `{area}` ở chỗ tên địa bàn. Đơn vị này báo cáo số của địa bàn mình.",
    ),
  is: Code.optional().describe(
    "Mã của đơn vị trong `units.csv`, để các kế hoạch biết đó là cùng một đơn vị.",
  ),
});

const Period = z.strictObject({
  code: Code.describe(
    "Mã kỳ, dùng ở dòng lệnh, địa chỉ trang và tên biểu mẫu; nên có năm trong mã.",
  ),
  name: Text.describe("Tên kỳ."),
  kind: PeriodKind.describe(
    "`month` tháng, `quarter` quý, `half_year` 6 tháng, `nine_months` 9 tháng, `year` năm, `other` kỳ khác.",
  ),
  year: z
    .number("phải là một năm")
    .int("phải là một năm")
    .min(1900, "phải là một năm")
    .max(2999, "phải là một năm")
    .describe("Năm báo cáo. Số cộng dồn được cộng trong cùng một năm báo cáo."),
  position: PositiveInteger.describe(
    "Kỳ thứ mấy trong các kỳ cùng loại của năm: quý II là 2, 6 tháng đầu năm là 1.",
  ),
  positions: PositiveInteger.describe(
    "Trong năm có mấy kỳ cùng loại: quý là 4, tháng là 12, 6 tháng là 2, 9 tháng và năm là 1.",
  ),
  data_from: CalendarDate.describe("Ngày đầu của số liệu, NNNN-TT-NN."),
  data_to: CalendarDate.describe("Ngày chốt số liệu (ngày cuối), NNNN-TT-NN."),
  due_before: CalendarDate.describe(
    "Hạn gửi: phải nhận được TRƯỚC ngày này. “Trước ngày 10” ghi ngày 10; “chậm nhất ngày 10” ghi ngày 11.",
  ),
  estimate: z
    .boolean("phải là true hoặc false")
    .describe(
      "`true`: hạn gửi trước ngày chốt nên số liệu có phần ước thực hiện. Chỉ để ghi chú cạnh số liệu, không làm đổi số.",
    ),
  covers: z
    .array(Code)
    .default([])
    .describe(
      "Mã các kỳ ngắn hơn nằm trong kỳ này (năm gồm bốn quý). Kỳ không ghi `covers` là kỳ gốc; các kỳ gốc phải cùng một loại. Nơi nào không gửi báo cáo riêng của kỳ này thì số được cộng từ các kỳ ngắn hơn.",
    ),
});

const PlanId = z
  .string("phải là chữ")
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "chỉ gồm chữ thường không dấu, chữ số và gạch ngang");

/** The areas of which a measure is asked. */
const AskedOf = z
  .strictObject({
    kinds: z
      .array(Code)
      .min(1, "phải nêu ít nhất một loại")
      .optional()
      .describe("Các loại địa bàn, theo cột `kind` của `areas.csv`: [commune]."),
    codes: z
      .array(Code)
      .min(1, "phải nêu ít nhất một địa bàn")
      .optional()
      .describe("Mã từng địa bàn."),
  })
  .refine(
    ({ kinds, codes }) => (kinds === undefined) !== (codes === undefined),
    "phải ghi một trong hai: kinds hoặc codes",
  );

const Measure = z.strictObject({
  code: Code.describe("Mã số liệu, ngắn và không dấu."),
  name: Text.describe("Tên dòng trong biểu mẫu, như người ghi số cần đọc."),
  unit_of_measure: Text.describe(
    "Đơn vị tính: người, cơ sở, có/không; của số liệu xếp loại là chữ đứng trước mức: loại, hạng, mức.",
  ),
  kind: z
    .enum(["count", "yes_no", "level"])
    .describe(
      "`count` là số; `yes_no` là có/không; `level` là một trong các mức ở `levels` (xếp loại, hạng, danh hiệu).",
    ),
  levels: z
    .array(Text.regex(/^[^,;<>"“”|]{1,60}$/, 'không dài quá 60 chữ và không có dấu , ; < > "'))
    .min(2, "phải có ít nhất hai mức")
    .max(12, "có nhiều nhất 12 mức")
    .optional()
    .describe(
      "Chỉ dùng với `kind: level`: các mức, từ thấp nhất đến cao nhất: [C, B, A]. Đơn vị chọn một mức; điều kiện và mức chỉ tiêu ghi tên mức. Lấy mức báo cáo gần nhất (`over_time: last`), không cộng, không bình quân (`over_areas: none`).",
    ),
  decimals: z
    .number("phải là số nguyên")
    .int("phải là số nguyên")
    .min(0, "phải từ 0 đến 4")
    .max(4, "phải từ 0 đến 4")
    .default(0)
    .describe("Số chữ số thập phân được ghi. Số đếm không có."),
  reported_by: z
    .array(Code)
    .min(1, "phải nêu ít nhất một đơn vị")
    .describe("Mã các đơn vị phải báo cáo."),
  by_area: z
    .boolean()
    .default(false)
    .describe(
      "`true`: phòng, ban báo cáo số này cho từng địa bàn, mỗi địa bàn một số. UBND xã, phường thì luôn chỉ báo cáo số của mình, không cần ghi.",
    ),
  asked_of: AskedOf.optional().describe(
    "Chỉ hỏi một số địa bàn: theo loại, hoặc theo mã. Nơi khác không phải báo cáo số này và không tính là thiếu; chỉ tiêu chỉ đứng trên số này ở đó là “Không áp dụng”. Không ghi là mọi địa bàn báo cáo.",
  ),
  over_time: OverTime.describe(
    "Lấy số của năm từ các kỳ thế nào: `sum` cộng dồn; `last` số gần nhất (số có mặt ngày chốt); `max` số lớn nhất (đã từng có); `min` số nhỏ nhất, “kỳ nào cũng phải có”: kỳ đã qua mà thiếu báo cáo thì coi như không; `average` bình quân các kỳ đã báo cáo.",
  ),
  over_areas: OverAreas.describe(
    "Lấy số của toàn địa bàn thế nào từ các địa bàn: `sum` cộng; `average` bình quân; `max` lớn nhất; `min` nhỏ nhất; `none` không gộp, chỉ dùng với số liệu xếp loại.",
  ),
  sensitive: z
    .boolean("phải là true hoặc false")
    .describe(
      "`true`: số nhỏ có thể làm lộ thông tin cá nhân (người vi phạm, người bệnh); số từ 1 đến 4 không công bố trong bản chung.",
    ),
  due_in: z
    .array(PeriodKind)
    .min(1, "phải nêu ít nhất một loại kỳ")
    .optional()
    .describe("Các loại kỳ phải báo cáo số này. Không ghi là mọi kỳ của kế hoạch."),
  from: Code.optional().describe(
    "Mã kỳ bắt đầu phải báo cáo, cho số liệu được thêm sau. Trước kỳ đó không tính là thiếu.",
  ),
  sums_over: z
    .enum(["year", "plan", "period"])
    .default("year")
    .describe(
      "Cộng dồn trong năm, hay qua cả thời gian của kế hoạch (“ít nhất một lần trong giai đoạn”). `period`, chỉ dùng với `over_time: min`: mỗi kỳ xét riêng (“mỗi tháng ít nhất một lần”), tháng lỡ không kéo theo các tháng sau; quý, năm lấy số nhỏ nhất của các tháng trong đó.",
    ),
  at_most: Code.optional().describe(
    "Mã số liệu mà số này không bao giờ lớn hơn: đã xử lý không lớn hơn đã tiếp nhận. Lớn hơn thì báo cáo bị hỏi lại. Hai số phải được báo cáo ở cùng nơi.",
  ),
  parts: z
    .array(Code)
    .default([])
    .describe("Mã các số liệu cộng lại phải bằng số này (“trong đó”)."),
  percentage_of: z
    .strictObject({ part: Code.describe("Tử số."), whole: Code.describe("Mẫu số.") })
    .optional()
    .describe(
      "Chỉ dùng khi kế hoạch bắt đơn vị tự ghi một tỷ lệ %: số này phải bằng `part` trên `whole`.",
    ),
  taken_from: z
    .strictObject({
      plan: z
        .union([PlanId, z.array(PlanId).min(1, "phải nêu ít nhất một kế hoạch")])
        .transform((typed) => [typed].flat())
        .describe("Mã kế hoạch ở cơ quan cấp dưới, hoặc danh sách mã khi mỗi nơi một mã."),
      measure: Code.describe("Mã số liệu trong kế hoạch ấy."),
    })
    .optional()
    .describe(
      "Lấy từ báo cáo mà cơ quan cấp dưới đã phát hành và gửi lên (`export --package`), cho mọi đơn vị ở `reported_by`. Số của từng địa bàn dưới đó được cộng sẵn; tỷ lệ được tính lại từ tử số, mẫu số. Nơi chưa gửi gói thì vẫn nộp biểu. Chỉ dùng với số đếm do UBND từng địa bàn báo cáo, `over_time` là `sum` hoặc `last`.",
    ),
  explanation: Text.optional().describe(
    "Hướng dẫn cách ghi, in trong biểu mẫu (“mỗi người tính một lần trong năm”).",
  ),
});

const IndicatorWords = z.strictObject({
  code: Code.describe('Mã chỉ tiêu, để trong ngoặc kép, ví dụ "1.1".'),
  group: Code.describe("Mã nhóm."),
  name: Text.describe("Tên chỉ tiêu."),
  short_name: Text.describe("Tên gọn."),
  quote: Text.describe(
    "Câu của kế hoạch, đúng từng chữ. Con số của mức chỉ tiêu phải có trong câu này, viết theo lối Việt Nam (5.300), hoặc trong `added_rules`.",
  ),
  unit_of_measure: Text.describe('Đơn vị tính của giá trị: "%", người, vụ.'),
  value: IndicatorValue.describe("Giá trị được tính thế nào từ các số liệu."),
  target: Target.describe("Mức chỉ tiêu."),
  from: Code.optional().describe(
    "Mã kỳ bắt đầu đánh giá, cho chỉ tiêu được thêm sau. Trước kỳ đó là “Không áp dụng”.",
  ),
  unconfirmed: z
    .literal(true, "chỉ ghi true; đã đối chiếu thì xóa dòng này")
    .optional()
    .describe(
      "`true`: chỉ tiêu do phần mềm đọc từ văn bản, chưa ai đối chiếu với câu ở `quote`. Kế hoạch chưa dùng được. So câu ấy với mức và cách đo mà `plan check` in ra, đúng rồi thì xóa dòng này.",
    ),
  added_rules: z
    .array(Text)
    .default([])
    .describe(
      "Quy ước mà kế hoạch không nêu, phải thêm để tính được. Trang “Phương pháp” ghi rõ đó là quy ước bổ sung.",
    ),
});

/** What was read of a document, and nobody has compared yet. */
const Unconfirmed = z
  .array(
    z.strictObject({
      quote: Text.describe("Câu của văn bản."),
      place: Text.optional().describe("Chỗ của câu trong văn bản."),
    }),
  )
  .min(1, "không còn câu nào thì xóa mục này")
  .optional();

const Indicator = IndicatorWords.transform((words) => {
  const { value, unit_of_measure: unit } = words;
  // percentages differ in points: a rise of 2 % from 10 % is another thing
  const isOfPoints = value.kind === "change" && value.as === "points" && unit === "%";
  return { ...words, unit_of_measure: isOfPoints ? "điểm phần trăm" : unit };
});

/**
 * How a report that is sent on is laid out as an administrative document.
 * Source: decree 30/2020/NĐ-CP, annex I.
 */
const ReportDocument = z.strictObject({
  superior: Text.optional().describe("Cơ quan chủ quản, in trên tên cơ quan; UBND thì không có."),
  agency: Text.describe("Cơ quan ban hành báo cáo, tên đầy đủ."),
  abbreviation: Text.describe("Chữ viết tắt cơ quan trong số văn bản: UBND trong “Số: …/BC-UBND”."),
  place: Text.describe("Địa danh đứng trước ngày tháng."),
  authority: Text.describe(
    "Thẩm quyền ký: TM. Ủy ban nhân dân. Nhiều dòng cách nhau bằng dấu chấm phẩy: TM. Ủy ban nhân dân; KT. Chủ tịch.",
  ),
  signatory_title: Text.describe("Chức vụ người ký: Chủ tịch, Phó Chủ tịch."),
  signatory: Text.optional().describe(
    "Họ tên người ký; không ghi thì để trống. Khi phát hành có thể chọn người ký khác.",
  ),
  recipients: z
    .array(Text)
    .min(1, "phải nêu ít nhất một nơi nhận")
    .describe("Các dòng dưới “Nơi nhận”; nơi nhận để báo cáo ghi thêm (b/c)."),
  filed_at: Text.describe("Phần sau “Lưu:”: VT và đơn vị soạn thảo."),
  addressed_to: Text.optional().describe(
    "Cơ quan cấp trên nhận bản “gửi cấp trên” (Kính gửi), có đủ mọi số liệu; không ghi thì không lập bản đó.",
  ),
  internal_use: z
    .boolean()
    .default(false)
    .describe("Bản gửi cấp trên có đóng dấu “LƯU HÀNH NỘI BỘ”."),
});

const GlossaryTerm = z.strictObject({
  term: Text.describe("Từ hoặc cụm từ."),
  meaning: Text.describe("Nghĩa, chỉ theo kế hoạch hoặc văn bản mà kế hoạch dẫn."),
  source: Text.describe("Văn bản, điều, phần nêu nghĩa đó."),
});

/** Areas that report, from a day on or until a day. */
const ReportingAreas = z
  .strictObject({
    children_of: Code.optional().describe(
      "Mã một địa bàn: mọi địa bàn nằm ngay dưới địa bàn đó báo cáo.",
    ),
    codes: z
      .array(Code)
      .min(1, "phải nêu ít nhất một địa bàn")
      .optional()
      .describe("Mã từng địa bàn báo cáo."),
    from: CalendarDate.optional().describe(
      "Ngày bắt đầu báo cáo; mã được hiểu là địa bàn có mã đó vào ngày này.",
    ),
    until: CalendarDate.optional().describe("Ngày cuối cùng báo cáo."),
  })
  .refine(
    ({ children_of, codes }) => (children_of === undefined) !== (codes === undefined),
    "phải ghi một trong hai: children_of hoặc codes",
  );

const CodeMap = z.record(Code, Code).default({});

const Continues = z
  .union([
    PlanId,
    z.strictObject({
      plan: PlanId.describe("Mã (`id`) của kế hoạch trước."),
      measures: CodeMap.describe("Số liệu đổi mã: mã ở kế hoạch này → mã ở kế hoạch trước."),
      indicators: CodeMap.describe("Chỉ tiêu đổi mã: mã ở kế hoạch này → mã ở kế hoạch trước."),
    }),
  ])
  .transform((words) =>
    typeof words === "string" ? { plan: words, measures: {}, indicators: {} } : words,
  );

/**
 * A plan file: `sources/plans/*.yaml`. One plan with its area, its reporting units, periods,
 * measures and indicators. Cross references are checked in `plan-consistency.ts`. The descriptions
 * are for those who write plans: `docs/plan-file.md` and the JSON Schema are made from them.
 */
export const PlanWords = z.strictObject({
  schema: z
    .literal([1, 2], "phải là 2 (cách ghi hiện nay) hoặc 1 (cách ghi cũ)")
    .describe("Cách ghi của tệp này: 2."),
  state: z
    .literal("draft", "chỉ ghi draft; kế hoạch đã ban hành thì xóa dòng này")
    .optional()
    .describe(
      "`draft`: dự thảo. Được kiểm tra và cho công chức thấy, nhưng chưa ai phải báo cáo: không biểu mẫu, không quá hạn, không đánh giá, không lên trang. Ban hành rồi thì xóa dòng này; `plan new` và `plan next` tự ghi.",
    ),
  id: PlanId.describe("Mã kế hoạch, không trùng kế hoạch khác; có trong địa chỉ trang."),
  number: Text.describe("Số, ký hiệu văn bản."),
  title: Text.describe("Tên kế hoạch."),
  short_title: Text.describe("Tên gọn, cho tiêu đề trang."),
  issuer: Text.describe("Cơ quan ban hành."),
  carries_out: Text.optional().describe("Văn bản cấp trên mà kế hoạch này thực hiện."),
  issued_on: CalendarDate.describe("Ngày ký, NNNN-TT-NN."),
  in_force_from: CalendarDate.describe(
    "Ngày có hiệu lực, NNNN-TT-NN. Kỳ kết thúc trước ngày này không phải báo cáo và không tính là thiếu.",
  ),
  source: Text.describe("Đọc kế hoạch ở đâu."),
  reports_to: Text.describe("Báo cáo gửi về đâu, theo lời kế hoạch."),
  area: z
    .strictObject({
      code: Code.describe("Mã địa bàn, để trong ngoặc kép; `chitieu areas TÊN` tìm mã."),
      noun: Text.describe("Gọi chung là gì: tỉnh, thành phố, huyện."),
    })
    .describe("Địa bàn của cả kế hoạch."),
  reporting_areas: z
    .union([
      z
        .enum(["children", "none"])
        .describe(
          "`children`: các địa bàn nằm ngay dưới địa bàn của kế hoạch. `none`: chỉ có số chung.",
        ),
      z
        .array(ReportingAreas)
        .min(1, "phải nêu ít nhất một địa bàn")
        .describe("Danh sách ghi rõ, khi địa bàn báo cáo thay đổi theo ngày."),
    ])
    .describe("Những địa bàn có số liệu riêng."),
  reporting_area_noun: Text.optional().describe("Các địa bàn ấy gọi chung là gì: phường, xã."),
  document: ReportDocument.optional().describe(
    "Thể thức báo cáo gửi lên trên. Không ghi thì lấy tên cơ quan ban hành, phần còn lại để trống cho người soạn.",
  ),
  approval: z
    .enum(["two_persons", "one_person"])
    .optional()
    .describe(
      "Ai duyệt báo cáo ở bàn làm việc. Không ghi, hoặc `two_persons`: người lập không tự duyệt. `one_person`: một người vừa lập vừa duyệt, tức là chuyên viên tự duyệt báo cáo do mình lập; lãnh đạo vẫn duyệt được.",
    ),
  takes_unsigned: z
    .boolean("phải là true hoặc false")
    .default(false)
    .describe(
      "`true`: nhận cả gói báo cáo của cơ quan cấp dưới mà niêm phong không có chữ ký; báo cáo ấy được ghi chú là không có chữ ký.",
    ),
  continues: Continues.optional().describe(
    "Kế hoạch trước mà kế hoạch này tiếp tục: ghi `id` của nó. Số liệu cùng mã, cùng cách tính là cùng kỳ năm trước; mã đã đổi thì ghi `plan`, `measures`, `indicators`.",
  ),
  added_rules: z
    .array(Text)
    .default([])
    .describe("Quy ước chung phải thêm vì kế hoạch không nêu (ngày chốt, cách hiểu hạn gửi)."),
  glossary: z.array(GlossaryTerm).default([]).describe("Từ ngữ mà người đọc có thể phải tra."),
  groups: z.array(Group).describe("Các nhóm chỉ tiêu. Không có chỉ tiêu thì ghi []."),
  units: z.array(Unit).min(1, "phải có ít nhất một đơn vị").describe("Các đơn vị báo cáo."),
  periods: z.array(Period).min(1, "phải có ít nhất một kỳ").describe("Các kỳ báo cáo."),
  measures: z
    .array(Measure)
    .min(1, "phải có ít nhất một số liệu")
    .describe("Các số liệu mà đơn vị ghi vào biểu mẫu, mỗi số một dòng."),
  indicators: z.array(Indicator).describe("Các chỉ tiêu, tính từ số liệu. Không có thì ghi []."),
  unconfirmed: z
    .strictObject({
      head: Unconfirmed.describe(
        "Các dòng đầu văn bản, mà `number`, `title`, `issuer`, `issued_on` được đọc từ đó.",
      ),
      periods: Unconfirmed.describe("Câu mà các kỳ ở `periods` được đọc từ đó."),
      units: Unconfirmed.describe("Câu mà các đơn vị ở `units` được đọc từ đó."),
      sentences: Unconfirmed.describe("Câu có con số mà chưa đọc được điều gì."),
    })
    .optional()
    .describe(
      "Điều đọc từ văn bản mà chưa ai đối chiếu, do `plan read` ghi. Còn mục nào thì kế hoạch chưa dùng được. So từng câu rồi xóa câu ấy.",
    ),
});

export const Plan = z.preprocess(withPlaces, PlanWords);

export type Plan = z.infer<typeof Plan>;
export type PlanPeriod = z.infer<typeof Period>;
export type PlanMeasure = z.infer<typeof Measure>;
export type PlanIndicator = z.infer<typeof Indicator>;
export type PlanIndicatorValue = IndicatorValue;
export type PlanReportingAreas = z.infer<typeof ReportingAreas>;

/**
 * Every measure that a value stands on by itself, each once, in the order of the plan file. A change
 * stands on the value that it compares, and several indicators on theirs: none here.
 */
export function measuresOf(value: PlanIndicatorValue): string[] {
  switch (value.kind) {
    case "ratio":
      return [...new Set([...value.numerator, ...value.denominator])];
    case "count":
      return [...new Set(value.measures)];
    case "change":
    case "all_of_indicators":
      return [];
    default:
      return [...new Set(value.conditions.map((condition) => condition.measure))];
  }
}

/** Every measure that a value depends on, also through what it compares or combines. */
export function measuresUnder(plan: Plan, value: PlanIndicatorValue): string[] {
  if (value.kind === "change") return measuresOf(value.of);
  if (value.kind !== "all_of_indicators") return measuresOf(value);
  return plan.indicators
    .filter(({ code }) => value.indicators.includes(code))
    .flatMap((one) => measuresUnder(plan, one.value));
}

/** Whether what the value counts only grows within its year: sums, and greatest figures so far. */
export function isFlow(plan: Plan, value: PlanIndicatorValue): boolean {
  if (value.kind === "change" || value.kind === "all_of_indicators") return false;
  const codes = value.kind === "ratio" ? value.numerator : measuresOf(value);
  return codes.every((code) => {
    const overTime = plan.measures.find((measure) => measure.code === code)?.over_time;
    return overTime === "sum" || overTime === "max";
  });
}

/** Ways through time in which what was put together below goes on above. */
const TAKEN_OVER_TIME: readonly string[] = ["sum", "last"];

/** Whether a measure is of the committees of areas, and added up in a way that goes on above. */
export function mayBeTaken({ units }: Pick<Plan, "units">, measure: PlanMeasure): boolean {
  const { kind, over_areas, over_time, reported_by } = measure;
  return (
    reported_by.every((code) => units.find((one) => one.code === code)?.each_area === true) &&
    kind === "count" &&
    over_areas === "sum" &&
    TAKEN_OVER_TIME.includes(over_time)
  );
}
