-- One row per judged reading of a known plan, with what a message about it says; the names of its
-- measure are null where the plan does not have it.
select
    judged.row_no, judged.sheet, judged.cell, judged.line, judged.claim_no,

    -- as it was typed
    raw.measure, raw.area, raw."value", raw.is_exact,

    -- what it resolves to
    judged.measure_key, judged.area_id, judged.state, judged."value" as figure,
    judged.measure_fault, judged.area_fault, judged.value_fault,
    measure.measure_name, measure.unit_of_measure, measure.decimals, measure.over_time,

    -- whose it is
    claim.plan, claim.period, claim.plan_key, claim.period_name, claim.data_to, claim.unit_key,
    claim.unit_name, claim.unit_area_id, claim.is_nil_return,
    plan.number as plan_number, plan.area_code
from intake.judged as judged
join intake.raw_reading as raw using (row_no)
join intake.claim as claim using (claim_no)
join raw.plan as plan using (plan_key)
left join intake.measure as measure using (measure_key)
