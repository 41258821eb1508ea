-- One row per audience, report (plan and period) and figure, status, number of
-- the coverage, text of an indicator or measure, or unit's report that differs
-- from the version published last.
-- The shared audience is told of what it was shown and is shown. What the
-- program of that version did not know yet is no change. marts.report_since
-- asks of the same fields.
with

earlier_line as (

    select
        plan_id as report_plan,
        period as report_period,
        *,
    from core.published_line
    where is_latest

),

line as (

    select
        coalesce(now.report_plan, earlier.report_plan) as report_plan,
        coalesce(now.report_period, earlier.report_period) as report_period,
        coalesce(now.audience, earlier.audience) as audience,
        coalesce(now.section, earlier.section) as section,
        coalesce(now.code, earlier.code) as code,
        coalesce(now.item_no, earlier.item_no) as item_no,
        coalesce(now.area_id, earlier.area_id) as area_id,
        coalesce(now.area_name, earlier.area_name) as area_name,
        coalesce(now.area_no, earlier.area_no) as area_no,
        coalesce(now.is_withheld, false) or coalesce(earlier.is_withheld, false)
            as is_withheld,
        earlier.fields as fields_then,
        unnest([
            {
                'field_no': 1,
                'field': 'value_shown',
                'old_value': earlier.value_shown::varchar,
                'new_value': now.value_shown::varchar
            },
            {
                'field_no': 2,
                'field': 'numerator',
                'old_value': earlier.numerator::varchar,
                'new_value': now.numerator::varchar
            },
            {
                'field_no': 3,
                'field': 'denominator',
                'old_value': earlier.denominator::varchar,
                'new_value': now.denominator::varchar
            },
            {
                'field_no': 4,
                'field': 'value_in_period',
                'old_value': earlier.value_in_period::varchar,
                'new_value': now.value_in_period::varchar
            },
            {
                'field_no': 5,
                'field': 'numerator_in_period',
                'old_value': earlier.numerator_in_period::varchar,
                'new_value': now.numerator_in_period::varchar
            },
            {
                'field_no': 6,
                'field': 'denominator_in_period',
                'old_value': earlier.denominator_in_period::varchar,
                'new_value': now.denominator_in_period::varchar
            },
            {
                'field_no': 7,
                'field': 'is_nil',
                'old_value': earlier.is_nil::varchar,
                'new_value': now.is_nil::varchar
            },
            {
                'field_no': 8,
                'field': 'target_value',
                'old_value': earlier.target_value::varchar,
                'new_value': now.target_value::varchar
            },
            {
                'field_no': 9,
                'field': 'target_to',
                'old_value': earlier.target_to::varchar,
                'new_value': now.target_to::varchar
            },
            {
                'field_no': 10,
                'field': 'pace_shown',
                'old_value': earlier.pace_shown::varchar,
                'new_value': now.pace_shown::varchar
            },
            {
                'field_no': 11,
                'field': 'is_due',
                'old_value': earlier.is_due::varchar,
                'new_value': now.is_due::varchar
            },
            {
                'field_no': 12,
                'field': 'status',
                'old_value': earlier.status,
                'new_value': now.status
            },
            {
                'field_no': 13,
                'field': 'is_provisional',
                'old_value': earlier.is_provisional::varchar,
                'new_value': now.is_provisional::varchar
            },
            {
                'field_no': 14,
                'field': 'areas_expected',
                'old_value': earlier.areas_expected::varchar,
                'new_value': now.areas_expected::varchar
            },
            {
                'field_no': 15,
                'field': 'areas_reported',
                'old_value': earlier.areas_reported::varchar,
                'new_value': now.areas_reported::varchar
            },
            {
                'field_no': 16,
                'field': 'areas_carried',
                'old_value': earlier.areas_carried::varchar,
                'new_value': now.areas_carried::varchar
            },
            {
                'field_no': 17,
                'field': 'areas_left_out',
                'old_value': earlier.areas_left_out::varchar,
                'new_value': now.areas_left_out::varchar
            },
            {
                'field_no': 18,
                'field': 'periods_missing_before',
                'old_value': earlier.periods_missing_before::varchar,
                'new_value': now.periods_missing_before::varchar
            },
            {
                'field_no': 19,
                'field': 'basis',
                'old_value': earlier.basis,
                'new_value': now.basis
            },
            {
                'field_no': 20,
                'field': 'previous_value',
                'old_value': earlier.previous_value::varchar,
                'new_value': now.previous_value::varchar
            },
            {
                'field_no': 21,
                'field': 'previous_status',
                'old_value': earlier.previous_status,
                'new_value': now.previous_status
            },
            {
                'field_no': 22,
                'field': 'last_year_value',
                'old_value': earlier.last_year_value::varchar,
                'new_value': now.last_year_value::varchar
            }
        ]) as field,
    from report.line as now
    full join earlier_line as earlier
        on now.report_plan = earlier.report_plan
        and now.report_period = earlier.report_period
        and now.audience = earlier.audience
        and now.section = earlier.section
        and now.code = earlier.code
        and now.area_id is not distinct from earlier.area_id

),

unit as (

    select
        now.report_plan,
        now.report_period,
        'unit' as section,
        now.unit_code as code,
        now.unit_no as item_no,
        now.unit_name as name,
        now.area_id,
        0 as area_no,
        false as is_withheld,
        23 as field_no,
        'last_received_at' as field,
        earlier.last_received_at as old_value,
        now.last_received_at as new_value,
    from report.unit as now
    inner join staging.publication_unit as earlier
        on now.report_plan = earlier.plan_id
        and now.report_period = earlier.period
        and now.unit_id = earlier.unit_id
    where earlier.is_latest

),

said as (

    select
        now.report_plan,
        now.report_period,
        now.section,
        now.code,
        now.item_no,
        now.short_name as name,
        0 as area_no,
        false as is_withheld,
        unnest([
            {
                'field_no': 24,
                'field': 'name',
                'old_value': earlier.name,
                'new_value': now.name
            },
            {
                'field_no': 25,
                'field': 'short_name',
                'old_value': earlier.short_name,
                'new_value': now.short_name
            },
            {
                'field_no': 26,
                'field': 'group_name',
                'old_value': earlier.group_name,
                'new_value': now.group_name
            },
            {
                'field_no': 27,
                'field': 'unit_of_measure',
                'old_value': earlier.unit_of_measure,
                'new_value': now.unit_of_measure
            },
            {
                'field_no': 28,
                'field': 'quote',
                'old_value': earlier.quote,
                'new_value': now.quote
            },
            {
                'field_no': 29,
                'field': 'target_text',
                'old_value': earlier.target_text,
                'new_value': now.target_text
            },
            {
                'field_no': 30,
                'field': 'formula',
                'old_value': earlier.formula,
                'new_value': now.formula
            },
            {
                'field_no': 31,
                'field': 'added_rules',
                'old_value':
                    nullif(array_to_string(earlier.added_rules, ' '), ''),
                'new_value': nullif(array_to_string(now.added_rules, ' '), '')
            },
            {
                'field_no': 32,
                'field': 'reported_by',
                'old_value': earlier.reported_by,
                'new_value': now.reported_by
            },
            {
                'field_no': 33,
                'field': 'explanation',
                'old_value': earlier.explanation,
                'new_value': now.explanation
            }
        ]) as field,
    from report.item as now
    inner join marts.report_item as earlier
        on now.report_plan = earlier.plan_id
        and now.report_period = earlier.period
        and now.section = earlier.section
        and now.code = earlier.code
    where earlier.is_latest

),

change as (

    select
        line.report_plan,
        line.report_period,
        line.audience,
        line.section,
        line.code,
        line.item_no,
        coalesce(item.short_name, line.code) as name,
        line.area_id,
        line.area_name,
        line.area_no,
        line.is_withheld,
        line.field.field_no,
        line.field.field,
        line.field.old_value,
        line.field.new_value,
    from (
        from line
        where
            fields_then is null
            or list_contains(fields_then, line.field.field)
    ) as line
    inner join (
        select distinct report_plan, report_period from earlier_line
    ) as published
        on line.report_plan = published.report_plan
        and line.report_period = published.report_period
    left join report.item as item
        on line.report_plan = item.report_plan
        and line.report_period = item.report_period
        and line.section = item.section
        and line.code = item.code
    union all by name
    select
        unit.*,
        audience.audience,
    from unit
    cross join (values ('city'), ('shared')) as audience (audience)
    union all by name
    select
        said.* exclude (field),
        said.field.field_no,
        said.field.field,
        said.field.old_value,
        said.field.new_value,
        audience.audience,
    from said
    cross join (values ('city'), ('shared')) as audience (audience)

)

select
    report_plan,
    report_period,
    audience,
    section,
    code,
    item_no,
    name,
    area_id,
    area_name,
    area_no,
    field,
    old_value,
    new_value,
    is_withheld,
from change
where old_value is distinct from new_value
order by
    report_plan, report_period, audience, section, item_no, area_no, field_no
