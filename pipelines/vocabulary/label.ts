import { createHash } from "node:crypto";
import { remembering } from "./remembering.ts";

const INVISIBLE = /[\p{Cf}]|[\uFE00-\uFE0F]/gu;
/** Signs that change what a label means stay: a percentage, a bound. */
const SIGNS = /[^\p{L}\p{M}\p{N}%<>≤≥=+]+/gu;

/**
 * A label without the differences that mean nothing: capitals, composed or decomposed letters, line
 * breaks, doubled spaces, signs between words. Not for reading.
 */
export const labelKey = remembering((text) =>
  text.normalize("NFC").replace(INVISIBLE, "").toLocaleLowerCase("vi").replace(SIGNS, " ").trim(),
);

/** Eight hexadecimal digits by which labels written together are known again, without what means nothing. */
export function labelDigest(...texts: readonly string[]): string {
  const key = texts.map(labelKey).join("\n");
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
