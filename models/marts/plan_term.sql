-- One row per word of a plan that its file explains, with where the meaning
-- is taken from.
select
    plan.plan_id,
    term.term_no,
    term.term,
    term.meaning,
    term.source,
from raw.plan_term as term
inner join raw.plan as plan using (plan_key)
