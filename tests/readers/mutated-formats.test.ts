import { expect, test } from "vitest";
import { FORMATS, mutateFormat } from "./mutation-formats.ts";

// many more: `mutated.long.test.ts`
test.each(FORMATS.filter((format) => format !== "xlsx").map((format) => [format] as const))(
  "a mutated .%s is read with the values that stand in it, or refused with a reason",
  async (format) => {
    const { accepted, refused, faults } = await mutateFormat(format, 6, 1);
    expect(faults).toEqual([]);
    expect(accepted + refused).toBeGreaterThanOrEqual(6);
  },
);
