-- One row per report in the forms that are loaded.
select
    row_no, plan, unit, period, is_nil_return, form_version, difficulties, proposals, sheet, cell
from intake.form_submission
