import { expect, test } from "vitest";
import { nearest } from "../../pipelines/vocabulary/nearest.ts";

test.each([
  ["CAPT", ["VP", "CATP"], "CATP"],
  ["mesures", ["periods", "measures"], "measures"],
  ["công an", ["Cong an", "Tài chính"], "Cong an"],
  ["UBDN", ["UBND", "UB"], "UBND"],
  ["X", ["Y"], "Y"],
  ["CATP", ["TTYT"], null],
  ["CATP", [], null],
  // the nearest of several, and of those as near the first
  ["2024-Q5", ["2024-Q1", "2024-Q2"], "2024-Q1"],
  ["2024-QQ2", ["2024-Q1", "2024-Q2"], "2024-Q2"],
])("%s among %j is %s", (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});
