import type { CaseMarts } from "../case-marts.ts";
import type { TextRow } from "../text-table.ts";
import type { Doubt } from "./figures.ts";

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

/** Which doubts are open, which the independent engine is told: it asks about nothing. */
export async function openDoubts(marts: CaseMarts): Promise<Doubt[]> {
  const rows = await marts.rows(`
    select rule, unit_id, period, measure, area_id
    from marts.findings
    where severity = 'doubt' and not is_acknowledged`);
  const known = (text: string | undefined): string | null => (text === "-" ? null : (text ?? null));
  return rows.map(({ rule = "", unit_id = "", period = "", measure, area_id }) => ({
    ...{ rule, unit: unit_id, period },
    ...{ measure: known(measure), area: known(area_id) },
  }));
}

/** Every row of the marts of measures, in the shape of what `measureFiguresOf` computes. */
export function measureRows(marts: CaseMarts): Promise<TextRow[]> {
  return marts.rows(`
    select
      'city' as at, measure, period, value_to_date, value_in_period, places_expected,
      places_reported, places_carried, periods_missing_before
    from marts.measure_by_plan_period
    union all by name
    select
      area_code as at, measure, period, value_to_date, value_in_period, 1 as places_expected,
      is_reported::integer as places_reported, is_carried::integer as places_carried,
      periods_missing_before
    from marts.measure_by_ward_period`);
}
