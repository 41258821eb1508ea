import { describe, expect, test } from "vitest";
import { type FindEntry, findEntries } from "../../reports/components/office/find.ts";
import { plainText } from "../../reports/components/plain-text.ts";

test.each([
  ["Phường Đông Kinh", "phuong dong kinh"],
  ["UBND P. Hoàng Văn Thụ", "ubnd p. hoang van thu"],
  ["11/KH-UBND", "11 kh ubnd"],
  ["  1.3a: tuyên   truyền ", "1.3a tuyen truyen"],
])("%s without what a hurried reader leaves out", (text, expected) => {
  expect(plainText(text)).toBe(expected);
});

const entry = (kind: string, code: string | null, name: string, detail: string): FindEntry => ({
  kind_no: 1,
  kind,
  no: 1,
  code,
  name,
  detail,
  href: `/${code}/`,
});
const ENTRIES = [
  entry("plan", null, "217/KH-UBND: Kế hoạch phòng, chống mại dâm", "Phòng, chống mại dâm"),
  entry("indicator", "1.3a", "Người lao động được tuyên truyền", "217/KH-UBND, Mại dâm"),
  entry("indicator", "1.3b", "Giáo viên được tuyên truyền", "52/KH-UBND, Giao thông"),
  entry("unit", "CATP", "Công an thành phố", "Công an TP"),
];

describe("what is found by words", () => {
  test.each([
    ["", [null, "1.3a", "1.3b", "CATP"]],
    ["   ", [null, "1.3a", "1.3b", "CATP"]],
    ["tuyên truyền", ["1.3a", "1.3b"]],
    ["TUYEN truy", ["1.3a", "1.3b"]],
    ["1.3a", ["1.3a"]],
    // all words, in any order, of the name or of the plan
    ["truyền giao thông", ["1.3b"]],
    ["217", [null, "1.3a"]],
    ["217/KH", [null, "1.3a"]],
    ["catp", ["CATP"]],
    // the beginning of a word, not its middle
    ["ao", []],
    ["nothing", []],
  ])("%j", (words, expected) => {
    expect(findEntries(ENTRIES, words).map(({ code }) => code)).toEqual(expected);
  });
});
