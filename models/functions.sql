-- The arithmetic that several models share. Temporary macros, made anew for
-- every build, each after those that it uses.

-- A figure of at most ten decimals as a whole number of 10^-10, so that it
-- can be multiplied and compared without rounding.
create or replace temp macro exact_integer(figure) as
    (figure * 10000000000)::hugeint;

-- The whole number nearest to numerator / denominator, halves up. Both are
-- whole numbers, the numerator not negative, the denominator positive.
create or replace temp macro rounded_quotient(numerator, denominator) as
    (2 * numerator + denominator) // (2 * denominator);

-- total / number, to ten decimals, halves up. Null when number is 0.
create or replace temp macro exact_average(total, number) as
    rounded_quotient(
        exact_integer(total), nullif(number, 0)::hugeint
    ) * 0.0000000001;

-- Whether a figure fulfils a bound; null when either is null.
create or replace temp macro fulfils(figure, comparator, bound) as
    case comparator
        when '>=' then figure >= bound
        when '>' then figure > bound
        when '<=' then figure <= bound
        when '<' then figure < bound
    end;

-- numerator / denominator in whole units, halves up, except where that
-- would land on the other side of the bound than the exact quotient: then
-- it is rounded away from the bound. Keeps 29.996 against 30 below 30.
create or replace temp macro quotient_at_bound(
    numerator, denominator, comparator, bound, is_fulfilled
) as
    case
        when
            fulfils(rounded_quotient(numerator, denominator), comparator, bound)
            is not distinct from is_fulfilled
            then rounded_quotient(numerator, denominator)
        when comparator in ('>=', '<')
            then numerator // denominator
        else (numerator + denominator - 1) // denominator
    end;
