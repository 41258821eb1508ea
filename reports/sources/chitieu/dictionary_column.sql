-- One row per column of the marts: its type and its meaning, as the comment in
-- the database says.
-- Over all plans.
-- Key: table_name, column_no
-- Never null: table_name, column_no, column_name, data_type, meaning
select
    table_name,
    column_index as column_no,
    column_name,
    lower(data_type) as data_type,
    comment as meaning
from marts.described_column
where comment is not null
