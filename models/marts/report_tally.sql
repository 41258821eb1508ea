-- One row per published version, audience and area (area_id null: the plan's
-- whole area): how many indicators stood how.
with

stored as (

    select
        publication_no,
        row_no,
        published_tally(content) as content,
    from staging.publication_row
    where part = 'tally'

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
