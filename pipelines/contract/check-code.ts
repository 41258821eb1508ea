import { createHash } from "node:crypto";

/**
 * A digest as people compare and type it, `1A2B3-C4D5E-F6071-8293A`: its first 80 bits, too many to
 * forge.
 */
export function checkCode(sha256: string): string {
  return (sha256.slice(0, 20).toUpperCase().match(/.{5}/g) ?? []).join("-");
}

/** A public key, in base64, as people compare it. */
export function keyCode(publicKey: string): string {
  return checkCode(createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex"));
}
