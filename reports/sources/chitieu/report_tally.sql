-- One row per published version and reporting area: how its indicators
-- stand. Rank 1 needs attention most.
-- Key: plan_id, period, version, area_no
-- Never null: plan_id, period, version, area_no, area_name, area_id,
-- area_name_within_sentence, indicators,
-- each published status
select
    plan_id,
    period,
    version,
    area_no,
    area_name,
    area_id,
    coalesce(area_name_within_sentence, area_name) as area_name_within_sentence,
    indicators,
    coalesce(
        columns(lambda name: list_contains(marts.published_statuses(), name)), 0
    ),
    attention_rank
from marts.report_tally
where area_id is not null
