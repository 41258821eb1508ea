-- One row per published version of the report of a plan and period: what is
-- recorded of it, and its head as it was published.
with

stored as (

    select
        publication_no,
        published_head(content) as content,
    from staging.publication_row
    where part = 'head'

)

select
    publication.version,
    publication.is_latest,
    max(publication.version) over (
        partition by publication.plan_id, publication.period
    ) as latest_version,
    publication.class,
    publication.reason,
    publication.is_final,
    office_time(publication.as_of) as as_of,
    office_time(publication.recorded_at) as published_at,
    publication.software_version,
    publication.plan_sha256,
    publication.inputs_sha256,
    publication.models_sha256,
    publication.lines_sha256,
    publication.sha256,
    publication.check_code,
    publication.signed_by,
    unnest(stored.content),
from stored
inner join staging.publication as publication using (publication_no)
