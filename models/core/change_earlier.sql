-- One row per indicator that is a change, scope and period for which there is
-- an earlier value to compare with, or may come to be one (has_value): it as the
-- fraction earlier_dividend / earlier_divisor. It is that of
-- the named period, of the period before or of its like of last year; from this
-- plan or one that it continues (compared_key, the indicator there, and
-- earlier_key, its period), of the place itself or of those that it is exactly
-- made of (is_made_of), else from the baselines. may_change: what is owed may
-- make it another, or put one of this or a later plan in its place; is_in_doubt:
-- so may a doubt.
-- None without core.change_asked.
with recursive

-- what is compared, in this plan and in those that it continues
compared as (

    select
        indicator_key,
        of_key as compared_key,
        0 as plans_back,
    from raw.indicator
    where value_kind = 'change'
    union all
    select
        compared.indicator_key,
        continues.earlier_key as compared_key,
        compared.plans_back + 1 as plans_back,
    from compared
    inner join raw.indicator_continues as continues
        on compared.compared_key = continues.indicator_key
    where compared.plans_back < 20

),

fraction as (

    select
        indicator_key,
        scope,
        scope_no,
        period_key,
        dividend,
        divisor,
        has_value,
        may_change,
        is_in_doubt or has_doubt as is_in_doubt,
    from core.measured_fraction
    union all by name
    select
        item_key as indicator_key,
        'place' as scope,
        place_key as scope_no,
        period_key,
        dividend,
        divisor,
        true as has_value,
        may_change,
        has_doubt as is_in_doubt,
        true as is_made_of,
    from core.made_of_before
    where section = 'indicator'

),

reported as (

    select
        asked.indicator_key,
        fraction.scope,
        fraction.scope_no,
        asked.period_key,
        fraction.dividend,
        fraction.divisor,
        fraction.has_value,
        fraction.may_change or not state.is_closed as may_change,
        fraction.is_in_doubt,
        compared.plans_back as preference,
        compared.compared_key,
        fraction.period_key as earlier_key,
        fraction.is_made_of,
    from core.change_asked as asked
    inner join compared
        on asked.indicator_key = compared.indicator_key
        and (asked.change_from <> 'previous' or compared.plans_back = 0)
    inner join fraction
        on compared.compared_key = fraction.indicator_key
    inner join raw.period as earlier
        on fraction.period_key = earlier.period_key
        and asked.kind = earlier.kind
        and asked.year = earlier.year
        and asked.position = earlier.position
    inner join core.period_state as state
        on fraction.period_key = state.period_key
    -- departments of another plan are other places
    where compared.plans_back = 0 or fraction.scope_no >= 0

),

baseline as (

    select
        asked.indicator_key,
        if(baseline.area_id is null, 'whole', 'place') as scope,
        coalesce(baseline.area_id, 0) as scope_no,
        asked.period_key,
        sum(exact(baseline.value)) filter (where part.role = 'numerator')
        * any_value(compared.factor) as dividend,
        if(
            any_value(compared.value_kind) = 'count',
            exact(1),
            sum(exact(baseline.value)) filter (where part.role = 'denominator')
        ) as divisor,
        true as has_value,
        1000 as preference,
    from core.change_asked as asked
    inner join raw.indicator as compared
        on asked.of_key = compared.indicator_key
        and compared.value_kind in ('count', 'ratio')
    inner join raw.indicator_part as part
        on asked.of_key = part.indicator_key
    inner join raw.baseline as baseline using (measure_key, kind, year, position)
    where asked.change_from <> 'previous'
    group by asked.indicator_key, asked.of_key, baseline.area_id, asked.period_key
    having
        count(*) = (
            select count(*)
            from raw.indicator_part as every
            where every.indicator_key = asked.of_key
        )
        and divisor > 0

)

select
    indicator_key,
    scope,
    scope_no,
    period_key,
    has_value,
    dividend as earlier_dividend,
    divisor as earlier_divisor,
    compared_key,
    earlier_key,
    is_made_of,
    bool_or(may_change) over here as may_change,
    bool_or(is_in_doubt) over here as is_in_doubt,
from (
    from reported
    union all by name
    from baseline
)
window
    here as (partition by indicator_key, scope, scope_no, period_key)
qualify
    row_number() over (
        partition by indicator_key, scope, scope_no, period_key
        order by has_value desc, preference
    ) = 1
