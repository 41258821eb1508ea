-- One row per published version and doubt that stood when it was published.
-- Key: plan_id, period, version, row_no
-- Never null: plan_id, period, version, row_no, rule, doubt_period,
-- is_acknowledged
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
    acknowledged_reason
from marts.report_doubt
