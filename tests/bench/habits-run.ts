import { removeFolders } from "../folders.ts";
import { newWorld } from "../intake/given.ts";
import { takeInHabits } from "./habits.ts";
import { inRounds, plainArguments } from "./rounds.ts";

/** Files of a round. */
const ROUND = 200;

/**
 * `npm run bench:habits [COUNT] [--keep FILE]`: takes in forms as clerks hand them in, and judges what
 * was read.
 */
const [count = "2000"] = plainArguments();
const isRight = await inRounds(
  `${count} files of habits`,
  Math.ceil(Number(count) / ROUND),
  async (round) => {
    const first = round * ROUND;
    const many = Math.min(ROUND, Number(count) - first);
    const { misread, ...counts } = await takeInHabits(newWorld(), many, first);
    removeFolders();
    return { counts, faults: misread };
  },
);
process.exitCode = isRight ? 0 : 1;
