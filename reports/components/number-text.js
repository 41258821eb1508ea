// How figures are written: a comma before the decimals, points between thousands. Nothing is rounded
// here but what a floating-point number has beyond the six decimals of an exact figure: two decimals
// would take 29,996 across a target of 30.

import { STATUSES } from "./words.js";

/** In the place of a figure that is not there. */
const NO_FIGURE = "–";

const format = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 6 });
const signed = new Intl.NumberFormat("vi-VN", {
  maximumFractionDigits: 4,
  signDisplay: "exceptZero",
});
const beside = [2, 4, 6].map(
  (digits) => new Intl.NumberFormat("vi-VN", { maximumFractionDigits: digits }),
);

/** `1.234,5`: a figure with the decimals that it came with. */
export function numberText(value) {
  return value === null || value === undefined ? NO_FIGURE : format.format(value);
}

/**
 * `24,1%` or `12`: the unit of other figures stands beside the target, and here only when `full`.
 */
export function figureText(value, unit, full = false) {
  if (value === null || value === undefined) return NO_FIGURE;
  return numberText(value) + (unit === "%" || full ? unitText(unit) : "");
}

/** `%` or ` cơ sở`: a unit as it stands behind a figure. */
export function unitText(unit) {
  if (!unit) return "";
  return unit === "%" ? "%" : ` ${unit}`;
}

/** Why there is no value, in a word; undefined where there is one. */
export function absence(row) {
  if (row.is_hidden) return STATUSES.withheld.word;
  if (row.value !== null && row.value !== undefined) return undefined;
  return (STATUSES[row.status] ?? STATUSES.not_reported).word;
}

/** A measure's value: counts as numbers, yes/no of one place as words. */
export function measureText(value, kind, isOnePlace) {
  if (value === null || value === undefined) return NO_FIGURE;
  if (kind === "yes_no" && isOnePlace) return value > 0 ? "Có" : "Không";
  return numberText(value);
}

/** `+9,1` or `-12,5`, from a difference. */
export function signedText(value) {
  return signed.format(value);
}

/** `57,5 kB`. */
export function sizeText(bytes) {
  return `${numberText(Math.round(bytes / 100) / 10)} kB`;
}

/**
 * Two exact decimals as they stand beside each other: with two digits after the comma, and with more
 * where two would make them alike.
 */
export function pairTexts(before, now, unit) {
  const texts = beside.map((format) =>
    [before, now].map((value) =>
      value === null ? null : format.format(Number(value)) + (unit === "%" ? "%" : ""),
    ),
  );
  return texts.find(([one, other]) => one !== other) ?? texts[2];
}
