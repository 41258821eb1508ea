-- One row per covering period (whole_key), way to split it and period that is
-- in that split (part_key): what a reader can take from the whole to see what
-- remains. It splits into the periods that it covers; and, for each other
-- covering period that lies in it (a half-year in a year), into that one, or
-- that one and those of its kind before it, with the covered periods that
-- are then left.
with

-- covering periods that lie in another one: every period that they cover is
-- covered by it, too
covering_within as (

    select
        whole.period_key as whole_key,
        part.period_key as part_key,
        part.kind,
        part.position,
    from raw.period as whole
    inner join raw.period_cover as cover using (period_key)
    inner join raw.period_cover as part_cover using (covered_key)
    inner join raw.period as part
        on part_cover.period_key = part.period_key
        and whole.year = part.year
        and whole.period_key <> part.period_key
    group by whole.period_key, part.period_key, part.kind, part.position
    having
        count(*) = (
            select count(*) from raw.period_cover as own
            where own.period_key = part.period_key
        )

),

-- the covering periods of each split: that one alone, or all of its kind so far
covering_part as (

    select
        whole_key,
        part_key as split_key,
        'alone' as split,
        part_key,
    from covering_within
    union all
    select
        latest.whole_key,
        latest.part_key as split_key,
        'so_far' as split,
        earlier.part_key,
    from covering_within as latest
    inner join covering_within as earlier using (whole_key, kind)
    where earlier.position <= latest.position

),

covered_by_part as (

    select
        part.whole_key,
        part.split_key,
        part.split,
        cover.covered_key,
    from covering_part as part
    inner join raw.period_cover as cover
        on part.part_key = cover.period_key

)

select
    period_key as whole_key,
    period_key as split_key,
    'covered' as split,
    covered_key as part_key,
from raw.period_cover

union all

select
    whole_key,
    split_key,
    split,
    part_key,
from covering_part

union all

-- the covered periods that are left
select
    one.whole_key,
    one.split_key,
    one.split,
    cover.covered_key as part_key,
from (select distinct whole_key, split_key, split from covering_part) as one
inner join raw.period_cover as cover
    on one.whole_key = cover.period_key
anti join covered_by_part using (whole_key, split_key, split, covered_key)
