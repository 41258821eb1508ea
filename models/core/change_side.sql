-- One row per indicator that is compared in a change, period, and part of the
-- territory (core.change_member): what its places come to together, to date
-- and in the period. is_given: each place that is there gave every measure for
-- the period; is_whole: and owes none of a closed one before it; is_own: in
-- reports for the period itself, which holds others. Of what is the sum of its
-- places alone, in flows and stocks.
-- None without core.change_asked.
select
    side.indicator_key,
    side.period_key,
    member.scope,
    member.member_of,
    bool_and(side.is_reported) filter (where side.is_there) as is_given,
    is_given and sum(side.periods_missing_before) = 0 as is_whole,
    bool_and(side.basis = 'own') filter (where side.is_there)
    and not any_value(period.is_base) as is_own,
    sum(side.numerator) as numerator,
    sum(side.denominator) as denominator,
    sum(side.numerator_in_period) filter (where side.is_there)
        as numerator_in_period,
    sum(side.denominator_in_period) filter (where side.is_there)
        as denominator_in_period,
from core.place_taken as side
inner join raw.period as period using (period_key)
inner join core.change_member as member using (plan_key, place_key)
where
    side.indicator_key in (
        select of_key
        from core.change_asked
        union
        select compared_key
        from core.change_earlier
    )
    and side.indicator_key in (from core.indicator_summed)
    and side.indicator_key not in (
        select part.indicator_key
        from raw.indicator_part as part
        inner join raw.measure as measure using (measure_key)
        where measure.over_time not in ('sum', 'last')
    )
    and (side.is_there or (member.scope = 'whole' and side.is_taken))
group by all
having bool_or(side.is_there)
