import { test } from "vitest";
import { martsOfCases } from "./case-marts.ts";
import { randomCases } from "./random-basis.ts";

/** `CHITIEU_RUNS=500 npx vitest run tests/models/basis.long.test.ts` tries so many plans. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 15);

test.each(randomCases(martsOfCases(), RUNS))(
  "what counts makes up the figure, of many plans",
  async ({ expectBasis }) => {
    await expectBasis();
  },
);
