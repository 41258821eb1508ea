-- One row per audience, report (plan and period), head and paragraph: what can
-- be written under the heads of the report from its figures alone, of the
-- statuses that the audience is shown.
with

head as (

    select
        head.*,
        period.is_base,
        lower(left(head.period_name, 1)) || substr(head.period_name, 2)
            as period_within_sentence,
    from report.head as head
    inner join marts.period as period
        on head.report_plan = period.plan_id
        and head.report_period = period.period

),

indicator as (

    select
        line.report_plan,
        line.report_period,
        line.audience,
        line.item_no,
        line.code || ' (' || item.short_name
        || if(line.is_provisional, ', tạm tính', '') || ')' as named,
        attained_by(status.status) is not null
        and line.is_provisional as is_provisional,
        status.status_no,
        status.status,
        status.word,
        status.draft,
        status.task,
    from report.line as line
    inner join report.item as item using (report_plan, report_period, section, code)
    inner join status_list() as status
        on coalesce(line.status, 'not_reported') = status.status
    where line.section = 'indicator' and line.area_id is null

),

counted as (

    select
        report_plan,
        report_period,
        audience,
        status_no,
        status,
        word,
        draft,
        task,
        count(*)::integer as indicators,
        (count(*) filter (where is_provisional))::integer as provisional,
        string_agg(named, '; ' order by item_no) as named,
    from indicator
    group by all

),

whole as (

    select
        report_plan,
        report_period,
        audience,
        count(*)::integer as indicators,
    from indicator
    group by all

),

drafted as (

    select
        head.*,
        audience.audience,
        whole.indicators,
    from head
    cross join (values ('city'), ('shared')) as audience (audience)
    left join whole using (report_plan, report_period, audience)

),

summary as (

    select
        drafted.report_plan,
        drafted.report_period,
        drafted.audience,
        coalesce(
            if(
                drafted.is_base
                and (
                    drafted.previous_period is not null
                    or drafted.period_kind in ('month', 'quarter')
                ),
                'Lũy kế từ đầu năm đến hết ',
                'Tính chung '
            )
            || drafted.period_within_sentence
            || ', trong ' || two_digits(drafted.indicators)
            || ' chỉ tiêu của Kế hoạch có ' || counts.words || '; ',
            ''
        )
        || case
            when drafted.units_expected > 0
                then
                    drafted.units_reported || '/' || drafted.units_expected
                    || ' đơn vị đã gửi báo cáo.'
            when drafted.indicators is null
                then 'Kỳ này không đơn vị nào phải gửi báo cáo.'
            else 'kỳ này không đơn vị nào phải gửi báo cáo.'
        end as text,
    from drafted
    left join (
        select
            report_plan,
            report_period,
            audience,
            enumerated(
                list(
                    two_digits(indicators) || ' chỉ tiêu ' || word
                    || if(provisional > 0, ' (' || two_digits(provisional) || ' tạm tính)', '')
                    order by status_no
                )
            ) as words,
        from counted
        group by report_plan, report_period, audience
    ) as counts using (report_plan, report_period, audience)

),

paragraph as (

    select
        report_plan,
        report_period,
        audience,
        'summary' as head,
        1 as place,
        text,
    from summary
    union all by name
    select
        report_plan,
        report_period,
        audience,
        draft as head,
        status_no as place,
        'Chỉ tiêu ' || word || ': ' || named || '.' as text,
    from counted
    where draft is not null
    union all by name
    select
        report_plan,
        report_period,
        audience,
        'tasks' as head,
        1 as place,
        upper(left(tasks, 1)) || substr(tasks, 2) || '.' as text,
    from (
        select
            report_plan,
            report_period,
            audience,
            string_agg(aim, '; ' order by aim_no) as tasks,
        from (
            select
                report_plan,
                report_period,
                audience,
                lower(left(task, 1)) || substr(task, 2) as aim,
                min(status_no) as aim_no,
            from counted
            where task is not null
            group by all
        )
        group by report_plan, report_period, audience
    )
    union all by name
    -- what the office itself has written, by indicator
    select
        explained.report_plan,
        explained.report_period,
        explained.audience,
        if(side = 'cause', 'causes', 'tasks') as head,
        100 + explained.item_no as place,
        explained.code || ' (' || item.short_name || '): ' || explained.text as text,
    from report.shortfall
    unpivot (text for side in (cause, remedy)) as explained
    inner join report.item as item using (report_plan, report_period, section, code)
    where explained.unit_id is null
    union all by name
    select
        drafted.report_plan,
        drafted.report_period,
        drafted.audience,
        'tasks' as head,
        20 as place,
        'Đôn đốc gửi báo cáo ' || drafted.period_within_sentence || ': '
        || string_agg(unit.unit_name, '; ' order by unit.unit_no) || '.' as text,
    from report.unit as unit
    inner join drafted using (report_plan, report_period)
    where unit.timeliness = 'missing'
    group by
        drafted.report_plan, drafted.report_period, drafted.audience,
        drafted.period_within_sentence

)

select
    report_plan,
    report_period,
    audience,
    head,
    row_number() over (
        partition by report_plan, report_period, audience, head
        order by place
    )::integer as text_no,
    text,
from paragraph
order by report_plan, report_period, audience, head, text_no
