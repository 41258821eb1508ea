import { expect } from "vitest";
import { STATUSES } from "../../pipelines/vocabulary/words.ts";

/** The words of statuses, which the vocabulary alone decides. */
export const STATUS_WORDS = Object.fromEntries(
  Object.entries(STATUSES).map(([status, { word }]) => [status, word]),
) as Readonly<Record<string, string> & Record<keyof typeof STATUSES, string>>;

/** An exact decimal as Vietnamese writes it: "1234.5000" is 1.234,5. */
export function figure(decimal: unknown, unit = ""): string {
  if (decimal === null || decimal === undefined) return "–";
  const [whole = "", decimals = ""] = String(decimal).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  const rest = decimals.replace(/0+$/, "");
  return grouped + (rest === "" ? "" : `,${rest}`) + unit;
}

/** How many are lacking in a row of the marts: every target asks for at least a share. */
export function lackingOf(row: Readonly<Record<string, unknown>>): unknown {
  const asked = Math.ceil((Number(row.target_value) * Number(row.denominator)) / 100);
  const count = asked - Number(row.numerator);
  const isNone = row.is_withheld || count <= 0;
  return isNone ? undefined : expect.stringMatching(new RegExp(`^còn thiếu ${figure(count)} `));
}
