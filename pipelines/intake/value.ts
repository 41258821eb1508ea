/**
 * Macros that read one value as it was typed. `value_said` is the text without differences that
 * mean nothing (capitals, composed or decomposed accents, spaces around it); `value_kind` judges it:
 * `blank`, `nil`, `number`, or the code of the problem. `value_number` is exact: text becomes
 * DECIMAL and never a float.
 */
export const VALUE_MACROS = `
create or replace temp macro value_said("text") as
case
    when regexp_full_match("text", '[0-9]{0,14}') then "text"
    else lower(trim(regexp_replace(
        nfc_normalize("text"), '[\\s\\pZ\\x{FEFF}\\x{200B}]+', ' ', 'g'
    )))
end;

create or replace temp macro value_kind(said, measure_kind, decimals, over_time, is_form) as
case
    when said = '' then 'blank'
    when said = 'không phát sinh' then if(over_time = 'last', 'nil_of_stock', 'nil')
    when measure_kind = 'yes_no'
        then if(said in ('có', 'không', '1', '0'), 'number', 'not_yes_no')
    when regexp_full_match(said, '[0-9]{1,14}') then 'number'
    when regexp_full_match(said, '[-−–] ?[0-9]+([.,][0-9]+)?') then 'negative'
    when not regexp_full_match(said, '[0-9]+([.,][0-9]+)?') then 'not_a_number'
    when
        regexp_full_match(said, '[1-9][0-9]{0,2}[.,][0-9]{3}')
        -- a number cell of a workbook has no thousands mark; a CSV file may have been typed
        and not (is_form and decimals >= 3)
        then 'ambiguous_number'
    when length(ltrim(regexp_extract(said, '^[0-9]+'), '0')) > 14 then 'number_too_large'
    when length(rtrim(regexp_extract(said, '[.,]([0-9]+)$', 1), '0')) > decimals then 'fraction'
    else 'number'
end;

create or replace temp macro value_number(said, measure_kind) as
case
    when measure_kind = 'yes_no' then if(said in ('có', '1'), 1, 0)::decimal(18, 4)
    else replace(said, ',', '.')::decimal(18, 4)
end;
`;
