import type { ResolvedPlan } from "./catalogue.ts";
import { programDigest } from "./file/checked-plans.ts";

/**
 * A text that is another one when anything is that the tables of a plan are made of: its file, the areas,
 * targets and baselines that are filled in from others, or the program that makes the tables.
 */
export function planState({ sha256, area, areas, targets, baselines }: ResolvedPlan): string {
  return JSON.stringify([programDigest(), sha256, area, areas, [...targets], baselines]);
}
