-- One row per status that a value can have, in the order in which they are
-- counted, with its word as it stands alone and its place in the order of
-- attention.
-- Over all plans.
-- Key: status_no
-- Never null: status, status_no, word
select
    status,
    status_no::integer as status_no,
    upper(marts.status_text(status)[1]) || marts.status_text(status)[2:]
        as word,
    -- its place in the order of attention; null: after the others
    marts.attention_to(status)::integer as attention_no
from unnest(marts.all_statuses()) with ordinality as of_value (status, status_no)
