import { decimalText, rounded } from "./decimal.ts";

/** Decimals of an exact figure; what a floating-point number has beyond them is noise. */
const DECIMALS = 6;

/**
 * `1.234,5`: a number as Vietnamese writes it, with the decimals that it came with. This is the one
 * function that writes a number. Two decimals would take 29,996 across a target of 30.
 * @param value an exact decimal as text, or a floating-point number
 * @param decimals at most so many; what is beyond is rounded, halves away from zero
 * @throws RangeError for what is no number
 */
export function numberText(value: number | string, decimals: number = DECIMALS): string {
  if (typeof value === "string") return decimalText(value);
  const shortest = String(value);
  const exact = shortest.includes("e") ? value.toFixed(DECIMALS) : shortest;
  return decimalText(rounded(exact, decimals));
}

/** `+9,1` or `-12,5`, from a difference. */
export function signedText(change: number | string, decimals: number = DECIMALS): string {
  const text = numberText(change, decimals);
  return text === "0" || text.startsWith("-") ? text : `+${text}`;
}

/** `%`, `/100.000 dân` or ` cơ sở`: a unit as it stands behind a figure. */
export function unitText(unit: string | null): string {
  return !unit || /^[%/]/.test(unit) ? (unit ?? "") : ` ${unit}`;
}
