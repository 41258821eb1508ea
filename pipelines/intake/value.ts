import { quoteLiteral } from "../warehouse/sql.ts";

/** Digits before the decimal mark: what the models carry exactly through sums and products. */
const MOST_WHOLE_DIGITS = 12;

/** What people write where they have no figure. */
const MARKS = ["-", "–", "—", "−", "x", "×", "/", "."];

/**
 * Macros that read one value as it was typed. `value_said` is the text without differences that
 * mean nothing (capitals, composed or decomposed accents, spaces around it); `value_kind` judges it:
 * `blank`, `nil`, `number`, or the code of the problem. `value_number` is exact: text becomes
 * DECIMAL and never a float.
 */
export const VALUE_MACROS = `
create or replace temp macro whole_digits(said) as
length(ltrim(regexp_replace(regexp_extract(said, '^[0-9.,]*'), '[.,]', '', 'g'), '0'));

create or replace temp macro fraction_digits(said) as
length(rtrim(regexp_extract(said, '[.,]([0-9]+)$', 1), '0'));

create or replace temp macro value_said("text") as
case
    when regexp_full_match("text", '[0-9]{0,${MOST_WHOLE_DIGITS}}') then "text"
    else lower(trim(regexp_replace(
        nfc_normalize("text"), '[\\s\\pZ\\x{FEFF}\\x{200B}]+', ' ', 'g'
    )))
end;

create or replace temp macro value_kind(said, measure_kind, decimals, over_time, is_form) as
case
    when said = '' then 'blank'
    when said = 'không phát sinh' then if(over_time = 'last', 'nil_of_stock', 'nil')
    when measure_kind = 'yes_no'
        then case
            when said in ('có', 'không', '1', '0') then 'number'
            when said in (${MARKS.map(quoteLiteral).join(", ")}) then 'mark_of_yes_no'
            else 'not_yes_no'
        end
    when regexp_full_match(said, '[0-9]{1,${MOST_WHOLE_DIGITS}}') then 'number'
    when said in (${MARKS.map(quoteLiteral).join(", ")})
        then if(over_time = 'last', 'mark_of_stock', 'mark')
    when regexp_full_match(said, '[-−–] ?[0-9]+([.,][0-9]+)?') then 'negative'
    when regexp_full_match(said, '[1-9][0-9]{0,2}((\\.[0-9]{3}){2,}|(,[0-9]{3}){2,})')
        then if(whole_digits(said) > ${MOST_WHOLE_DIGITS}, 'number_too_large', 'thousands_marks')
    when not regexp_full_match(said, '[0-9]+([.,][0-9]+)?') then 'not_a_number'
    when
        regexp_full_match(said, '[1-9][0-9]{0,2}[.,][0-9]{3}')
        -- a number cell of a workbook has no thousands mark; a CSV file may have been typed
        and not (is_form and decimals >= 3)
        -- with fewer decimals than it takes, only thousands can be meant
        then if(
            decimals = 0 or fraction_digits(said) > decimals,
            'thousands_mark', 'ambiguous_number'
        )
    when whole_digits(regexp_extract(said, '^[0-9]+')) > ${MOST_WHOLE_DIGITS}
        then 'number_too_large'
    when fraction_digits(said) > decimals then 'fraction'
    else 'number'
end;

create or replace temp macro value_number(said, measure_kind) as
case
    when measure_kind = 'yes_no' then if(said in ('có', '1'), 1, 0)::decimal(18, 4)
    else replace(said, ',', '.')::decimal(18, 4)
end;
`;
