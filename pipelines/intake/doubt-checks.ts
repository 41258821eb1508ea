import { quoteLiteral } from "../warehouse/sql.ts";
import { READING_PLACE } from "./check-place.ts";
import type { Check } from "./checks.ts";
import { PERCENTAGE_WORDS } from "./problem-wording.ts";

/** A number as people write it in a note: `1.195`, `1195`, `43,2`. */
const NUMBER = "[0-9]{1,3}(?:[.][0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]{1,2})?";

/** What may stand between parts and percentage, such as `=`, `đạt`, `(`. */
const BETWEEN =
  "(?:[ =:(,;-]|người|học sinh|em|cơ sở|vụ|tin|đạt|tỷ lệ|tỉ lệ|chiếm|bằng|là|tương đương)*";

/** `1.195,5` as 1195.5; null where it is no number. */
const numberOf = (text: string): string => `
try_cast(
    replace(if(
        regexp_matches(${text}, '[.][0-9]{3}'), replace(${text}, '.', ''), ${text}
    ), ',', '.') as decimal(18, 4)
)`;

/** Decimals that a percentage is given with. */
const decimalsOf = (text: string): string =>
  `length(rtrim(regexp_extract(${text}, '[.,]([0-9]{1,4})$', 1), '0'))`;

/**
 * What a file says that may well be right but is rarely so. What depends on other files is found by
 * the models, so that it goes when those are corrected.
 */
export const DOUBT_CHECKS: readonly Check[] = [
  {
    code: "total_among_areas",
    severity: "doubt",
    suspicion: "departments",
    // four areas and a figure of 20 at least: less may well agree by chance
    sql: `
with totals as materialized (
    select
        claim_no, judged.measure_key, arg_max(row_no, "value") as row_no,
        count(*) - 1 as others
    from judged
    join claim using (claim_no)
    join known_measure as measure using (measure_key)
    where
        claim.unit_area_id is null and measure.kind = 'count'
        and judged.area_id is not null and judged.value > 0
    group by claim_no, judged.measure_key
    having count(*) >= 4 and max("value") >= 20 and 2 * max("value") = sum("value")
)

select
    ${READING_PLACE}, measure.name as measure_name, area.name as area_name,
    plain(judged.value) as "value", totals.others::varchar as others
from totals
join judged using (row_no)
join known_measure as measure on totals.measure_key = measure.measure_key
join area_name as area on judged.area_id = area.area_id`,
  },
  {
    code: "percentage_differs",
    severity: "doubt",
    suspicion: "percentages",
    // rounded or cut off, a percentage is less than one of its last digits away
    sql: `
with figure as materialized (
    select row_no, claim_no, measure_key, area_id, "value", note
    from judged
    where measure_key is not null and measure_fault is null and area_fault is null
),

noted as (
    select
        row_no, claim_no, measure_key, area_id, "value",
        lower(trim(nfc_normalize(note))) as said
    from figure
    where contains(note, '%')
),

with_parts as (
    select
        row_no, measure_key,
        regexp_extract(
            said, '(?:^|[^0-9.,])(${NUMBER}) ?/ ?(${NUMBER})${BETWEEN}(${NUMBER}) ?%',
            ['part', 'whole', 'stated']
        ) as found
    from noted
),

alone as (
    select
        noted.row_no, noted.measure_key, noted.value as part, bound.value as whole,
        regexp_extract(
            said, '^(?:đạt|tỷ lệ|tỉ lệ|chiếm|bằng)?[ :]*(${NUMBER}) ?%[ .]*$', 1
        ) as stated
    from noted
    join known_measure as measure using (measure_key)
    join figure as bound
        on
            measure.at_most_key = bound.measure_key
            and noted.claim_no = bound.claim_no
            and noted.area_id is not distinct from bound.area_id
),

given as (
    select
        row_no, measure_key, ${quoteLiteral(PERCENTAGE_WORDS.note)} as source,
        ${numberOf("found.part")} as part, ${numberOf("found.whole")} as whole,
        ${numberOf("found.stated")} as stated, ${decimalsOf("found.stated")} as decimals
    from with_parts
    union all
    select
        row_no, measure_key, ${quoteLiteral(PERCENTAGE_WORDS.note)}, part, whole,
        ${numberOf("stated")}, ${decimalsOf("stated")}
    from alone
    union all
    select
        own.row_no, own.measure_key, ${quoteLiteral(PERCENTAGE_WORDS.measure)}, part.value,
        whole.value, own.value,
        length(rtrim(split_part(own.value::varchar, '.', 2), '0'))
    from known_percentage as ratio
    join figure as own using (measure_key)
    join figure as part
        on
            ratio.part_key = part.measure_key and own.claim_no = part.claim_no
            and own.area_id is not distinct from part.area_id
    join figure as whole
        on
            ratio.whole_key = whole.measure_key and own.claim_no = whole.claim_no
            and own.area_id is not distinct from whole.area_id
)

select
    ${READING_PLACE}, format(given.source, measure.name) as source,
    plain(given.part) as part, plain(given.whole) as whole, plain(given.stated) as stated,
    -- a float only to be shown, with a decimal more than was stated
    replace(round(100 * given.part::double / given.whole::double, given.decimals::integer + 1)::varchar, '.', ',')
        as ratio
from given
join judged using (row_no)
join known_measure as measure on given.measure_key = measure.measure_key
where
    given.whole > 0
    and abs(given.stated * given.whole - 100 * given.part)
    >= given.whole * case given.decimals when 0 then 1.000 when 1 then 0.100 when 2 then 0.010 else 0.001 end`,
  },
];
