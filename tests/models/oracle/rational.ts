/** An exact number: `n / d`, with `d` above 0; `UNBOUNDED` alone has 0 there. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };

/** Greater than every number: what nothing is known to limit. */
export const UNBOUNDED: Rational = { n: 1n, d: 0n };

export const whole = (n: number | bigint): Rational => ({ n: BigInt(n), d: 1n });

/** A decimal as people type it: `12`, `-0.5`. */
export function rational(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) throw new Error(`"${text}" is not a number`);
  const [, sign, digits = "", decimals = ""] = match;
  const n = BigInt(digits + decimals);
  return { n: sign === "-" ? -n : n, d: 10n ** BigInt(decimals.length) };
}

export function plus(a: Rational, b: Rational): Rational {
  if (a.d === 0n || b.d === 0n) return UNBOUNDED;
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export const minus = (a: Rational, b: Rational): Rational => plus(a, { n: -b.n, d: b.d });

export const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });

/** @throws Error where `b` is 0, or either is not above 0 while `b` is negative. */
export function over(a: Rational, b: Rational): Rational {
  if (b.n === 0n) throw new Error("division by zero");
  return b.n < 0n ? { n: -a.n * b.d, d: -b.n * a.d } : { n: a.n * b.d, d: b.n * a.d };
}

/** Below 0 where `a` is less, 0 where they are equal, above 0 where `a` is greater. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const greatest = (list: readonly Rational[]): Rational =>
  list.reduce((most, one) => (compare(one, most) > 0 ? one : most));

export const least = (list: readonly Rational[]): Rational =>
  list.reduce((most, one) => (compare(one, most) < 0 ? one : most));

export const total = (list: readonly Rational[]): Rational => list.reduce(plus, ZERO);

export const mean = (list: readonly Rational[]): Rational => over(total(list), whole(list.length));

/** The nearest number of so many decimals, halves away from zero. */
export function rounded({ n, d }: Rational, decimals: number): Rational {
  const scale = 10n ** BigInt(decimals);
  const positive = n < 0n ? -n : n;
  const units = (positive * scale * 2n + d) / (2n * d);
  return { n: n < 0n ? -units : units, d: scale };
}

/** The least number of so many decimals that is not below it. */
export function roundedUp({ n, d }: Rational, decimals: number): Rational {
  const scale = 10n ** BigInt(decimals);
  const floor = (n * scale) / d;
  const isAbove = n * scale > floor * d;
  return { n: isAbove ? floor + 1n : floor, d: scale };
}

/** A number with at most so many decimals, as tables of text have it: `12.5`, `-3`. */
export function written(value: Rational, decimals: number): string {
  const { n, d } = rounded(value, decimals);
  const digits = String(n < 0n ? -n : n).padStart(decimals + 1, "0");
  if (d === 1n) return `${n < 0n ? "-" : ""}${digits}`;
  const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, "");
  return n < 0n && text !== "0" ? `-${text}` : text;
}
