-- One row per error or doubt that nobody has looked into yet.
-- Key: plan_id, finding_no
-- Never null: plan_id, finding_no, rule, period, period_name
select
    plan_id,
    row_number() over (
        partition by plan_id
        order by
            period, rule, unit_name, area_name, measure_name, sheet, cell, line,
            submission_no, found.value, found.compared_with
    )::integer as finding_no,
    rule,
    period,
    period_name,
    marts.moment_text(received_at) as received_at,
    file_name,
    measure_name,
    unit_name,
    area_id,
    area_name,
    value::double as value,
    compared_with::double as compared_with,
    sheet,
    cell,
    line
from marts.findings as found
where not is_acknowledged
