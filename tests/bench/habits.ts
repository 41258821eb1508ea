import { execFileSync } from "node:child_process";
import { newFolder, removeFolders } from "../folders.ts";
import { newWorld } from "../intake/given.ts";
import { savedAs, takeInMade } from "../intake/habits.ts";
import { drawCsv, drawForm, packed } from "./habits-drawn.ts";
import { type Printing, placesOfEntries, shownForms } from "./habits-seen.ts";

/** What became of the files of a batch, or of several. */
interface Counts {
  files: number;
  right: number;
  asked: number;
  refused: number;
  /** Taken without a question, and not what a person reads. */
  misread: number;
  /** Taken without a question, though something stands there that was not read. */
  lost: number;
  /** Refused, and asked about, though a person would read it without a doubt. */
  readable: number;
  doubted: number;
}

const NOTHING: Counts = {
  ...{ files: 0, right: 0, asked: 0, refused: 0, misread: 0, lost: 0, readable: 0, doubted: 0 },
};

/**
 * Files that a grammar of habits draws, forms each shown by LibreOffice on a page: what a person reads
 * there is what the ledger has, or a question is asked.
 * Arguments: how many forms, 3400 without them, of which come 5.000 files and more; the number of the
 * first; how many in one batch, 200. A run that ended is gone on with from the number of its next form.
 */
export async function run(args: readonly string[]): Promise<boolean> {
  const [count = 3400, first = 0, size = 200] = args.map(Number);
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"]).toString().trim();
  const batches = Array.from({ length: Math.ceil(count / size) }, (_, at) => {
    const from = first + at * size;
    return { from, to: Math.min(from + size, first + count) };
  });
  const profile = newFolder();
  const printing = { profile, places: await placesOfEntries(newWorld(), profile) };
  let made = batches[0] && madeOf(batches[0], printing);
  let all = NOTHING;
  for (const [at, batch] of batches.entries()) {
    const { world, files } = (await made) ?? { world: newWorld(), files: [] };
    // the next one is printed while this one is taken in
    const next = batches[at + 1];
    made = next && madeOf(next, printing);
    const { counts, wrong } = await judged(world, files);
    all = sum(all, counts);
    for (const one of wrong) process.stdout.write(`${one}\n`);
    process.stdout.write(`${commit}, to form ${batch.to}: ${JSON.stringify(all)}\n`);
    if (next === undefined) removeFolders();
  }
  return all.misread + all.lost === 0 && all.readable * 100 <= all.files;
}

function sum(one: Counts, other: Counts): Counts {
  const names = Object.keys(NOTHING) as (keyof Counts)[];
  return Object.fromEntries(
    names.map((name) => [name, one[name] + other[name]]),
  ) as unknown as Counts;
}

/** The files of a batch: forms, every fourth as .ods and .xls too, some of them packed, and CSV. */
async function madeOf({ from, to }: { from: number; to: number }, printing: Printing) {
  const world = newWorld();
  const numbers = Array.from({ length: to - from }, (_, at) => from + at);
  const drawn = await Promise.all(numbers.map((number) => drawForm(world, number)));
  const shown = await shownForms(world, drawn, printing);
  const some = shown.filter((_, at) => at % 4 === 0);
  // LibreOffice writes into an .xls neither numbers of conditions nor feet of single pages
  const old = some.filter(({ what }) => !/"style":\{"numFmt"|(?:even|first)Footer/.test(what));
  const { folder } = world;
  const ods = await savedAs(folder, "ods", some, printing.profile);
  const xls = await savedAs(folder, "xls", old, printing.profile);
  const csv = numbers.filter((number) => number % 8 === 0).map(drawCsv);
  const inPackages = await Promise.all(
    shown.flatMap((one, at) => (at % 7 === 3 ? [packed(world, one, from + at)] : [])),
  );
  return { world, files: [...shown, ...ods, ...xls, ...csv, ...inPackages] };
}

async function judged(
  world: ReturnType<typeof newWorld>,
  files: Awaited<ReturnType<typeof madeOf>>["files"],
) {
  const counts = { ...NOTHING };
  const wrong: string[] = [];
  for (const { became, made: one, problems } of await takeInMade(world, files)) {
    const isLost = became === "misread" && one.seen === null;
    counts.files += 1;
    counts[isLost ? "lost" : became] += 1;
    if (one.isHonest === true && became === "refused") counts.readable += 1;
    if (one.isHonest === true && became === "asked") counts.doubted += 1;
    if (became === "misread" || (one.isHonest === true && became !== "right")) {
      wrong.push(`${isLost ? "lost" : became} ${one.what}: ${problems}`);
    }
  }
  return { counts, wrong };
}
