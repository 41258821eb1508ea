-- One row per published version, indicator or measure without a target, and
-- area (area_no 0: the plan's whole area), as everybody may see it: what is
-- withheld is in no file of the site.
-- Key: plan_id, period, version, section, code, area_no
-- Never null: plan_id, period, version, section, code, area_no, is_hidden
select
    line.plan_id,
    line.period,
    line.version,
    line.section,
    line.code,
    line.area_no,
    line.area_name,
    line.numerator::double as numerator,
    line.denominator::double as denominator,
    line.value_shown::double as value,
    coalesce(line.value_in_period_shown, line.value_in_period)::double
        as value_in_period,
    line.target_value::double as target_value,
    coalesce(line.pace_shown, line.pace_value)::double as pace_value,
    -- of the way to the target, which stands at 100; bars end at 125. Of what each
    -- place must reach the whole has none
    if(
        line.value_shown is null
        or coalesce(line.target_value, 0) <= 0
        or (line.area_id is null and item.target_text like '% ở từng %'),
        null,
        least(100 * line.value_shown / line.target_value, 125)
    )::double as bar,
    if(line.target_value <= 0, null, 100 * line.pace_value / line.target_value)
        ::double as bar_pace,
    line.status,
    line.is_provisional,
    line.areas_expected,
    line.areas_reported,
    line.areas_carried,
    line.areas_left_out,
    line.periods_missing_before,
    line.basis,
    line.previous_value::double as previous_value,
    line.previous_status,
    line.change_from_previous::double as change_from_previous,
    line.last_year_value::double as last_year_value,
    line.change_from_last_year::double as change_from_last_year,
    line.is_nil,
    line.beyond_count::double as beyond_count,
    line.counted_unit,
    line.is_withheld as is_hidden
from marts.report_line as line
inner join marts.report_item as item using (plan_id, period, version, section, code)
where not item.has_indicator
