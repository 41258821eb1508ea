import { SPOT_WORDS, THING_WORDS, WORK_WORDS } from "./given-names.ts";
import { ONE_PERSON } from "./personal-labels.ts";
import { isCapital, Phrases, type SpokenText } from "./spoken-text.ts";
import { ADDRESS_PARTS, PLACE_WORDS } from "./work-words.ts";

// What is called after somebody, or as somebody is, and how a text tells it.

export const PLACES = new Phrases(PLACE_WORDS, ADDRESS_PARTS);
export const PARTS = new Phrases(ADDRESS_PARTS);
/** One person, whose name is not said. */
export const ONE = new Phrases(ONE_PERSON);
export const SPOTS = new Phrases(SPOT_WORDS);
const WORKS = new Phrases(WORK_WORDS);
export const THINGS = new Phrases(THING_WORDS, SPOT_WORDS, WORK_WORDS);
/** Of things those that somebody's name may stand behind, too: «vụ Ông Hùng». */
const GROUPS = new Phrases("vụ, nhóm, lớp, đội, hội, người, năm, tháng, quý, mùa, thứ, nước");
const STREETS = new Phrases("đường, phố, ngõ, ngách, hẻm, kiệt, tuyến, số, quốc lộ, tỉnh lộ");

/** «câu lạc bộ Hoa Hướng Dương», «vở "Lưu Bình Dương Lễ"» */
export function isThing(text: SpokenText, index: number): boolean {
  const at = QUOTE.test(text.tokens[index - 1]?.text ?? "") ? index - 1 : index;
  // «đối tượng» is no «tượng»
  return THINGS.endsAt(text, at) && !ONE.endsAt(text, at);
}
export const QUOTE = /^["'“”‘’]$/;

/** «phố Bà Triệu, Trần Phú», «Truyện Kiều, Lục Vân Tiên»: the next in a list that begins with a thing. */
export function isListed(text: SpokenText, index: number): boolean {
  let at = index;
  while (at > index - NEAR && /^[,;-]$|^và$/.test(text.tokens[at - 1]?.text ?? "")) {
    let first = at - 1;
    while (isCapital(text.tokens[first - 1])) first -= 1;
    if (first === at - 1) return false;
    const isOfThing = (one: number): boolean =>
      (HEADS_OF_LISTS.endsAt(text, one) && !ONE.endsAt(text, one)) || isOfStreet(text, one);
    if (isOfThing(first) || isOfThing(first + 1)) return true;
    at = first;
  }
  return false;
}

/** «hẻm 47 Âu Dương Lân», «tuyến xe buýt số 3 Lê Hồng Phong - Bà Chiểu» */
export function isOfStreet(text: SpokenText, index: number): boolean {
  let at = index;
  while (/^[\d/]+$/.test(text.tokens[at - 1]?.text ?? "")) at -= 1;
  return at < index && STREETS.endsAt(text, at);
}

/** What tells that a name is that of a thing is not further away. */
export const NEAR = 12;
const HEADS_OF_LISTS = new Phrases(THING_WORDS, SPOT_WORDS, WORK_WORDS, PLACE_WORDS, ADDRESS_PARTS);

/** Whether a work is spoken of in the same clause: its title may have the name of anybody. */
export function isOfWork(text: SpokenText, index: number): boolean {
  const { tokens } = text;
  let from = index;
  while (from > 0 && index - from < NEAR && !/^[.;]$/.test(tokens[from - 1]?.text ?? "")) from -= 1;
  return WORKS.isIn(text, from, index);
}

/** Whether a capital word that calls a person is part of the name of a thing, a product or a work. */
export const isNoCall = (text: SpokenText, index: number): boolean =>
  (THINGS.endsAt(text, index) && !GROUPS.endsAt(text, index)) ||
  isOfWork(text, index) ||
  isListed(text, index);
