/** Prints how much of each room the tests ran, after `vitest run --coverage`; see `npm run coverage`. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { ROOT } from "./lanes.ts";

const Count = z.object({ total: z.number(), covered: z.number() });
const Summary = z.record(z.string(), z.object({ lines: Count, branches: Count }));

/** Files that are named, those of which most lines are not run. */
const NAMED = 12;

const { total: _, ...summary } = Summary.parse(
  JSON.parse(readFileSync(join(ROOT, "coverage", "coverage-summary.json"), "utf8")),
);
const files = Object.entries(summary).map(([path, { lines, branches }]) => {
  const file = relative(join(ROOT, "pipelines"), path);
  return { file, room: file.split("/")[0] ?? "", lines, branches };
});

const rooms = [...new Set(files.map(({ room }) => room))].sort();
for (const room of [...rooms, "all"]) {
  const within = files.filter((one) => room === "all" || one.room === room);
  const share = (of: "lines" | "branches"): string => {
    const sum = (part: "total" | "covered") => within.reduce((all, one) => all + one[of][part], 0);
    return `${((100 * sum("covered")) / Math.max(1, sum("total"))).toFixed(1)} %`.padStart(8);
  };
  console.log(`${room.padEnd(14)} lines ${share("lines")}   branches ${share("branches")}`);
}

const missed = files
  .map(({ file, lines }) => ({ file, missed: lines.total - lines.covered, total: lines.total }))
  .filter((one) => one.missed > 0)
  .sort((a, b) => b.missed - a.missed);
console.log("\nLines that no test ran in its own process:");
for (const one of missed.slice(0, NAMED)) {
  console.log(`  ${String(one.missed).padStart(4)} of ${one.total} in ${one.file}`);
}
