import { z } from "zod";

// a value of a row, as it is told: days and moments are text
const text = z.string();
const maybe = z.string().nullable();
/** An exact decimal, as text: a float would change some. */
export const DECIMAL = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ format: "decimal" })
  .nullable();
const whole = z.int();
const maybeWhole = z.int().nullable();
const flag = z.boolean();
const maybeFlag = z.boolean().nullable();

/** What a system may ask for: rows of the views of its audience, and no others. */
export interface SeenTable {
  readonly summary: string;
  /** Columns by their names, which are those of the marts. */
  readonly row: z.ZodObject;
  /** The rows, of views by their names alone. */
  readonly from: string;
  /** Parameters by which rows are chosen, each with its column. */
  readonly filters: Readonly<Record<string, string>>;
  /** A whole order of the rows: by what is shown alone. */
  readonly order: string;
  /** Says no figure, so that a key that sends may ask, too. */
  readonly isDefinition?: true;
}

const PLAN = { plan: "plan_id" };
const OF_PERIOD = { ...PLAN, period: "period" };

/** The moment as of which the figures of a plan are, and the latest published version of the period. */
const WITH_STATE = `
  join (select plan_id, as_of from plan) using (plan_id)
  join (select plan_id, period, period_no from period) using (plan_id, period)
  left join (
    select plan_id, period, version as latest_version from report where is_latest
  ) using (plan_id, period)`;

const STATE = { as_of: text, latest_version: maybeWhole };

const AREA = { area_id: maybeWhole, area_code: maybe, area_name: maybe };

/** A view of places and that of the whole, as one. */
const withWhole = (places: string, whole: string): string => `(
  select * from ${places}
  union all by name
  select *, null::integer as area_id, null::varchar as area_code, null::varchar as area_name
  from ${whole}
)`;

/** Every table, by the address below `/api/`. */
export const SEEN_TABLES: Readonly<Record<string, SeenTable>> = {
  plans: {
    summary: "Các kế hoạch",
    row: z.strictObject({
      ...{ plan_id: text, number: text, title: text, issuer: text, in_force_from: text },
      ...{ area_code: text, area_name: text, is_demonstration: flag, as_of: text },
    }),
    from: "plan",
    filters: PLAN,
    order: "plan_id",
    isDefinition: true,
  },
  periods: {
    summary: "Các kỳ báo cáo, hạn gửi, tình trạng",
    row: z.strictObject({
      ...{ plan_id: text, period: text, period_name: text, kind: text, year: whole },
      ...{ position: whole, data_from: text, data_to: text, due_before: text },
      ...{ is_estimate: flag, is_base: flag, is_applicable: flag, state: text },
      ...{ units_reported: whole, is_latest: flag },
    }),
    from: "period",
    filters: { ...OF_PERIOD, state: "state", year: "year" },
    order: "plan_id, period_no",
    isDefinition: true,
  },
  areas: {
    summary: "Các địa bàn báo cáo",
    row: z.strictObject({
      ...{ plan_id: text, area_id: whole, area_code: text, area_name: text, kind: text },
      ...{
        valid_from: maybe,
        valid_to: maybe,
        successor_code: maybe,
        is_successor_exact: maybeFlag,
      },
    }),
    from: "area",
    filters: { ...PLAN, area: "area_code" },
    order: "plan_id, area_no, area_id",
    isDefinition: true,
  },
  measures: {
    summary: "Các số liệu mà kế hoạch yêu cầu báo cáo",
    row: z.strictObject({
      ...{ plan_id: text, measure: text, measure_name: text, unit_of_measure: text, kind: text },
      ...{ over_time: text, over_areas: text, is_sensitive: flag, explanation: maybe },
      ...{ reported_by: text, has_indicator: flag },
    }),
    from: "measure",
    filters: { ...PLAN, measure: "measure" },
    order: "plan_id, measure_no",
    isDefinition: true,
  },
  indicators: {
    summary: "Các chỉ tiêu, mức chỉ tiêu, công thức",
    row: z.strictObject({
      ...{ plan_id: text, indicator_code: text, indicator_name: text, group_code: maybe },
      ...{ group_name: maybe, quote: text, unit_of_measure: text, value_kind: text },
      ...{ factor: whole, target_comparator: text, target_value: DECIMAL, target_text: text },
      ...{ target_scope: text, pace: text, formula: text },
    }),
    from: "indicator",
    filters: { ...PLAN, indicator: "indicator_code" },
    order: "plan_id, indicator_no",
    isDefinition: true,
  },
  figures: {
    summary: "Kết quả chỉ tiêu, toàn địa bàn (area_code trống) và từng địa bàn",
    row: z.strictObject({
      ...{ plan_id: text, indicator_code: text, period: text, ...AREA },
      ...{ numerator: DECIMAL, denominator: DECIMAL, value: DECIMAL, value_in_period: DECIMAL },
      ...{ target_comparator: maybe, target_value: DECIMAL, target_to: DECIMAL },
      ...{ pace_value: DECIMAL, is_due: maybeFlag, attained: maybeFlag, status: maybe },
      ...{ is_provisional: maybeFlag, areas_expected: maybeWhole, areas_reported: maybeWhole },
      ...{ areas_carried: maybeWhole, areas_left_out: maybeWhole },
      ...{ periods_missing_before: maybeWhole, basis: maybe, is_estimate: flag },
      ...{ is_withheld: maybeFlag, ...STATE },
    }),
    from: `${withWhole("attainment_by_ward_period", "attainment_by_plan_period")} ${WITH_STATE}
      join (select plan_id, indicator_code, indicator_no from indicator)
        using (plan_id, indicator_code)`,
    filters: { ...OF_PERIOD, indicator: "indicator_code", area: "area_code", status: "status" },
    order: "plan_id, period_no, indicator_no, area_code nulls first, area_id",
  },
  "measure-figures": {
    summary: "Số liệu đã báo cáo, toàn địa bàn (area_code trống) và từng địa bàn",
    row: z.strictObject({
      ...{ plan_id: text, measure: text, period: text, ...AREA },
      ...{ value_to_date: DECIMAL, value_in_period: DECIMAL, is_reported: maybeFlag },
      ...{ is_nil: maybeFlag, is_carried: maybeFlag, places_expected: maybeWhole },
      ...{ places_reported: maybeWhole, places_carried: maybeWhole },
      ...{ periods_missing_before: maybeWhole, basis: maybe, is_withheld: maybeFlag, ...STATE },
    }),
    from: `${withWhole("measure_by_ward_period", "measure_by_plan_period")} ${WITH_STATE}
      join (select plan_id, measure, measure_no from measure) using (plan_id, measure)`,
    filters: { ...OF_PERIOD, measure: "measure", area: "area_code" },
    order: "plan_id, period_no, measure_no, area_code nulls first, area_id",
  },
  status: {
    summary: "Đơn vị nào đã gửi báo cáo của kỳ nào, lúc nào",
    row: z.strictObject({
      ...{ plan_id: text, period: text, unit_code: text, unit_name: text, due_before: text },
      ...{ is_extended: flag, first_received_at: maybe, last_received_at: maybe },
      ...{ submissions: whole, timeliness: text, days_late: maybeWhole },
    }),
    from: "submission_timeliness",
    filters: { ...OF_PERIOD, unit: "unit_code", timeliness: "timeliness" },
    order: "plan_id, period_no, unit_no, unit_code",
  },
  versions: {
    summary: "Các phiên bản báo cáo đã phát hành",
    row: z.strictObject({
      ...{ plan_id: text, period: text, version: whole, is_latest: flag, class: text },
      ...{ is_final: flag, as_of: text, published_at: text, software_version: text },
      ...{ check_code: text, sha256: text, units_expected: whole, units_reported: whole },
    }),
    from: "report",
    filters: { ...OF_PERIOD, version: "version" },
    order: "plan_id, data_to, period, version",
  },
  "version-figures": {
    summary: "Số liệu của phiên bản đã phát hành, như khi phát hành",
    row: z.strictObject({
      ...{ plan_id: text, period: text, version: whole, is_latest: flag, section: text },
      ...{ code: text, ...AREA, numerator: DECIMAL, denominator: DECIMAL, value: DECIMAL },
      ...{ value_in_period: DECIMAL, target_value: DECIMAL, target_to: DECIMAL },
      ...{ is_due: maybeFlag, attained: maybeFlag, status: maybe, is_provisional: maybeFlag },
      ...{ areas_expected: maybeWhole, areas_reported: maybeWhole, areas_carried: maybeWhole },
      ...{ basis: maybe, is_nil: maybeFlag, is_withheld: maybeFlag },
    }),
    from: "report_line",
    filters: { ...OF_PERIOD, version: "version", code: "code", area: "area_code" },
    order: "plan_id, period, version, section, item_no, area_no nulls first, area_id",
  },
};
