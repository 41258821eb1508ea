-- One row per mart and model, table of the ledger or table of the sources that
-- it is made from, directly (steps 1) or through others.
with recursive

made_from as (

    select
        model as mart,
        reads,
        1 as steps,
    from raw.model_read
    where model like 'marts.%'

    union

    select
        made_from.mart,
        model_read.reads,
        made_from.steps + 1 as steps,
    from made_from
    inner join raw.model_read as model_read
        on made_from.reads = model_read.model

)

select
    split_part(made_from.mart, '.', 2) as table_name,
    split_part(made_from.reads, '.', 1) as layer,
    made_from.reads as made_from,
    min(made_from.steps)::integer as steps,
    any_value(read.holds) as holds,
from made_from
inner join raw.model_read as read using (reads)
group by made_from.mart, made_from.reads
