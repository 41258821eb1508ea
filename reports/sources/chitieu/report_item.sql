-- One row per published version and indicator or measure: its words as they
-- were published.
-- Key: plan_id, period, version, section, code
-- Never null: plan_id, period, version, section, code, item_no, name,
-- short_name, unit, has_indicator
select
    plan_id,
    period,
    version,
    section,
    code,
    item_no,
    group_code,
    group_name,
    name,
    short_name,
    unit_of_measure as unit,
    kind,
    value_kind,
    target_comparator,
    target_text,
    formula,
    has_indicator
from marts.report_item
