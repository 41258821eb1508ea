-- One row: whether any code of a text file has spaces around it.
select
    coalesce((
        select bool_or(plan <> trim(plan) or unit <> trim(unit) or period <> trim(period))
        from intake.csv_claim
    ), false)
    or coalesce((select bool_or(area <> trim(area)) from intake.csv_area), false)
    or coalesce((
        select bool_or(measure <> trim(measure)) from intake.csv_measure
    ), false) as has_spaces
