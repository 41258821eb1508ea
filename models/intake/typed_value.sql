-- One row per reading of the file, with what its value is: `blank`, `nil`, `number`, or the code of
-- what is wrong. The number is exact, text becoming decimal and never a float. Step by step: what
-- later steps read is worked out once, and one great expression would take longer to plan than to
-- run.
with begun as (
    select *, regexp_full_match(typed, '[0-9]{1,12}') as is_plain from intake.matched
),

cleaned as (
    select
        *,
        if(
            is_plain or typed = '', typed,
            without_unit(value_said(typed), coalesce(unit_of_measure, ''))
        ) as said
    from begun
),

cored as (select *, if(is_plain, null, number_core(said)) as core from cleaned),

shaped as (select *, if(is_plain, null, number_shape(core)) as shape from cored),

numbered as (
    select *, if(is_plain, said, plain_number(core, shape, is_exact)) as "plain" from shaped
)

select
    *,
    case
        when kind is null then null
        when said = '' then 'blank'
        when is_plain and kind <> 'yes_no' then 'number'
        when kind = 'yes_no'
            then case
                when says_yes(rtrim(said, '.')) or says_no(rtrim(said, '.')) then 'number'
                when says_nil(rtrim(said, '.'))
                    then if(over_time = 'last', 'nil_of_stock', 'nil')
                when is_mark(said) then 'mark_of_yes_no'
                else 'not_yes_no'
            end
        when says_nil(rtrim(said, '.')) then if(over_time = 'last', 'nil_of_stock', 'nil')
        when is_mark(said) then if(over_time = 'last', 'mark_of_stock', 'mark')
        else number_kind(said, core, shape, "plain", decimals, is_exact, unit_of_measure)
    end as value_kind,
    case
        when value_kind is distinct from 'number' then null
        when kind = 'yes_no' then if(says_yes(rtrim(said, '.')), 1, 0)::decimal(18, 4)
        else "plain"::decimal(18, 4)
    end as number
from numbered
