import { expect, test } from "vitest";
import { FORMATS, mutateFormat } from "./mutation-formats.ts";

/** `CHITIEU_RUNS=20000 npx vitest run tests/readers/mutated.long.test.ts` damages so many files of each. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 20);
const SEED = Number(process.env.CHITIEU_SEED ?? 2);

test.each(FORMATS)(
  "a mutated .%s is read with the values that stand in it, or refused with a reason",
  async (format) => {
    const { accepted, refused, faults } = await mutateFormat(format, RUNS, SEED);
    expect(faults).toEqual([]);
    // an archive or a mail has an outcome for each file within it
    expect(accepted + refused).toBeGreaterThanOrEqual(RUNS);
  },
  60_000 * RUNS,
);
