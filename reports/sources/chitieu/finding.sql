-- One row per error or doubt that nobody has looked into yet. Of sensitive
-- measures the shared audience is told where and what, never how many.
-- Key: plan_id, finding_no
-- Never null: plan_id, finding_no, rule, period, is_hidden
select
    plan_id,
    row_number() over (
        partition by plan_id
        order by
            period, rule, unit_name, area_name, measure_name, sheet, cell, line,
            submission_no, value, compared_with
    )::integer as finding_no,
    rule,
    period,
    measure_name,
    unit_name,
    area_id,
    area_name,
    value::double as value,
    compared_with::double as compared_with,
    is_withheld as is_hidden,
    sheet,
    cell,
    line
from marts.findings
where not is_acknowledged
