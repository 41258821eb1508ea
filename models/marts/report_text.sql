-- One row per published version, audience, head and paragraph: what was said of
-- the figures from them alone. Earlier versions said nothing.
with

stored as (

    select
        publication_no,
        row_no,
        published_text(content) as content,
    from staging.publication_row
    where part = 'text'

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
