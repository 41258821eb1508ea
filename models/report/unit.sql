-- Grain: plan × period × reporting unit. Whether and when its report was
-- received: the report's coverage. missing_before: what the unit still owes of
-- the closed periods before it and in it, a period a line: `Quý III năm 2024`, where its
-- report came the figures that it left blank: `Quý II năm 2024: Số đội`.
with

missing as (

    from core.measure_missing
    union
    -- the latest closed one, which a covering period does not count as before
    select
        measure_key,
        place_key,
        period_key,
        part_key as missing_key,
    from (
        select * rename (period_key as part_key),
        from core.measure_of_period
        where is_base and is_lacking
    )
    inner join raw.measure_cover using (measure_key, part_key)
    anti join core.covered_period
        using (measure_key, place_key, period_key, part_key)

),

owed as (

    select
        place.unit_key,
        missing.period_key,
        missing.missing_key,
        count(distinct measure.measure_no) as measures,
        string_agg(distinct measure.measure_name, '; ') as named,
    from missing
    inner join core.measure_place_period as place
        on missing.measure_key = place.measure_key
        and missing.place_key = place.place_key
        and missing.missing_key = place.period_key
    inner join raw.measure as measure
        on missing.measure_key = measure.measure_key
    group by place.unit_key, missing.period_key, missing.missing_key

),

earlier_missing as (

    select
        unit.plan_id,
        unit.unit_id,
        period.period,
        string_agg(
            earlier.period_name || case
                when sent.unit_key is null then ''
                when owed.measures > 3 then ': ' || two_digits(owed.measures) || ' số liệu'
                else ': ' || owed.named
            end,
            e'\n' order by earlier.period_no
        ) as missing_before,
    from owed
    inner join raw.unit as unit using (unit_key)
    inner join raw.period as period using (period_key)
    inner join raw.period as earlier
        on owed.missing_key = earlier.period_key
    left join core.submission_current as sent
        on owed.unit_key = sent.unit_key
        and owed.missing_key = sent.period_key
    group by unit.plan_id, unit.unit_id, period.period

)

select
    unit.*,
    earlier_missing.missing_before,
    unit.plan_id as report_plan,
    unit.period as report_period,
from marts.submission_timeliness as unit
left join earlier_missing using (plan_id, unit_id, period)
order by report_plan, report_period, unit.unit_no
