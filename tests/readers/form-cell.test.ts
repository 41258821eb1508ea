import fc from "fast-check";
import { expect, test } from "vitest";
import { plainDecimal } from "../../pipelines/readers/form-cell.ts";

test.each([
  [0, "0"],
  [-0, "0"],
  [1120, "1120"],
  [0.1, "0.1"],
  [0.25, "0.25"],
  [-3, "-3"],
  [1.12, "1.12"],
  [0.1 + 0.2, "0.3"],
  [1.1 * 3, "3.3"],
  [1e-7, "0.0000001"],
  [123456789012345, "123456789012345"],
  [1e15, "1000000000000000"],
  [1e21, "1000000000000000000000"],
  [1.5e21, "1500000000000000000000"],
  [-2.5e-10, "-0.00000000025"],
])("%d is written %s", (value, text) => {
  expect(plainDecimal(value)).toBe(text);
});

test("any decimal of at most 15 digits comes back as it was written", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999_999_999 }),
      fc.integer({ min: 0, max: 9999 }),
      (whole, fraction) => {
        const decimals = String(fraction).padStart(4, "0").replace(/0+$/, "");
        const text = decimals === "" ? String(whole) : `${whole}.${decimals}`;
        expect(plainDecimal(Number(text))).toBe(text);
      },
    ),
  );
});

test("no number is written with an exponent", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(plainDecimal(value)).toMatch(/^-?\d+(\.\d*[1-9])?$/);
    }),
  );
});
