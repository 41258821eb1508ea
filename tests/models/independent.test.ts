import { test } from "vitest";
import { expectAgreement } from "./oracle/agreement.ts";

// more of them: `independent.long.test.ts`
test("the models and an independent computation agree on random plans and reports", async () => {
  await expectAgreement(1);
});
