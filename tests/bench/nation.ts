import { newFolder } from "../folders.ts";
import { type Step, stepsOf } from "./given.ts";
import { communesOf, provinces } from "./nation-given.ts";
import type { Table } from "./table.ts";

const runStep = stepsOf("nation-steps.ts");

/**
 * Provinces with their communes of the official list, four quarters and twelve indicators: each takes in
 * what its communes report, publishes, and hands its packages to one ministry, whose figures are held to
 * those of one warehouse of all communes; then one commune corrects. Argument: how many provinces, those
 * with the fewest communes; all by default.
 * @returns whether no row differs, before and after
 */
export async function run(args: readonly string[], table: Table): Promise<boolean> {
  const codes = [...provinces()]
    .sort((one, other) => one.communes.length - other.communes.length)
    .map(({ code }) => code)
    .slice(0, args[0] === undefined ? undefined : Number(args[0]));
  const folder = newFolder();
  const of = `${codes.length} provinces, ${communesOf(codes).length} communes`;
  const add = (what: string, step: Step): void => {
    const found = `${step.processorSeconds.toFixed(1)} s of processor time, ${Math.round(step.peakMib)} MiB, ${((step.bytes ?? 0) / 2 ** 20).toFixed(1)} MiB on the disk`;
    table.row(`${of}: ${what}`, found, "-", true);
  };
  add("provinces", await runStep("provinces", folder, ...codes));
  add("ministry", await runStep("ministry", folder, ...codes));
  add("one warehouse of all communes", await runStep("whole", folder, ...codes));
  const before = await compared(`${of}: rows that differ`, folder, table);
  add("a correction, up to the ministry", await runStep("correct", folder, codes.at(-1) ?? ""));
  const after = await compared(`${of}: rows that differ after the correction`, folder, table);
  const hasArrived = before.figure !== after.figure;
  table.row(
    `${of}: the correction is in the ministry's figures`,
    String(hasArrived),
    "true",
    hasArrived,
  );
  return before.different === 0 && after.different === 0 && hasArrived;
}

async function compared(what: string, folder: string, table: Table): Promise<Step> {
  const step = await runStep("compare", folder);
  const { different = 0, provisional = 0, rows = 0 } = step;
  table.row(
    what,
    `${different} rows differ of ${rows}; ${provisional} are provisional that are final where all communes are known`,
    "0 rows differ",
    different === 0,
  );
  return step;
}
