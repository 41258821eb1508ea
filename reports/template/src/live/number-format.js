// Replaces `ssf`, with which Evidence's components write numbers. Format codes are those of its
// documentation (`#,##0.0`, `pct1`); numbers are written in Vietnamese: `1.234,5`.
import ssf from "ssf";
import { numberText } from "$lib/number-text.ts";

/** Numbers without a format, as every other page has them: not rounded across a target. */
export const AS_IT_IS = "as it is";

/**
 * @param {string | number} code
 * @param {unknown} value
 * @param {object} [options]
 */
function format(code, value, options) {
  const text = () => ssf.format(code, value, options);
  if (typeof value !== "number") return text();
  if (code === AS_IT_IS) return numberText(value);
  if (ssf.is_date(code)) return text();
  return text().replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));
}

export default { ...ssf, format };
