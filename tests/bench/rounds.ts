import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";

const Progress = z.object({
  /** What the rounds are of: a file of another bench, or of other numbers, is not gone on with. */
  of: z.string(),
  rounds: z.int(),
  counts: z.record(z.string(), z.number()),
  faults: z.array(z.string()),
});
type Progress = z.infer<typeof Progress>;

/** What came of a round: how many of what, and what was wrong. */
export interface Round {
  readonly counts: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/**
 * Runs a long bench in rounds, each of which stands for itself, and prints where it stands after each.
 * With `--keep FILE` that is written down, and a later run of the same goes on where this one ended,
 * whatever ended it; it ends at the first round with a fault.
 * @returns whether there was none
 */
export async function inRounds(
  of: string,
  rounds: number,
  run: (round: number) => Promise<Round>,
): Promise<boolean> {
  const at = process.argv.indexOf("--keep");
  const file = at === -1 ? undefined : process.argv[at + 1];
  let progress: Progress = { of, rounds: 0, counts: {}, faults: [] };
  if (file !== undefined && existsSync(file)) {
    progress = Progress.parse(JSON.parse(readFileSync(file, "utf8")));
    if (progress.of !== of) throw new Error(`${file} is of ${progress.of}, not of ${of}.`);
  }
  while (progress.rounds < rounds && progress.faults.length === 0) {
    const round = await run(progress.rounds);
    const counts = { ...progress.counts };
    for (const [what, count] of Object.entries(round.counts)) {
      counts[what] = (counts[what] ?? 0) + count;
    }
    progress = { of, rounds: progress.rounds + 1, counts, faults: [...round.faults] };
    if (file !== undefined) {
      writeFileSync(`${file}.new`, JSON.stringify(progress, null, 1));
      renameSync(`${file}.new`, file);
    }
    const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
    console.log(
      `round ${progress.rounds} of ${rounds}: ${told.join(", ")}, ${round.faults.length} faults`,
    );
    for (const fault of round.faults.slice(0, 20)) console.log(`  ${fault}`);
  }
  return progress.faults.length === 0;
}

/** The numbers of a command line, without its options. */
export function plainArguments(): string[] {
  const all = process.argv.slice(2);
  return all.filter((one, index) => !one.startsWith("-") && all[index - 1] !== "--keep");
}
