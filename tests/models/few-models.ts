import { type Model, type ModelSet, readModels } from "../../pipelines/models/model.ts";

/** A build does the same with few models: the plan's, and what a test adds. */
const FEW = /^(staging\.|marts\.(plan|added)$|audience\.(plan|added)$)/;

/**
 * A set for tests of how marts are built, and not of what stands in them: it takes a tenth of the time.
 * @param check the only check of the set
 */
export function fewModels(folder?: string, check = "always"): ModelSet {
  const set = readModels(folder);
  const isIn = ({ id }: Model) => FEW.test(id) || id === `checks.${check}`;
  return { ...set, models: set.models.filter(isIn) };
}
