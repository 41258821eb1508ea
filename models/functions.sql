-- The arithmetic that several models share. Temporary macros, made anew for
-- every build, each after those that it uses.

-- A figure as a whole number of 1/10000, of which two can be multiplied.
create or replace temp macro in_units(figure) as
    (figure * 10000)::bigint::hugeint;

-- A figure as a whole number of 1/10000 of 1/unit. Where nothing is averaged
-- the unit is 1, so that most figures fit into 64 bits, which are many times
-- as fast to add and divide as 128.
create or replace temp macro in_unit(figure, unit) as
    (
        trunc(figure)::bigint * 10000
        -- the whole part apart, for the product of both would not fit
        + ((figure % 1)::decimal(5, 4) * 10000)::bigint
    )::hugeint * unit;

-- A figure as a whole number of 1/7683984000000 (10^-4 / 27720^2), so that
-- it can be averaged over time, added, multiplied and compared without
-- rounding: 27720 is divisible by every number of periods from 1 to 12.
create or replace temp macro exact(figure) as
    in_unit(figure, 768398400);

-- The whole number nearest to numerator / denominator, halves up. Both are
-- whole numbers, the numerator not negative, the denominator positive. A
-- floating-point estimate, at most one off below 10^15, is put right by what
-- it leaves over; above that the quotient is divided out, which is slow. Where
-- both fit into 64 bits they are divided at once.
create or replace temp macro rounded_quotient(numerator, denominator) as
    case
        when
            numerator < 2000000000000000000
            and denominator < 2000000000000000000
            then
                (2 * numerator::bigint + denominator::bigint)
                // (2 * denominator::bigint)
        when numerator::double / denominator::double < 1e15
            then round(numerator::double / denominator::double)::bigint
        + (
            2 * (
                numerator
                - round(numerator::double / denominator::double)::bigint
                * denominator
            ) >= denominator
        )::bigint
        - (
            2 * (
                numerator
                - round(numerator::double / denominator::double)::bigint
                * denominator
            ) < -denominator
        )::bigint
        else (2 * numerator + denominator) // (2 * denominator)
    end;

-- An exact total over a number of places.
create or replace temp macro shared_out(total, places) as
    if(places = 1, total, total // places);

-- A whole number of units as a figure of four decimals, halves up.
create or replace temp macro figure_in(units, unit) as
    if(unit = 1, units, rounded_quotient(units, unit::hugeint)) * 0.0001;

-- The same of exact units.
create or replace temp macro figure(units) as
    figure_in(units, 768398400);

-- The figure of several places from exact units of each. A level of the whole
-- alone (how: none) is that of place 0.
create or replace temp macro over_places(how, units, place) as
    figure(case how
        when 'sum' then sum(units)
        when 'max' then max(units)
        when 'min' then min(units)
        when 'average' then sum(units) // count(units)
        when 'none' then max(if(place = 0, units, null))
    end);

-- The sum where values add up, else the last of them.
create or replace temp macro added_or_last(adds_up, value, moment) as
    if(adds_up, sum(value), arg_max(value, moment));

-- Whether a figure fulfils a bound, which bound_to ends where it is a range;
-- null when one of them is null.
create or replace temp macro fulfils
    (figure, comparator, bound) as
    case comparator
        when '>=' then figure >= bound
        when '>' then figure > bound
        when '<=' then figure <= bound
        when '<' then figure < bound
        when '=' then figure = bound
    end,
    (figure, comparator, bound, bound_to) as
    case comparator
        when '>=' then figure >= bound
        when '>' then figure > bound
        when '<=' then figure <= bound
        when '<' then figure < bound
        when '=' then figure = bound
        when 'between' then figure >= bound and figure <= bound_to
    end;

-- How many levels a unit of measure names, which has a sign below between
-- them: `C < B < A`.
create or replace temp macro levels_in(unit_of_measure) as
    len(string_split(unit_of_measure, ' < '));

-- Whether a comparator asks for no more than its bound.
create or replace temp macro is_ceiling(comparator) as
    comparator in ('<=', '<');

-- By how many of the whole things that are counted the bound asked / shares is
-- kept, below 0: missed.
create or replace temp macro beyond_count(counted, comparator, asked, shares) as
    case comparator
        when '>=' then counted - (asked + shares - 1) // shares
        when '>' then counted - asked // shares - 1
        when '<=' then asked // shares - counted
        when '<' then (asked + shares - 1) // shares - 1 - counted
    end;

-- The status of dividend / divisor against a target in units of 1/10000, of
-- which pace / shares must be reached by now (null: no pace). is_judged: it is
-- due, and its period closed. only_grows: what is past a bound never comes
-- back. Null without a bound.
create or replace temp macro verdict(
    dividend, divisor, comparator, bound, bound_to, is_judged, only_grows,
    pace, shares
) as
    case
        when bound is null then null
        when
            fulfils(
                dividend * 10000, comparator, bound * divisor,
                bound_to * divisor
            )
            then if(is_ceiling(comparator) and not is_judged, 'within', 'met')
        when is_judged then 'not_met'
        when
            is_ceiling(comparator)
            or (comparator = '=' and dividend * 10000 > bound * divisor)
            or (
                comparator = 'between'
                and dividend * 10000 > bound_to * divisor
            )
            then if(only_grows, 'not_met', 'not_yet')
        when pace is null then 'not_yet'
        when dividend * 10000 * shares >= pace * divisor then 'on_track'
        else 'behind'
    end;

-- The same of nothing, where more is asked for.
create or replace temp macro verdict_of_nothing(is_judged, pace) as
    verdict(0, 1, '>=', 1, null, is_judged, false, if(pace is null, null, 1), 1);

-- The status of what is met, where it was lacking when it was due.
create or replace temp macro met_late_if(is_late, status) as
    if(is_late and status = 'met', 'met_late', status);

-- The status of several that must all hold; null of none.
create or replace temp macro together(statuses, comparator, pace) as
    case
        when coalesce(len(statuses), 0) = 0 then null
        when list_has_all(['met'], statuses) then 'met'
        when list_has_all(['met', 'met_late'], statuses) then 'met_late'
        when
            is_ceiling(comparator)
            and list_has_all(['met', 'met_late', 'within'], statuses)
            then 'within'
        when list_contains(statuses, 'not_met') then 'not_met'
        when pace <> 'linear' or list_contains(statuses, 'not_yet')
            then 'not_yet'
        when list_has_all(['met', 'met_late', 'on_track'], statuses) then 'on_track'
        -- the most urgent
        else list_min(list_transform(
            statuses, lambda one: { 'attention': attention_to(one), 'status': one }
        )).status
    end;

-- The whole number nearest to dividend / divisor, halves away from zero. Both
-- are whole numbers, the divisor positive.
create or replace temp macro nearest(dividend, divisor) as
    sign(dividend) * rounded_quotient(abs(dividend), divisor);

-- The least whole number that is not below dividend / divisor, which is
-- positive.
create or replace temp macro rounded_up(dividend, divisor) as
    dividend // divisor + (dividend % divisor > 0)::integer;

-- A rounded quotient shown in steps of so many bounds' units, moved by one
-- where rounding took it across a bound: to the side of the exact quotient
-- (dividend / divisor), which is on that side. Keeps 29.996 against 30 below 30.
-- Two steps away from a bound and more there is nothing to look at, which is
-- seen soonest.
create or replace temp macro kept_on_side(
    quotient, step, dividend, divisor, comparator, bound, bound_to
) as
    quotient
    + case
        when
            abs(quotient * step - bound) > 2 * step
            and coalesce(abs(quotient * step - bound_to) > 2 * step, true)
            then 0
        when
            fulfils(quotient * step, comparator, bound, bound_to)
            is not distinct from fulfils(
                dividend * 10000, comparator, bound * divisor,
                bound_to * divisor
            )
            then 0
        else sign(dividend * 10000 - quotient * step * divisor)
    end;

-- Whether a count of a sensitive measure is one of 1 to 4, which the shared
-- audience may not see nor be able to work out.
create or replace temp macro is_small(figure) as
    coalesce(figure > 0 and figure < 5, false);

-- Whether a build is about a plan: a refresh builds those that something new
-- touches, and takes the others as they are.
create or replace temp macro is_built(plan_id) as
    coalesce(list_contains(getvariable('plans'), plan_id), true);

-- A moment by the office's clock, as marts have it.
create or replace temp macro office_time(moment) as
    strftime(moment at time zone 'Asia/Ho_Chi_Minh', '%Y-%m-%d %H:%M:%S');

-- The day on which days are counted, by the same clock.
create or replace temp macro office_today() as
    (getvariable('now') at time zone 'Asia/Ho_Chi_Minh')::date;

-- Whether a report is drawn up: where one is, no other is.
create or replace temp macro is_drafted(plan_id, period) as
    coalesce(getvariable('drafted') = [plan_id, period], true);

-- As what a report is counted and listed wherever something is asked of units;
-- due_soon within seven days.
create or replace temp macro wanted_of(state, timeliness, days_left) as
    case
        when state in ('returned', 'to_explain') then state
        when state = 'not_sent' and timeliness = 'missing' then 'overdue'
        when state = 'not_sent' and days_left <= 7 then 'due_soon'
    end;

-- A count as documents write it: `03`, `12`.
create or replace temp macro two_digits(number) as
    if(number between 1 and 9, '0', '') || number;

-- `a, b và c`.
create or replace temp macro enumerated(names) as
    if(
        len(names) < 2,
        array_to_string(names, ''),
        array_to_string(names[:-2], ', ') || ' và ' || names[-1]
    );

-- The fields in which a figure, a unit, an item or an explanation may differ
-- from a published one, in the order in which they are shown: 22 of figures first.
create or replace temp macro compared_fields() as [
    'value_shown', 'numerator', 'denominator', 'value_in_period', 'numerator_in_period',
    'denominator_in_period', 'is_nil', 'target_value', 'target_to', 'pace_shown', 'is_due',
    'status', 'is_provisional', 'areas_expected', 'areas_reported', 'areas_carried',
    'areas_left_out', 'periods_missing_before', 'basis', 'previous_value', 'previous_status',
    'last_year_value', 'last_received_at', 'name', 'short_name', 'group_name',
    'unit_of_measure', 'quote', 'target_text', 'formula', 'added_rules', 'reported_by',
    'explanation', 'cause', 'remedy'
];
