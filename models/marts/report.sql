-- One row per published version of the report of a plan and period: what is
-- recorded of it, and its head as it was published.
with

stored as (

    select
        publication_no,
        from_json(content, '{
            "plan_id": "varchar",
            "plan_number": "varchar",
            "plan_title": "varchar",
            "plan_short_title": "varchar",
            "issuer": "varchar",
            "carries_out": "varchar",
            "issued_on": "date",
            "in_force_from": "date",
            "source": "varchar",
            "reports_to": "varchar",
            "area_name": "varchar",
            "area_noun": "varchar",
            "reporting_area_noun": "varchar",
            "period": "varchar",
            "period_name": "varchar",
            "period_kind": "varchar",
            "year": "integer",
            "data_from": "date",
            "data_to": "date",
            "due_before": "date",
            "is_estimate": "boolean",
            "previous_period": "varchar",
            "previous_period_name": "varchar",
            "last_year_period": "varchar",
            "last_year_period_name": "varchar",
            "areas": "integer",
            "units_expected": "integer",
            "units_reported": "integer",
            "is_demonstration": "boolean",
            "document_superior": "varchar",
            "document_agency": "varchar",
            "document_abbreviation": "varchar",
            "document_place": "varchar",
            "document_authority": "varchar",
            "document_signatory_title": "varchar",
            "document_recipients": ["varchar"],
            "document_filed_at": "varchar"
        }') as content,
    from staging.publication_row
    where part = 'head'

)

select
    publication.version,
    publication.is_latest,
    max(publication.version) over (
        partition by publication.plan_id, publication.period
    ) as latest_version,
    publication.class,
    publication.reason,
    publication.is_final,
    strftime(
        publication.as_of at time zone 'Asia/Ho_Chi_Minh', '%Y-%m-%d %H:%M:%S'
    ) as as_of,
    strftime(
        publication.recorded_at at time zone 'Asia/Ho_Chi_Minh',
        '%Y-%m-%d %H:%M:%S'
    ) as published_at,
    publication.software_version,
    publication.plan_sha256,
    publication.inputs_sha256,
    publication.models_sha256,
    publication.lines_sha256,
    publication.sha256,
    unnest(stored.content),
from stored
inner join staging.publication as publication
    on stored.publication_no = publication.publication_no
