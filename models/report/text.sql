-- One row per audience, report (plan and period), head and paragraph: what can
-- be said under the heads of the report from its figures alone. Each audience
-- is told of the statuses that it is shown.
with

head as (

    select
        *,
        lower(left(period_name, 1)) || substr(period_name, 2) as period_said,
    from report.head

),

indicator as (

    select
        line.report_plan,
        line.report_period,
        line.audience,
        line.item_no,
        line.code || ' (' || item.short_name || ')' as named,
        line.is_provisional,
        status.status_no,
        status.status,
        status.said,
        status.draft,
        status.task,
    from report.line as line
    inner join report.item as item
        on line.report_plan = item.report_plan
        and line.report_period = item.report_period
        and line.section = item.section
        and line.code = item.code
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
        said,
        draft,
        task,
        count(*)::integer as indicators,
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
        (count(*) filter (where status <> 'withheld'))::integer as told,
    from indicator
    group by all

),

unit as (

    select
        report_plan,
        report_period,
        timeliness,
        count(*)::integer as units,
        string_agg(unit_name, '; ' order by unit_no) as named,
    from report.unit
    where timeliness in ('missing', 'late')
    group by all

),

told_of as (

    select
        head.*,
        audience.audience,
        whole.indicators,
        whole.told,
        'Trong ' || two_digits(whole.told) || ' chỉ tiêu'
        || if(whole.told < whole.indicators, ' được công bố', '')
        || ', có ' as among,
    from head
    cross join (values ('city'), ('shared')) as audience (audience)
    left join whole
        on head.report_plan = whole.report_plan
        and head.report_period = whole.report_period
        and audience.audience = whole.audience

),

summary as (

    select
        told_of.report_plan,
        told_of.report_period,
        told_of.audience,
        coalesce(
            if(
                told_of.period_kind = 'year',
                'Tính chung ' || told_of.period_said,
                'Lũy kế từ đầu năm đến hết ' || told_of.period_said
            )
            || ', trong ' || two_digits(told_of.indicators)
            || ' chỉ tiêu của Kế hoạch có ' || counts.said || '; ',
            ''
        )
        || told_of.units_reported || '/' || told_of.units_expected
        || ' đơn vị đã gửi báo cáo.' as text,
    from told_of
    left join (
        select
            report_plan,
            report_period,
            audience,
            enumerated(
                list(
                    two_digits(indicators) || ' chỉ tiêu ' || said
                    order by status_no
                )
            ) as said,
        from counted
        group by report_plan, report_period, audience
    ) as counts
        on told_of.report_plan = counts.report_plan
        and told_of.report_period = counts.report_period
        and told_of.audience = counts.audience

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
        told_of.report_plan,
        told_of.report_period,
        told_of.audience,
        counted.draft as head,
        counted.status_no as place,
        told_of.among || two_digits(counted.indicators) || ' chỉ tiêu '
        || counted.said || ': ' || counted.named || '.' as text,
    from counted
    inner join told_of
        on counted.report_plan = told_of.report_plan
        and counted.report_period = told_of.report_period
        and counted.audience = told_of.audience
    where counted.draft is not null
    union all by name
    select
        told_of.report_plan,
        told_of.report_period,
        told_of.audience,
        'shortcomings' as head,
        if(unit.timeliness = 'missing', 20, 21) as place,
        'Còn ' || two_digits(unit.units) || ' đơn vị '
        || if(unit.timeliness = 'missing', 'chưa gửi báo cáo', 'gửi báo cáo trễ hạn')
        || ': ' || unit.named || '.' as text,
    from unit
    inner join told_of
        on unit.report_plan = told_of.report_plan
        and unit.report_period = told_of.report_period
    union all by name
    select
        report_plan,
        report_period,
        audience,
        'causes' as head,
        1 as place,
        'Đánh giá ' || two_digits(count(*))
        || ' chỉ tiêu là tạm tính vì còn thiếu báo cáo, hoặc còn số liệu cần kiểm tra: '
        || string_agg(named, '; ' order by item_no) || '.' as text,
    from indicator
    where is_provisional and status <> 'withheld'
    group by report_plan, report_period, audience
    union all by name
    select
        report_plan,
        report_period,
        audience,
        'tasks' as head,
        status_no as place,
        task || ': ' || named || '.' as text,
    from counted
    where task is not null
    union all by name
    select
        told_of.report_plan,
        told_of.report_period,
        told_of.audience,
        'tasks' as head,
        20 as place,
        'Đôn đốc các đơn vị chưa gửi báo cáo: ' || unit.named || '.' as text,
    from unit
    inner join told_of
        on unit.report_plan = told_of.report_plan
        and unit.report_period = told_of.report_period
    where unit.timeliness = 'missing'

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
