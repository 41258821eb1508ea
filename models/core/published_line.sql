-- One row per figure of a published version and audience, as it was
-- published. fields: those that the program knew with which it was published. What
-- an earlier one said of a value without a target is said as today.
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
    unnest(
        struct_update(
            line.content,
            status := if(
                line.content.section = 'indicator'
                and line.content.status = 'not_applicable'
                and (line.content.value is not null or line.content.is_withheld),
                'no_target',
                line.content.status
            ),
            previous_status := if(
                line.content.section = 'indicator'
                and line.content.previous_status = 'not_applicable'
                and line.content.previous_value is not null,
                'no_target',
                line.content.previous_status
            )
        )
    ),
from line
inner join staging.publication as publication using (publication_no)
