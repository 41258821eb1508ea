import { type CaseMarts, martsOfCases } from "../case-marts.ts";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import { withAreas } from "./areas.ts";

const addCase = martsOfCases();

/** When every period of a rule's plan is closed. */
export const AT_THE_END = "2032-01-01";

/**
 * Adds a plan to the warehouses of the rules. All have the same areas, so that what is as of one moment
 * is built together.
 * @param asOf costs a build of every model when no other rule has it
 */
export function given(world: World, table: GivenTable, asOf: string = AT_THE_END): CaseMarts {
  return addCase(withAreas(world), table, asOf);
}
