// How figures are written: a comma before the decimals, points between thousands. Nothing is rounded
// here but what a floating-point number has beyond the six decimals of an exact figure: two decimals
// would take 29,996 across a target of 30.

import { distanceText } from "../../pipelines/sentences/amount.ts";
import { levelsOf, levelText } from "../../pipelines/vocabulary/level.ts";
import {
  signedText as signed,
  unitText,
  numberText as written,
} from "../../pipelines/vocabulary/number.ts";
import { isAnswer } from "../../pipelines/vocabulary/status.ts";
import type { Comparator, MeasureKind, Status, ValueKind } from "../types/tables.ts";
import { ANSWERS, COMPARATORS, STATUSES } from "./words.ts";

/** In the place of a figure that is not there. */
const NO_FIGURE = "–";

/** Decimals of a difference. */
const SIGNED_DECIMALS = 4;
/** Decimals of two figures beside each other: more where fewer would make them alike. */
const BESIDE_DECIMALS = [2, 4, 6];

/**
 * Requires a number, or null for no figure. `undefined` means that the row lacks the column, which
 * would be shown as if nothing had been reported.
 * @throws for undefined, so that the page fails
 */
export function requireGiven(figure: unknown): void {
  if (figure !== undefined) return;
  throw new Error("A figure is undefined: its row has no such column. No figure would be null.");
}

/** `1.234,5`: a figure with the decimals that it came with. */
export function numberText(value: number | null): string {
  requireGiven(value);
  return value === null ? NO_FIGURE : written(value);
}

/** In the place of a unit where a figure answers yes or no. */
export const ANSWER = "có/không";

/** The unit of an indicator at a place, which a share that need not be of all asks nothing of. */
export function unitAt(
  indicator: { readonly value_kind: ValueKind | null; readonly unit: string },
  cell: { readonly status: Status | null },
): string {
  return isAnswer(indicator.value_kind, cell.status) ? ANSWER : indicator.unit;
}

/** `Loại A` or `12`: a level by its name, else the number without its unit. */
export function bareText(value: number | null, unit: string): string {
  return (value === null ? null : levelText(value, unit)) ?? numberText(value);
}

export { levelsOf };

/** The unit as far as a short figure needs it. */
export const unitBeside = (unit: string): string =>
  unit === "%" || levelsOf(unit) !== null ? unit : "";

/**
 * `24,1%` or `12`: other units are given beside the target, and here only when `full`.
 */
export function figureText(value: number | null, unit: string, full = false): string {
  requireGiven(value);
  if (value === null) return NO_FIGURE;
  if (unit === ANSWER) return measureText(value, "yes_no", true);
  const level = levelText(value, unit);
  if (level !== null) return level;
  return numberText(value) + (unit === "%" || full ? unitText(unit) : "");
}

export { unitText };

/** `≥ 80%` or, for a range, `18–22%`: what a value is compared with in a period. */
export function boundText(
  comparator: Comparator | null,
  value: number,
  to: number | null,
  unit: string,
): string {
  if (to !== null) return `${numberText(value)}–${numberText(to)}${unitText(unit)}`;
  const sign = comparator === null ? "" : `${COMPARATORS[comparator].sign} `;
  return `${sign}${levelText(value, unit) ?? numberText(value) + unitText(unit)}`;
}

/** More numbers than these push what stands beside them off the screen. */
export const TARGETS_BEFORE_FOLDING = 3;

/** The numbers of a whole target, each with what it is for: `< 10% (quận)`. */
export function targetParts(text: string | null): string[] {
  return text?.split(/(?<=\)), |; /) ?? [];
}

/** A whole target in a line that says something else: `12 mức` where it would be longer than the rest. */
export function targetInBrief(text: string): string {
  const parts = targetParts(text);
  return parts.length > TARGETS_BEFORE_FOLDING ? `${parts.length} mức` : text;
}

/** An open period asks nothing until one of its parts is closed. */
export function isPaceToCome(row: {
  readonly pace_value: number | null;
  readonly status: string;
}): boolean {
  return row.pace_value === 0 && row.status === "not_reported";
}

/** A figure, or why there is none. */
interface Valued {
  readonly value: number | null;
  readonly status: Status;
  readonly is_hidden: boolean;
}

/** Why a value is hidden: not published, or not yet, since no report of its period is. */
export type Hidden = "withheld" | "untold";

/** What a hidden value is called; false where it is not hidden. Of a measure there is no status. */
export function hiddenAs(row: {
  readonly is_hidden: boolean;
  readonly status?: Status | null;
  readonly is_untold?: boolean;
}): Hidden | false {
  // a value shown as not reported has nothing to hide
  if (!row.is_hidden || ("status" in row && row.status === "not_reported")) return false;
  // a row throws for a column that its query lacks
  const isUntold =
    "is_untold" in row ? row.is_untold === true : "status" in row && row.status === "untold";
  return isUntold ? "untold" : "withheld";
}

/** `Không công bố` or `Chưa phát hành`: what is written for a hidden value. */
export function hiddenWord(row: Parameters<typeof hiddenAs>[0]): string {
  return STATUSES[hiddenAs(row) || "withheld"].word;
}

/** Why there is no value, in a word; undefined where there is one. */
export function absence(row: Valued): string | undefined {
  const hidden = hiddenAs(row);
  if (hidden !== false) return STATUSES[hidden].word;
  requireGiven(row.value);
  return row.value === null ? STATUSES[row.status].word : undefined;
}

/** A measure's value: counts as numbers, levels and yes/no of one place as words. */
export function measureText(
  value: number | null,
  kind: MeasureKind | null,
  isOnePlace: boolean,
  unit: string | null = null,
): string {
  requireGiven(value);
  if (value === null) return NO_FIGURE;
  if (kind === "yes_no" && isOnePlace) return value > 0 ? ANSWERS.yes.word : ANSWERS.no.word;
  return bareText(value, unit ?? "");
}

/** Why there is no value of the whole: levels of several places make none together. */
export function noWholeWord(
  { kind }: { readonly kind: MeasureKind | null },
  reported: number | null,
): string {
  return kind === "level" && (reported ?? 0) > 0 ? "Theo từng nơi" : STATUSES.not_reported.word;
}

/** `+9,1`, `-12,5` or `lên 1 bậc`, from a difference. */
export function signedText(value: number, unit: string): string {
  requireGiven(value);
  if (value === 0 || levelsOf(unit) === null) return signed(value, SIGNED_DECIMALS);
  return `${value > 0 ? "lên" : "xuống"} ${distanceText(value, unit)}`;
}

/** `57,5 kB`. */
export function sizeText(bytes: number): string {
  return `${numberText(Math.round(bytes / 100) / 10)} kB`;
}

/**
 * Two exact decimals as they stand beside each other: with two digits after the comma, and with more
 * where two would make them alike.
 */
export function pairTexts(
  before: string | null,
  now: string | null,
  unit: string,
): [string | null, string | null] {
  requireGiven(before);
  requireGiven(now);
  const text = (value: string | null, decimals: number) =>
    value === null
      ? null
      : (levelText(value, unit) ?? written(Number(value), decimals) + (unit === "%" ? "%" : ""));
  const texts = BESIDE_DECIMALS.map((decimals): [string | null, string | null] => [
    text(before, decimals),
    text(now, decimals),
  ]);
  return texts.find(([one, other]) => one !== other) ?? texts.at(-1) ?? [null, null];
}
