-- One row per reading of the file, with what it resolves to and what is wrong with its measure, its
-- area and its value, each on its own so that every problem is told at once.
select
    row_no, claim_no, measure_key, note, sheet, cell, line,
    case
        when unit_area_id is not null then unit_area_id
        when by_area then named_area_id
    end as area_id,
    (case
        when plan_key is null then null
        when measure_key is null then 'unknown_measure'
        when unit_key is not null and not is_reported then 'measure_not_reported'
    end)::enum ('unknown_measure', 'measure_not_reported') as measure_fault,
    (case
        when unit_key is null or measure_key is null or not is_reported then null
        when unit_area_id is not null
            then if(area = '' or named_area_id = unit_area_id, null, 'area_of_another')
        when not by_area then if(area = '', null, 'area_not_wanted')
        when area = '' then 'area_missing'
        when named_area_id is null then 'area_unknown'
    end)::enum (
        'area_of_another', 'area_not_wanted', 'area_missing', 'area_unknown'
    ) as area_fault,
    (case when value_kind not in ('blank', 'nil', 'number') then value_kind end)::enum (
        'not_a_number', 'negative', 'ambiguous_number', 'thousands_mark', 'date', 'percentage',
        'percentage_unclear', 'fraction', 'number_too_large', 'nil_of_stock', 'not_yes_no',
        'mark', 'mark_of_stock', 'mark_of_yes_no'
    ) as value_fault,
    (case
        when value_kind = 'number' then 'reported'
        when value_kind = 'nil' then 'nil'
        when value_kind = 'blank' then if(is_nil_return and over_time <> 'last', 'nil', 'blank')
    end)::enum ('reported', 'nil', 'blank') as state,
    case
        when value_kind = 'number' then number
        when value_kind = 'nil' or (value_kind = 'blank' and is_nil_return and over_time <> 'last')
            then 0::decimal(18, 4)
    end as "value"
from intake.typed_value
