import { type ModelSet, readModels } from "../../pipelines/models/model.ts";

/** A build does the same with few models: the plan's, and what a test adds. */
const FEW = /^(staging\.|marts\.(plan|added)$|audience\.(plan|added)$|checks\.always$)/;

/** A set for tests of how marts are built, and not of what stands in them: it takes a tenth of the time. */
export function fewModels(folder?: string): ModelSet {
  const set = readModels(folder);
  return { ...set, models: set.models.filter(({ id }) => FEW.test(id)) };
}
