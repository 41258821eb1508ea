-- One row per published version and doubt that stood when it was published.
-- Key: plan_id, period, version, row_no
-- Never null: plan_id, period, version, row_no, rule, doubt_period,
-- is_acknowledged
select
    * exclude (is_latest, finding_id, measure, found)
    replace (value::double as value, compared_with::double as compared_with)
from marts.report_doubt
