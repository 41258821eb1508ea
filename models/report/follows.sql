-- Grain: difference (report.difference) × what it may follow from
-- (report.moved): what a changed figure is based on, by its measures, places and
-- periods. What follows from nothing else follows from the plan file, from a
-- figure that is compared with, a deadline, a doubt, where it is withheld from
-- whatever reports came, or else from something unknown.
with

report as (

    select
        period.plan_id as report_plan,
        period.period as report_period,
        period.period_key,
        period.year,
        period.data_from,
        period.data_to,
        coalesce(previous.data_to, period.data_from - 1) as previous_to,
        previous_version.plan_id is not null as is_previous_published,
        last_year_version.plan_id is not null as is_last_year_published,
        before.previous_key,
    from raw.period as period
    inner join core.period_before as before using (period_key)
    left join raw.period as previous
        on before.previous_key = previous.period_key
    left join staging.publication as previous_version
        on before.plan_id = previous_version.plan_id
        and before.previous_period = previous_version.period
        and previous_version.is_latest
    left join staging.publication as last_year_version
        on before.last_year_plan_id = last_year_version.plan_id
        and before.last_year_period = last_year_version.period
        and last_year_version.is_latest

),

-- of a report that came in place of another, what is another in it
reading as (

    select
        moved.report_plan,
        moved.report_period,
        moved.cause_key,
        reading.measure_key,
        reading.place_key,
    from report.moved as moved
    inner join core.reading as reading
        on reading.submission_no in (moved.now_no, moved.then_no)
    group by all
    having
        any_value(moved.then_no) is null
        or count(*) < 2
        or count(distinct row(reading.value, reading.state)) > 1

),

touched as (

    select
        reading.report_plan,
        reading.report_period,
        reading.cause_key,
        coalesce(continued.measure_key, reading.measure_key) as measure_key,
        reading.place_key,
    from reading
    left join raw.measure_continues as continued
        on reading.measure_key = continued.earlier_key

),

place as (

    select distinct
        touched.*,
        unnest([0, place_key]) as scope_no,
    from touched
    union distinct
    select
        touched.*,
        succession.successor_id as scope_no,
    from touched
    inner join raw.measure as measure using (measure_key)
    inner join core.exact_succession as succession
        on measure.plan_key = succession.plan_key
        and touched.place_key = succession.area_id

),

stands_on as (

    select
        'measure' as section,
        measure as code,
        measure_key,
        sums_over = 'plan' as is_of_years,
    from raw.measure
    union all
    select
        'indicator' as section,
        indicator.indicator_code as code,
        used.measure_key,
        indicator.value_kind in ('change', 'all_of') or measure.sums_over = 'plan'
            as is_of_years,
    from core.indicator_measure as used
    inner join raw.indicator as indicator using (indicator_key)
    inner join raw.measure as measure using (measure_key)
    where indicator.is_shown

),

fed as (

    select
        place.report_plan,
        place.report_period,
        place.cause_key,
        place.scope_no,
        stands_on.section,
        stands_on.code,
        bool_or(stands_on.is_of_years) as is_of_years,
    from place
    inner join raw.measure as measure using (measure_key)
    inner join raw.plan as plan
        on measure.plan_key = plan.plan_key
        and place.report_plan = plan.plan_id
    inner join stands_on using (measure_key)
    group by all

),

changed as (

    select
        difference.*,
        coalesce(difference.area_id, 0) as scope_no,
        field in ('previous_value', 'previous_status') as is_previous,
        field = 'last_year_value' as is_last_year,
        field in ('cause', 'remedy') as is_explanation,
        ends_with(field, '_in_period') or field = 'is_nil' as is_in_period,
        field in (
            'name', 'short_name', 'group_name', 'unit_of_measure', 'quote',
            'target_text', 'formula', 'added_rules', 'reported_by',
            'explanation', 'target_value', 'target_to', 'is_due'
        ) as is_of_plan,
        bool_or(field in ('target_value', 'target_to')) over figure
        and field in ('status', 'is_provisional', 'pace_shown') as is_asked_anew,
        field = 'is_provisional' and count(*) over figure = 1 as is_open_alone,
    from report.difference as difference
    window figure as (
        partition by report_plan, report_period, audience, section, code, area_id
    )

),

follows as (

    -- the figure is based on that report
    select
        changed.report_plan,
        changed.report_period,
        changed.audience,
        changed.difference_no,
        moved.cause_key,
    from changed
    inner join report using (report_plan, report_period)
    inner join fed using (report_plan, report_period, section, code, scope_no)
    inner join report.moved as moved using (report_plan, report_period, cause_key)
    inner join raw.period as source
        on moved.source_key = source.period_key
    where
        case
            when changed.is_of_plan or changed.is_explanation then false
            when changed.is_last_year
                then not report.is_last_year_published and source.year < report.year
            when source.year < report.year and not fed.is_of_years then false
            when changed.is_previous
                then
                    not report.is_previous_published
                    and source.data_to <= report.previous_to
            when changed.is_in_period
                then
                    source.data_from >= report.data_from
                    and source.data_to <= report.data_to
            else true
        end

    union

    select
        changed.report_plan,
        changed.report_period,
        changed.audience,
        changed.difference_no,
        moved.cause_key,
    from changed
    inner join report.moved as moved using (report_plan, report_period)
    left join report using (report_plan, report_period)
    where
        case moved.kind
            when 'plan' then changed.is_of_plan or changed.is_asked_anew
            when 'version'
                then
                    if(
                        moved.source_key = report.previous_key,
                        changed.is_previous,
                        changed.is_last_year
                    )
            when 'shortfall' then changed.is_explanation
            -- null of what no unit did
            else
                changed.section = 'unit'
                and changed.code = moved.unit_code
                and moved.source_key = report.period_key
        end

),

unexplained as (

    select changed.*,
    from changed
    anti join follows using (report_plan, report_period, audience, difference_no)

),

may_follow as (

    select
        unexplained.report_plan,
        unexplained.report_period,
        unexplained.audience,
        unexplained.difference_no,
        moved.cause_key,
        moved.kind,
    from unexplained
    inner join report.moved as moved using (report_plan, report_period)
    left join marts.change_basis as basis
        on unexplained.report_plan = basis.plan_id
        and unexplained.report_period = basis.period
        and unexplained.code = basis.indicator_code
        and unexplained.area_id is not distinct from basis.area_id
        and unexplained.section = 'indicator'
    where
        case moved.kind
            when 'plan' then unexplained.section <> 'unit'
            -- another figure to compare with makes another value, too
            when 'baseline'
                then basis.source is not null and not unexplained.is_open_alone
            when 'settled' then (field, new_value) = ('is_provisional', 'false')
            -- that something hidden is doubted tells of it
            when 'doubted'
                then
                    (field, new_value) = ('is_provisional', 'true')
                    and audience <> 'shared'
            when 'closed'
                then
                    unexplained.field in (
                        'status', 'previous_status', 'is_provisional', 'is_due',
                        'pace_shown', 'areas_expected', 'areas_carried',
                        'areas_left_out', 'periods_missing_before', 'basis'
                    )
            when 'unknown' then true
            -- a group is withheld as a whole, and with it what it is compared with
            else is_withheld and kind in ('received', 'again', 'withdrawn')
        end

)

select *
from follows
union all
select * exclude (kind)
from may_follow
qualify
    kind <> 'unknown'
    or count(*) over (
        partition by report_plan, report_period, audience, difference_no
    ) = 1
