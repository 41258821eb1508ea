import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { unquotedNumbers } from "../../../pipelines/sources/check/quoted-number.ts";
import { groupedNumbers } from "../../../pipelines/sources/file/grouped-number.ts";
import { Plan } from "../../../pipelines/sources/plan/plan.ts";

/** A number of a target stands in the plan's own words, as Vietnamese writes it, or in a rule. */

const BASE = parse(
  readFileSync(new URL("../../../sources/plans/217-kh-ubnd-2024.yaml", import.meta.url), "utf8"),
) as { indicators: object[] };
const COUNT = { kind: "count", measures: ["inspection_visits"] };
const CHANGE = { kind: "change", of: COUNT, from: "last_year", as: "percent" };

function unquoted(quote: string, target: object, value: object = COUNT, rules: string[] = []) {
  const indicator = { ...BASE.indicators[0], quote, target, value, added_rules: rules };
  const plan = Plan.parse({ ...BASE, schema: 2, indicators: [indicator] });
  return unquotedNumbers(plan).map(({ path }) => path.slice(3).join("."));
}

const atLeast = (value: number | string) => ({ comparator: ">=", value });

test.each<[quote: string, target: object, missing: string[]]>([
  ["Ít nhất 5.300 người.", atLeast(5300), []],
  ["Ít nhất 5.300 người.", atLeast(530), ["value"]],
  ["Ít nhất 1.200.000 đồng.", atLeast(1200000), []],
  ["Còn dưới 1,2%.", atLeast("1.2"), []],
  ["Còn dưới 1,2%.", atLeast(12), ["value"]],
  ["Ít nhất 03 phóng sự.", atLeast(3), []],
  ["500/100.000 trẻ.", atLeast(500), []],
  ["Ít nhất 1,2 triệu vụ.", atLeast(1200000), []],
  ["Ít nhất 1,2 triệu vụ.", atLeast("1.2"), ["value"]],
  // words that are numbers, and one that is not
  ["Mỗi xã ít nhất một mô hình.", atLeast(1), []],
  ["Tất cả các xã.", atLeast(100), []],
  ["8/8 phường, xã.", atLeast(100), []],
  ["7/8 phường, xã.", atLeast(100), ["value"]],
  ["60/75 trường.", atLeast(80), []],
  ["60/75 trường.", atLeast(75), []],
  ["60/75 trường.", atLeast(79), ["value"]],
  ["Không để xảy ra vụ việc.", { comparator: "=", value: 0 }, []],
  ["Không quá 5 vụ việc.", { comparator: "<=", value: 0 }, ["value"]],
  ["Đến năm 2024.", atLeast(5), ["value"]],
  // every number of a target
  ["18 - 22%.", { between: [18, 22] }, []],
  ["18 - 22%.", { between: [18, 23] }, ["between"]],
  [
    "80% hết quý II, 90% cả năm.",
    { comparator: ">=", at: { "2024-Q2": 80, "2024-Y": 95 } },
    ["at.2024-Y"],
  ],
  ["Dưới 10% ở phường.", { comparator: "<", for: { ward: 10, commune: 5 } }, ["for.commune"]],
])("%s %j", (quote, target, missing) => {
  expect(unquoted(quote, target)).toEqual(missing);
});

test("a rule that was added may give it", () => {
  expect(unquoted("Duy trì thường xuyên.", atLeast(4))).toEqual(["value"]);
  expect(unquoted("Duy trì thường xuyên.", atLeast(4), COUNT, ["Lấy 4 lần một năm."])).toEqual([]);
});

test("a fall is written without its sign, and one without a number is 0", () => {
  const ceiling = (value: number) => ({ comparator: "<=", value });
  expect(unquoted("Giảm 5 - 10% số vụ.", ceiling(-5), CHANGE)).toEqual([]);
  expect(unquoted("Giảm 5 - 10% số vụ.", ceiling(-15), CHANGE)).toEqual(["value"]);
  expect(unquoted("Giảm số vụ.", { comparator: "<", value: 0 }, CHANGE)).toEqual([]);
});

test.each([
  ["5.300", true],
  ["100.000", true],
  ["1.200.000", true],
  ["-5.300", true],
  ["5.3", false],
  ["5.3000", false],
  ["0.125", false],
  ["5300", false],
])("%s is %j for a number with thousands apart", (typed, isGrouped) => {
  const path = ["indicators", 0, "target", "value"];
  expect(groupedNumbers([{ path, typed }])).toHaveLength(isGrouped ? 1 : 0);
  expect(groupedNumbers([{ path: ["indicators", 0, "code"], typed }])).toEqual([]);
});
