-- Grain: plan × period in force: whether its report can go out, and what of it
-- is there.
-- Key: plan_id, period
-- Never null: plan_id, period, period_name, last_day, is_past_due, units,
-- units_received, missing, not_due, errors, verdict, may_be_final,
-- data_from, row_no
select
    reason.plan_id,
    reason.period,
    period.period_name,
    marts.day_text(reason.due_before - 1) as last_day,
    reason.is_past_due,
    -- days that are left, the last one counted
    if(
        reason.is_past_due,
        null,
        reason.days_left
    ) as days_left,
    reason.units,
    reason.units_received,
    reason.missing,
    reason.not_due,
    reason.errors,
    reason.doubts,
    reason.verdict,
    reason.may_be_final,
    reason.version,
    'v' || reason.version as slug,
    reason.is_final,
    marts.moment_text(reason.published_as_of)
        as published_as_of,
    reason.submissions_since,
    reason.figures_changed_since,
    -- one a line
    reason.indicators_changed,
    reason.received_since,
    marts.day_text(period.data_from) as data_from,
    -- periods whose figures are no longer those published, one a line
    nullif(
        concat_ws(
            chr(10),
            if(
                list_contains(
                    string_split(reason.earlier_changed, ', '),
                    before.last_year_period
                ),
                before.last_year_period_name,
                null
            ),
            if(
                list_contains(
                    string_split(reason.earlier_changed, ', '),
                    before.previous_period
                ),
                before.previous_period_name,
                null
            )
        ),
        ''
    ) as earlier_changed,
    file.word_file,
    file.excel_file,
    file.csv_file,
    -- what has to be done first, then what is due first
    row_number() over (
        partition by reason.plan_id
        order by
            reason.verdict = 'unchanged',
            reason.due_before,
            period.period_no
    )::integer as row_no
from marts.report_readiness as reason
inner join marts.period as period using (plan_id, period)
left join marts.period_before as before using (plan_id, period)
left join chitieu.report as file using (plan_id, period, version)
where reason.is_applicable
