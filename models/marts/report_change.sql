-- One row per published version, audience and figure, status, text, unit's
-- report or fact of its document in which it differs from the version before.
-- What differs in the document comes first.
with

stored as (

    select
        publication_no,
        row_no,
        published_change(content) as content,
    from staging.publication_row
    where part = 'change'

),

fact as (

    select
        publication.plan_id,
        publication.period,
        publication.version,
        publication.is_latest,
        unnest(
            from_json(
                json_extract(publication.document, '$.changed'),
                '[{
                    "field": "varchar",
                    "old_value": "varchar",
                    "new_value": "varchar"
                }]'
            ),
            recursive := true
        ),
        generate_subscripts(
            from_json(json_extract(publication.document, '$.changed'), '["json"]'), 1
        ) as fact_no,
    from staging.publication as publication
    where json_extract(publication.document, '$.changed[0]') is not null

)

select
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    stored.row_no,
    unnest(stored.content),
from stored
inner join staging.publication as publication using (publication_no)
union all by name
select
    fact.plan_id,
    fact.period,
    fact.version,
    fact.is_latest,
    fact.fact_no::integer - 10 as row_no,
    audience.audience,
    'document' as section,
    '' as code,
    0 as item_no,
    '' as name,
    0 as area_no,
    fact.field,
    fact.old_value,
    fact.new_value,
    false as is_withheld,
from fact
cross join (values ('city'), ('shared')) as audience (audience)
