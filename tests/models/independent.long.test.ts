import { test } from "vitest";
import { expectAgreement } from "./oracle/agreement.ts";

/** `CHITIEU_RUNS=100 npx vitest run tests/models/independent.long.test.ts` tries so many warehouses. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 3);

test(
  "the models and an independent computation agree on many random plans and reports",
  async () => {
    await expectAgreement(RUNS);
  },
  300_000 * RUNS,
);
