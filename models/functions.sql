-- The arithmetic that several models share. Temporary macros, made anew for
-- every build, each after those that it uses.

-- A figure as a whole number of 1/7683984000000 (10^-4 / 27720^2), so that
-- it can be averaged over time, added, multiplied and compared without
-- rounding: 27720 is divisible by every number of periods from 1 to 12.
create or replace temp macro exact(figure) as
    (
        trunc(figure)::bigint::hugeint * 10000
        -- the whole part apart, for the product of both would not fit
        + ((figure % 1) * 10000)::bigint
    ) * 768398400;

-- The whole number nearest to numerator / denominator, halves up. Both are
-- whole numbers, the numerator not negative, the denominator positive. A
-- floating-point estimate, at most one off below 10^15, is put right by what
-- it leaves over; above that the quotient is divided out, which is slow.
create or replace temp macro rounded_quotient(numerator, denominator) as
    if(
        numerator::double / denominator::double < 1e15,
        round(numerator::double / denominator::double)::bigint
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
        )::bigint,
        (2 * numerator + denominator) // (2 * denominator)
    );

-- An exact total over a number of places.
create or replace temp macro shared_out(total, places) as
    if(places = 1, total, total // places);

-- A whole number of exact units as a figure of four decimals, halves up.
create or replace temp macro figure(units) as
    rounded_quotient(units, 768398400::hugeint) * 0.0001;

-- Whether a figure fulfils a bound; null when either is null.
create or replace temp macro fulfils(figure, comparator, bound) as
    case comparator
        when '>=' then figure >= bound
        when '>' then figure > bound
        when '<=' then figure <= bound
        when '<' then figure < bound
    end;

-- A rounded quotient, moved by one where rounding took it across a bound (of
-- which scale makes both comparable): to the side of the exact quotient.
-- Keeps 29.996 against 30 below 30.
create or replace temp macro kept_on_side(
    quotient, scale, comparator, bound, is_fulfilled
) as
    quotient
    + case
        when
            fulfils(quotient * scale, comparator, bound)
            is not distinct from is_fulfilled
            then 0
        when (comparator in ('>=', '>')) = is_fulfilled then 1
        else -1
    end;

-- Whether a count of a sensitive measure is one of 1 to 4, which the shared
-- audience may not see nor be able to work out.
create or replace temp macro is_small(figure) as
    coalesce(figure > 0 and figure < 5, false);

-- How many of a group's figures have which status.
create or replace temp macro status_counts(status) as
    {
        'counted': count(*)::integer,
        'met': count(*) filter (where status = 'met')::integer,
        'on_track': count(*) filter (where status = 'on_track')::integer,
        'behind': count(*) filter (where status = 'behind')::integer,
        'not_met': count(*) filter (where status = 'not_met')::integer,
        'not_arising': count(*) filter (where status = 'not_arising')::integer,
        'not_reported': count(*) filter (where status = 'not_reported')::integer,
        'not_applicable': count(*) filter (where status = 'not_applicable')::integer,
        'withheld': count(*) filter (where status = 'withheld')::integer
    };
