import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decimalText,
  rounded,
  scaledText,
  scaleOf,
  signOf,
  spreadsheetNumber,
  unscaled,
} from "../../pipelines/vocabulary/decimal.ts";

describe("an exact decimal", () => {
  test.each([
    ["0.0000", "0", 0, 0],
    ["-0.0000", "0", 0, 0],
    ["12.5000", "12,5", 1, 1],
    ["-12.5000", "-12,5", 1, -1],
    ["1234567.0000", "1.234.567", 0, 1],
    ["1000.001", "1.000,001", 3, 1],
    ["-0.0001", "-0,0001", 4, -1],
    ["007.10", "7,1", 1, 1],
    // beyond what a floating-point number keeps
    ["9007199254740993", "9.007.199.254.740.993", 0, 1],
    ["123456789012345678.123456", "123.456.789.012.345.678,123456", 6, 1],
  ])("%s is written %s", (value, text, scale, sign) => {
    expect([decimalText(value), scaleOf(value), signOf(value)]).toEqual([text, scale, sign]);
  });

  test.each(["", "1e5", "1,5", "0x10", "-", ".5", "5.", "NaN", " 1", "+1"])(
    "%j is none",
    (value) => {
      expect(() => decimalText(value)).toThrow(RangeError);
    },
  );

  test.each([
    ["9.234828", 2, "9.23"],
    ["14.285714", 2, "14.29"],
    ["0.005", 2, "0.01"],
    ["-0.005", 2, "-0.01"],
    ["99.999", 2, "100.00"],
    ["12.5000", 2, "12.5000"],
    ["2.5", 0, "3"],
  ])("%s with %i decimals at most is %s", (value, scale, text) => {
    expect(rounded(value, scale)).toBe(text);
  });

  test.each([
    ["12.5000", 12.5],
    ["-12.5", -12.5],
    ["0.000001", 0.000001],
    ["123456789012345", 123456789012345],
    ["12345678901234.5", 12345678901234.5],
    ["1000000000000000000.0000", 1e18],
    // sixteen digits: a spreadsheet would show another number
    ["1234567890123456", null],
    ["123456789012.3456", null],
  ])("%s is %s in a spreadsheet", (value, number) => {
    expect(spreadsheetNumber(value)).toBe(number);
  });

  test("is one whole number at a scale, and comes back from it", () => {
    const limit = 10n ** 30n;
    fc.assert(
      fc.property(
        fc.bigInt({ min: -limit, max: limit }),
        fc.integer({ min: 0, max: 6 }),
        (whole, scale) => {
          expect(unscaled(scaledText(whole, scale), scale)).toBe(whole);
        },
      ),
    );
    expect(() => unscaled("1.234", 2)).toThrow(/more than 2 decimals/);
  });
});
