-- One row per text on which somebody had decided by the asked moment: who may
-- read it by the latest decision, null where it was struck out.
select
    text_id,
    nullif(arg_max(decision, decision_no), 'struck') as audience,
from ledger.main.text_decision
where recorded_at <= getvariable('as_of')
group by text_id
