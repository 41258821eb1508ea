-- One row per published version and indicator or measure: its words as they
-- were published.
with

stored as (

    select
        publication_no,
        row_no,
        from_json(content, '{
            "section": "varchar",
            "code": "varchar",
            "item_no": "integer",
            "group_code": "varchar",
            "group_name": "varchar",
            "name": "varchar",
            "short_name": "varchar",
            "unit_of_measure": "varchar",
            "quote": "varchar",
            "formula": "varchar",
            "value_kind": "varchar",
            "target_comparator": "varchar",
            "target_value": "decimal(18, 4)",
            "target_text": "varchar",
            "pace": "varchar",
            "added_rules": ["varchar"],
            "kind": "varchar",
            "over_time": "varchar",
            "over_areas": "varchar",
            "reported_by": "varchar",
            "explanation": "varchar",
            "is_sensitive": "boolean",
            "has_indicator": "boolean"
        }') as content,
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
