import type { PersonalKind } from "./personal-kind.ts";

/** A number that belongs to one person, by its digits alone. */
export interface NumberShape {
  readonly kind: PersonalKind;
  readonly name: "identity" | "old_identity" | "mobile" | "old_mobile" | "landline";
  readonly digits: RegExp;
}

/**
 * Numbers of persons, without what parts their digits. Identity numbers: decree 137/2015/NĐ-CP art. 13,
 * three digits of a province (001 to 096), one of century and sex, two of the year of birth, six more.
 * Telephones: circular 22/2014/TT-BTTTT and the change of prefixes of 2018, 0 or 84 before them.
 */
export const NUMBER_SHAPES: readonly NumberShape[] = [
  { kind: "id_card", name: "identity", digits: /^0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}$/ },
  { kind: "phone", name: "mobile", digits: /^(?:0|84|084|0084|840|00840)[35789]\d{8}$/ },
  { kind: "phone", name: "old_mobile", digits: /^(?:0|84|0084)1[2689]\d{8}$/ },
  { kind: "phone", name: "landline", digits: /^(?:0|84|840|0084)2\d{9}$/ },
  { kind: "id_card", name: "old_identity", digits: /^0\d{8}$/ },
];

/** What may stand between the digits of one number, besides blanks. */
export const PARTING = /^[ .()/-]{0,3}$/;

/** Dates and times, of which no number is made. */
export const MOMENTS =
  /(?<!\d)(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}\s*[:h]\s*\d{2}|\d{1,2}\/\d{1,2}(?=\s|$|[,;)]))(?![\d])/g;

/** A date with its year, as a birth date is written, or a month and a year. */
export const DATE =
  /^\s*(?:ng[àa]y\s*)?\d{1,2}\s*(?:[/.\- ]|th[áa]ng)\s*(?:\d{1,2}\s*(?:[/.\- ]|n[ăa]m)\s*)?(?:(?:19|20)\d{2}|\d{2})(?!\d)/iu;

/** Later years that stand alone are those of plans and reports, not of births. */
export const LAST_BIRTH_YEAR = 2018;

/** Years up to this one are of births where a label may mean figures, too («sinh 2015»). */
export const LAST_CERTAIN_YEAR = 2015;

/** A year in which a living person may be born. */
export const BIRTH_YEAR = /^(?:19[2-9]\d|20[012]\d)$/;
