import { expect, test } from "vitest";
import { nearest, nearestCode } from "../../pipelines/vocabulary/nearest.ts";

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

test.each([
  ["2024-Q9", ["2024-Q1", "2024-Q4"], null],
  ["187", ["178", "20"], "178"],
  ["worker_total", ["workers_total", "portal_posts"], "workers_total"],
  ["X", ["Y"], null],
])("code %s among %j is %s", (code, known, expected) => {
  expect(nearestCode(code, known)).toBe(expected);
});
