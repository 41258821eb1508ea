/**
 * How a figure is written in Vietnamese: an exact decimal, and what is shown. TypeScript, the queries
 * of the pages and the browser each have a formatter of their own; all three are held to this table.
 */
export const NUMBER_CASES: readonly (readonly [decimal: string, shown: string])[] = [
  ["0", "0"],
  ["0.0000", "0"],
  ["-0.0000", "0"],
  ["30", "30"],
  ["100.0000", "100"],
  ["87.50", "87,5"],
  ["0.05", "0,05"],
  ["0.0001", "0,0001"],
  ["-0.0001", "-0,0001"],
  ["-3.2", "-3,2"],
  ["29.996", "29,996"],
  ["12.3456", "12,3456"],
  ["999.9999", "999,9999"],
  ["1234.5", "1.234,5"],
  ["-1234.5", "-1.234,5"],
  ["1000000", "1.000.000"],
  ["1234567890.1234", "1.234.567.890,1234"],
];
