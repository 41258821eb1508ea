-- One row per figure of a published version and audience, as it was
-- published. fields: those that the program knew with which it was published.
with

line as (

    select
        publication_no,
        row_no,
        json_keys(content) as fields,
        from_json(content, '{
            "audience": "varchar",
            "section": "varchar",
            "code": "varchar",
            "item_no": "integer",
            "area_id": "integer",
            "area_code": "varchar",
            "area_name": "varchar",
            "area_no": "integer",
            "numerator": "decimal(28, 4)",
            "denominator": "decimal(28, 4)",
            "value": "decimal(28, 6)",
            "value_shown": "decimal(28, 4)",
            "numerator_in_period": "decimal(28, 4)",
            "denominator_in_period": "decimal(28, 4)",
            "value_in_period": "decimal(28, 6)",
            "value_in_period_shown": "decimal(28, 4)",
            "target_value": "decimal(18, 4)",
            "target_to": "decimal(18, 4)",
            "pace_value": "decimal(28, 6)",
            "pace_shown": "decimal(28, 4)",
            "is_due": "boolean",
            "attained": "boolean",
            "status": "varchar",
            "is_provisional": "boolean",
            "areas_expected": "integer",
            "areas_reported": "integer",
            "areas_carried": "integer",
            "areas_left_out": "integer",
            "areas_own": "integer",
            "periods_missing_before": "integer",
            "basis": "varchar",
            "previous_value": "decimal(28, 4)",
            "previous_status": "varchar",
            "change_from_previous": "decimal(28, 4)",
            "last_year_value": "decimal(28, 4)",
            "change_from_last_year": "decimal(28, 4)",
            "is_nil": "boolean",
            "is_withheld": "boolean"
        }') as content,
    from staging.publication_row
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
inner join staging.publication as publication
    on line.publication_no = publication.publication_no
