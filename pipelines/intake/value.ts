import type { DuckDBConnection } from "@duckdb/node-api";
import { selectRows } from "../warehouse/connection.ts";
import { quoteLiteral } from "../warehouse/sql.ts";

/** Digits before the decimal mark: what the models carry exactly through sums and products. */
const MOST_WHOLE_DIGITS = 12;

/** What people write where they have no figure. */
const MARKS = ["-", "–", "—", "−", "x", "×", "/", "."];

const NILS = ["không phát sinh", "khong phat sinh"];

/** What people write for yes and no: words, with and without diacritics, and ticks. */
const YES = [
  ...["có", "co", "đã có", "da co", "đạt", "dat", "đã đạt", "da dat"],
  ...["1", "true", "x", "v", "✓", "✔", "☑", "√"],
];
const NO = [
  ...["không", "khong", "không có", "khong co", "không đạt", "khong dat"],
  ...["chưa", "chua", "chưa có", "chua co", "chưa đạt", "chua dat", "0", "false"],
];

const list = (texts: readonly string[]): string => texts.map(quoteLiteral).join(", ");

const PLAIN = `'[0-9]{1,${MOST_WHOLE_DIGITS}}'`;

/**
 * Macros that read one value as it was typed, step by step, since one great expression takes longer
 * to plan than to run: see `readValues`. `value_said` is the text without differences that mean
 * nothing (capitals, composed or decomposed accents, spaces around it).
 */
export const VALUE_MACROS = `
create or replace temp macro value_said("text") as
lower(trim(regexp_replace(
    regexp_replace(nfc_normalize("text"), '[\\x{200B}\\x{FE0E}\\x{FE0F}]', '', 'g'),
    '[\\s\\pZ\\x{FEFF}]+', ' ', 'g'
)));

create or replace temp macro number_core(said) as regexp_replace(said, ' ?%$', '');

-- how the marks of a number stand; null where it is none. A group of three digits after a single
-- mark may be thousands or decimals
create or replace temp macro number_shape(core) as
case
    when regexp_full_match(core, '[0-9]+') then 'plain'
    when regexp_full_match(core, '[1-9][0-9]{0,2}\\.[0-9]{3}') then 'dot_and_three'
    when regexp_full_match(core, '[1-9][0-9]{0,2},[0-9]{3}') then 'comma_and_three'
    when regexp_full_match(core, '[0-9]+\\.[0-9]+') then 'decimal_dot'
    when regexp_full_match(core, '[0-9]+,[0-9]+') then 'decimal_comma'
    when regexp_full_match(core, '[1-9][0-9]{0,2}(\\.[0-9]{3})+(,[0-9]+)?') then 'grouping_dot'
    when regexp_full_match(core, '[1-9][0-9]{0,2}(,[0-9]{3})+(\\.[0-9]+)?') then 'grouping_comma'
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
            when is_exact or number_style() = 'dot' then core
            when number_style() = 'comma' then replace(core, '.', '')
        end
    when 'comma_and_three'
        then case
            when number_style() = 'dot' then replace(core, ',', '')
            when number_style() = 'comma' then replace(core, ',', '.')
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
    when length(ltrim(split_part("plain", '.', 1), '0')) > ${MOST_WHOLE_DIGITS}
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
`;

/**
 * Reads values: the columns of `source` and `said`, `value_kind` (`blank`, `nil`, `number`, or the
 * code of what is wrong) and `number`, which is exact, text becoming DECIMAL and never a float.
 * Needs `number_style()`, see `findNumberStyle`.
 * @param source a relation with `typed` (the text), `is_exact` (it was not typed but is a number that
 * a workbook holds, with `.` before its decimals), and `kind`, `decimals`, `over_time` and
 * `unit_of_measure` of the measure, which are null where there is none
 */
export function readValues(source: string): string {
  return `
select
    * exclude (is_plain, core, shape, "plain"),
    case
        when kind is null then null
        when said = '' then 'blank'
        when is_plain and kind <> 'yes_no' then 'number'
        when rtrim(said, '.') in (${list(NILS)}) then if(over_time = 'last', 'nil_of_stock', 'nil')
        when kind = 'yes_no'
            then case
                when said in (${list([...YES, ...NO])}) then 'number'
                when said in (${list(MARKS)}) then 'mark_of_yes_no'
                else 'not_yes_no'
            end
        when said in (${list(MARKS)}) then if(over_time = 'last', 'mark_of_stock', 'mark')
        else number_kind(said, core, shape, "plain", decimals, is_exact, unit_of_measure)
    end as value_kind,
    case
        when value_kind is distinct from 'number' then null
        when kind = 'yes_no' then if(said in (${list(YES)}), 1, 0)::decimal(18, 4)
        else "plain"::decimal(18, 4)
    end as number
from (
    select *, if(is_plain, said, plain_number(core, shape, is_exact)) as "plain"
    from (
        select *, if(is_plain, null, number_shape(core)) as shape
        from (
            select *, if(is_plain, null, number_core(said)) as core
            from (
                select *, if(is_plain or typed = '', typed, value_said(typed)) as said
                from (select *, regexp_full_match(typed, ${PLAIN}) as is_plain from ${source})
            )
        )
    )
)`;
}

/**
 * Makes the macro `number_style()`: how the typed numbers of `raw_reading` are written, by those
 * that can mean one thing only. `comma`: a comma before decimals, dots between thousands; `dot`: the
 * other way round; null: nothing shows it, or the numbers contradict each other.
 */
export async function findNumberStyle(connection: DuckDBConnection): Promise<void> {
  // looking whether there is any mark is much cheaper than planning what to do about it
  const marked = await selectRows(
    connection,
    `select 1 from raw_reading as raw where ${HAS_MARK} limit 1`,
  );
  const rows = marked.length === 0 ? [] : await selectRows(connection, SHOWN_STYLES);
  const [style, other] = rows.map((row) => String(row.style));
  const found = style === undefined || other !== undefined ? "null" : quoteLiteral(style);
  await connection.run(`create or replace temp macro number_style() as ${found}::varchar`);
}

const HAS_MARK = `not raw.is_exact and (contains(raw."value", '.') or contains(raw."value", ','))`;

const SHOWN_STYLES = `
with typed as (
    select distinct number_core(value_said(raw."value")) as core, measure.decimals
    from raw_reading as raw
    join known_plan as plan on raw.plan = plan.plan_id
    join known_measure as measure
        on plan.plan_key = measure.plan_key and raw.measure = measure.code
    where measure.kind = 'count' and ${HAS_MARK}
),

shaped as (select *, number_shape(core) as shape from typed)

select distinct shown_style(core, shape, decimals) as style
from shaped
where style is not null`;
