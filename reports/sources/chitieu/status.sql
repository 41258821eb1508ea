-- One row per status that a value can have, in the order in which they are
-- counted, with its word as it stands alone.
-- Over all plans.
-- Key: status_no
-- Never null: status, status_no, word
select
    status,
    status_no::integer as status_no,
    upper(marts.status_text(status)[1]) || marts.status_text(status)[2:]
        as word
from
    unnest([
        'met', 'within', 'on_track', 'behind', 'not_yet', 'not_met',
        'not_arising', 'in_doubt', 'not_reported', 'not_applicable', 'withheld',
        'untold'
    ]) with ordinality as of_value (status, status_no)
