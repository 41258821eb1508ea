-- What a file says, resolved and judged.
-- Each model is headed `-- name: what a row is`.

-- claim: plan, unit and period that a file speaks of, resolved as far as it can be. A unit's code
-- is looked up among those valid on the last day of the period.
with stated as (
    select
        plan, unit, period,
        min(row_no) as first_row,
        count(*) as times,
        bool_or(is_nil_return) as is_nil_return,
        any_value(form_version) as form_version,
        any_value(difficulties) as difficulties,
        any_value(proposals) as proposals,
        arg_min(sheet, row_no) as sheet,
        arg_min(cell, row_no) as cell
    from intake.raw_submission
    group by plan, unit, period
)

select
    (row_number() over (order by first_row))::integer as claim_no,
    stated.*,
    plan.plan_key,
    plan.in_force_from,
    period.period_key,
    period.period_name,
    period.data_from,
    period.data_to,
    period.due_before,
    -- more than thirty days before its last day to send
    not period.is_base and getvariable('received_on') < period.due_before - 31
        as is_early,
    unit.unit_key,
    unit.unit_id,
    unit.unit_name,
    unit.entry_no,
    unit.area_id as unit_area_id
from stated
left join raw.plan as plan on stated.plan = plan.plan_id
left join raw.period as period
    on plan.plan_key = period.plan_key and stated.period = period.period
left join intake.unit_in_period as in_period
    on
        period.plan_key = in_period.plan_key
        and period.period_key = in_period.period_key
        and stated.unit = in_period.unit_code
left join intake.unit as unit on in_period.unit_key = unit.unit_key;

-- number_mark: typed reading with a mark in its number.
select raw.plan, raw.measure, raw."value"
from intake.raw_reading as raw
where not raw.is_exact and (contains(raw."value", '.') or contains(raw."value", ','));

-- number_style: way in which numbers of the file that can mean one thing only are written:
-- `comma` before decimals and dots between thousands, or `dot` the other way round.
with typed as (
    select distinct number_core(value_said(mark."value")) as core, measure.decimals
    from intake.number_mark as mark
    join raw.plan as plan on mark.plan = plan.plan_id
    join intake.measure as measure
        on plan.plan_key = measure.plan_key and mark.measure = measure.measure
    where measure.kind = 'count'
),

shaped as (select *, number_shape(core) as shape from typed)

select distinct shown_style(core, shape, decimals) as style
from shaped
where style is not null;

-- matched: reading of the file, with the claim that it belongs to and what its codes mean.
select
    raw.row_no, raw.area, raw.note, raw.sheet, raw.cell, raw.line,
    raw."value" as typed,
    raw.is_exact,
    raw.is_partial,
    raw.is_withheld,
    raw.parts,
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
    reporter.entry_no is not null
    and (claim.unit_area_id is null or unasked.area_id is null) as is_reported,
    in_period.area_id as named_area_id,
    unasked.area_id is not null as is_unasked
from intake.raw_reading as raw
join intake.claim as claim
    on raw.plan = claim.plan and raw.unit = claim.unit and raw.period = claim.period
left join intake.measure as measure
    on claim.plan_key = measure.plan_key and raw.measure = measure.measure
left join raw.measure_entry as reporter
    on measure.measure_key = reporter.measure_key and claim.entry_no = reporter.entry_no
left join intake.area_in_period as in_period
    on claim.period_key = in_period.period_key and raw.area = in_period.code
left join raw.measure_unasked as unasked
    on
        measure.measure_key = unasked.measure_key
        and coalesce(claim.unit_area_id, in_period.area_id) = unasked.area_id;

-- typed_value: reading of the file, with what its value is: `blank`, `nil`, `number`, or the code
-- of what is wrong. The number is exact, text becoming decimal and never a float. Step by step:
-- what later steps read is worked out once, and one great expression would take longer to plan
-- than to run.
with begun as (
    select *, regexp_full_match(typed, '[0-9]{1,12}') as is_plain from intake.matched
),

cleaned as (
    select
        *,
        if(
            is_plain or typed = '', typed,
            bare_number(without_unit(value_said(typed), coalesce(unit_of_measure, '')))
        ) as said
    from begun
),

cored as (select *, if(is_plain, null, number_core(said)) as core from cleaned),

shaped as (select *, if(is_plain, null, number_shape(core)) as shape from cored),

numbered as (
    select *, if(is_plain, said, plain_number(core, shape, is_exact)) as "plain" from shaped
)

select
    *,
    case
        when kind is null then null
        when said = '' then 'blank'
        when kind = 'level'
            then case
                when level_place(said, unit_of_measure) is not null then 'number'
                when is_mark(said) then 'mark_of_choice'
                else 'not_a_choice'
            end
        when is_plain and kind <> 'yes_no' then 'number'
        when kind = 'yes_no'
            then case
                when says_yes(rtrim(said, '.')) or says_no(rtrim(said, '.')) then 'number'
                when says_nil(rtrim(said, '.'))
                    then if(over_time = 'last', 'nil_of_stock', 'nil')
                when is_mark(said) then 'mark_of_choice'
                else 'not_a_choice'
            end
        when says_nil(rtrim(said, '.')) then if(over_time = 'last', 'nil_of_stock', 'nil')
        when is_mark(said) then if(over_time = 'last', 'mark_of_stock', 'mark')
        else number_kind(said, core, shape, "plain", decimals, is_exact, unit_of_measure)
    end as value_kind,
    case
        when value_kind is distinct from 'number' then null
        when kind = 'level' then level_place(said, unit_of_measure)::decimal(18, 4)
        when kind = 'yes_no' then if(says_yes(rtrim(said, '.')), 1, 0)::decimal(18, 4)
        else "plain"::decimal(18, 4)
    end as number
from numbered;

-- judged: reading of the file, with what it resolves to and what is wrong with its measure, its
-- area and its value, each on its own so that every problem is told at once.
select
    row_no, claim_no, measure_key, note, sheet, cell, line, is_partial, is_withheld, parts,
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
        when is_unasked then 'area_not_asked'
    end)::enum (
        'area_of_another', 'area_not_wanted', 'area_missing', 'area_unknown', 'area_not_asked'
    ) as area_fault,
    (case when value_kind not in ('blank', 'nil', 'number') then value_kind end)::enum (
        'not_a_number', 'negative', 'ambiguous_number', 'thousands_mark', 'date', 'percentage',
        'percentage_unclear', 'fraction', 'number_too_large', 'nil_of_stock', 'not_a_choice',
        'mark', 'mark_of_stock', 'mark_of_choice'
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
    end as "value"
from intake.typed_value;

-- judged_place: claim, area and sixty measures, what all checks that look for what is there or
-- not begin with: which measures there are, each a bit, and how many readings; the same of those
-- whose measure and area are right; how many say anything, and the largest figure.
select
    claim_no,
    area_id,
    measure_key // 60 as sixty,
    count(*) as readings,
    bit_or(1::bigint << (measure_key % 60)) as measures,
    count(*) filter (where is_right) as right_readings,
    bit_or(1::bigint << (measure_key % 60)) filter (where is_right) as right_measures,
    count(*) filter (where state is distinct from 'blank') as filled,
    max("value") as largest
from (select *, measure_fault is null and area_fault is null as is_right from intake.judged)
group by claim_no, area_id, measure_key // 60;

-- claim_place: claim, with where it stands in the file: a form's claims in their own cells, in a
-- text file where the first reading is.
select
    claim.* exclude (sheet, cell),
    claim.first_row as row_no,
    coalesce(claim.sheet, first.sheet) as sheet,
    coalesce(claim.cell, first.cell) as cell,
    if(claim.sheet is null, first.line, null) as line,
    plan.number as plan_number,
    plan.area_code
from intake.claim as claim
left join intake.raw_reading as first
    on if(claim.sheet is null, claim.first_row, null) = first.row_no
left join raw.plan as plan using (plan_key);

-- expected_place: claim of a known unit, area and sixty measures: the figures that it should have
-- a place for, each a bit as in `judged_place`. They are its measures that are reported for the
-- period, those that a department reports by area once an area.
with owed as (
    select
        life.period_key, measure.plan_key, entry.entry_no, measure.by_area,
        measure.measure_key // 60 as sixty,
        bit_or(1::bigint << (measure.measure_key % 60)) as measures
    from raw.measure_entry as entry
    join intake.measure as measure using (measure_key)
    join raw.measure as definition on measure.measure_key = definition.measure_key
    join raw.measure_period as life on measure.measure_key = life.measure_key
    join raw.period as period on life.period_key = period.period_key
    where
        life.is_owed
        and (definition.applies_from is null or definition.applies_from <= period.data_to)
    group by all
),

unasked as (
    select
        area_id, measure_key // 60 as sixty,
        bit_or(1::bigint << (measure_key % 60)) as measures
    from raw.measure_unasked
    group by all
)

select
    claim.claim_no, owed.sixty,
    owed.measures & ~coalesce(unasked.measures, 0) as measures,
    if(claim.unit_area_id is null, in_period.area_id, claim.unit_area_id) as area_id
from intake.claim as claim
join owed
    on
        claim.period_key = owed.period_key
        and claim.plan_key = owed.plan_key
        and claim.entry_no = owed.entry_no
left join intake.area_in_period as in_period
    on
        if(claim.unit_area_id is null and owed.by_area, claim.period_key, null)
        = in_period.period_key
left join unasked
    on
        coalesce(claim.unit_area_id, in_period.area_id) = unasked.area_id
        and owed.sixty = unasked.sixty
where
    claim.unit_key is not null
    and owed.measures & ~coalesce(unasked.measures, 0) <> 0
    and (claim.unit_area_id is not null or not owed.by_area or in_period.area_id is not null);

-- reading: judged reading of a known plan, with what a message about it says; the names of its
-- measure are null where the plan does not have it.
select
    judged.row_no, judged.sheet, judged.cell, judged.line, judged.claim_no,

    -- as it was typed
    raw.measure, raw.area, raw."value", raw.is_exact,

    -- what it resolves to
    judged.measure_key, judged.area_id, judged.state, judged."value" as figure,
    judged.measure_fault, judged.area_fault, judged.value_fault,
    measure.measure_name, measure.unit_of_measure, measure.decimals, measure.over_time,

    -- whose it is
    claim.plan, claim.period, claim.plan_key, claim.period_name, claim.data_to, claim.unit_key,
    claim.unit_name, claim.unit_area_id, claim.is_nil_return,
    plan.number as plan_number, plan.area_code
from intake.judged as judged
join intake.raw_reading as raw using (row_no)
join intake.claim as claim using (claim_no)
join raw.plan as plan using (plan_key)
left join intake.measure as measure using (measure_key);

-- personal_text: text of a file that may hold data of a person, where it first stands.
select texts."text", texts.is_note, reading.line
from (
    select note as "text", true as is_note, min(row_no) as row_no
    from intake.raw_reading
    where may_be_personal(note)
    group by note
    union all
    select "value", false, min(row_no)
    from intake.raw_reading
    where may_be_personal("value")
    group by "value"
    union all
    select area, false, row_no
    from intake.csv_area
    where may_be_personal(area)
    union all
    select unit, false, min(row_no)
    from intake.csv_claim
    where may_be_personal(unit)
    group by unit
) as texts
join intake.raw_reading as reading using (row_no)
order by row_no;

-- suspicion: check of `checks/` that may find something, by one cheap look over all rows.
select 'claims' as "check"
from intake.claim
where
    plan_key is null or period_key is null or unit_key is null or times > 1 or is_early
    or data_from > getvariable('received_on') or data_to < in_force_from
union
select 'readings'
from intake.judged
where measure_fault is not null or area_fault is not null or value_fault is not null
union
select 'submissions' from intake.claim where is_nil_return
union
select 'submissions' from intake.judged_place
where sixty is not null and right_readings > bit_count(right_measures)
union
select 'submissions' from (
    select claim.claim_no, sum(place.filled) as filled
    from intake.claim as claim
    left join intake.judged_place as place using (claim_no)
    where claim.unit_key is not null and not claim.is_nil_return
    group by claim.claim_no
)
where coalesce(filled, 0) = 0
union
select 'above_at_most' from intake.measure where at_most_key is not null
union
select 'parts' from raw.measure_part
union
select 'measures_left_out' from intake.expected_place as expected
left join intake.judged_place as judged
    on
        expected.claim_no = judged.claim_no
        and expected.sixty = judged.sixty
        and expected.area_id is not distinct from judged.area_id
where expected.measures & ~coalesce(judged.measures, 0) <> 0
union
select 'total_among_areas' from intake.claim
where unit_key is not null and unit_area_id is null
union
select 'beyond_population' from intake.judged_place
where largest > 1000 * (select min(population) from raw.area_population)
union
select 'percentage_differs' from raw.measure_percentage
union
select 'percentage_differs' from intake.judged where contains(note, '%')
union
select 'nil_beside_figure' from intake.judged where "value" > 0 and notes_nil(note)
union
select 'only_noted' from intake.judged where state = 'blank' and line is not null and note <> '';
