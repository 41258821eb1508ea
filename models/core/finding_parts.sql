-- One row per measure, place and period whose parts, all of them reported,
-- do not add up to it.
select
    total.measure_key,
    total.place_key,
    total.period_key,
    any_value(total.submission_no) as submission_no,
    any_value(total.value) as value,
    sum(part.value) as compared_with,
from core.measure_in_period as total
inner join raw.measure_part as link using (measure_key)
inner join core.measure_in_period as part
    on link.part_key = part.measure_key
    and total.place_key = part.place_key
    and total.period_key = part.period_key
group by all
having
    count(*) = count(part.value)
    and any_value(total.value) <> sum(part.value)
