-- One row per indicator that is a change, scope and period in which what is
-- compared applies there: the change as dividend / divisor, in percent, in
-- times, or in points (fall: by how many it has fallen), with the coverage of
-- the later value. numerator and denominator are the later and the earlier
-- value as fractions. Like is compared with like (core.change_like); a baseline
-- of the whole with a whole that lacks nothing, else those of its places that
-- lack nothing with theirs; a silent place has none, and none is carried
-- but into means and extremes.
-- may_change: one of both may, or something was taken out. sides: `cut` where it
-- was; `apart` where both stand on what each has, since a mean or an extreme is no
-- sum, and something is owed of either.
-- None without core.change_asked.
with

-- whether the later side lacks nothing up to its period
later as (

    select
        side.indicator_key,
        side.period_key,
        side.scope,
        if(side.scope = 'whole', 0, side.member_of) as scope_no,
        bool_and(
            side.is_whole
            and (side.is_own or period.is_base or state.is_closed)
        ) as lacks_nothing,
        any_value(period.is_base and period.position = period.positions)
        or any_value(period.kind = 'year') as ends_year,
    from core.change_side as side
    inner join raw.period as period using (period_key)
    inner join core.period_state as state using (period_key)
    group by side.indicator_key, side.period_key, side.scope, scope_no

),

compared as (

    select
        indicator.indicator_key,
        indicator.plan_key,
        indicator.change_as,
        later.indicator_key is not null as is_comparable,
        now.* exclude (
            indicator_key, dividend, divisor, has_value, may_change, may_move,
            is_in_doubt, has_doubt, least, most
        ) replace (if(is_comparable, 0, areas_carried) as areas_carried),
        coalesce(earlier.has_value, false) as has_earlier,
        now.may_change
        or coalesce(earlier.may_change, false)
        or not coalesce(alike.is_as_it_stands, true) as may_change,
        now.is_in_doubt
        or now.has_doubt
        or coalesce(earlier.is_in_doubt, false) as is_in_doubt,
        alike.apart,
        coalesce(not alike.is_as_it_stands, false) as is_cut,
        is_comparable and has_earlier and earlier.compared_key is not null
            as is_alike,
        is_comparable
        and has_earlier
        and not is_alike
        and (indicator.change_from <> 'period' or later.ends_year)
            as is_beside_baseline,
        is_beside_baseline and later.lacks_nothing as is_full,
        -- there is something to compare with, and a report is owed
        is_beside_baseline and now.periods_missing_before > 0 as is_in_gap,
        case
            when not is_comparable
                then now.has_value and (now.scope = 'whole' or now.areas_reported > 0)
            when is_alike then alike.numerator is not null
            else now.has_value and is_full
        end as is_compared,
        of_indicator.value_kind = 'ratio' as is_ratio,
        if(
            is_alike, alike.numerator * of_indicator.factor, now.dividend
        ) as later_dividend,
        case
            when not is_alike then now.divisor
            when is_ratio then alike.denominator
            else in_unit(1, of_indicator.unit)
        end as later_divisor,
        if(
            is_alike,
            alike.earlier_numerator * of_earlier.factor,
            earlier.earlier_dividend
        ) as before_dividend,
        case
            when not is_alike then earlier.earlier_divisor
            when is_ratio then alike.earlier_denominator
            else in_unit(1, of_earlier.unit)
        end as before_divisor,
    from raw.indicator as indicator
    inner join raw.indicator as of_indicator
        on indicator.of_key = of_indicator.indicator_key
    inner join core.measured_fraction as now
        on indicator.of_key = now.indicator_key
        and now.scope <> 'group'
    inner join raw.period as period
        on now.period_key = period.period_key
        and period.data_to >= coalesce(indicator.applies_from, period.data_to)
    left join core.change_earlier as earlier
        on indicator.indicator_key = earlier.indicator_key
        and now.scope = earlier.scope
        and now.scope_no = earlier.scope_no
        and now.period_key = earlier.period_key
    left join raw.indicator as of_earlier
        on earlier.compared_key = of_earlier.indicator_key
    left join later
        on indicator.of_key = later.indicator_key
        and now.period_key = later.period_key
        and now.scope = later.scope
        and now.scope_no = later.scope_no
    left join core.change_like as alike
        on indicator.indicator_key = alike.indicator_key
        and now.period_key = alike.period_key
        and now.scope = alike.scope
        and now.scope_no = alike.scope_no
    where indicator.value_kind = 'change'

),

-- where some owe, what the others are together, beside their own baselines
of_others as (

    select
        place.indicator_key,
        place.period_key,
        any_value(place.is_ratio) as is_ratio,
        sum(place.later_dividend) filter (where place.is_full) as later_dividend,
        sum(place.later_divisor) filter (where place.is_full) as later_divisor,
        sum(place.before_dividend) filter (where place.is_full) as before_dividend,
        sum(place.before_divisor) filter (where place.is_full) as before_divisor,
        list(distinct member.member_of order by member.member_of)
            filter (where not place.is_full) as apart,
    from compared as place
    inner join core.change_member as member
        on place.plan_key = member.plan_key
        and place.scope_no = member.place_key
        and member.scope = 'whole'
    where place.scope = 'place'
    group by place.indicator_key, place.period_key
    having bool_or(place.is_full)

),

together as (

    select
        whole.* exclude (plan_key, is_beside_baseline, is_full) replace (
            whole.is_compared or others.indicator_key is not null as is_compared,
            whole.may_change or others.indicator_key is not null as may_change,
            whole.is_cut or others.indicator_key is not null as is_cut,
            coalesce(others.apart, whole.apart) as apart,
            coalesce(others.later_dividend, whole.later_dividend) as later_dividend,
            if(others.is_ratio, others.later_divisor, whole.later_divisor)
                as later_divisor,
            coalesce(others.before_dividend, whole.before_dividend)
                as before_dividend,
            if(others.is_ratio, others.before_divisor, whole.before_divisor)
                as before_divisor
        ),
    from compared as whole
    left join of_others as others
        on whole.scope = 'whole'
        and whole.is_beside_baseline
        and not whole.is_full
        and whole.indicator_key = others.indicator_key
        and whole.period_key = others.period_key

),

lowest as (

    select
        * exclude (later_dividend, later_divisor, before_dividend, before_divisor),
        is_compared and later_divisor > 0 and before_divisor > 0 as has_both,
        if(has_both, later_dividend // gcd(later_dividend, later_divisor), null)
            as now_dividend,
        if(has_both, later_divisor // gcd(later_dividend, later_divisor), null)
            as now_divisor,
        if(
            has_both, before_dividend // gcd(before_dividend, before_divisor), null
        ) as earlier_dividend,
        if(has_both, before_divisor // gcd(before_dividend, before_divisor), null)
            as earlier_divisor,
    from together

),

changed as (

    select
        *,
        case
            when earlier_dividend is null then null
            when change_as in ('points', 'fall')
                then (
                    now_dividend * earlier_divisor
                    - earlier_dividend * now_divisor
                ) * if(change_as = 'fall', -1, 1)
            when earlier_dividend > 0 and change_as = 'times'
                then now_dividend * earlier_divisor
            when earlier_dividend > 0
                then (
                    now_dividend * earlier_divisor
                    - earlier_dividend * now_divisor
                ) * 100
        end as dividend,
        if(
            change_as in ('points', 'fall'),
            now_divisor * earlier_divisor,
            earlier_dividend * now_divisor
        ) as divisor,
    from lowest

)

select
    * exclude (status_without_value, is_cut, is_in_gap),
    case
        when is_cut then 'cut'
        when may_change and not is_comparable then 'apart'
    end as sides,
    dividend is not null as has_value,
    case
        when dividend is not null then null
        when not has_earlier then 'not_applicable'
        when status_without_value is not null then status_without_value
        when scope = 'place' and (areas_reported = 0 or is_in_gap) then 'not_reported'
        when now_dividend = 0 then 'not_arising'
        else 'not_applicable'
    end as status_without_value,
from changed
