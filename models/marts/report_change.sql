-- One row per published version, audience and figure, status or unit's report
-- in which it differs from the version before.
with

stored as (

    select
        publication_no,
        row_no,
        from_json(content, '{
            "audience": "varchar",
            "section": "varchar",
            "code": "varchar",
            "item_no": "integer",
            "name": "varchar",
            "area_id": "integer",
            "area_name": "varchar",
            "area_no": "integer",
            "field": "varchar",
            "old_value": "varchar",
            "new_value": "varchar",
            "is_withheld": "boolean"
        }') as content,
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
