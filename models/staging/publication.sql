-- One row per version of a report that was published by the asked moment
-- or, while a version is drawn up or derived again, before that version.
select
    publication_no,
    plan_id,
    period,
    version,
    class,
    reason,
    is_final,
    as_of,
    recorded_at,
    software_version,
    plan_sha256,
    inputs_sha256,
    models_sha256,
    lines_sha256,
    sha256,
    check_code,
    signed_by,
    document,
    row_number() over (
        partition by plan_id, period order by version desc
    ) = 1 as is_latest,
from ledger.main.publication
where
    is_built(plan_id)
    and if(
        getvariable('publication_no') is null,
        recorded_at <= getvariable('as_of'),
        publication_no < getvariable('publication_no')
    )
