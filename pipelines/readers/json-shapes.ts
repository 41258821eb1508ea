import { z } from "zod";

const Code = z.string().min(1).max(200);
/** What somebody writes in words. */
const Words = z.string().max(10_000);

const MAX_REPORTS = 1000;
const MAX_READINGS = 100_000;

const Reading = z.strictObject({
  measure: Code.describe("Mã số liệu trong kế hoạch."),
  area: z
    .string()
    .max(200)
    .optional()
    .describe("Mã địa bàn; bỏ trống khi là địa bàn của đơn vị hoặc số liệu không theo địa bàn."),
  value: z
    .union([z.number(), z.string().max(1000), z.boolean(), z.null()])
    .describe(
      "Số được đọc đúng từng chữ số (1e3 là 1000). Chuỗi được đọc như trong tệp CSV: “không phát sinh” là không phát sinh. true, false: có, không. null: để trống, là thiếu số liệu, khác với 0.",
    ),
  note: Words.optional().describe("Ghi chú của đơn vị."),
});

const Report = z.strictObject({
  plan: Code.describe("Mã kế hoạch."),
  unit: Code.describe("Mã đơn vị báo cáo trong kế hoạch."),
  period: Code.describe("Mã kỳ báo cáo trong kế hoạch."),
  nil_return: z
    .boolean()
    .optional()
    .describe("Cả kỳ không phát sinh: số cộng dồn để trống được tính là không phát sinh."),
  difficulties: Words.optional().describe("Khó khăn, vướng mắc."),
  proposals: Words.optional().describe("Đề xuất, kiến nghị."),
  readings: z.array(Reading).max(MAX_READINGS),
});

/** Reports of units as JSON. A report takes the place of the whole one that the unit sent before it. */
export const JsonReports = z.strictObject({
  sent_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe(
      "Lúc hệ thống gửi tin này, có múi giờ. Tin cũ hơn báo cáo đang được tính thì bị trả lại (older_message), không thay số liệu mới.",
    ),
  reports: z.array(Report).min(1).max(MAX_REPORTS),
});
export type JsonReports = z.infer<typeof JsonReports>;

const DataValue = z.looseObject({
  dataElement: Code.describe("Mã số liệu trong kế hoạch."),
  period: Code.optional().describe(
    "2024Q1, 2024S1, 202403, cả năm như 2024; hoặc mã kỳ trong kế hoạch.",
  ),
  orgUnit: Code.optional().describe("Mã đơn vị báo cáo, hoặc mã địa bàn."),
  value: z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]).optional(),
  comment: z.string().max(10_000).nullish(),
  categoryOptionCombo: z.string().nullish(),
  attributeOptionCombo: z.string().nullish(),
  deleted: z.boolean().optional(),
});

/** The data value set of DHIS2; what else it has there is passed over. */
export const DataValueSet = z.looseObject({
  dataSet: Code.optional().describe("Mã kế hoạch."),
  period: Code.optional(),
  orgUnit: Code.optional(),
  attributeOptionCombo: z.string().nullish(),
  dataValues: z.array(DataValue).min(1).max(MAX_READINGS),
});
export type DataValueSet = z.infer<typeof DataValueSet>;
