-- One row per plan, indicator, period, place (an area, or a department where
-- area_id is null) and measure in a role of the indicator: what the readings
-- that its figure to date stands on come to, and the sum as it is told.
-- lacking: closed periods without which a condition on every period does not
-- hold.
-- Key: plan_id, indicator_code, period, part_no, area_id, unit_id, role,
-- measure_name
-- Never null: plan_id, indicator_code, period, part_no, role, measure_name,
-- unit, kind, over_time, unit_id, is_hidden, counted
select
    basis.plan_id,
    basis.indicator_code,
    basis.period,
    basis.area_id,
    basis.place_unit_id as unit_id,
    basis.part_no,
    basis.role,
    basis.measure_name,
    basis.unit,
    basis.kind,
    basis.over_time,
    basis.comparator,
    basis.threshold,
    bool_or(basis.is_hidden) as is_hidden,
    (count(*) filter (where basis.usage = 'counts'))::integer as counted,
    -- what stood in several areas before adds up
    bool_or(basis.is_inherited and basis.usage = 'counts') as is_inherited,
    case
        when
            bool_or(basis.is_inherited and basis.usage = 'counts')
            or basis.over_time in ('sum', 'last')
            then sum(basis.value) filter (where basis.usage = 'counts')
        when basis.over_time = 'max'
            then max(basis.value) filter (where basis.usage = 'counts')
        when basis.over_time in ('min', 'each')
            then min(basis.value) filter (where basis.usage = 'counts')
        else avg(basis.value) filter (where basis.usage = 'counts')
    end as value,
    regexp_replace(
        string_agg(
            basis.value_text || ' ('
            || marts.within_sentence(basis.source_short_name)
            || if(basis.is_inherited, ', ' || basis.earlier_area, '') || ')'
            || if(basis.over_time = 'sum' or basis.is_inherited, ' +', ';'),
            ' '
            order by basis.row_no
        ) filter (where basis.usage = 'counts'),
        '( [+]|;)$',
        ''
    ) as terms,
    string_agg(
        marts.within_sentence(basis.source_short_name), ', '
        order by basis.source_time_no
    ) filter (
        where basis.role = 'condition'
            and basis.over_time in ('min', 'each')
            and basis.usage in ('blank', 'not_sent')
            and basis.source_state = 'closed'
    ) as lacking
from chitieu.basis as basis
group by
    basis.plan_id,
    basis.indicator_code,
    basis.period,
    basis.area_id,
    basis.place_unit_id,
    basis.part_no,
    basis.role,
    basis.measure_name,
    basis.unit,
    basis.kind,
    basis.over_time,
    basis.comparator,
    basis.threshold
