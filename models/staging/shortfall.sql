-- One row per plan, period, indicator, unit (null: the office, of the whole area)
-- and side on which something is written as of the asked moment: why the indicator
-- is not attained, or what is done about it. The latest text holds; an empty one
-- takes it back. audience as in staging.note.
with

latest as (

    from ledger.main.shortfall
    where is_built(plan_id) and recorded_at <= getvariable('as_of')
    qualify
        row_number() over (
            partition by plan_id, period, indicator_code, unit_id, side
            order by shortfall_no desc
        ) = 1

),

given as (

    select
        *,
        md5(json_array('shortfall', shortfall_no)::varchar) as text_id,
    from latest
    where said <> ''

)

select
    given.* exclude (shortfall_no, software_version),
    case
        when decision.text_id is not null then decision.audience
        when not given.is_held then 'city'
    end as audience,
    decision.text_id is not null as is_decided,
from given
left join staging.text_decision as decision using (text_id)
