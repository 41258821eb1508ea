-- One row per measure, place and period that stands above 0 in the numerator
-- of a ratio of which the denominator is 0: the place is left out of the whole.
select
    figure.measure_key,
    figure.place_key,
    figure.period_key,
    any_value(figure.submission_no) as submission_no,
    any_value(figure.value_to_date) as value,
    0::decimal(18, 4) as compared_with,
from core.indicator_by_place as place
inner join core.indicator_figure as figure
    using (indicator_key, slot_no, place_key, period_key)
where
    place.is_in_doubt
    and place.is_there
    and figure.role = 'numerator'
    and figure.is_reported
    and figure.value_to_date > 0
group by figure.measure_key, figure.place_key, figure.period_key
