-- One row per word of a plan that its file explains.
-- Key: plan_id, term_no
-- Never null: plan_id, term_no, term, meaning, source
from marts.plan_term
