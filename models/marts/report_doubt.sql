-- One row per published version, audience and doubt that stood when it was
-- published.
with

stored as (

    select
        publication_no,
        row_no,
        published_doubt(content) as content,
    from staging.publication_row
    where part = 'doubt'

)

select
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    stored.row_no,
    stored.content.audience,
    stored.content.finding_id,
    stored.content.rule,
    stored.content.period as doubt_period,
    stored.content.measure,
    stored.content.measure_name,
    stored.content.unit_name,
    stored.content.area_name,
    stored.content.value,
    stored.content.compared_with,
    stored.content.found,
    stored.content.sheet,
    stored.content.cell,
    stored.content.line,
    stored.content.is_acknowledged,
    if(reason.audience is null, null, stored.content.acknowledged_reason)
        as acknowledged_reason,
    coalesce(reason.audience = 'shared', false) as is_reason_shared,
    stored.content.is_withheld,
from stored
inner join staging.publication as publication using (publication_no)
left join staging.reason as reason
    on stored.content.acknowledged_reason = reason.reason
