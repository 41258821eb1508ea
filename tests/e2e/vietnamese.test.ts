import { expect, test } from "vitest";
import { isSyllable } from "./vietnamese.ts";

test.each(
  "loading search download records home error status ward quarter print select copy save show hide"
    .concat(" next previous total value the to no on null true false undefined nan series object")
    .concat(" filter menu chart table data edit set hot not close open reset all cat kế-hoạch")
    .concat(" ngế cê kat nga̒ chac tieng việtt đạat ghoan")
    .split(" "),
)("%s is none", (word) => {
  expect(isSyllable(word)).toBe(false);
});
