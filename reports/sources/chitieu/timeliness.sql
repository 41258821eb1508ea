-- One row per reporting unit and period. returned_at: of the last file, where it
-- was refused and nothing right has come since. is_returned: nor did anything
-- right come before, so that the unit has sent, though nothing counts.
-- Key: plan_id, period, unit_id
-- Never null: plan_id, unit_id, period, unit_name, unit_short_name, unit_no,
-- timeliness, last_day, is_extended, submissions, is_returned
select
    owed.plan_id,
    owed.unit_id,
    owed.period,
    owed.unit_name,
    owed.unit_short_name,
    owed.unit_no,
    owed.area_id,
    owed.timeliness,
    owed.days_late,
    marts.day_text(owed.due_before - 1) as last_day,
    owed.is_extended,
    marts.day_text(owed.first_received_at::timestamp) as received_on,
    marts.moment_text(owed.first_received_at) as received_at,
    owed.submissions,
    owed.is_nil_return,
    owed.submissions = 0
    and report.state is not distinct from 'returned' as is_returned,
    if(
        report.state = 'returned',
        marts.day_text(report.returned_at::timestamp),
        null
    ) as returned_on,
    if(
        report.state = 'returned',
        marts.moment_text(report.returned_at),
        null
    ) as returned_at
from marts.submission_timeliness as owed
left join marts.office_unit_report as report using (plan_id, period, unit_id)
