-- One row per indicator and year that stands on a sensitive measure:
-- whether its figures are withheld from the shared audience.
select
    part.indicator_key,
    disclosure.year,
    bool_or(disclosure.is_area_disclosive) as is_area_disclosive,
    bool_or(disclosure.is_whole_disclosive) as is_whole_disclosive,
from raw.indicator_part as part
inner join core.disclosure as disclosure
    on part.measure_key = disclosure.measure_key
group by part.indicator_key, disclosure.year
