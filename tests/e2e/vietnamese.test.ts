import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isSyllable } from "./vietnamese.ts";

const PLAN = join(import.meta.dirname, "../../sources/plans/217-kh-ubnd-2024.yaml");

test.each(
  "nghiêng khuya quyết quốc gì gìn giếng giữa già yêu yếu oan xoong huỷ thủy khuỷu ngoằn nguệch"
    .concat(" chưa phường ương xã đạt Ủy Lạng Sơn hoàn thuở quý qua tuyên truyền ghi kế nghỉ cộng")
    .split(" "),
)("%s is a syllable", (word) => {
  expect(isSyllable(word)).toBe(true);
  expect(isSyllable(word.normalize("NFD"))).toBe(true);
});

test.each(
  "loading search download records home error status ward quarter print select copy save show hide"
    .concat(" next previous total value the to no on null true false undefined nan series object")
    .concat(" filter menu chart table data edit set hot not close open reset all cat kế-hoạch")
    .concat(" ngế cê kat nga̒ chac tieng việtt đạat ghoan")
    .split(" "),
)("%s is none", (word) => {
  expect(isSyllable(word)).toBe(false);
});

test("every word of the plan is a syllable, but for two that stand for others", () => {
  const plan = readFileSync(PLAN, "utf8");
  const quotes = [...plan.matchAll(/^\s*(?:name|quote|title): (.+)$/gm)].map(([, text]) => text);
  const words = quotes.join(" ").match(/\p{L}+/gu) ?? [];
  expect(words.length).toBeGreaterThan(300);
  const others = new Set(words.filter((word) => !isSyllable(word)));
  expect([...others].sort()).toEqual(["Fanpage", "UBND"]);
});
