import { CLAIM_PLACE, FROM_CLAIM } from "./check-place.ts";
import type { Check } from "./checks.ts";

/** What is wrong with who reports on which plan for which period. */
export const CLAIM_CHECKS: readonly Check[] = (
  [
    {
      code: "unknown_plan",
      sql: `
select ${CLAIM_PLACE}, claim.plan, (select string_agg(plan_id, ', ') from known_plan) as known
${FROM_CLAIM}
where claim.plan_key is null`,
    },
    {
      code: "unknown_period",
      sql: `
select ${CLAIM_PLACE}, claim.period, number as plan_number, known_periods as known
${FROM_CLAIM}
join known_plan using (plan_key)
where claim.period_key is null`,
    },
    {
      code: "unknown_unit",
      sql: `
select ${CLAIM_PLACE}, claim.unit, number as plan_number
${FROM_CLAIM}
join known_plan using (plan_key)
where
    claim.unit_key is null
    and (claim.plan_key, claim.unit) not in (select (plan_key, code) from known_unit)
    and not is_total(claim.unit, area_code)`,
    },
    {
      code: "total_of_units",
      sql: `
select ${CLAIM_PLACE}, claim.unit
${FROM_CLAIM}
join known_plan using (plan_key)
where claim.unit_key is null and is_total(claim.unit, area_code)`,
    },
    {
      code: "unit_not_in_period",
      sql: `
select
    ${CLAIM_PLACE}, claim.unit, claim.period_name, day(claim.data_to) as data_to,
    unit.name as unit_name, validity(unit.valid_from, unit.valid_to) as validity
${FROM_CLAIM}
join (
    select
        plan_key, code, any_value(name) as name,
        min(valid_from) as valid_from, max(valid_to) as valid_to
    from known_unit
    group by plan_key, code
) as unit on claim.plan_key = unit.plan_key and claim.unit = unit.code
where claim.unit_key is null and claim.period_key is not null`,
    },
    {
      code: "period_not_applicable",
      sql: `
select
    ${CLAIM_PLACE}, claim.period_name, day(claim.data_to) as data_to,
    number as plan_number, day(claim.in_force_from) as in_force_from
${FROM_CLAIM}
join known_plan using (plan_key)
where claim.data_to < claim.in_force_from`,
    },
    {
      code: "period_not_begun",
      sql: `
select
    ${CLAIM_PLACE}, claim.period_name, day(claim.data_from) as data_from,
    day(received_on()) as received_on
${FROM_CLAIM}
where claim.data_from > received_on()`,
    },
    {
      code: "unit_twice",
      sql: `
select
    ${CLAIM_PLACE}, coalesce(claim.unit_name, claim.unit) as unit_name,
    coalesce(claim.period_name, claim.period) as period_name, claim.times::varchar as times,
    places.places
${FROM_CLAIM}
join (
    select plan, unit, period, string_agg(place_of(sheet, cell, null), '; ' order by row_no) as places
    from raw_submission
    where sheet is not null
    group by plan, unit, period
) as places
    on
        claim.plan = places.plan and claim.unit = places.unit and claim.period = places.period
where claim.times > 1`,
    },
  ] as const
).map((check) => ({ ...check, suspicion: "claim" }));
