-- Grain: as the mart. The shared audience gets no projection of a guarded
-- measure: no published version shows one.
select
    columns([
        'plan_id', 'indicator_code', 'period', 'due_period', 'steps_gone', 'steps_left',
        'value_low', 'value_high', 'value_low_shown', 'value_high_shown',
        'target_value', 'target_to', 'outlook'
    ]),
from marts.projection
cross join audience
where
    not audience.withholds
    or not if(audience.is_told_by_versions, is_guarded, is_disclosive)
