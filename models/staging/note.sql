-- One row per reading with a note: who may read it. audience is null where
-- nobody may: it was struck out, or may be about a person and nobody has
-- looked at it yet. Without a decision a note is for the city. text_id stays
-- where the unit sends the same note about the same figure again.
with

note as (

    select
        reading.submission_no,
        reading.measure,
        reading.area_id,
        submission.receipt_no,
        reading.note,
        md5(
            json_array(
                'note', submission.plan_id, submission.unit_id,
                submission.period, reading.measure, reading.note
            )::varchar
        ) as text_id,
    from ledger.main.reading as reading
    inner join staging.submission as submission
        on reading.submission_no = submission.submission_no
    where trim(reading.note) <> ''

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
    note.text_id,
    held.said is not null as is_held,
    case
        when decision.decision = 'struck' then null
        when decision.decision is not null then decision.decision
        when held.said is not null then null
        else 'city'
    end as audience,
    decision.decision is not null as is_decided,
    note.note,
from note
left join held
    on note.receipt_no = held.receipt_no
    and note.note = held.said
left join staging.text_decision as decision
    on note.text_id = decision.text_id
