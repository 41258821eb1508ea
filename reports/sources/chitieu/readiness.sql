-- One row per plan and period in force: whether its report can go out, in
-- words, and what of it is there.
-- Key: plan_id, period
-- Never null: plan_id, period, period_name, last_day, is_past_due, units,
-- units_received, missing, not_due, errors, verdict, may_be_final, news,
-- verdict_text, row_no
with

reason as (

    select
        *,
        list_filter(
            [
                if(errors > 0, errors || ' tệp bị trả lại mà chưa nhận được tệp đúng', null),
                if(
                    doubts > 0,
                    doubts || ' điểm cần kiểm tra chưa được xem xét',
                    null
                )
            ],
            lambda text: text is not null
        ) as open_reasons,
        list_filter(
            [
                if(missing > 0, missing || ' đơn vị đã quá hạn mà chưa gửi báo cáo', null),
                if(not_due > 0, not_due || ' đơn vị chưa gửi, chưa đến hạn', null)
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
                case
                    when figures_changed_since > 0
                        then 'số liệu đã thay đổi so với bản phát hành'
                    when figures_changed_since = 0
                        then 'số liệu không thay đổi so với bản phát hành'
                    when submissions_since = 0 then 'không có báo cáo mới nhận'
                end
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
    array_to_string(reason.news, ', ') as news,
    case reason.verdict
        when 'ready' then
            if(reason.may_be_final, 'Đủ điều kiện phát hành', 'Phát hành được')
            || if(
                reason.version is null,
                '',
                ' phiên bản ' || (reason.version + 1)
            )
            || if(
                reason.may_be_final,
                ', được phát hành là số liệu chính thức: đã đủ báo cáo của '
                || reason.units || ' đơn vị',
                if(reason.version is null, ' ', ', ')
                || 'là số liệu sơ bộ; chưa phát hành được là số liệu chính thức vì còn '
                || array_to_string(waiting_reasons, ', ')
            )
        when 'open_findings' then
            'Chưa đủ điều kiện phát hành: còn ' || array_to_string(open_reasons, ', ')
        when 'not_reported' then
            'Chưa đủ điều kiện phát hành: chưa đơn vị nào gửi báo cáo'
        when 'not_begun' then
            'Chưa đủ điều kiện phát hành: kỳ bắt đầu từ ngày '
            || marts.day_text(period.data_from)
        when 'earlier_changed' then
            'Chưa đủ điều kiện phát hành: số liệu ' || earlier.names
            || ' đã khác bản phát hành, phải phát hành lại trước'
        when 'unchanged' then
            'Đã phát hành phiên bản ' || reason.version
            || '; từ đó đến nay số liệu không thay đổi'
        when 'in_review' then
            'Chưa phát hành; đang '
            || if(
                reason.is_past_due or reason.units_received = reason.units,
                'rà soát trước khi phát hành',
                'thu báo cáo'
            )
        when 'published' then 'Đã phát hành phiên bản ' || reason.version
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
        reason.plan_id,
        reason.period,
        string_agg(
            marts.within_sentence(earlier.period_name), ', ' order by earlier.period_no
        ) as names
    from reason
    inner join marts.period as earlier
        on reason.plan_id = earlier.plan_id
        and list_contains(
            string_split(reason.earlier_changed, ', '), earlier.period
        )
    group by reason.plan_id, reason.period
) as earlier
    on reason.plan_id = earlier.plan_id
    and reason.period = earlier.period
left join (
    select
        plan_id,
        period,
        version,
        max(if(format = 'docx', name, null)) as word_file,
        max(if(format = 'xlsx', name, null)) as excel_file,
        max(if(ends_with(name, '_dai.csv'), name, null)) as csv_file
    from marts.report_file
    where reader <> 'superior'
    group by plan_id, period, version
) as file
    on reason.plan_id = file.plan_id
    and reason.period = file.period
    and reason.version = file.version
