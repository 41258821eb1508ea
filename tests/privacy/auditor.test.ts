import { expect, test } from "vitest";
import { casesIn } from "../case-lines.ts";
import { intervalsOf, type Terms } from "./interval.ts";

/** `2a + b` */
const termsOf = (words: string): Terms =>
  new Map(
    words.split(" + ").map((term) => {
      const [, factor, name = ""] = /^(\d*)(\w+)$/.exec(term) ?? [];
      return [name, Number(factor || 1)];
    }),
  );

test.each(
  casesIn(`
  a total of two ⇒ a + b = 6 ⇒ a ⇒ 0 6
  totals that overlap, of which none tells it alone ⇒ a + b = 6, b + c = 5, a + c = 5 ⇒ a ⇒ 3 3
  whole numbers alone: 2a + 3b = 7 has one solution ⇒ 2a + 3b = 7 ⇒ a ⇒ 2 2
  nothing about it ⇒ a + b = 6 ⇒ c ⇒ 0 Infinity
  what cannot be ⇒ a = 6, a + b = 5 ⇒ b ⇒ none
`),
)("the solver: %s", async (_, given = "", of = "", expected = "") => {
  const equations = given.split(", ").map((one) => {
    const [terms = "", sum] = one.split(" = ");
    return { terms: termsOf(terms), sum: Number(sum) };
  });
  const [found] = await intervalsOf({ equations, notNegative: [] }, [termsOf(of)]);
  expect(found ? `${found.least} ${found.most}` : "none").toBe(expected);
});
