-- One row per row of a version (staging.publication), as JSON: first it is seen
-- which are wanted, since reading them costs most of all.
select
    stored.publication_no,
    stored.part,
    stored.row_no,
    stored.content,
from ledger.main.publication_row as stored
semi join staging.publication as publication using (publication_no)
