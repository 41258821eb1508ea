-- One row per text of a sender: who may read it. It is a note beside a figure,
-- or what a unit writes under a head of its form; then measure is null. audience
-- is null where nobody may read it: it was struck out, or may be about a person
-- and nobody has looked at it yet. Without a decision a text is for the city.
-- text_id stays where the unit sends the same text in the same place again.
with

note as (

    select
        reading.submission_no,
        reading.measure,
        reading.area_id,
        null as head,
        submission.receipt_no,
        reading.note,
        md5(
            json_array(
                'note', submission.plan_id, submission.unit_id,
                submission.period, reading.measure, reading.note
            )::varchar
        ) as text_id,
    from ledger.main.reading as reading
    inner join staging.submission as submission using (submission_no)
    where trim(reading.note) <> ''
    union all by name
    select
        submission.submission_no,
        remark.head,
        submission.receipt_no,
        remark.note,
        md5(
            json_array(
                'remark', submission.plan_id, submission.unit_id,
                submission.period, remark.head, remark.note
            )::varchar
        ) as text_id,
    from (
        select submission_no, 'difficulties' as head, difficulties as note
        from ledger.main.submission
        union all by name
        select submission_no, 'proposals' as head, proposals as note
        from ledger.main.submission
    ) as remark
    inner join staging.submission as submission using (submission_no)
    where trim(remark.note) <> ''

),

held as (

    select distinct
        receipt_no,
        said,
    from ledger.main.held_text

)

select
    note.submission_no,
    note.measure,
    note.area_id,
    note.head,
    note.text_id,
    held.said is not null as is_held,
    case
        when decision.text_id is not null then decision.audience
        when held.said is null then 'city'
    end as audience,
    decision.text_id is not null as is_decided,
    note.note,
from note
left join held
    on note.receipt_no = held.receipt_no
    and note.note = held.said
left join staging.text_decision as decision using (text_id)
