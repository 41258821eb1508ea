-- One row per text on which somebody had decided by the asked moment: who may
-- read it by the latest decision.
select
    text_id,
    arg_max(decision, decision_no) as decision,
    arg_max(decided_by, decision_no) as decided_by,
from ledger.main.text_decision
where recorded_at <= getvariable('as_of')
group by text_id
