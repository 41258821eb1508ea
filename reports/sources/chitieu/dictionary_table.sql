-- One row per table of the marts: what it holds and what one of its rows is, as
-- the comment in the database says.
-- Over all plans.
-- Key: table_name
-- Never null: table_name, holds, grain
select
    table_name,
    split_part(comment, chr(10), 1) as holds,
    split_part(comment, chr(10), 2) as grain
from marts.described_table
where comment is not null
