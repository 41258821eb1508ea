import { FROM_READING, READING_PLACE, WITH_MEASURE } from "./check-place.ts";
import type { Check } from "./checks.ts";

/** A code of no area, which would be one with zeros before it. */
const HAS_LOST_ZERO = `(
    (claim.plan_key, raw.area) not in (select (plan_key, code) from known_area)
    and (claim.plan_key, ltrim(raw.area, '0')) in (
        select (plan_key, ltrim(code, '0')) from known_area where starts_with(code, '0')
    )
)`;

/** A name of an area that is open, or of one that is not there at the end of the period. */
const HAS_NAME_FAULT = `(
    (claim.plan, claim.period, raw.area) in (select (plan, period, area) from name_fault)
)`;

const FROM_NAME_FAULT = `${WITH_MEASURE}
join name_fault as fault
    on
        claim.plan = fault.plan
        and claim.period = fault.period
        and raw.area = fault.area`;

/** What is wrong with one reading. The suspicion is a fault in `judged`, mostly the code itself. */
export const READING_CHECKS: readonly Check[] = (
  [
    {
      code: "unknown_measure",
      sql: `
select ${READING_PLACE}, raw.measure, number as plan_number
${FROM_READING}
where measure_fault = 'unknown_measure'`,
    },
    {
      code: "measure_not_reported",
      sql: `
select ${READING_PLACE}, raw.measure, measure.name as measure_name, claim.unit_name
${WITH_MEASURE}
where measure_fault = 'measure_not_reported'`,
    },
    {
      code: "area_missing",
      sql: `
select ${READING_PLACE}, measure.name as measure_name
${WITH_MEASURE}
where area_fault = 'area_missing'`,
    },
    {
      code: "area_unknown",
      sql: `
select ${READING_PLACE}, raw.area, number as plan_number
${WITH_MEASURE}
where
    area_fault = 'area_unknown'
    and (claim.plan_key, raw.area) not in (select (plan_key, code) from known_area)
    and not ${HAS_LOST_ZERO}
    and not ${HAS_NAME_FAULT}
    and not is_total(raw.area, area_code)`,
    },
    {
      code: "total_of_areas",
      suspicion: "area_unknown",
      sql: `
select ${READING_PLACE}, raw.area, measure.name as measure_name
${WITH_MEASURE}
where area_fault = 'area_unknown' and is_total(raw.area, area_code)`,
    },
    ...(["area_unknown", "area_of_another"] as const).flatMap((suspicion) => [
      {
        code: "area_name_unclear" as const,
        suspicion,
        sql: `
select ${READING_PLACE}, raw.area, fault.known
${FROM_NAME_FAULT}
where area_fault = '${suspicion}' and fault.code = 'area_name_unclear'`,
      },
      {
        code: "area_name_not_valid" as const,
        suspicion,
        sql: `
select
    ${READING_PLACE}, raw.area, place.name as area_name,
    validity(place.valid_from, place.valid_to) as validity,
    claim.period_name, day(claim.data_to) as data_to
${FROM_NAME_FAULT}
join known_place as place on fault.area_id = place.area_id
where area_fault = '${suspicion}' and fault.code = 'area_name_not_valid'`,
      },
    ]),
    ...(["area_unknown", "area_of_another"] as const).map((fault) => ({
      code: "area_lost_zero" as const,
      suspicion: fault,
      sql: `
select ${READING_PLACE}, raw.area, number as plan_number, area.code as known
${WITH_MEASURE}
join (
    select plan_key, ltrim(code, '0') as stripped, min(code) as code
    from known_area
    where starts_with(code, '0')
    group by plan_key, stripped
) as area on claim.plan_key = area.plan_key and ltrim(raw.area, '0') = area.stripped
where area_fault = '${fault}' and ${HAS_LOST_ZERO}`,
    })),
    {
      code: "area_not_valid",
      suspicion: "area_unknown",
      sql: `
select
    ${READING_PLACE}, raw.area, claim.period_name, day(claim.data_to) as data_to,
    area.name as area_name
${WITH_MEASURE}
join (
    select plan_key, code, any_value(name) as name from known_area group by plan_key, code
) as area on claim.plan_key = area.plan_key and raw.area = area.code
where area_fault = 'area_unknown'`,
    },
    {
      code: "area_of_another",
      sql: `
select ${READING_PLACE}, raw.area, claim.unit_name
${WITH_MEASURE}
where area_fault = 'area_of_another' and not ${HAS_LOST_ZERO} and not ${HAS_NAME_FAULT}`,
    },
    {
      code: "area_not_wanted",
      sql: `
select ${READING_PLACE}, raw.area, measure.name as measure_name
${WITH_MEASURE}
where area_fault = 'area_not_wanted'`,
    },
    ...(
      [
        "not_a_number",
        "negative",
        "number_too_large",
        "nil_of_stock",
        "not_yes_no",
        "mark",
        "mark_of_stock",
        "mark_of_yes_no",
      ] as const
    ).map((code) => ({
      code,
      sql: `
select ${READING_PLACE}, raw."value", measure.name as measure_name
${WITH_MEASURE}
where value_fault = '${code}'`,
    })),
    {
      code: "fraction",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name, measure.unit_of_measure,
    number_words(measure.decimals) as number_words
${WITH_MEASURE}
where value_fault = 'fraction'`,
    },
    {
      code: "thousands_mark",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name,
    number_words(measure.decimals) as number_words,
    regexp_replace(number_core(value_said(raw."value")), '[.,]', '', 'g') as whole
${WITH_MEASURE}
where value_fault = 'thousands_mark'`,
    },
    {
      code: "date",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name,
    day(typed_date(value_said(raw."value"))) as day
${WITH_MEASURE}
where value_fault = 'date'`,
    },
    {
      code: "percentage",
      sql: `
select ${READING_PLACE}, raw."value", measure.name as measure_name, measure.unit_of_measure
${WITH_MEASURE}
where value_fault = 'percentage'`,
    },
    {
      code: "percentage_unclear",
      sql: `
with typed as (
    select
        judged.*, raw."value" as typed, raw.is_exact, measure.name as measure_name,
        number_core(value_said(raw."value")) as core
    ${WITH_MEASURE}
    where value_fault = 'percentage_unclear'
),

numbers as (
    select *, plain_number(core, number_shape(core), is_exact)::decimal(18, 4) as number from typed
)

select
    ${READING_PLACE}, typed as "value", measure_name, plain(number) as number,
    plain(number * 100) as hundredfold
from numbers as judged`,
    },
    {
      code: "ambiguous_number",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name,
    regexp_replace(number_core(value_said(raw."value")), '[.,]', '') as whole,
    -- three decimals could be read as thousands again, so a zero is added to them
    regexp_replace(
        regexp_replace(replace(number_core(value_said(raw."value")), '.', ','), ',?0+$', ''),
        ',([0-9]{3})$', ',\\10'
    ) as "decimal"
${WITH_MEASURE}
where value_fault = 'ambiguous_number'`,
    },
  ] satisfies Check[]
).map((check: Check) => ({ suspicion: check.code, ...check }));
