import { test } from "vitest";
import { expectStruckOut, struckForm } from "./struck-out-given.ts";

// as LibreOffice saves it: `struck-out.long.test.ts`
test("what is struck out is no figure", async () => {
  await expectStruckOut(await struckForm());
});
