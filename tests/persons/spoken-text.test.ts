import { expect, test } from "vitest";
import { hasPhrase } from "../../pipelines/persons/spoken-text.ts";

const NAME = "Nguyễn Thị Hòa";
const CASES: [text: string, phrase: string, isThere: boolean][] = [
  ["bà Nguyễn Thị Hòa, tổ 3", NAME, true],
  ["bà NGUYỄN THỊ HOÀ", NAME, true],
  ["bà Nguyễn Thị Hòa".normalize("NFD"), NAME, true],
  ["Nguyễn  Thị\u00a0Hòa", NAME, true],
  ["Nguyễn-Thị-Hòa.xlsx", NAME, true],
  // typed without accents, or with some
  ["ba nguyen thi hoa", NAME, true],
  ["Nguyễn Thi Hòa", NAME, true],
  // another name
  ["Nguyễn Thị Hoa", NAME, true],
  ["Nguyễn Thị Hóa", NAME, false],
  ["Nguyễn Thị Minh Hòa", NAME, false],
  ["Nguyễn Thị", NAME, false],
  ["Nguyễn Thị Hòang", NAME, false],
  // whoever leaves accents out means words without
  ["Nguyễn Thị Hòa", "Nguyen Thi Hoa", false],
  ["tổ 12", "tổ 1", false],
  ["tổ 1, khối 2", "tổ 1", true],
  ["bất kỳ", " . ", false],
];

test.each(CASES)("%s says %s: %s", (text, phrase, isThere) => {
  expect(hasPhrase(text, phrase)).toBe(isThere);
});
