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

const DAY = "(?:0[1-9]|[12]\\d|3[01])";
const MONTH = "(?:0[1-9]|1[0-2])";
const YEAR = "(?:19|20)\\d{2}";
/** The last two digits of a year of reports. */
const SHORT_YEAR = "(?:1[5-9]|2\\d|3[0-5])";
const LONG_YEAR = `(?:20${SHORT_YEAR})`;
const HOUR = "(?:[01]\\d|2[0-3])[ .:_hg-]?[0-5]\\d";
const TIME = `${HOUR}(?:[ .:_-]?[0-5]\\d(?:[ ._-]?\\d{3})?)?(?!\\d)`;
const BREAK = "[ T._-]{1,3}";

/** Dates and times in the habits of people, cameras and programs: of their digits no number is made. */
export const MOMENTS = new RegExp(
  `(?<!\\d)(?:${[
    `\\d{1,2}\\s*[/.-]\\s*\\d{1,2}\\s*[/.-]\\s*${YEAR}`,
    `(?:${DAY}([ _]?)${MONTH}\\1${LONG_YEAR}|${LONG_YEAR}([-_. ]?)${MONTH}\\2${DAY})(?:(?:${BREAK})?${TIME})?`,
    `(?:${DAY}${MONTH}${SHORT_YEAR}|${SHORT_YEAR}${MONTH}${DAY})${BREAK}${HOUR}`,
    `${DAY}([-_. ])${MONTH}\\3${SHORT_YEAR}${BREAK}${TIME}`,
    `(?<!\\d{3}[ .-]{1,3})${DAY}([-_. ])${MONTH}\\4${SHORT_YEAR}(?!${BREAK}\\d\\d${BREAK}\\d\\d(?!\\d))`,
    "\\d{1,2}\\s*[:hg]\\s*\\d{2}",
    "\\d{1,2}\\/\\d{1,2}(?=\\s|$|[,;)])",
  ].join("|")})(?!\\d)`,
  "g",
);

const BARE = `(?:${DAY}${MONTH}(?:20)?${SHORT_YEAR}|${SHORT_YEAR}${MONTH}${DAY})`;
const BARE_TIME = "(?:[01]\\d|2[0-3])[0-5]\\d(?:[0-5]\\d)?";

/** A day and an hour without a sign between them, which may be the digits of a telephone or a card, too. */
export const BARE_MOMENT = new RegExp(`^${BARE}${BARE_TIME}$`);

/** What in the name of a file is a day, an hour or a month, though its digits alone may be more. */
export const MOMENTS_OF_NAME = new RegExp(
  `(?<!\\d)(?:(?:${BARE_TIME}${BREAK})?${BARE}(?:(?:${BREAK})?${BARE_TIME})?|${MONTH}[ .-]${LONG_YEAR})(?!\\d)`,
  "g",
);

/** Digests and identifiers of programs, such as those of SharePoint: their digits are no number. */
export const IDENTIFIERS =
  /(?<![\p{L}\d])(?:(?:0x)?(?=\d*[a-f])[\da-f]{12,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\p{L}\d])/giu;

/** A date with its year, as a birth date is written, or a month and a year. */
export const DATE =
  /^\s*(?:ng[àa]y\s*)?\d{1,2}\s*(?:[/.\- ]|th[áa]ng)\s*(?:\d{1,2}\s*(?:[/.\- ]|n[ăa]m)\s*)?(?:(?:19|20)\d{2}|\d{2})(?!\d)/iu;

/** Later years that stand alone are those of plans and reports, not of births. */
export const LAST_BIRTH_YEAR = 2018;

/** Years up to this one are of births where a label may mean figures, too («sinh 2015»). */
export const LAST_CERTAIN_YEAR = 2015;

/** A year in which a living person may be born. */
export const BIRTH_YEAR = /^(?:19[2-9]\d|20[012]\d)$/;
