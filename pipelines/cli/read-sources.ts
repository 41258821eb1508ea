import { type Catalogue, readCatalogue } from "../sources/catalogue.ts";
import { isWrong, unsettledLines } from "../sources/unsettled-plan.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import type { FolderOptions } from "./options.ts";

/**
 * Plans, areas and units for a command, which goes on without plans in error, and says so.
 * @param again reads every plan file by itself, also one that was checked before
 * @throws Failure when something is wrong that is a matter of all plans
 */
export function readSources(
  { sources, warehouse }: FolderOptions,
  context: Context,
  again = false,
): Catalogue {
  const { plans, checkedPlans } = warehousePaths(warehouse);
  const catalogue = readCatalogue(sources, { plans, ...(again ? {} : { checkedPlans }) });
  warnOfPlans(catalogue, context);
  return catalogue;
}

/** Says which plans are in error, and how the command goes on with each. */
export function warnOfPlans({ unsettled }: Catalogue, context: Context): void {
  for (const one of unsettled.filter(({ state }) => state !== "draft")) {
    for (const line of unsettledLines(one)) context.warn(line);
    if (isWrong(one)) context.refuse();
  }
}
