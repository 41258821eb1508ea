-- One row per reason with which operators acknowledge findings: who may read it.
-- Without a decision it is for the city. audience is null where it was struck
-- out.
select
    reason.reason,
    reason.text_id,
    if(decision.text_id is null, 'city', decision.audience) as audience,
    decision.text_id is not null as is_decided,
from (
    select
        reason,
        md5(json_array('reason', reason)::varchar) as text_id,
    from (
        select reason
        from ledger.main.acknowledgement
        where recorded_at <= getvariable('as_of')
        union
        -- that of the report which is drawn up
        select getvariable('confirmed') as reason
    )
    where reason is not null
) as reason
left join staging.text_decision as decision using (text_id)
