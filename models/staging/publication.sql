-- One row per version of a report that was published by the asked moment
-- or, while a version is drawn up or derived again, before that version.
select
    * exclude (nonce, contract_version, previous_seal, seal, signature, moment)
    replace (coalesce(known_at, as_of) as known_at),
    row_number() over (
        partition by plan_id, period order by version desc
    ) = 1 as is_latest,
from ledger.main.publication
where
    is_built(plan_id)
    and if(
        getvariable('publication_no') is null,
        coalesce(moment, recorded_at) <= getvariable('as_of'),
        publication_no < getvariable('publication_no')
    )
