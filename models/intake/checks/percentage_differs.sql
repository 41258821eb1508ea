-- One row per percentage, stated in a note or as a measure of its own, that is not what its parts
-- give. Rounded or cut off, it is less than one of its last digits away.
with figure as materialized (
    select row_no, claim_no, measure_key, area_id, "value", note
    from intake.judged
    where measure_key is not null and measure_fault is null and area_fault is null
),

noted as (
    select
        row_no, claim_no, measure_key, area_id, "value",
        lower(trim(nfc_normalize(note))) as said
    from figure
    where contains(note, '%')
),

-- between parts and percentage stand such words as `=`, `đạt`, `(`
with_parts as (
    select
        row_no, measure_key,
        regexp_extract(
            said,
            '(?:^|[^0-9.,])(' || noted_number() || ') ?/ ?(' || noted_number() || ')'
            || '(?:[ =:(,;-]|người|học sinh|em|cơ sở|vụ|tin|đạt|tỷ lệ|tỉ lệ|chiếm|bằng|là'
            || '|tương đương)*(' || noted_number() || ') ?%',
            ['part', 'whole', 'stated']
        ) as found
    from noted
),

alone as (
    select
        noted.row_no, noted.measure_key, noted."value" as part, bound."value" as whole,
        regexp_extract(
            noted.said,
            '^(?:đạt|tỷ lệ|tỉ lệ|chiếm|bằng)?[ :]*(' || noted_number() || ') ?%[ .]*$', 1
        ) as stated
    from noted
    join intake.measure as measure using (measure_key)
    join figure as bound
        on
            measure.at_most_key = bound.measure_key
            and noted.claim_no = bound.claim_no
            and noted.area_id is not distinct from bound.area_id
),

given as (
    select
        row_no, measure_key, getvariable('intake_words').percentage_in_note as source,
        number_in_note(found.part) as part, number_in_note(found.whole) as whole,
        number_in_note(found.stated) as stated, decimals_in_note(found.stated) as decimals
    from with_parts
    union all
    select
        row_no, measure_key, getvariable('intake_words').percentage_in_note, part, whole,
        number_in_note(stated), decimals_in_note(stated)
    from alone
    union all
    select
        own.row_no, own.measure_key, getvariable('intake_words').percentage_as_measure,
        part."value", whole."value", own."value",
        length(rtrim(split_part(own."value"::varchar, '.', 2), '0'))
    from raw.measure_percentage as ratio
    join figure as own using (measure_key)
    join figure as part
        on
            ratio.part_key = part.measure_key
            and own.claim_no = part.claim_no
            and own.area_id is not distinct from part.area_id
    join figure as whole
        on
            ratio.whole_key = whole.measure_key
            and own.claim_no = whole.claim_no
            and own.area_id is not distinct from whole.area_id
)

select
    'percentage_differs' as code,
    judged.row_no, judged.sheet, judged.cell, judged.line,
    format(given.source, measure.measure_name) as source,
    plain(given.part) as part, plain(given.whole) as whole, plain(given.stated) as stated,
    -- a float only to be shown, with a decimal more than was stated
    replace(
        round(
            100 * given.part::double / given.whole::double, given.decimals::integer + 1
        )::varchar, '.', ','
    ) as ratio
from given
join intake.judged as judged using (row_no)
join intake.measure as measure on given.measure_key = measure.measure_key
where
    given.whole > 0
    and abs(given.stated * given.whole - 100 * given.part) >= given.whole * case given.decimals
        when 0 then 1.000 when 1 then 0.100 when 2 then 0.010 else 0.001
    end
