-- One row per plan, measure without a target, ward and period.
-- Key: plan_id, measure, period, area_id
-- Never null: plan_id, measure, period, area_id, is_reported, is_nil, carried,
-- status, is_hidden, is_untold
select
    ward.plan_id,
    ward.measure,
    ward.period,
    ward.area_id,
    ward.value_to_date::double as value_to_date,
    ward.value_in_period::double as value_in_period,
    ward.is_reported,
    coalesce(ward.is_nil, false) as is_nil,
    coalesce(ward.is_carried, false)::integer as carried,
    -- of what was not reported there is nothing that could be hidden
    ward.is_withheld and (ward.is_reported or coalesce(ward.is_carried, true)) as is_hidden,
    ward.is_untold and (ward.is_reported or coalesce(ward.is_carried, true)) as is_untold,
    case
        when is_hidden then if(ward.is_untold, 'untold', 'withheld')
        when ward.value_to_date is null then 'not_reported'
        else 'no_target'
    end as status
from marts.measure_by_ward_period as ward
inner join marts.measure as measure using (plan_id, measure)
where not measure.has_indicator
