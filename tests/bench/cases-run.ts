import { removeFolders } from "../folders.ts";
import { newWorld } from "../intake/given.ts";
import { casesOf } from "./cases.ts";
import { takeInMade } from "./habits.ts";

/**
 * `npm run bench:cases`: files of every kind that offices send, each held against what a person reads
 * in it. None may be misread, and of some kinds none refused, or each.
 */
let [all, faults] = [0, 0];
for (const { name, made, must } of await casesOf(newWorld())) {
  const judged = await takeInMade(newWorld(), made);
  const count = (which: string): number => judged.filter(({ became }) => became === which).length;
  const [right, asked, refused, misread] = ["right", "asked", "refused", "misread"].map(count);
  console.log(JSON.stringify({ kind: name, files: made.length, right, asked, refused, misread }));
  for (const { made: one, became, told } of judged) {
    const isFault =
      became === "misread" ||
      (must === "read" && became === "refused") ||
      (must === "refused" && became !== "refused");
    if (!isFault) continue;
    faults += 1;
    console.log(`  ${became} ${one.what}: ${told.slice(0, 300)}`);
  }
  all += made.length;
}
console.log(JSON.stringify({ files: all, faults }));
removeFolders();
process.exitCode = faults === 0 ? 0 : 1;
