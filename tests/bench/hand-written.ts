/**
 * One query that gives what the models give for the generated country, as a person would write it
 * who knows that there is one plan, that its measures come in pairs and that nothing is ever
 * corrected. Same columns, same exact decisions; read from the same ledger.
 */
export const HAND_WRITTEN = `
create table by_hand as
with reading as (
    select
        submission.unit_id,
        submission.period,
        left(submission.period, 4)::integer as year,
        right(submission.period, 1)::integer as quarter,
        reading.area_id,
        split_part(reading.measure, '_', 2)::integer as pair,
        max(reading.value) filter (where reading.measure like 'stock%') as stock,
        max(reading.value) filter (where reading.measure like 'flow%') as flow,
    from ledger.main.reading as reading
    join ledger.main.submission as submission using (submission_no)
    where reading.state <> 'blank'
    group by all
),
expected as (
    select area_id, pair, year, quarter
    from (select distinct area_id from reading)
    cross join (select distinct pair from reading)
    cross join (select distinct year, quarter from reading)
),
known as (
    select
        expected.*,
        sum(reading.flow) over so_far as flow,
        last_value(reading.stock ignore nulls) over so_far as stock,
        reading.flow is null or reading.stock is null as is_missing,
    from expected
    left join reading using (area_id, pair, year, quarter)
    window so_far as (partition by area_id, pair, year order by quarter)
),
to_date as (
    select
        *,
        flow is not null and stock is not null as is_known,
        -- what was not given is missing, also where a stock is known from before
        count(*) filter (where is_missing) over before as missing_before,
    from known
    window before as (
        partition by area_id, pair, year order by quarter
        rows between unbounded preceding and 1 preceding
    )
),
part as (
    select
        'I' || pair as indicator_code,
        year || '-Q' || quarter as period,
        quarter,
        area_id,
        if(is_known, flow, null)::bigint as numerator,
        if(is_known, stock, null)::bigint as denominator,
        missing_before as periods_missing_before,
    from to_date
    union all
    select
        'I' || pair, year || '-Q' || quarter, quarter, null,
        sum(flow) filter (where is_known)::bigint,
        sum(stock) filter (where is_known)::bigint,
        sum(missing_before),
    from to_date
    group by pair, year, quarter
)
select
    indicator_code,
    period,
    area_id,
    numerator,
    denominator,
    round(numerator * 100.0 / nullif(denominator, 0), 6)::decimal(18, 6) as value,
    (30 * quarter / 4.0)::decimal(18, 6) as pace_value,
    case
        when numerator is null then 'not_reported'
        when denominator = 0 then if(numerator = 0, 'not_arising', 'in_doubt')
        when numerator * 100 >= 30 * denominator then 'met'
        when quarter = 4 then 'not_met'
        when numerator * 400 >= 30 * quarter * denominator then 'on_track'
        else 'behind'
    end as status,
    periods_missing_before,
from part
`;

/** Rows in which the models and the hand-written query differ. */
export const DIFFERENCES = `
with model as (
    select indicator_code, period, area_id, numerator, denominator, value, pace_value, status,
        periods_missing_before,
    from marts.attainment_by_ward_quarter
    union all by name
    select indicator_code, period, null::integer as area_id, numerator, denominator, value,
        pace_value, status, periods_missing_before,
    from marts.attainment_by_plan_period
)
select count(*)::integer as different
from (
    (select * from model except select * from by_hand)
    union all
    (select * from by_hand except select * from model)
)
`;
