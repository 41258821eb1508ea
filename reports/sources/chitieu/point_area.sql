-- Grain: plan × reporting area. Its indicators that have come to be met since the
-- period before the one in which each is looked at first, and those that no
-- longer are, by their codes, one a line. before_name is null where those before
-- are several periods.
-- Key: plan_id, area_id
-- Never null: plan_id, area_id
with

compared as (

    select
        ward.plan_id,
        ward.area_id,
        ward.indicator_code,
        indicator.indicator_no,
        ward.status,
        previous.status as before_status,
        if(previous.status is null, null, earlier.period) as before_period
    from marts.compared_period() as compared
    inner join marts.attainment_by_ward_period as ward
        using (plan_id, indicator_code, period)
    inner join marts.indicator as indicator using (plan_id, indicator_code)
    left join marts.period as earlier
        on compared.plan_id = earlier.plan_id
        and compared.period_before = earlier.period
    left join marts.attainment_by_ward_period as previous
        on ward.plan_id = previous.plan_id
        and ward.indicator_code = previous.indicator_code
        and ward.area_id = previous.area_id
        and compared.period_before = previous.period

),

moved as (

    select
        plan_id,
        area_id,
        if(min(before_period) = max(before_period), min(before_period), null)
            as before_period,
        string_agg(indicator_code, chr(10) order by indicator_no)
            filter (where status in ('met', 'met_late') and not marts.attained_by(before_status))
            as gained,
        string_agg(indicator_code, chr(10) order by indicator_no)
            filter (where before_status in ('met', 'met_late') and not marts.attained_by(status))
            as lost
    from compared
    group by plan_id, area_id

)

select
    moved.plan_id,
    moved.area_id,
    earlier.period_name as before_name,
    earlier.year as before_year,
    moved.gained,
    moved.lost
from moved
left join marts.period as earlier
    on moved.plan_id = earlier.plan_id
    and moved.before_period = earlier.period
