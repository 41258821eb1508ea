-- One row per indicator that is a change, period, and the plan's whole area
-- (area_id null) or a reporting area in which it applies: where its earlier
-- value is from. earlier_kind, earlier_year and earlier_position say which
-- period is asked for; earlier_plan_id, earlier_code and earlier_period where
-- it stands in the marts, or source who says so (sources/baselines.csv). All
-- of those are null where there is no earlier value; earlier_code also where
-- the earlier plan has the measures and no indicator of them. made_of: the
-- areas whose earlier figures are summed, where the area itself was not yet.
-- apart: the places of which one side lacks something that others have, which
-- is taken from both.
-- None without core.change_asked.
with

baseline as (

    select
        part.indicator_key,
        baseline.area_id,
        baseline.kind,
        baseline.year,
        baseline.position,
        string_agg(distinct baseline.source, '; ' order by baseline.source)
            as source,
    from raw.indicator_part as part
    inner join raw.baseline as baseline using (measure_key)
    group by all

),

apart as (

    select
        change.indicator_key,
        change.period_key,
        string_agg(
            distinct coalesce(area.area_name_within_sentence, unit.unit_short_name),
            ', ' order by
                coalesce(area.area_name_within_sentence, unit.unit_short_name)
        ) as place_names,
    from core.change_fraction as change
    inner join raw.indicator as indicator using (indicator_key)
    inner join core.change_member as member
        on indicator.plan_key = member.plan_key
        and list_contains(change.apart, member.member_of)
        and member.scope = 'whole'
    left join core.place_in_period as role
        on indicator.plan_key = role.plan_key
        and member.place_key = role.place_key
        and change.period_key = role.period_key
    left join raw.reporting_area as area
        on role.plan_key = area.plan_key
        and role.place_key = area.area_id
        and role.place_role = 'there'
    left join raw.unit as unit
        on member.place_key = -unit.unit_key
    where change.scope = 'whole'
    group by change.indicator_key, change.period_key

)

select
    period.plan_id,
    indicator.indicator_code,
    period.period,
    if(change.scope = 'whole', null, change.scope_no) as area_id,
    asked.kind as earlier_kind,
    asked.year as earlier_year,
    asked.position as earlier_position,
    earlier_plan.plan_id as earlier_plan_id,
    coalesce(
        comparing.indicator_code,
        if(compared.is_shown, compared.indicator_code, null)
    ) as earlier_code,
    earlier_period.period as earlier_period,
    earlier_period.period_name as earlier_name,
    if(
        earlier.indicator_key is not null and earlier.compared_key is null,
        baseline.source,
        null
    ) as source,
    if(earlier.is_made_of, made_of.area_names_at_once, null) as made_of,
    if(change.scope = 'whole', apart.place_names, null) as apart,
    coalesce(change.sides = 'cut', false) as is_cut,
    change.sides,
from core.change_fraction as change
inner join raw.indicator as indicator using (indicator_key)
inner join raw.period as period using (period_key)
inner join core.change_asked as asked using (indicator_key, period_key)
left join core.change_earlier as earlier
    on change.indicator_key = earlier.indicator_key
    and change.scope = earlier.scope
    and change.scope_no = earlier.scope_no
    and change.period_key = earlier.period_key
    and earlier.has_value
left join apart using (indicator_key, period_key)
left join raw.indicator as compared
    on earlier.compared_key = compared.indicator_key
-- what is compared alone has no page: the change that compares it has
left join raw.indicator as comparing
    on compared.indicator_key = comparing.of_key
    and comparing.is_shown
left join raw.plan as earlier_plan
    on compared.plan_key = earlier_plan.plan_key
left join raw.period as earlier_period
    on earlier.earlier_key = earlier_period.period_key
left join baseline
    on asked.of_key = baseline.indicator_key
    and if(change.scope = 'whole', null, change.scope_no)
    is not distinct from baseline.area_id
    and asked.kind = baseline.kind
    and asked.year = baseline.year
    and asked.position = baseline.position
left join core.made_of_name as made_of
    on compared.plan_key = made_of.plan_key
    and change.scope_no = made_of.area_id
where
    change.scope = 'whole'
    or (change.scope = 'place' and change.scope_no > 0)
