-- One row per measure, place and period of core.measure_place_period, with
-- what is known to date: over the base periods of the span up to then, or over
-- the covering periods of its kind and what lies between them; of a measure
-- each of whose periods is alone, over that one (span: its key, below 0). A report that
-- did not come takes nothing away. Averages are exact in their units only.
-- periods_missing_before: closed base periods without a report before it.
-- is_lacking: a minimum that does not hold, since a closed base period so far
-- is missing. there_to: of a flow at a place that goes, the last day of the
-- latest base period in which it was there. is_open: what is owed, and did not
-- come yet, may make what is known another: of a stock, what is owed for a
-- period after its latest. least_to_date: what a flow or a greatest value comes
-- to then at the least.
with

member as not materialized (

    select
        *,
        if(is_covering, kind, '') as series,
        false as is_gap,
    from core.measure_of_period
    union all by name
    select
        figure.*,
        gap.kind as series,
        true as is_gap,
    from core.measure_of_period as figure
    inner join core.series_gap as gap using (measure_key, period_key)
    where figure.is_base

),

to_date as (

    select
        measure_key,
        place_key,
        period_key,
        span,
        alone_key,
        place_role,
        is_base,
        is_covering,
        submission_no,
        is_nil,
        is_reported,
        is_lacking,
        value,
        value_own is null as is_not_own,
        max(if(is_open, data_to, null)) over so_far as open_to,
        max(if(value is null, null, data_to)) over so_far as value_to,
        sum(value) over so_far as value_sum,
        sum(stays) over so_far as stays_sum,
        last_value(value ignore nulls) over so_far as value_last,
        last_value(if(value is null, null, stock_key) ignore nulls)
            over so_far as last_key,
    from member
    window
        so_far as (
            partition by measure_key, place_key, span, alone_key, series
            order by data_to
            range between unbounded preceding and current row
        )
    qualify not is_gap

),

-- what few measures are: averages and extremes
other_to_date as (

    select
        measure_key,
        place_key,
        period_key,
        case over_time
            when 'max' then max(value) over so_far
            when 'min' then min(value) over so_far
        end as extreme,
        max(stays) over so_far as stays_max,
        units // nullif(weight, 0) as mean_units,
        sum(units) over so_far // nullif(sum(weight) over so_far, 0)
            as mean_units_to_date,
    from member
    where over_time in ('average', 'max', 'min')
    window
        so_far as (
            partition by measure_key, place_key, span, alone_key, series
            order by data_to
            range between unbounded preceding and current row
        )
    qualify not is_gap

),

-- what few need: of minima, and of flows of places that are gone
so_far as (

    select
        measure_key,
        place_key,
        period_key,
        coalesce(
            bool_or((is_base or alone_key is not null) and is_lacking) over so_far,
            false
        ) as is_lacking,
        max(if(is_base and place_role = 'there', data_to, null)) over so_far
            as there_to,
    from core.measure_of_period
    where
        over_time = 'min'
        or (
            over_time = 'sum'
            and (plan_key, place_key) in (
                select (role.plan_key, role.place_key)
                from core.place_in_period as role
                where role.place_role = 'gone'
            )
        )
    window so_far as (
        partition by measure_key, place_key, span, alone_key
        order by data_to
        range between unbounded preceding and current row
    )

),

missing as (

    select
        measure_key,
        place_key,
        period_key,
        count(*)::integer as periods,
    from core.measure_missing
    group by measure_key, place_key, period_key

),

-- until it is reported, a stock is the sum of what stood where it comes from;
-- several levels make none together
inherited_stock as (

    select
        later.measure_key,
        later.place_key,
        later.period_key,
        if(count(*) = count(earlier.value_last), sum(earlier.value_last), null)
            as value,
        coalesce(bool_or(earlier.open_to >= coalesce(earlier.value_to, earlier.open_to)), false)
            as is_open,
    from to_date as later
    inner join raw.measure as measure using (measure_key)
    inner join core.exact_succession as succession
        on measure.plan_key = succession.plan_key
        and later.place_key = succession.successor_id
        and succession.steps = 1
    left join to_date as earlier
        on later.measure_key = earlier.measure_key
        and succession.area_id = earlier.place_key
        and later.period_key = earlier.period_key
    where
        measure.over_time = 'last'
        and later.value_last is null
        and later.place_role <> 'to_come'
    group by later.measure_key, later.place_key, later.period_key
    having any_value(measure.kind) <> 'level' or count(*) = 1

)

select
    to_date.measure_key,
    to_date.place_key,
    to_date.period_key,
    measure.plan_key,
    coalesce(-to_date.alone_key, to_date.span) as span,
    to_date.place_role,
    to_date.is_base,
    to_date.is_covering,
    measure.over_time,
    to_date.submission_no,
    to_date.is_nil,
    to_date.is_reported,
    so_far.there_to,
    coalesce(missing.periods, 0) as periods_missing_before,
    if(measure.over_time = 'average', other.mean_units, null)
        as units_in_period,
    if(measure.over_time = 'average', other.mean_units_to_date, null)
        as units_to_date,
    case measure.over_time
        when 'average' then figure(units_in_period)
        when 'last' then coalesce(to_date.value_last, inherited_stock.value)
        else to_date.value
    end::decimal(18, 4) as value_in_period,
    case measure.over_time
        when 'sum' then to_date.value_sum
        when 'average' then figure(units_to_date)
        when 'last' then value_in_period
        else other.extreme
    end::decimal(18, 4) as value_to_date,
    measure.over_time = 'min' and to_date.is_lacking as is_lacking,
    measure.over_time = 'min' and coalesce(so_far.is_lacking, false)
        as is_lacking_to_date,
    case
        when value_to_date is null then null
        when to_date.is_covering and to_date.is_not_own then 'covered'
        else 'own'
    end as basis,
    if(measure.over_time = 'last', to_date.last_key, null) as stock_key,
    case
        when to_date.open_to is null then coalesce(inherited_stock.is_open, false)
        else
            measure.over_time <> 'last'
            or to_date.value_to is null
            or to_date.value_to <= to_date.open_to
    end as is_open,
    if(measure.over_time = 'sum', to_date.stays_sum, other.stays_max)::decimal(18, 4)
        as least_to_date,
from to_date
inner join raw.measure as measure using (measure_key)
left join other_to_date as other using (measure_key, place_key, period_key)
left join inherited_stock using (measure_key, place_key, period_key)
left join so_far using (measure_key, place_key, period_key)
left join missing using (measure_key, place_key, period_key)
