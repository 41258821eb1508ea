-- One row per published version and doubt that stood when it was published.
-- Of sensitive measures it says where and what, never how many.
-- Key: plan_id, period, version, row_no
-- Never null: plan_id, period, version, row_no, rule, doubt_period,
-- is_acknowledged, is_hidden
select
    plan_id,
    period,
    version,
    row_no,
    rule,
    doubt_period,
    measure_name,
    unit_name,
    area_name,
    value::double as value,
    compared_with::double as compared_with,
    sheet,
    cell,
    line,
    is_acknowledged,
    acknowledged_reason,
    is_withheld as is_hidden
from marts.report_doubt
