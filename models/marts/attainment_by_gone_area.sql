-- One row per plan, indicator, period and area that is there no longer, whose
-- flows of the year the whole keeps: what it contributes to the value of the
-- plan's whole area, or to the later value of a change.
with

flow as (

    select
        gone.indicator_key,
        gone.place_key,
        gone.period_key,
        sum(figure.known_to_date) filter (where figure.role = 'numerator')
            as numerator,
        sum(figure.known_to_date) filter (where figure.role = 'denominator')
            as denominator,
    from core.place_taken as gone
    inner join core.indicator_figure as figure
        using (indicator_key, slot_no, place_key, period_key)
    where not gone.is_there and gone.is_taken and figure.stays
    group by gone.indicator_key, gone.place_key, gone.period_key

)

select
    period.plan_id,
    indicator.indicator_code,
    period.period,
    reporting.area_id,
    reporting.area_name,
    figure_in(flow.numerator, measured.unit)::decimal(28, 4) as numerator,
    figure_in(flow.denominator, measured.unit)::decimal(28, 4) as denominator,
    guarded.indicator_key is not null as is_guarded,
    coalesce(disclosure.is_area_disclosive, false) as is_disclosive,
from flow
inner join raw.indicator as indicator
    on flow.indicator_key = coalesce(indicator.of_key, indicator.indicator_key)
inner join raw.indicator as measured
    on flow.indicator_key = measured.indicator_key
inner join raw.period as period using (period_key)
inner join raw.reporting_area as reporting
    on indicator.plan_key = reporting.plan_key
    and flow.place_key = reporting.area_id
left join core.guarded_indicator as guarded
    on indicator.indicator_key = guarded.indicator_key
left join core.indicator_disclosure as disclosure
    on indicator.indicator_key = disclosure.indicator_key
    and period.year = disclosure.year
where indicator.is_shown
