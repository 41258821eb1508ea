-- One row per indicator that is a change, period, and the whole or a place,
-- of which something can be compared with its like (rule 9): both sides hold
-- the same parts of the territory and the same base periods of their years;
-- what one side lacks is taken from the other. Exact units. Where both sides
-- are whole up to their periods, and as long, they are compared as they stand.
-- apart: the parts of the territory (member_of) of which something was taken
-- out that others have; null where none.
-- None without core.change_asked.
with

known as (

    select
        step.*,
        given.scope,
        given.member_of,
        given.numerator_in_period as numerator,
        given.denominator_in_period as denominator,
    from core.change_step as step
    inner join core.change_side as given
        on step.sided_key = given.indicator_key
        and step.base_key = given.period_key
    where given.is_given

),

-- which of both sides are flows, and whether each is flows alone or none
flow as (

    select
        indicator.indicator_key,
        bool_or(measure.over_time = 'sum') as has_flows,
        bool_or(measure.over_time = 'sum') filter (where part.role = 'numerator')
            as is_numerator_flow,
        bool_or(measure.over_time = 'sum')
            filter (where part.role = 'denominator')
            as is_denominator_flow,
        count(distinct (part.role, measure.over_time))
        = count(distinct part.role) as is_apart,
    from raw.indicator as indicator
    inner join raw.indicator_part as part
        on indicator.of_key = part.indicator_key
    inner join raw.measure as measure using (measure_key)
    where indicator.value_kind = 'change'
    group by indicator.indicator_key

),

-- the base periods that a part of the territory has on both sides
common as (

    select
        later.indicator_key,
        later.period_key,
        later.scope,
        later.member_of,
        later.compared_key,
        later.earlier_key,
        list(later.base_key) as base_keys,
        any_value(flow.is_numerator_flow) as adds_above,
        any_value(flow.is_denominator_flow) as adds_below,
        added_or_last(adds_above, later.numerator, later.data_to) as numerator,
        added_or_last(adds_below, later.denominator, later.data_to) as denominator,
        added_or_last(adds_above, earlier.numerator, earlier.data_to) as earlier_numerator,
        added_or_last(adds_below, earlier.denominator, earlier.data_to) as earlier_denominator,
    from known as later
    inner join known as earlier
        on later.indicator_key = earlier.indicator_key
        and later.period_key = earlier.period_key
        and later.compared_key = earlier.compared_key
        and later.earlier_key = earlier.earlier_key
        and later.scope = earlier.scope
        and later.member_of = earlier.member_of
        and later.kind = earlier.kind
        and later.position = earlier.position
        and earlier.side = 'earlier'
    inner join flow
        on later.indicator_key = flow.indicator_key
        and flow.is_apart
    where later.side = 'later'
    group by all

),

-- whether a side is known for every base period up to its own
full_side as (

    select
        indicator_key,
        period_key,
        compared_key,
        earlier_key,
        scope,
        member_of,
        count(*) filter (where side = 'later') as later_known,
        count(*) filter (where side = 'earlier') as earlier_known,
    from known
    group by all

),

length as (

    select
        indicator_key,
        period_key,
        compared_key,
        earlier_key,
        coalesce(any_value(bases) filter (where side = 'later'), 0)
            as later_bases,
        coalesce(any_value(bases) filter (where side = 'earlier'), 0)
            as earlier_bases,
    from core.change_step
    group by indicator_key, period_key, compared_key, earlier_key

),

-- every part of the territory that either side has
part as (

    select
        earlier.indicator_key,
        earlier.period_key,
        earlier.scope,
        earlier.scope_no,
        earlier.compared_key,
        earlier.earlier_key,
        side.member_of,
    from core.change_earlier as earlier
    inner join raw.indicator as indicator using (indicator_key)
    inner join core.change_side as side
        on earlier.scope = side.scope
        and (side.indicator_key, side.period_key) in (
            (indicator.of_key, earlier.period_key),
            (earlier.compared_key, earlier.earlier_key)
        )
    where
        earlier.compared_key is not null
        and earlier.has_value
        and (earlier.scope = 'whole' or earlier.scope_no = side.member_of)
    group by all

),

-- compared as it stands where both sides are whole, else in what both have
compared as (

    select
        part.*,
        common.base_keys,
        coalesce(
            later.is_given
            and earlier.is_given
            and case
                when not flow.has_flows then true
                when length.later_bases is null
                    then later.is_whole and earlier.is_whole
                else
                    length.later_bases = length.earlier_bases
                    and (
                        later.is_own
                        or full_side.later_known = length.later_bases
                    )
                    and (
                        earlier.is_own
                        or full_side.earlier_known = length.earlier_bases
                    )
            end,
            false
        ) as is_as_it_stands,
        if(is_as_it_stands, later.numerator, common.numerator) as numerator,
        if(is_as_it_stands, later.denominator, common.denominator)
            as denominator,
        if(is_as_it_stands, earlier.numerator, common.earlier_numerator)
            as earlier_numerator,
        if(is_as_it_stands, earlier.denominator, common.earlier_denominator)
            as earlier_denominator,
        -- a silent place has none
        part.scope = 'whole' or coalesce(later.is_given, false) as has_any,
    from part
    left join common
        using (indicator_key, period_key, compared_key, earlier_key, scope, member_of)
    left join full_side
        using (indicator_key, period_key, compared_key, earlier_key, scope, member_of)
    left join length using (indicator_key, period_key, compared_key, earlier_key)
    inner join raw.indicator as indicator using (indicator_key)
    inner join flow using (indicator_key)
    left join core.change_side as later
        on indicator.of_key = later.indicator_key
        and part.period_key = later.period_key
        and part.scope = later.scope
        and part.member_of = later.member_of
    left join core.change_side as earlier
        on part.compared_key = earlier.indicator_key
        and part.earlier_key = earlier.period_key
        and part.scope = earlier.scope
        and part.member_of = earlier.member_of

),

-- beside what others have of the year
held as (

    select
        *,
        coalesce(len(base_keys), 0) as bases,
        max(bases) over (partition by indicator_key, period_key, scope, scope_no)
            as most_bases,
    from compared
    where has_any

)

select
    indicator_key,
    period_key,
    scope,
    scope_no,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    sum(earlier_numerator) as earlier_numerator,
    sum(earlier_denominator) as earlier_denominator,
    bool_and(is_as_it_stands) as is_as_it_stands,
    list(member_of order by member_of) filter (
        where not is_as_it_stands and bases < greatest(most_bases, 1)
    ) as apart,
from held
group by indicator_key, period_key, scope, scope_no
