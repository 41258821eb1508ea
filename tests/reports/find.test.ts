import { describe, expect, test } from "vitest";
import { type FindEntry, findables, findEntries } from "../../reports/components/office/find.ts";
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
  entry("unit", "VH", "Trung tâm Văn hóa thành phố", "TTVH"),
  entry("unit", "05974", "UBND phường Tam Thanh", "P. Tam Thanh"),
  entry("note", "a", "Công an thành phố, Quý I", "“Bắt 02 vụ ma tuý tại cơ sở”"),
  entry("note", "b", "Phòng chống ma túy", "Quý II"),
];

describe("what is found by words", () => {
  test.each([
    ["", ENTRIES.map(({ code }) => code)],
    ["   ", ENTRIES.map(({ code }) => code)],
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
    // marks count once one is typed, wherever the tone is put: not «mại», «tuyên», and «Thanh» alone
    ["ma túy", ["b", "a"]],
    ["tam thánh", []],
    ["Công", ["CATP", "a"]],
    ["mại dâm", [null, "1.3a"]],
    // without marks everything that matches: the words together first, then in the title, then whole
    ["ma tuy", ["b", "a"]],
    ["tam thanh", ["05974", "VH"]],
    ["co s", ["a"]],
    ["tha", ["CATP", "VH", "05974", "a"]],
    // only the last word may be unfinished
    ["tr tuyên", []],
  ])("%j", (words, expected) => {
    expect(findEntries(findables(ENTRIES), words).map(({ code }) => code)).toEqual(expected);
  });
});
