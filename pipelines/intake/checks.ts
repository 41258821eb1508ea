import { quoteLiteral } from "../warehouse/sql.ts";
import { type ListedCode, NUMBER_WORDS, PLACE_WORDS } from "./wording.ts";

/**
 * One kind of problem: a query whose rows are the problems, with `row_no` to sort by, the place
 * (`sheet`, `cell`, `line`) and a column for every word that the wording needs.
 */
export interface Check {
  readonly code: ListedCode;
  readonly sql: string;
  /** The name under which `SUSPICIONS` tells that the check is worth running; always when absent. */
  readonly suspicion?: string;
}

/**
 * One cheap look over all rows: the suspicions that there are. A check whose suspicion is not among
 * them would find nothing and is not run.
 */
export const SUSPICIONS = `
select 'claim' as suspicion from claim
where
    plan_no is null or period_no is null or unit_no is null or times > 1
    or data_from > received_on() or data_to < in_force_from
union
select 'nil_return' from claim where is_nil_return
union
select 'parts' from known_part
union
select unnest([measure_fault::varchar, area_fault::varchar, value_fault::varchar])
from (select distinct measure_fault, area_fault, value_fault from judged)`;

/** Words for places, used by the checks. `received_on()` is made by the caller. */
export const PLACE_MACROS = `
create or replace temp macro place_of(sheet, cell, line) as
case
    when sheet is not null then format(${quoteLiteral(PLACE_WORDS.cell)}, sheet, cell)
    else format(${quoteLiteral(PLACE_WORDS.line)}, coalesce(line::varchar, '?'))
end;

create or replace temp macro area_words(name) as
if(name is null, '', format(${quoteLiteral(PLACE_WORDS.area)}, name));

create or replace temp macro plain(number) as
replace(rtrim(rtrim(number::decimal(38, 4)::varchar, '0'), '.'), '.', ',');

create or replace temp macro number_words(decimals) as
if(
    decimals = 0, ${quoteLiteral(NUMBER_WORDS.whole)},
    format(${quoteLiteral(NUMBER_WORDS.decimals)}, decimals)
);

create or replace temp macro day(date) as strftime(date, '%d/%m/%Y');

create or replace temp macro validity(valid_from, valid_to) as
format(
    ${quoteLiteral(PLACE_WORDS.validity)},
    coalesce(day(valid_from), ${quoteLiteral(PLACE_WORDS.noDate)}),
    coalesce(day(valid_to), ${quoteLiteral(PLACE_WORDS.noDate)})
);
`;

/** The place of a claim: its own cell, or the line of its first reading. */
const CLAIM_PLACE = `
    claim.first_row as row_no,
    coalesce(claim.sheet, first.sheet) as sheet,
    coalesce(claim.cell, first.cell) as cell,
    if(claim.sheet is null, first.line, null) as line`;

// a form's claims stand in their own cells; in a text file a claim is where its first reading is
const FROM_CLAIM = `
from claim
left join raw_reading as first on if(claim.sheet is null, claim.first_row, null) = first.row_no`;

/** What is wrong with who reports on which plan for which period. */
export const CLAIM_CHECKS: readonly Check[] = (
  [
    {
      code: "unknown_plan",
      sql: `
select ${CLAIM_PLACE}, claim.plan, (select string_agg(plan_id, ', ') from known_plan) as known
${FROM_CLAIM}
where claim.plan_no is null`,
    },
    {
      code: "unknown_period",
      sql: `
select ${CLAIM_PLACE}, claim.period, number as plan_number, known_periods as known
${FROM_CLAIM}
join known_plan using (plan_no)
where claim.period_no is null`,
    },
    {
      code: "unknown_unit",
      sql: `
select ${CLAIM_PLACE}, claim.unit, number as plan_number
${FROM_CLAIM}
join known_plan using (plan_no)
where
    claim.unit_no is null
    and (claim.plan_no, claim.unit) not in (select (plan_no, code) from known_unit)`,
    },
    {
      code: "unit_not_in_period",
      sql: `
select
    ${CLAIM_PLACE}, claim.unit, claim.period_name, day(claim.data_to) as data_to,
    unit.name as unit_name, validity(unit.valid_from, unit.valid_to) as validity
${FROM_CLAIM}
join (
    select
        plan_no, code, any_value(name) as name,
        min(valid_from) as valid_from, max(valid_to) as valid_to
    from known_unit
    group by plan_no, code
) as unit on claim.plan_no = unit.plan_no and claim.unit = unit.code
where claim.unit_no is null and claim.period_no is not null`,
    },
    {
      code: "period_not_applicable",
      sql: `
select
    ${CLAIM_PLACE}, claim.period_name, day(claim.data_to) as data_to,
    number as plan_number, day(claim.in_force_from) as in_force_from
${FROM_CLAIM}
join known_plan using (plan_no)
where claim.data_to < claim.in_force_from`,
    },
    {
      code: "period_not_begun",
      sql: `
select
    ${CLAIM_PLACE}, claim.period_name, day(claim.data_from) as data_from,
    day(received_on()) as received_on
${FROM_CLAIM}
where claim.data_from > received_on()`,
    },
    {
      code: "unit_twice",
      sql: `
select
    ${CLAIM_PLACE}, coalesce(claim.unit_name, claim.unit) as unit_name,
    coalesce(claim.period_name, claim.period) as period_name, claim.times::varchar as times,
    places.places
${FROM_CLAIM}
join (
    select plan, unit, period, string_agg(place_of(sheet, cell, null), '; ' order by row_no) as places
    from raw_submission
    where sheet is not null
    group by plan, unit, period
) as places
    on
        claim.plan = places.plan and claim.unit = places.unit and claim.period = places.period
where claim.times > 1`,
    },
  ] as const
).map((check) => ({ ...check, suspicion: "claim" }));

const READING_PLACE = "judged.row_no, judged.sheet, judged.cell, judged.line";
const FROM_READING = `
from judged
join raw_reading as raw using (row_no)
join claim using (claim_no)
join known_plan on claim.plan_no = known_plan.plan_no`;
const WITH_MEASURE = `${FROM_READING}
join known_measure as measure using (measure_no)`;

/** A code of no area, which would be one with zeros before it. */
const HAS_LOST_ZERO = `(
    (claim.plan_no, raw.area) not in (select (plan_no, code) from known_area)
    and (claim.plan_no, ltrim(raw.area, '0')) in (
        select (plan_no, ltrim(code, '0')) from known_area where starts_with(code, '0')
    )
)`;

/** A name of an area that is open, or of one that is not there at the end of the period. */
const HAS_NAME_FAULT = `(
    (claim.plan, claim.period, raw.area) in (select (plan, period, area) from name_fault)
)`;

const FROM_NAME_FAULT = `${WITH_MEASURE}
join name_fault as fault
    on
        claim.plan = fault.plan
        and claim.period = fault.period
        and raw.area = fault.area`;

/** What is wrong with one reading. The suspicion is a fault in `judged`, mostly the code itself. */
export const READING_CHECKS: readonly Check[] = (
  [
    {
      code: "unknown_measure",
      sql: `
select ${READING_PLACE}, raw.measure, number as plan_number
${FROM_READING}
where measure_fault = 'unknown_measure'`,
    },
    {
      code: "measure_not_reported",
      sql: `
select ${READING_PLACE}, raw.measure, measure.name as measure_name, claim.unit_name
${WITH_MEASURE}
where measure_fault = 'measure_not_reported'`,
    },
    {
      code: "area_missing",
      sql: `
select ${READING_PLACE}, measure.name as measure_name
${WITH_MEASURE}
where area_fault = 'area_missing'`,
    },
    {
      code: "area_unknown",
      sql: `
select ${READING_PLACE}, raw.area, number as plan_number
${WITH_MEASURE}
where
    area_fault = 'area_unknown'
    and (claim.plan_no, raw.area) not in (select (plan_no, code) from known_area)
    and not ${HAS_LOST_ZERO}
    and not ${HAS_NAME_FAULT}`,
    },
    ...(["area_unknown", "area_of_another"] as const).flatMap((suspicion) => [
      {
        code: "area_name_unclear" as const,
        suspicion,
        sql: `
select ${READING_PLACE}, raw.area, fault.known
${FROM_NAME_FAULT}
where area_fault = '${suspicion}' and fault.code = 'area_name_unclear'`,
      },
      {
        code: "area_name_not_valid" as const,
        suspicion,
        sql: `
select
    ${READING_PLACE}, raw.area, place.name as area_name,
    validity(place.valid_from, place.valid_to) as validity,
    claim.period_name, day(claim.data_to) as data_to
${FROM_NAME_FAULT}
join known_place as place on fault.area_id = place.area_id
where area_fault = '${suspicion}' and fault.code = 'area_name_not_valid'`,
      },
    ]),
    ...(["area_unknown", "area_of_another"] as const).map((fault) => ({
      code: "area_lost_zero" as const,
      suspicion: fault,
      sql: `
select ${READING_PLACE}, raw.area, number as plan_number, area.code as known
${WITH_MEASURE}
join (
    select plan_no, ltrim(code, '0') as stripped, min(code) as code
    from known_area
    where starts_with(code, '0')
    group by plan_no, stripped
) as area on claim.plan_no = area.plan_no and ltrim(raw.area, '0') = area.stripped
where area_fault = '${fault}' and ${HAS_LOST_ZERO}`,
    })),
    {
      code: "area_not_valid",
      suspicion: "area_unknown",
      sql: `
select
    ${READING_PLACE}, raw.area, claim.period_name, day(claim.data_to) as data_to,
    area.name as area_name
${WITH_MEASURE}
join (
    select plan_no, code, any_value(name) as name from known_area group by plan_no, code
) as area on claim.plan_no = area.plan_no and raw.area = area.code
where area_fault = 'area_unknown'`,
    },
    {
      code: "area_of_another",
      sql: `
select ${READING_PLACE}, raw.area, claim.unit_name
${WITH_MEASURE}
where area_fault = 'area_of_another' and not ${HAS_LOST_ZERO} and not ${HAS_NAME_FAULT}`,
    },
    {
      code: "area_not_wanted",
      sql: `
select ${READING_PLACE}, raw.area, measure.name as measure_name
${WITH_MEASURE}
where area_fault = 'area_not_wanted'`,
    },
    ...(
      [
        "not_a_number",
        "negative",
        "number_too_large",
        "nil_of_stock",
        "not_yes_no",
        "mark",
        "mark_of_stock",
        "mark_of_yes_no",
      ] as const
    ).map((code) => ({
      code,
      sql: `
select ${READING_PLACE}, raw."value", measure.name as measure_name
${WITH_MEASURE}
where value_fault = '${code}'`,
    })),
    {
      code: "fraction",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name, measure.unit_of_measure,
    number_words(measure.decimals) as number_words
${WITH_MEASURE}
where value_fault = 'fraction'`,
    },
    {
      code: "thousands_mark",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name,
    number_words(measure.decimals) as number_words,
    regexp_replace(number_core(value_said(raw."value")), '[.,]', '', 'g') as whole
${WITH_MEASURE}
where value_fault = 'thousands_mark'`,
    },
    {
      code: "date",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name,
    day(typed_date(value_said(raw."value"))) as day
${WITH_MEASURE}
where value_fault = 'date'`,
    },
    {
      code: "percentage",
      sql: `
select ${READING_PLACE}, raw."value", measure.name as measure_name, measure.unit_of_measure
${WITH_MEASURE}
where value_fault = 'percentage'`,
    },
    {
      code: "percentage_unclear",
      sql: `
with typed as (
    select
        judged.*, raw."value" as typed, raw.is_exact, measure.name as measure_name,
        number_core(value_said(raw."value")) as core
    ${WITH_MEASURE}
    where value_fault = 'percentage_unclear'
),

numbers as (
    select *, plain_number(core, number_shape(core), is_exact)::decimal(18, 4) as number from typed
)

select
    ${READING_PLACE}, typed as "value", measure_name, plain(number) as number,
    plain(number * 100) as hundredfold
from numbers as judged`,
    },
    {
      code: "ambiguous_number",
      sql: `
select
    ${READING_PLACE}, raw."value", measure.name as measure_name,
    regexp_replace(number_core(value_said(raw."value")), '[.,]', '') as whole,
    -- three decimals could be read as thousands again, so a zero is added to them
    regexp_replace(
        regexp_replace(replace(number_core(value_said(raw."value")), '.', ','), ',?0+$', ''),
        ',([0-9]{3})$', ',\\10'
    ) as "decimal"
${WITH_MEASURE}
where value_fault = 'ambiguous_number'`,
    },
  ] satisfies Check[]
).map((check: Check) => ({ suspicion: check.code, ...check }));

const AREA_WORDS = "area_words(if(claim.unit_area_id is null, area.name, null)) as area_words";

/** What readings of one submission say against each other. */
export const RELATION_CHECKS: readonly Check[] = [
  {
    code: "submission_empty",
    sql: `
with filled as materialized (
    select distinct claim_no from judged where state is distinct from 'blank'
),

empty as materialized (
    select * from claim anti join filled using (claim_no)
    where unit_no is not null and not is_nil_return
)

select ${CLAIM_PLACE}, claim.unit_name, claim.period_name
${FROM_CLAIM.replace("from claim", "from empty as claim")}`,
  },
  {
    code: "measure_twice",
    sql: `
with repeated as materialized (
    select claim_no, measure_no, area_id, count(*) as times
    from judged
    where measure_no is not null and measure_fault is null and area_fault is null
    group by claim_no, measure_no, area_id
    having count(*) > 1
),

places as (
    select
        repeated.claim_no, repeated.measure_no, repeated.area_id, any_value(times) as times,
        min(row_no) as first_row,
        string_agg(place_of(sheet, cell, line), '; ' order by row_no) as places
    from repeated
    join judged
        on
            repeated.claim_no = judged.claim_no
            and repeated.measure_no = judged.measure_no
            and repeated.area_id is not distinct from judged.area_id
            and judged.area_fault is null
    group by repeated.claim_no, repeated.measure_no, repeated.area_id
)

select
    ${READING_PLACE}, measure.name as measure_name, ${AREA_WORDS},
    claim.unit_name, claim.period_name, places.times::varchar as times, places.places
from places
join judged on places.first_row = judged.row_no
join claim on places.claim_no = claim.claim_no
join known_measure as measure on places.measure_no = measure.measure_no
left join area_name as area on places.area_id = area.area_id
where claim.unit_no is not null`,
  },
  {
    code: "nil_return_with_figure",
    suspicion: "nil_return",
    sql: `
select ${READING_PLACE}, raw."value", measure.name as measure_name, claim.unit_name
${WITH_MEASURE}
where
    claim.unit_no is not null
    and claim.is_nil_return
    and measure.over_time <> 'last'
    and judged.state = 'reported'
    and judged.value <> 0`,
  },
  {
    code: "above_at_most",
    sql: `
with above as materialized (
    select judged.*, other.row_no as other_row, other.measure_no as other_measure_no
    from judged
    join known_measure as measure using (measure_no)
    join judged as other
        on
            judged.claim_no = other.claim_no
            and measure.at_most_no = other.measure_no
            and judged.area_id is not distinct from other.area_id
    where
        judged.value > other.value
        and judged.area_fault is null
        and other.area_fault is null
)

select
    judged.row_no, judged.sheet, judged.cell, judged.line,
    measure.name as measure_name, ${AREA_WORDS}, raw."value",
    other_measure.name as other_name, other."value" as other_value,
    place_of(other.sheet, other.cell, other.line) as other_place
from above as judged
join raw_reading as raw using (row_no)
join raw_reading as other on judged.other_row = other.row_no
join claim using (claim_no)
join known_measure as measure using (measure_no)
join known_measure as other_measure on judged.other_measure_no = other_measure.measure_no
left join area_name as area on judged.area_id = area.area_id
where claim.unit_no is not null`,
  },
  ...(
    [
      ["parts_differ", "given = needed and total <> sum"],
      ["parts_above", "given < needed and total < sum"],
    ] as const
  ).map(([code, condition]) => ({
    code,
    suspicion: "parts",
    sql: `
with sums as materialized (
    select
        total.row_no,
        any_value(total.value) as total,
        sum(part.value) as sum,
        count(part.value) as given,
        count(*) as needed,
        string_agg(part_measure.name, '; ') as parts
    from known_part
    join judged as total using (measure_no)
    join known_measure as part_measure on known_part.part_no = part_measure.measure_no
    left join judged as part
        on
            total.claim_no = part.claim_no
            and known_part.part_no = part.measure_no
            and total.area_id is not distinct from part.area_id
            and part.area_fault is null
    where total.value is not null and total.area_fault is null
    group by total.row_no
)

select
    ${READING_PLACE}, measure.name as measure_name, ${AREA_WORDS}, raw."value",
    plain(sum) as sum, parts
from sums
join judged using (row_no)
join raw_reading as raw using (row_no)
join claim using (claim_no)
join known_measure as measure using (measure_no)
left join area_name as area on judged.area_id = area.area_id
where claim.unit_no is not null and ${condition}`,
  })),
];
