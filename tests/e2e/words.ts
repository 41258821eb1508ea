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
