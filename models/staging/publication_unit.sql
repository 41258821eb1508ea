-- One row per reporting unit of a published version: the coverage as it was
-- published.
with

unit as (

    select
        publication_no,
        row_no,
        published_unit(content) as content,
    from staging.publication_row
    where part = 'unit'

)

select
    publication.publication_no,
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    unnest(unit.content),
from unit
inner join staging.publication as publication
    on unit.publication_no = publication.publication_no
