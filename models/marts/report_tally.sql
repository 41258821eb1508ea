-- One row per published version, audience and area (area_id null: the plan's
-- whole area): how many indicators stood how.
with

stored as (

    select
        publication_no,
        row_no,
        from_json(content, '{
            "audience": "varchar",
            "area_id": "integer",
            "area_code": "varchar",
            "area_name": "varchar",
            "area_no": "integer",
            "indicators": "integer",
            "met": "integer",
            "within": "integer",
            "on_track": "integer",
            "behind": "integer",
            "not_yet": "integer",
            "not_met": "integer",
            "not_arising": "integer",
            "in_doubt": "integer",
            "not_reported": "integer",
            "not_applicable": "integer",
            "withheld": "integer",
            "attention_rank": "integer"
        }') as content,
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
