-- One row per reporting unit of a published version: the coverage as it was
-- published.
with

unit as (

    select
        publication_no,
        row_no,
        from_json(content, '{
            "unit_no": "integer",
            "unit_id": "varchar",
            "unit_code": "varchar",
            "unit_name": "varchar",
            "unit_short_name": "varchar",
            "area_id": "integer",
            "timeliness": "varchar",
            "first_received_at": "varchar",
            "last_received_at": "varchar",
            "submissions": "integer",
            "is_nil_return": "boolean",
            "days_late": "integer"
        }') as content,
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
