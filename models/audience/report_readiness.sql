-- Grain: as the mart. Doubts and changes of guarded measures reveal how many
-- there are, and so does a verdict based on them: the shared audience sees
-- what was received and what is published.
select
    columns([
        'plan_id', 'period', 'is_applicable', 'due_before', 'units', 'units_received',
        'missing', 'not_due', 'submissions', 'errors'
    ]),
    if(audience.withholds, null, stored.doubts) as doubts,
    columns([
        'version', 'is_final', 'published_as_of', 'submissions_since',
        'units_moved_since'
    ]),
    if(audience.withholds, null, stored.figures_changed_since)
        as figures_changed_since,
    if(audience.withholds, null, stored.earlier_changed) as earlier_changed,
    stored.is_past_due,
    stored.days_left,
    case
        when
            not audience.withholds
            or stored.verdict in (
                'not_applicable', 'not_begun', 'not_reported'
            )
            then stored.verdict
        when stored.version is null then 'in_review'
        else 'published'
    end as verdict,
    stored.may_be_final and not audience.withholds as may_be_final,
    stored.received_since,
    if(
        audience.withholds,
        stored.open_indicators_changed,
        stored.indicators_changed
    ) as indicators_changed,
    stored.open_indicators_changed,
    if(audience.withholds, null, stored.wanted) as wanted,
from marts.report_readiness as stored
cross join audience
