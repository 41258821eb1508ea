-- One row per published version and submission that it stands on.
with

stored as (

    select
        publication_no,
        row_no,
        published_submission(content) as content,
    from staging.publication_row
    where part = 'submission'

)

select
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    stored.row_no,
    stored.content.submission_no,
    stored.content.receipt_no,
    stored.content.unit_id,
    stored.content.unit_name,
    stored.content.period as submission_period,
    stored.content.file_name,
    stored.content.sha256,
    stored.content.medium,
    stored.content.received_at,
from stored
inner join staging.publication as publication
    on stored.publication_no = publication.publication_no
