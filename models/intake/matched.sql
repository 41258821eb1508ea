-- One row per reading of the file, with the claim that it belongs to and what its codes mean.
select
    raw.row_no, raw.area, raw.note, raw.sheet, raw.cell, raw.line,
    raw."value" as typed,
    raw.is_exact,
    claim.claim_no,
    claim.unit_key,
    claim.plan_key,
    claim.unit_area_id,
    claim.is_nil_return,
    measure.measure_key,
    measure.kind,
    measure.decimals,
    measure.by_area,
    measure.over_time,
    measure.unit_of_measure,
    reporter.entry_no is not null as is_reported,
    in_period.area_id as named_area_id
from intake.raw_reading as raw
join intake.claim as claim
    on raw.plan = claim.plan and raw.unit = claim.unit and raw.period = claim.period
left join intake.measure as measure
    on claim.plan_key = measure.plan_key and raw.measure = measure.measure
left join raw.measure_entry as reporter
    on measure.measure_key = reporter.measure_key and claim.entry_no = reporter.entry_no
left join intake.area_in_period as in_period
    on claim.period_key = in_period.period_key and raw.area = in_period.code
