import { removeFolders } from "../folders.ts";
import { FORMATS, mutateFormat } from "../readers/mutation-formats.ts";
import { inRounds, plainArguments } from "./rounds.ts";

/** Mutations of a round, all of one format. */
const ROUND = 200;

/**
 * `npm run bench:mutations [COUNT] [SEED] [--keep FILE]`: reads mutated files of every format in turn,
 * and judges what was read.
 */
const [count = "100000", seed = "2"] = plainArguments();
const isRight = await inRounds(
  `${count} mutations of seed ${seed}`,
  Math.ceil(Number(count) / ROUND),
  async (round) => {
    const format = FORMATS[round % FORMATS.length] ?? "xlsx";
    const many = Math.min(ROUND, Number(count) - round * ROUND);
    const { accepted, refused, faults } = await mutateFormat(format, many, Number(seed) + round);
    removeFolders();
    return {
      counts: { [`${format} accepted`]: accepted, [`${format} refused`]: refused },
      faults,
    };
  },
);
process.exitCode = isRight ? 0 : 1;
