-- One row per plan and period in force: whether its report can go out, in
-- words, and what of it is there.
-- Key: plan_id, period
-- Never null: plan_id, period, period_name, last_day, is_past_due, units,
-- units_received, missing, not_due, errors, doubts, verdict, may_be_final,
-- news, verdict_text, row_no
with

reason as (

    select
        *,
        list_filter(
            [
                if(errors > 0, errors || ' tệp bị trả lại mà chưa gửi lại', null),
                if(
                    doubts > 0,
                    doubts || ' điểm cần kiểm tra lại chưa được xem xét',
                    null
                )
            ],
            lambda text: text is not null
        ) as open_reasons,
        list_filter(
            [
                if(missing > 0, missing || ' đơn vị quá hạn chưa gửi', null),
                if(not_due > 0, not_due || ' đơn vị còn trong hạn gửi', null)
            ],
            lambda text: text is not null
        ) as waiting_reasons,
        list_filter(
            [
                if(
                    submissions_since > 0,
                    submissions_since || ' báo cáo mới nhận',
                    null
                ),
                if(
                    figures_changed_since > 0,
                    'có con số khác với khi phát hành',
                    'không con số nào khác với khi phát hành'
                )
            ],
            lambda text: text is not null
        ) as news
    from marts.report_readiness
    where is_applicable

)

select
    reason.plan_id,
    reason.period,
    period.period_name,
    strftime(reason.due_before - 1, '%d/%m/%Y') as last_day,
    reason.is_past_due,
    -- days that are left, the last one counted
    if(
        reason.is_past_due,
        null,
        reason.due_before
        - (reason.as_of at time zone 'Asia/Ho_Chi_Minh')::date
    )::integer as days_left,
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
    strftime(reason.published_as_of::timestamp, '%H:%M ngày %d/%m/%Y')
        as published_as_of,
    reason.submissions_since,
    array_to_string(reason.news, ', ') as news,
    case reason.verdict
        when 'ready' then
            'Có thể phát hành'
            || if(
                reason.version is null,
                '',
                ' phiên bản ' || (reason.version + 1)
            )
            || if(
                reason.may_be_final,
                ', kể cả là số liệu chính thức: đủ báo cáo của '
                || reason.units || ' đơn vị',
                ' là số liệu sơ bộ; chưa đủ để là số liệu chính thức: còn '
                || array_to_string(waiting_reasons, ', ')
            )
        when 'open_findings' then
            'Chưa thể phát hành: còn ' || array_to_string(open_reasons, ', ')
        when 'not_reported' then
            'Chưa thể phát hành: chưa đơn vị nào gửi báo cáo'
        when 'not_begun' then
            'Chưa thể phát hành: kỳ bắt đầu từ ngày '
            || strftime(period.data_from, '%d/%m/%Y')
        when 'unchanged' then
            'Đã phát hành phiên bản ' || reason.version
            || '; từ đó đến nay không con số nào thay đổi'
    end || '.' as verdict_text,
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
from reason
inner join marts.period as period
    on reason.plan_id = period.plan_id
    and reason.period = period.period
left join (
    select
        plan_id,
        period,
        version,
        max(if(format = 'docx', name, null)) as word_file,
        max(if(format = 'xlsx', name, null)) as excel_file,
        max(if(ends_with(name, '_dai.csv'), name, null)) as csv_file
    from marts.report_file
    group by plan_id, period, version
) as file
    on reason.plan_id = file.plan_id
    and reason.period = file.period
    and reason.version = file.version
