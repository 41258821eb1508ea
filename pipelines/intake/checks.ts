import type { ListedCode } from "./problem-wording.ts";

/**
 * One kind of problem: a query whose rows are the problems, with `row_no` to sort by, the place
 * (`sheet`, `cell`, `line`) and a column for every word that the wording needs.
 */
export interface Check {
  readonly code: ListedCode;
  readonly sql: string;
  /** The name under which `SUSPICIONS` tells that the check is worth running; always when absent. */
  readonly suspicion?: string;
  /** Lets the file in and stays visible; an error when absent. */
  readonly severity?: "doubt";
}

/**
 * One cheap look over all rows: the suspicions that there are. A check whose suspicion is not among
 * them would find nothing and is not run.
 */
export const SUSPICIONS = `
select 'claim' as suspicion from claim
where
    plan_key is null or period_key is null or unit_key is null or times > 1
    or data_from > received_on() or data_to < in_force_from
union
select 'nil_return' from claim where is_nil_return
union
select 'parts' from known_part
union
select 'percentages' from known_percentage
union
select 'percentages' from judged where contains(note, '%')
union
select 'departments' from claim where unit_key is not null and unit_area_id is null
union
select unnest([measure_fault::varchar, area_fault::varchar, value_fault::varchar])
from (select distinct measure_fault, area_fault, value_fault from judged)`;
