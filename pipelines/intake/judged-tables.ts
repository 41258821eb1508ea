import { readValues } from "./value.ts";

/**
 * `claim`: one row per plan, unit and period that a file speaks of, resolved as far as it can be.
 * A unit's code is looked up among those valid on the last day of the period.
 */
export const CLAIM_TABLE = `
create or replace temp table claim as
with stated as (
    select
        plan, unit, period,
        min(row_no) as first_row,
        count(*) as times,
        bool_or(is_nil_return) as is_nil_return,
        any_value(form_version) as form_version,
        arg_min(sheet, row_no) as sheet,
        arg_min(cell, row_no) as cell
    from raw_submission
    group by plan, unit, period
)

select
    (row_number() over (order by first_row))::integer as claim_no,
    stated.*,
    known_plan.plan_key,
    known_plan.in_force_from,
    known_period.period_key,
    known_period.name as period_name,
    known_period.data_from,
    known_period.data_to,
    known_unit.unit_key,
    known_unit.unit_id,
    known_unit.name as unit_name,
    known_unit.entry_no,
    known_unit.area_id as unit_area_id
from stated
left join known_plan on stated.plan = known_plan.plan_id
left join known_period
    on known_plan.plan_key = known_period.plan_key and stated.period = known_period.code
left join unit_in_period
    on
        known_period.plan_key = unit_in_period.plan_key
        and known_period.period_key = unit_in_period.period_key
        and stated.unit = unit_in_period.code
left join known_unit on unit_in_period.unit_key = known_unit.unit_key
`;

/**
 * `judged`: one row per reading of the file, with what it resolves to and what is wrong with its
 * measure, its area and its value, each on its own so that every problem is told at once.
 */
export const JUDGED_TABLE = `
create or replace temp table judged as
with matched as (
    select
        raw.row_no, raw.area, raw.note, raw.sheet, raw.cell, raw.line,
        raw."value" as typed,
        raw.is_exact,
        claim.claim_no,
        claim.unit_key,
        claim.plan_key,
        claim.unit_area_id,
        claim.is_nil_return,
        measure.measure_key,
        measure.kind,
        measure.decimals,
        measure.by_area,
        measure.over_time,
        measure.unit_of_measure,
        reporter.entry_no is not null as is_reported,
        area_in_period.area_id as named_area_id
    from raw_reading as raw
    join claim
        on raw.plan = claim.plan and raw.unit = claim.unit and raw.period = claim.period
    left join known_measure as measure
        on claim.plan_key = measure.plan_key and raw.measure = measure.code
    left join known_reporter as reporter
        on measure.measure_key = reporter.measure_key and claim.entry_no = reporter.entry_no
    left join area_in_period
        on claim.period_key = area_in_period.period_key and raw.area = area_in_period.code
),

kinds as (${readValues("matched")})

select
    row_no, claim_no, measure_key, note, sheet, cell, line,
    case
        when unit_area_id is not null then unit_area_id
        when by_area then named_area_id
    end as area_id,
    (case
        when plan_key is null then null
        when measure_key is null then 'unknown_measure'
        when unit_key is not null and not is_reported then 'measure_not_reported'
    end)::enum ('unknown_measure', 'measure_not_reported') as measure_fault,
    (case
        when unit_key is null or measure_key is null or not is_reported then null
        when unit_area_id is not null
            then if(area = '' or named_area_id = unit_area_id, null, 'area_of_another')
        when not by_area then if(area = '', null, 'area_not_wanted')
        when area = '' then 'area_missing'
        when named_area_id is null then 'area_unknown'
    end)::enum (
        'area_of_another', 'area_not_wanted', 'area_missing', 'area_unknown'
    ) as area_fault,
    (case when value_kind not in ('blank', 'nil', 'number') then value_kind end)::enum (
        'not_a_number', 'negative', 'ambiguous_number', 'thousands_mark', 'date', 'percentage',
        'percentage_unclear', 'fraction', 'number_too_large', 'nil_of_stock', 'not_yes_no', 'mark', 'mark_of_stock',
        'mark_of_yes_no'
    ) as value_fault,
    (case
        when value_kind = 'number' then 'reported'
        when value_kind = 'nil' then 'nil'
        when value_kind = 'blank' then if(is_nil_return and over_time <> 'last', 'nil', 'blank')
    end)::enum ('reported', 'nil', 'blank') as state,
    case
        when value_kind = 'number' then number
        when value_kind = 'nil' or (value_kind = 'blank' and is_nil_return and over_time <> 'last')
            then 0::decimal(18, 4)
    end as value
from kinds
`;
