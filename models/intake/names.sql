-- Names that a text file uses in place of codes, and what bears them.
-- Each model is headed `-- name: what a row is`.

-- csv_plan: plan that a text file names by its code.
select plan_id as plan
from raw.listed_plan
semi join intake.csv_claim as claim on listed_plan.plan_id = claim.plan;

-- unresolved_area: area of a text file that is no code: a code is digits, or what the catalogue
-- knows.
select csv_area.area
from intake.csv_area as csv_area
anti join raw.area as area on csv_area.area = area.code
where csv_area.area <> '' and not regexp_full_match(csv_area.area, '[0-9]+');

-- unresolved_measure: measure of a text file that no plan has.
select csv_measure.measure
from intake.csv_measure as csv_measure
anti join raw.listed_measure as measure on csv_measure.measure = measure.measure;

-- unresolved: everything in a text file's columns of codes that is no code: one look whether
-- there is anything.
select 1 as one
from intake.csv_claim as claim
anti join (
    select plan.plan_id as plan, period.period, in_period.unit_code as unit
    from intake.unit_in_period as in_period
    join raw.period as period using (plan_key, period_key)
    join raw.plan as plan using (plan_key)
) as known using (plan, period, unit)
union all
select 1 from intake.unresolved_area
union all
select 1 from intake.unresolved_measure;

-- text_for_plan: text that stands for a plan and is no code of one.
select distinct '' as plan, '' as period, claim.plan as "text"
from intake.csv_claim as claim
anti join raw.listed_plan as plan on claim.plan = plan.plan_id
where claim.plan <> '';

-- name_of_plan: plan, by its number.
select '' as plan, '' as period, plan_id as code, number as name
from raw.listed_plan;

-- text_for_period: plan and text that stands for a period of it and is no code of one.
select distinct claim.plan, '' as period, claim.period as "text"
from intake.csv_claim as claim
join raw.plan as plan on claim.plan = plan.plan_id
where (plan.plan_key, claim.period) not in (select (plan_key, period) from raw.period);

-- name_of_period: period of a plan, by its name, and with its year behind it.
select
    plan.plan_id as plan, period.period as code,
    unnest([period.period_name, concat_ws(' ', period.period_name, period.year)]) as name
from raw.period as period
join raw.plan as plan using (plan_key);

-- text_for_unit: plan, period and text that stands for a unit and is no code of one.
select distinct claim.plan, claim.period, claim.unit as "text"
from intake.csv_claim as claim
join raw.plan as plan on claim.plan = plan.plan_id
join raw.period as period using (plan_key)
where
    claim.period = period.period
    and claim.unit <> ''
    and (plan.plan_key, claim.unit) not in (select (plan_key, unit_code) from intake.unit);

-- name_of_unit: plan, period and name of a unit: its code, its name in full and in short, name
-- and code of its area.
select
    plan.plan_id as plan, period.period, in_period.unit_code as code,
    unnest([in_period.unit_code, unit.unit_name, unit.unit_short_name, area.name, area.code])
        as name
from intake.unit_in_period as in_period
join intake.unit as unit using (plan_key, unit_key)
join raw.period as period using (plan_key, period_key)
join raw.plan as plan using (plan_key)
left join raw.area as area on unit.area_id = area.area_id;

-- text_for_measure: plan and text that stands for a measure and is no code of one.
select distinct reading.plan, '' as period, reading.measure as "text"
from intake.csv_reading as reading
semi join intake.unresolved_measure as unresolved using (measure)
where reading.measure <> '';

-- name_of_measure: measure of a plan, by its name and by its code in other letters.
select
    plan.plan_id as plan, '' as period, measure.measure as code,
    unnest([measure.measure, measure.measure_name]) as name
from intake.measure as measure
join raw.plan as plan using (plan_key);

-- text_for_area: plan, period and text that stands for an area and is no code of one.
select distinct reading.plan, reading.period, reading.area as "text"
from intake.csv_reading as reading
semi join intake.unresolved_area as unresolved using (area);

-- name_of_area: plan, period and area that is valid on its last day.
select plan.plan_id as plan, period.period, area.code, area.name, area.area_id
from intake.area_in_period as in_period
join intake.area as area using (plan_key, area_id)
join raw.period as period using (plan_key, period_key)
join raw.plan as plan using (plan_key);

-- known_area: area that there is or was.
select area_id, code, name
from raw.area;

-- renamed_area: area that went on under another name: its only part is one other area, which went
-- into nothing else.
select area_id, successor_id
from raw.area_successor
qualify
    is_exact
    and count(*) over (partition by area_id) = 1
    and count(*) over (partition by successor_id) = 1;
