import { expect, test } from "vitest";
import { personalSigns } from "../../pipelines/persons/personal-signs.ts";
import { PrintedTexts } from "../../pipelines/persons/printed-texts.ts";
import { linesOf, rowsOf, verdictOnRows, verdictOnText } from "./given.ts";

const TEXTS = linesOf("texts.txt");
const HEADS = linesOf("heads.txt");
const ROWS = linesOf("rows.txt");

test("there are enough of each", () => {
  expect(TEXTS.length).toBeGreaterThanOrEqual(300);
  expect(HEADS.length).toBeGreaterThanOrEqual(150);
  expect(ROWS.length).toBeGreaterThanOrEqual(60);
});

test.each(TEXTS)("$sign $text", ({ sign, text }) => {
  expect(verdictOnText(text)).toBe(sign);
});

test.each(TEXTS)("decomposed: $sign $text", ({ sign, text }) => {
  expect(verdictOnText(text.normalize("NFD"))).toBe(sign);
});

test.each(HEADS)("head: $sign $text", ({ sign, text }) => {
  expect(verdictOnRows(rowsOf(text.replace("|", "//")))).toBe(sign);
});

test.each(ROWS)("rows: $sign $text", ({ sign, text }) => {
  expect(verdictOnRows(rowsOf(text))).toBe(sign);
});

/** What a text tells, by kind. */
const KINDS: [text: string, kinds: string][] = [
  ["Nguyễn Văn An - 082123456", "id_card!, name?"],
  ["chị H.T.N, sinh năm 1990, trú tại khối 3", "birth_date!, address!, name?"],
  ["Hoa Nguyễn, hoa@gmail.com, STK 3710205123456", "account!, email!"],
  ["nạn nhân 16 tuổi", "age?"],
  ["thẻ BHYT số GD4201234567890", "insurance!"],
];

test.each(KINDS)("%s: %s", (text, kinds) => {
  const found = personalSigns(text).map(
    ({ kind, certainty }) => kind + (certainty === "certain" ? "!" : "?"),
  );
  expect(found.sort().join(", ")).toBe(kinds.split(", ").sort().join(", "));
});

test("what the office prints is no sign of a person, and what stands beside it is", () => {
  const printed = new PrintedTexts(() => ["Nông Văn Kiên", "Số vụ do ông Tuấn đã xử lý"]);
  expect(personalSigns(printed.without("Nông Văn Kiên"))).toEqual([]);
  expect(personalSigns(printed.without("1. Số vụ do ông Tuấn đã xử lý (vụ)"))).toEqual([]);
  expect(personalSigns(printed.without("Nông Văn Kiên 0912345678"))).toEqual([
    { kind: "phone", certainty: "certain" },
  ]);
});

test.each([
  ["the longest first", "Ông Nguyễn Văn An phụ trách", "Ông  "],
  ["then what is shorter", "Ông Nguyễn Văn An, Nguyễn Văn An phụ trách", " ,  "],
  ["wherever it stands", "a Nông Văn Kiên b Nông Văn Kiên", "a   b  "],
  [
    "nothing that is no sign of a person",
    "Số người được tuyên truyền",
    "Số người được tuyên truyền",
  ],
])("of what is printed there goes %s", (_, text, rest) => {
  const printed = new PrintedTexts(() => [
    "Nông Văn Kiên",
    "Ông Nguyễn Văn An",
    "Số người được tuyên truyền",
    "Nguyễn Văn An phụ trách",
  ]);
  expect(printed.without(text)).toBe(rest);
});

test("a long text is looked through to its end", () => {
  const words = "không phát sinh, ".repeat(2000);
  expect(verdictOnText(words)).toBe("-");
  expect(verdictOnText(`${words}0912345678`)).toBe("!");
});
