-- One row per unit of the office over all plans, with what is wanted of it.
-- Over all plans.
-- Key: office_code
-- Never null: office_code, unit_no, unit_name, unit_short_name, plans,
-- reports, overdue, returned, to_explain, due_soon
with

wanted as (

    select
        office_code,
        count(*)::integer as reports,
        count(*) filter (where wanted = 'overdue')::integer as overdue,
        count(*) filter (where wanted = 'returned')::integer as returned,
        count(*) filter (where wanted = 'to_explain')::integer as to_explain,
        count(*) filter (where wanted = 'due_soon')::integer as due_soon
    from marts.office_unit_report
    group by office_code

)

select
    unit.office_code,
    row_number() over (
        order by unit.area_id is not null, unit.office_code
    )::integer as unit_no,
    unit.unit_name,
    unit.unit_short_name,
    unit.area_id,
    unit.contact,
    unit.phone,
    unit.email,
    unit.plans,
    coalesce(wanted.reports, 0) as reports,
    coalesce(wanted.overdue, 0) as overdue,
    coalesce(wanted.returned, 0) as returned,
    coalesce(wanted.to_explain, 0) as to_explain,
    coalesce(wanted.due_soon, 0) as due_soon
from marts.office_unit as unit
left join wanted using (office_code)
