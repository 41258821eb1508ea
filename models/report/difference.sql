-- Grain: audience × report (plan × period) × difference from the latest
-- published version, in a figure, status, coverage, text of an item, cause or
-- remedy, or report of a unit. Each audience sees differences between what it was and is shown.
-- The status of a place that has something or not, without verdict, is whether.
-- Fields that the program of that version did not have are no difference.
-- marts.report_since compares the same fields.
with

published as (

    select
        plan_id as report_plan,
        period as report_period,
    from staging.publication
    where is_latest and is_drafted(plan_id, period)

),

-- as they would be published now, and as they were last
compared as (

    select
        both_times.*,
        area_id is not null
        and coalesce(
            item.value_kind in ('share_of_areas', 'share_of_units'), false
        ) as is_share,
        is_share and status = 'no_target' and value_shown is not null
            as is_answer,
        is_share
        and previous_status = 'no_target'
        and previous_value is not null as was_answer,
    from (
        select *, true as is_now from report.line
        union all by name
        select *, plan_id as report_plan, period as report_period, false as is_now
        from core.published_line
        where is_latest
    ) as both_times
    left join report.item as item
        using (report_plan, report_period, section, code)
    semi join published using (report_plan, report_period)

),

line as (

    select
        report_plan,
        report_period,
        audience,
        section,
        code,
        item_no,
        area_id,
        area_name,
        area_no,
        is_withheld,
        is_now,
        fields,
        columns(lambda name: list_position(compared_fields(), name) <= 22)::varchar,
    from (
        select
            * replace (
                if(is_answer, null, value_shown) as value_shown,
                if(is_answer, (value_shown > 0)::varchar, status) as status,
                if(was_answer, null, previous_value) as previous_value,
                if(was_answer, (previous_value > 0)::varchar, previous_status)
                    as previous_status
            ),
        from compared
    )

),

item as (

    select
        report_plan,
        report_period,
        section,
        code,
        item_no,
        short_name as name_now,
        is_now,
        name,
        short_name,
        group_name,
        unit_of_measure,
        quote,
        target_text,
        formula,
        nullif(array_to_string(added_rules, ' '), '') as added_rules,
        reported_by,
        explanation,
    from (
        select *, true as is_now from report.item
        union all by name
        select *, plan_id as report_plan, period as report_period, false as is_now
        from marts.report_item
        where is_latest
    )

),

-- causes and remedies; a unit's are known by its name
explained as (

    select
        report_plan,
        report_period,
        audience,
        section,
        code,
        field,
        unit_no,
        any_value(item_no) as item_no,
        any_value(area_id) as area_id,
        any_value(unit_name) as area_name,
        any_value(text) filter (where not is_now) as old_value,
        any_value(text) filter (where is_now) as new_value,
    from (
        select *, true as is_now from report.shortfall
        union all by name
        select
            *,
            plan_id as report_plan,
            period as report_period,
            'indicator' as section,
            false as is_now,
        from marts.report_shortfall
        where is_latest
    ) as both_times
    unpivot (text for field in (cause, remedy))
    group by all

),

change as (

    select
        changed.*,
        coalesce(item.short_name, changed.code) as name,
    from (
        select
            report_plan,
            report_period,
            audience,
            section,
            code,
            area_id,
            field,
            arg_max(item_no, is_now) as item_no,
            arg_max(area_name, is_now) as area_name,
            arg_max(area_no, is_now) as area_no,
            bool_or(is_withheld) as is_withheld,
            any_value(fields) as fields_then,
            any_value(value) filter (where not is_now) as old_value,
            any_value(value) filter (where is_now) as new_value,
        from line
        unpivot include nulls (
            value for field in (
                columns(* exclude (
                    report_plan, report_period, audience, section, code,
                    item_no, area_id, area_name, area_no, is_withheld, is_now,
                    fields
                ))
            )
        )
        group by all
    ) as changed
    left join report.item as item
        using (report_plan, report_period, section, code)
    where fields_then is null or list_contains(fields_then, field)
    union all by name
    select
        report_plan,
        report_period,
        audience.audience,
        section,
        code,
        field,
        arg_max(item_no, is_now) as item_no,
        arg_max(name_now, is_now) as name,
        0 as area_no,
        false as is_withheld,
        any_value(value) filter (where not is_now) as old_value,
        any_value(value) filter (where is_now) as new_value,
    from item
    unpivot include nulls (
        value for field in (
            columns(* exclude (
                report_plan, report_period, section, code, item_no, name_now,
                is_now
            ))
        )
    )
    cross join (values ('city'), ('shared')) as audience (audience)
    group by all
    having bool_or(is_now) and bool_or(not is_now)
    union all by name
    select
        explained.* exclude (unit_no),
        unit_no as area_no,
        false as is_withheld,
        coalesce(item.short_name, explained.code) as name,
    from explained
    left join report.item as item
        using (report_plan, report_period, section, code)
    union all by name
    select
        now.report_plan,
        now.report_period,
        audience.audience,
        'unit' as section,
        now.unit_code as code,
        'last_received_at' as field,
        now.unit_no as item_no,
        now.unit_name as name,
        now.area_id,
        0 as area_no,
        false as is_withheld,
        earlier.last_received_at as old_value,
        now.last_received_at as new_value,
    from report.unit as now
    inner join marts.report_unit as earlier
        on now.report_plan = earlier.plan_id
        and now.report_period = earlier.period
        and now.unit_id = earlier.unit_id
    cross join (values ('city'), ('shared')) as audience (audience)
    where earlier.is_latest

)

select
    *,
    row_number() over (
        partition by report_plan, report_period, audience
        order by
            section, item_no, area_no,
            list_position(compared_fields(), field),
            area_name
    )::integer as difference_no,
from change
semi join published using (report_plan, report_period)
where old_value is distinct from new_value
