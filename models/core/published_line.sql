-- One row per figure of a published version and audience, as it was
-- published. fields: those that the program knew with which it was published.
-- A table, since to read it from JSON costs more than all that is done with it.
with

line as (

    select
        publication_no,
        row_no,
        json_keys(published.content) as fields,
        published_line(content) as content,
    from staging.publication_row as published
    where part = 'line'

)

select
    publication.publication_no,
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    line.row_no,
    line.fields,
    unnest(line.content),
from line
inner join staging.publication as publication using (publication_no)
