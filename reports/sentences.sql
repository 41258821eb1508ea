-- Names of periods and days with which the queries in sources/ name what they
-- bring, kept in the copy of the marts that they run on. Sentences are written by
-- pipelines/sentences.

-- A figure as Vietnamese writes it, `1.234,5`: exact, with the decimals that it
-- needs of four.
create or replace macro marts.number_text(figure) as
    if(round(figure, 4) < 0, '-', '')
    || replace(format('{:,}', trunc(abs(round(figure, 4)))::hugeint), ',', '.')
    || replace(
        rtrim(rtrim(regexp_extract(round(figure, 4)::decimal(38, 4)::varchar, '\..*$'), '0'), '.'),
        '.', ','
    );

-- A name at the start of a sentence, as it stands within one: `quý II năm 2024`.
create or replace macro marts.within_sentence(name) as
    lower(left(name, 1)) || substr(name, 2);

-- A period's name where its year is known: `Quý II`, `Tháng 3`.
create or replace macro marts.without_year(name, year) as
    regexp_replace(name, '( năm |/)' || year || '$', '');

-- The same within a sentence: `quý II`.
create or replace macro marts.name_within_year(name, year) as
    marts.within_sentence(marts.without_year(name, year));

-- A date as decree 30/2020/NĐ-CP has it, `05/6/2024`: a zero before days under
-- ten and before January and February alone.
create or replace macro marts.day_text(day) as
    strftime(day::date, '%d/')
    || if(month(day::date) < 3, '0', '') || month(day::date)
    || strftime(day::date, '/%Y');

-- A moment: `15:20 ngày 05/6/2024`.
create or replace macro marts.moment_text(moment) as
    strftime(moment::timestamp, '%H:%M ngày ') || marts.day_text(moment::timestamp);

-- Why a period has no value of its own, which the year to date may have: a
-- status; null where it has one, or one that is withheld.
create or replace macro marts.why_none_in_period(
    value_kind, status, is_hidden, value_to_date, value_in_period,
    numerator_in_period, denominator_in_period
) as
    case
        when value_in_period is not null or is_hidden then null
        when value_to_date is null and status in ('not_applicable', 'not_reported') then status
        when value_kind in ('change', 'all_of_indicators') then 'not_applicable'
        when denominator_in_period = 0 and numerator_in_period = 0 then 'not_arising'
        when denominator_in_period = 0 then 'in_doubt'
        else 'not_reported'
    end;
