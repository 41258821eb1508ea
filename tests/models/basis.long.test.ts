import { test } from "vitest";
import { expectBasisOfFigures } from "./random-basis.ts";

/** `CHITIEU_RUNS=500 npx vitest run tests/models/basis.long.test.ts` tries so many plans. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 15);

test("what counts makes up the figure, of many plans", { timeout: 60_000 * RUNS }, async () => {
  await expectBasisOfFigures(RUNS);
});
