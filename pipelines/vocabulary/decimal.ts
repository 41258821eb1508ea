const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
/** A spreadsheet keeps 15 significant digits of a number and drops the rest without a word. */
const SPREADSHEET_DIGITS = 15;

interface Digits {
  readonly isNegative: boolean;
  readonly whole: string;
  /** Without trailing zeros. */
  readonly decimals: string;
}

/** @throws RangeError when the text is not an exact decimal such as `-1234.5000`. */
function digitsOf(value: string): Digits {
  const match = DECIMAL.exec(value);
  if (match === null) throw new RangeError(`"${value}" is not an exact decimal`);
  const whole = (match[2] ?? "").replace(/^0+(?=\d)/, "");
  const decimals = (match[3] ?? "").replace(/0+$/, "");
  const isZero = whole === "0" && decimals === "";
  return { isNegative: match[1] === "-" && !isZero, whole, decimals };
}

/** How many decimals an exact decimal needs: 1 for `12.5000`. */
export function scaleOf(value: string): number {
  return digitsOf(value).decimals.length;
}

/** `-1` below zero, `0` zero, `1` above. */
export function signOf(value: string): -1 | 0 | 1 {
  const { isNegative, whole, decimals } = digitsOf(value);
  if (isNegative) return -1;
  return whole === "0" && decimals === "" ? 0 : 1;
}

/** `1.234,5` for `1234.5000`: as Vietnamese writes it, without trailing zeros. */
export function decimalText(value: string): string {
  const { isNegative, whole, decimals } = digitsOf(value);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return `${isNegative ? "-" : ""}${grouped}${decimals === "" ? "" : `,${decimals}`}`;
}

/** An exact decimal at `scale` decimals as one whole number: 12500n for `12.5` at 3. */
export function unscaled(value: string, scale: number): bigint {
  const { isNegative, whole, decimals } = digitsOf(value);
  if (decimals.length > scale) {
    throw new RangeError(`"${value}" has more than ${scale} decimals`);
  }
  const magnitude = BigInt(whole + decimals.padEnd(scale, "0"));
  return isNegative ? -magnitude : magnitude;
}

/** The exact decimal that `unscaled` made: `12.500` for 12500n at 3. */
export function scaledText(whole: bigint, scale: number): string {
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, "0");
  const cut = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return whole < 0n ? `-${text}` : text;
}

/** An exact decimal with at most `scale` decimals, halves away from zero, for showing it only. */
export function rounded(value: string, scale: number): string {
  const { decimals } = digitsOf(value);
  if (decimals.length <= scale) return value;
  const exact = unscaled(value, decimals.length);
  const step = 10n ** BigInt(decimals.length - scale);
  const magnitude = exact < 0n ? -exact : exact;
  const quotient = (magnitude + step / 2n) / step;
  return scaledText(exact < 0n ? -quotient : quotient, scale);
}

/** The number that a spreadsheet keeps exactly; null where it would drop digits. */
export function spreadsheetNumber(value: string): number | null {
  const { whole, decimals } = digitsOf(value);
  const significant = `${whole}${decimals}`.replace(/^0+/, "");
  const counted = decimals === "" ? significant.replace(/0+$/, "") : significant;
  return counted.length > SPREADSHEET_DIGITS ? null : Number(value);
}

/** Larger powers of ten make no figure. */
const MAX_POWER = 50;

/** A number as a plain decimal: `1e3` is 1000, `020.500` is 20.5; one out of all bounds, and no number, as it is. */
export function plainDecimal(text: string): string {
  const [, sign = "", whole = "", decimals = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const shift = Number(power);
  if (whole === "" || Math.abs(shift) > MAX_POWER) return text;
  const digits = `${"0".repeat(Math.max(0, -shift))}${whole}${decimals}${"0".repeat(Math.max(0, shift))}`;
  const point = Math.max(0, -shift) + whole.length + shift;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const after = digits.slice(point).replace(/0+$/, "");
  const plain = after === "" ? before : `${before}.${after}`;
  return plain === "0" ? plain : `${sign}${plain}`;
}
