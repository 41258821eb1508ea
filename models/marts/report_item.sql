-- One row per published version and indicator or measure: its words as they
-- were published.
with

stored as (

    select
        publication_no,
        row_no,
        published_item(content) as content,
    from staging.publication_row
    where part = 'item'

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
