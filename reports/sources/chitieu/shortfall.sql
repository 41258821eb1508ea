-- One row per plan, period, indicator and unit (unit_no 0: the office, of the
-- whole area) that says why the indicator is not attained, or what is done.
-- Key: plan_id, period, indicator_code, unit_no
-- Never null: plan_id, period, indicator_code, unit_no
select
    * exclude (unit_id, is_released) replace (strftime(said_on, '%d/%m/%Y') as said_on)
from marts.shortfall
