-- One row per table of the marts and what it is made from, directly (steps 1)
-- or through others. layer: marts, core, staging, ledger or raw.
-- Over all plans.
-- Key: table_name, made_from
-- Never null: table_name, layer, made_from, name, steps, holds
select
    table_name,
    layer,
    made_from,
    split_part(made_from, '.', 2) as name,
    steps,
    holds
from marts.lineage
