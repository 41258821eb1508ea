-- One row per published version, audience, moment and kind of what was taken out
-- of it for good, or of what it is based on: `text` of those that people wrote,
-- `file` that was published, `received` file. It is shown as of any moment, since
-- what was erased is there at none.
with

erased as (

    select
        erased.what,
        erased.sha256,
        erased.publication_no,
        office_time(erasure.recorded_at) as erased_at,
    from ledger.main.erased as erased
    inner join ledger.main.erasure as erasure using (erasure_no)

),

own_file as (

    -- the same bytes may be a file of several versions
    select
        file.publication_no,
        if(file.audience = 'shared', 'shared', 'city') as audience,
        erased.erased_at,
    from ledger.main.publication_file as file
    inner join erased
        on file.sha256 = erased.sha256 and erased.what = 'file'

),

own_text as (

    select
        erased.publication_no,
        audience.name as audience,
        erased.erased_at,
    from erased
    cross join (values ('shared'), ('city')) as audience (name)
    where
        erased.what = 'version'
        and (
            audience.name = 'city'
            -- everybody could read it where files for everybody went, or none
            -- were kept
            or exists (
                select 1
                from own_file
                where
                    own_file.publication_no = erased.publication_no
                    and own_file.audience = 'shared'
                    and own_file.erased_at = erased.erased_at
            )
            or not exists (
                select 1
                from ledger.main.publication_file as file
                where file.publication_no = erased.publication_no
            )
        )

),

received as (

    select distinct
        publication.publication_no,
        audience.name as audience,
        erased.erased_at,
        erased.sha256,
    from erased
    inner join marts.report_submission as submission using (sha256)
    inner join staging.publication as publication
        on
            submission.plan_id = publication.plan_id
            and submission.period = publication.period
            and submission.version = publication.version
    cross join (values ('shared'), ('city')) as audience (name)
    where erased.what = 'file'

),

erasure as (

    select
        publication_no,
        audience,
        erased_at,
        'text' as kind,
        null as things,
    from own_text
    union all
    select
        publication_no,
        audience,
        erased_at,
        'file' as kind,
        count(*) as things,
    from own_file
    group by publication_no, audience, erased_at
    union all
    select
        publication_no,
        audience,
        erased_at,
        'received' as kind,
        count(*) as things,
    from received
    group by publication_no, audience, erased_at

)

select distinct
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    erasure.audience,
    erasure.erased_at,
    erasure.kind,
    erasure.things::integer as things,
from erasure
inner join staging.publication as publication using (publication_no)
