-- Macros with which the queries in sources/ write sentences, kept in the copy
-- of the marts that they run on.

-- A figure as Vietnamese writes it, `1.234,5`: with two decimals at most, four
-- where it has more and two would show another figure.
create or replace macro marts.number_text(figure) as
    regexp_replace(
        replace(
            replace(
                replace(
                    if(
                        round(figure, 2) = round(figure, 4),
                        format('{:,.2f}', figure::double),
                        format('{:,.4f}', figure::double)
                    ),
                    '.', ';'
                ),
                ',', '.'
            ),
            ';', ','
        ),
        ',0*$|(,[0-9]*[1-9])0+$', '\1'
    );

-- The same with its unit: `24,1%`, `12 cơ sở`.
create or replace macro marts.figure_text(figure, unit) as
    marts.number_text(figure)
    || case when unit = '%' then '%' when unit is null then '' else ' ' || unit end;

-- A figure with two decimals, or with as many as keep it on its side of a
-- bound that stands beside it: 29,996 next to 30 does not become 30.
create or replace macro marts.shown_beside(figure, bound) as
    case
        when
            bound is null
            or sign(round(figure, 2) - bound) = sign(figure - bound)
            then round(figure, 2)
        when sign(round(figure, 4) - bound) = sign(figure - bound)
            then round(figure, 4)
        else figure
    end;
