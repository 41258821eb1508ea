-- One row per line of a text file that could not be read, with how many there are in all.
select
    line, any_value(error_type) as error_type, min(column_idx) as column_idx,
    bool_and(regexp_full_match(csv_line, '[,;"\s]*')) as is_empty,
    sum(count(*)) over () as total
from reject_errors
group by line
order by line
