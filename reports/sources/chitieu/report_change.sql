-- One row per published version and figure, status or unit's report in which
-- it differs from the version before, as everybody may see it.
-- Key: plan_id, period, version, row_no
-- Never null: plan_id, period, version, row_no, section, code, item_no, name,
-- area_no, field, is_withheld
select
    plan_id,
    period,
    version,
    row_no,
    section,
    code,
    item_no,
    name,
    area_no,
    area_name,
    field,
    old_value,
    new_value,
    is_withheld,
    causes
from marts.report_change
