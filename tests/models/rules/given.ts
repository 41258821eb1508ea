import { type CaseMarts, martsOfCases } from "../case-marts.ts";
import { sentTable } from "../sent-table.ts";
import type { World } from "../world.ts";
import { withAreas } from "./areas.ts";

const addCase = martsOfCases();

/** When every period of a rule's plan is closed. */
export const AT_THE_END = "2032-01-01";

/**
 * Adds a plan to the warehouses of the rules. All have the same areas, so that what is as of one moment
 * is built together.
 * @param sent a grid, or a table of the ledger where it is about the moments themselves
 * @param asOf costs a build of every model when no other rule has it
 */
export function given(world: World, sent: string, asOf: string = AT_THE_END): CaseMarts {
  const table = /^\s*received /.test(sent) ? sent : sentTable(world, sent);
  return addCase(withAreas(world), table, asOf);
}
