import type { CaseMarts } from "../case-marts.ts";
import type { TextRow } from "../text-table.ts";

const COLUMNS = `
  indicator_code, period, numerator, denominator, value, value_in_period, target_comparator,
  target_value, target_to, pace_value, is_due, status, attained, is_provisional, areas_expected,
  areas_reported, areas_carried, areas_left_out, periods_missing_before, basis`;

/** Every row of the marts of attainment, in the shape of what `figuresOf` computes. */
export function martsRows(marts: CaseMarts): Promise<TextRow[]> {
  return marts.rows(`
    select 'city' as at, ${COLUMNS} from marts.attainment_by_plan_period
    union all by name
    select area_code as at, ${COLUMNS} from marts.attainment_by_ward_period`);
}
