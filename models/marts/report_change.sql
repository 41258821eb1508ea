-- One row per published version, audience and figure, status or unit's report
-- in which it differs from the version before.
with

stored as (

    select
        publication_no,
        row_no,
        published_change(content) as content,
    from staging.publication_row
    where part = 'change'

)

select
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    stored.row_no,
    unnest(stored.content),
from stored
inner join staging.publication as publication
    on stored.publication_no = publication.publication_no
