-- Functions of the models that judge received files. Temporary macros, made once a connection.
-- Words that a sender reads come in the variable `intake_words`, where `{}` is filled in.

-- What was written in words, as the ledger keeps it; null where nothing was, or a space. Control
-- characters and those that turn text round are taken out: no document that a text goes into may
-- hold them.
create or replace temp macro kept_text("text") as
case
    when "text" <> '' and regexp_matches("text", '[^\s\pZ]')
        then nullif(
            regexp_replace(
                "text",
                '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\x{202A}-\x{202E}\x{2066}-\x{2069}]+', ' ', 'g'
            ), ''
        )
end;

-- Values as they are typed, read step by step, since one great expression takes longer to plan than
-- to run. `value_said` is the text without differences that mean nothing: capitals, composed or
-- decomposed accents, spaces around it. A line break or a tab between two numbers keeps them apart:
-- only a space may group thousands.
create or replace temp macro value_said("text") as
lower(trim(regexp_replace(
    regexp_replace(
        regexp_replace(nfc_normalize("text"), '[\x{200B}\x{FE0E}\x{FE0F}]', '', 'g'),
        '([0-9.,])[\s\pZ]*[\t\n\v\f\r\x{85}\x{2028}\x{2029}][\s\pZ]*([0-9.,])', '\1 | \2', 'g'
    ),
    '[\s\pZ\x{FEFF}]+', ' ', 'g'
)));

-- a number with a plus before it or a full stop behind it, without these
create or replace temp macro bare_number(said) as
regexp_replace(said, '^[+]? ?([0-9][0-9., ]*[0-9]|[0-9])[.]?( ?%)?$', '\1\2');

-- a number with the unit that it is counted in beside it, `60 người`, without that unit; a full
-- stop may end it
create or replace temp macro without_unit(said, unit_of_measure) as
if(
    not contains(unit_of_measure, '%')
    and ends_with(rtrim(said, '.'), value_said(unit_of_measure))
    and regexp_full_match(
        left(said, length(rtrim(said, '.')) - length(value_said(unit_of_measure))),
        '[0-9][0-9., ]*'
    ),
    trim(left(said, length(rtrim(said, '.')) - length(value_said(unit_of_measure)))),
    said
);

-- what is the same for everything that means one level: `loại a`, `xếp loại a`, `a`; the noun is
-- what all levels begin with. As `levelKey` in TypeScript has it
create or replace temp macro level_plain(said) as replace(strip_accents(said), 'đ', 'd');
create or replace temp macro level_key(plain_said, noun) as
regexp_replace(
    if(starts_with(plain_said, noun), substr(plain_said, length(noun) + 1), plain_said),
    '^(xep |dat )?(loai|hang|muc|bac) ', ''
);
create or replace temp macro level_noun(levels) as
if(
    len(list_distinct(
        list_transform(levels, lambda one: regexp_replace(one, '[^ ]+$', ''))
    )) = 1,
    regexp_replace(levels[1], '[^ ]+$', ''), ''
);
create or replace temp macro levels_said(unit_of_measure) as
list_transform(
    string_split(unit_of_measure, ' < '), lambda one: level_plain(value_said(one))
);

-- the place of a level among those of its unit of measure, the worst being 1; null where it is none
create or replace temp macro level_place(said, unit_of_measure) as
nullif(
    list_position(
        list_transform(
            levels_said(unit_of_measure),
            lambda one: level_key(one, level_noun(levels_said(unit_of_measure)))
        ),
        level_key(
            level_plain(rtrim(said, '. ')), level_noun(levels_said(unit_of_measure))
        )
    ), 0
);

create or replace temp macro number_core(said) as regexp_replace(said, ' ?%$', '');

-- how the marks of a number stand; null where it is none. A group of three digits after a single
-- mark may be thousands or decimals
create or replace temp macro number_shape(core) as
case
    when regexp_full_match(core, '[0-9]+') then 'plain'
    when regexp_full_match(core, '[1-9][0-9]{0,2}\.[0-9]{3}') then 'dot_and_three'
    when regexp_full_match(core, '[1-9][0-9]{0,2},[0-9]{3}') then 'comma_and_three'
    when regexp_full_match(core, '[0-9]+\.[0-9]+') then 'decimal_dot'
    when regexp_full_match(core, '[0-9]+,[0-9]+') then 'decimal_comma'
    when regexp_full_match(core, '[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?') then 'grouping_dot'
    when regexp_full_match(core, '[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?') then 'grouping_comma'
    when regexp_full_match(core, '[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?') then 'grouping_space'
end;

create or replace temp macro fraction_digits(core) as
length(rtrim(regexp_extract(core, '[.,]([0-9]+)$', 1), '0'));

-- three digits after a mark are more decimals than the measure has, so only thousands can be meant
create or replace temp macro only_thousands(core, decimals) as
decimals = 0 or fraction_digits(core) > decimals;

-- what a typed number shows of how its file writes numbers
create or replace temp macro shown_style(core, shape, decimals) as
case shape
    when 'grouping_dot' then 'comma'
    when 'decimal_comma' then 'comma'
    when 'grouping_comma' then 'dot'
    when 'decimal_dot' then 'dot'
    when 'dot_and_three' then if(only_thousands(core, decimals), 'comma', null)
    when 'comma_and_three' then if(only_thousands(core, decimals), 'dot', null)
    when 'grouping_space'
        then if(contains(core, ','), 'comma', if(contains(core, '.'), 'dot', null))
end;

-- the number with a dot before its decimals; null where its mark could mean either
create or replace temp macro plain_number(core, shape, is_exact) as
case shape
    when 'plain' then core
    when 'decimal_dot' then core
    when 'decimal_comma' then replace(core, ',', '.')
    when 'grouping_dot' then replace(replace(core, '.', ''), ',', '.')
    when 'grouping_comma' then replace(core, ',', '')
    when 'grouping_space' then replace(replace(core, ' ', ''), ',', '.')
    when 'dot_and_three'
        then case
            when is_exact or getvariable('number_style') = 'dot' then core
            when getvariable('number_style') = 'comma' then replace(core, '.', '')
        end
    when 'comma_and_three'
        then case
            when getvariable('number_style') = 'dot' then replace(core, ',', '')
            when getvariable('number_style') = 'comma' then replace(core, ',', '.')
        end
end;

create or replace temp macro is_percentage(unit_of_measure) as
contains(unit_of_measure, '%') or contains(lower(unit_of_measure), 'phần trăm');

create or replace temp macro typed_date(said) as
if(
    regexp_full_match(said, '[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}'),
    try_strptime(said, ['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y']), null
)::date;

create or replace temp macro number_kind(
    said, core, shape, "plain", decimals, is_exact, unit_of_measure
) as
case
    when shape is null
        then case
            when regexp_full_match(core, '[-−–] ?[0-9]+([., ][0-9]+)*') then 'negative'
            when typed_date(said) is not null then 'date'
            else 'not_a_number'
        end
    when said <> core and not is_percentage(unit_of_measure) then 'percentage'
    when "plain" is null
        then if(only_thousands(core, decimals), 'thousands_mark', 'ambiguous_number')
    when length(ltrim(split_part("plain", '.', 1), '0')) > 12
        then 'number_too_large'
    when fraction_digits("plain") > decimals
        then if(
            shape in ('dot_and_three', 'comma_and_three') and not is_exact,
            'thousands_mark', 'fraction'
        )
    when
        said = core
        and starts_with(ltrim("plain", '0'), '.') and fraction_digits("plain") > 0
        and is_percentage(unit_of_measure)
        then 'percentage_unclear'
    else 'number'
end;
-- what people write where they have no figure; `in` would be joined with every row
create or replace temp macro is_mark(said) as
list_contains(['-', '–', '—', '−', 'x', '×', '/', '.'], said);

-- A reading that says anything at all: Excel leaves lines of separators behind where rows were
-- emptied; they are no readings.
create or replace temp macro has_text(plan, unit, period, measure, area, "value", note) as
plan <> '' or unit <> '' or measure <> '' or period <> '' or area <> ''
or trim("value") <> '' or trim(note) <> '';

-- Numbers in a note, as people write them: `1.195`, `1195`, `43,2`.
create or replace temp macro noted_number() as
'[0-9]{1,3}(?:[.][0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]{1,2})?';

-- `1.195,5` as 1195.5; null where it is no number
create or replace temp macro number_in_note("text") as
try_cast(
    replace(
        if(regexp_matches("text", '[.][0-9]{3}'), replace("text", '.', ''), "text"), ',', '.'
    ) as decimal(18, 4)
);

-- decimals that a percentage is given with
create or replace temp macro decimals_in_note("text") as
length(rtrim(regexp_extract("text", '[.,]([0-9]{1,4})$', 1), '0'));

-- Places, areas and numbers in words.
create or replace temp macro place_of(sheet, cell, line) as
case
    when sheet is not null then format(getvariable('intake_words').cell, sheet, cell)
    when cell is not null then format(getvariable('intake_words').path, line::varchar, cell)
    else format(getvariable('intake_words').line, coalesce(line::varchar, '?'))
end;

create or replace temp macro area_words(name) as
if(name is null, '', format(getvariable('intake_words').area, name));

create or replace temp macro plain(number) as
replace(rtrim(rtrim(number::decimal(38, 4)::varchar, '0'), '.'), '.', ',');

create or replace temp macro number_words(decimals) as
if(
    decimals = 0, getvariable('intake_words').whole_number,
    format(getvariable('intake_words').decimals, decimals)
);

-- A row that names the whole area, by its code or by a word for a total.
create or replace temp macro is_total(said, area_code) as
said = area_code or regexp_full_match(
    replace(strip_accents(lower(trim(nfc_normalize(said)))), 'đ', 'd'),
    '(tong|tong so|tong cong|cong|tong hop|total|sum'
    || '|toan (thanh pho|tinh|huyen|xa|phuong|dia ban))[ :.]*'
);

-- A date as decree 30/2020/NĐ-CP has it, `05/6/2024`: a zero before days under
-- ten and before January and February alone.
create or replace temp macro day(date) as
strftime(date, '%d/')
|| if(month(date) < 3, '0', '') || month(date)
|| strftime(date, '/%Y');

create or replace temp macro validity(of_area, valid_from, valid_to) as
concat_ws(
    ' ',
    format(getvariable('intake_words').valid_from, day(valid_from)),
    format(getvariable('intake_words').valid_to, day(valid_to)),
    (
        select format(getvariable('intake_words').became, string_agg(area.name, ', '))
        from raw.area_successor as became
        join raw.area as area on became.successor_id = area.area_id
        where became.area_id = of_area
    )
);

-- What a text must have at least to hold data of a person: a word, or digits as of a telephone.
create or replace temp macro may_be_personal(said) as
length(said) >= 4 and regexp_matches(said, '\pL.*\pL|([0-9][^0-9]{0,3}){9}');

-- Whether a text without marks is a number that is spelled out, with its unit or without.
create or replace temp macro spelled_number(plain_said, of_unit) as
regexp_full_match(
    if(
        ends_with(plain_said, of_unit),
        left(plain_said, length(plain_said) - length(of_unit)), plain_said
    ),
    '(co )?' || getvariable('intake_words').count_word
    || '( ' || getvariable('intake_words').count_word || ')*( (dong|nguoi|luot|ho))?'
);

-- Whether a note says a number and what it is of, and nothing else: `60`, `60 người`, `sáu mươi`.
create or replace temp macro notes_number(note, unit_of_measure) as
regexp_full_match(value_said(note), '[0-9][0-9., ]*(\pL+( \pL+)?)?[.]?')
or spelled_number(
    level_plain(rtrim(value_said(note), '. ')), ' ' || level_plain(value_said(unit_of_measure))
);

-- Whether a note declares that nothing arose, and nothing else; «không có» may be of the note.
create or replace temp macro notes_nil(note) as regexp_full_match(
    strip_accents(lower(trim(nfc_normalize(note)))),
    '(?:(?:trong )?(?:ky|quy|thang)(?: nay)? )?'
    || '(?:(?:khong|ko) (?:co )?(?:phat sinh|ps)|k[.]?p[.]?s)'
    || '(?: trong (?:ky|quy|thang)(?: nay)?)?[ .!]*'
);
