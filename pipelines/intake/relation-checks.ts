import { AREA_WORDS, CLAIM_PLACE, FROM_CLAIM, READING_PLACE, WITH_MEASURE } from "./check-place.ts";
import type { Check } from "./checks.ts";

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
    where unit_key is not null and not is_nil_return
)

select ${CLAIM_PLACE}, claim.unit_name, claim.period_name
${FROM_CLAIM.replace("from claim", "from empty as claim")}`,
  },
  {
    code: "measure_twice",
    sql: `
with repeated as materialized (
    select claim_no, measure_key, area_id, count(*) as times
    from judged
    where measure_key is not null and measure_fault is null and area_fault is null
    group by claim_no, measure_key, area_id
    having count(*) > 1
),

places as (
    select
        repeated.claim_no, repeated.measure_key, repeated.area_id, any_value(times) as times,
        min(row_no) as first_row,
        string_agg(place_of(sheet, cell, line), '; ' order by row_no) as places
    from repeated
    join judged
        on
            repeated.claim_no = judged.claim_no
            and repeated.measure_key = judged.measure_key
            and repeated.area_id is not distinct from judged.area_id
            and judged.area_fault is null
    group by repeated.claim_no, repeated.measure_key, repeated.area_id
)

select
    ${READING_PLACE}, measure.name as measure_name, ${AREA_WORDS},
    claim.unit_name, claim.period_name, places.times::varchar as times, places.places
from places
join judged on places.first_row = judged.row_no
join claim on places.claim_no = claim.claim_no
join known_measure as measure on places.measure_key = measure.measure_key
left join area_name as area on places.area_id = area.area_id
where claim.unit_key is not null`,
  },
  {
    code: "nil_return_with_figure",
    suspicion: "nil_return",
    sql: `
select ${READING_PLACE}, raw."value", measure.name as measure_name, claim.unit_name
${WITH_MEASURE}
where
    claim.unit_key is not null
    and claim.is_nil_return
    and measure.over_time <> 'last'
    and judged.state = 'reported'
    and judged.value <> 0`,
  },
  {
    code: "above_at_most",
    sql: `
with above as materialized (
    select judged.*, other.row_no as other_row, other.measure_key as other_measure_key
    from judged
    join known_measure as measure using (measure_key)
    join judged as other
        on
            judged.claim_no = other.claim_no
            and measure.at_most_key = other.measure_key
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
join known_measure as measure using (measure_key)
join known_measure as other_measure on judged.other_measure_key = other_measure.measure_key
left join area_name as area on judged.area_id = area.area_id
where claim.unit_key is not null`,
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
    join judged as total using (measure_key)
    join known_measure as part_measure on known_part.part_key = part_measure.measure_key
    left join judged as part
        on
            total.claim_no = part.claim_no
            and known_part.part_key = part.measure_key
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
join known_measure as measure using (measure_key)
left join area_name as area on judged.area_id = area.area_id
where claim.unit_key is not null and ${condition}`,
  })),
];
