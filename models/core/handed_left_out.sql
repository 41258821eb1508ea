-- One row per part of a ratio, place and period up to which another office
-- handed up what the place came to, with areas of that office that do not count
-- in the ratio: one of its parts is not known of them, or they did something of
-- nothing. What they add to the part, to date and in the period itself, as the
-- latest version of the year has it; is_none_taken: no area is left that counts.
-- None without core.handed_part.
with

part as (

    select
        part.indicator_key,
        part.part_no,
        part.role,
        handed.place_key,
        handed.period_key,
        handed.area,
        handed.to_date,
        handed.in_period,
    from core.handed_part as handed
    inner join raw.indicator_part as part using (measure_key)
    where part.role in ('numerator', 'denominator')

),

area as (

    select
        part.indicator_key,
        part.place_key,
        part.period_key,
        part.area,
        any_value(indicator.parts_needed) as needed,
        sum(if(part.role = 'numerator', part.to_date, 0)) as above,
        sum(if(part.role = 'denominator', part.to_date, 0)) as below,
        sum(if(part.role = 'numerator', part.in_period, 0)) as above_in_period,
        sum(if(part.role = 'denominator', part.in_period, 0)) as below_in_period,
        count(part.to_date) = needed and (below > 0 or above = 0) as is_taken,
        count(part.in_period) = needed
        and (below_in_period > 0 or above_in_period = 0) as is_taken_in_period,
    from part
    inner join raw.indicator as indicator using (indicator_key)
    where indicator.value_kind = 'ratio'
    group by part.indicator_key, part.place_key, part.period_key, part.area

),

version as (

    select
        part.indicator_key,
        part.part_no,
        part.place_key,
        part.period_key,
        any_value(area.needed) as needed,
        coalesce(sum(if(area.is_taken, 0, part.to_date)), 0) as to_date,
        coalesce(sum(if(area.is_taken_in_period, 0, part.in_period)), 0)
            as in_period,
        not bool_or(area.is_taken) as is_none_taken,
        not bool_or(area.is_taken_in_period) as is_none_taken_in_period,
    from part
    inner join area using (indicator_key, place_key, period_key, area)
    group by
        part.indicator_key, part.part_no, part.place_key, part.period_key

),

-- of a part that the version does not have, nothing is known of its areas
whole as (

    select
        *,
        sum(to_date + in_period)
            over (partition by indicator_key, place_key, period_key) > 0 as is_any,
    from version
    qualify count(*) over (partition by indicator_key, place_key, period_key) = needed

),

latest as (

    select
        whole.* exclude (period_key, needed),
        later.period_key,
        later.period_key = own.period_key as is_own,
    from whole
    inner join raw.period as own using (period_key)
    inner join raw.period as later
        on own.plan_key = later.plan_key
        and own.year = later.year
        and own.data_to <= later.data_to
    qualify row_number() over (
        partition by
            whole.indicator_key, whole.part_no, whole.place_key, later.period_key
        order by is_own desc, own.data_to desc
    ) = 1

)

-- what another period alone came to without them is not known
select
    * exclude (is_any, is_own, is_none_taken_in_period),
    is_none_taken_in_period or not is_own as is_none_taken_in_period,
from latest
where is_any
