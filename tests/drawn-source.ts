import { createHash } from "node:crypto";
import { relative } from "node:path";
import type { Source } from "../pipelines/warehouse/random.ts";
import { ROOT } from "./lanes.ts";

/**
 * A source of random bytes that is the same each time: by the seed of the run and the test file, and for
 * each purpose by itself, so that no race for a name changes a key.
 */
export function sourceOf(seed: number, testFile: string): Source {
  const counts = new Map<string, number>();
  return (purpose, size) => {
    const count = (counts.get(purpose) ?? 0) + 1;
    counts.set(purpose, count);
    const from = [seed, relative(ROOT, testFile), purpose, count].join(" ");
    return createHash("shake256", { outputLength: size }).update(from).digest();
  };
}

/**
 * Of many cases that are alike and dear, one in `of`: which, is by the commit, so that some commits on
 * all have been tried. `CHITIEU_EVERY=1` tries all.
 */
export function shareOf<Case>(cases: Iterable<Case>, of: number): Case[] {
  const first = Number(process.env.CHITIEU_DRAWN_FROM) % of;
  const isEvery = process.env.CHITIEU_EVERY !== undefined;
  return [...cases].filter((_, no) => isEvery || no % of === first);
}
