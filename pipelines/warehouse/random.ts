import { createPrivateKey, type KeyObject, randomBytes } from "node:crypto";

/** What is drawn at random, and what for. */
type Purpose = "key" | "nonce" | "secret" | "name";

/** Gives so many random bytes for a purpose. */
export type Source = (purpose: Purpose, size: number) => Buffer;

let draw: Source = (_, size) => randomBytes(size);

/**
 * Random bytes. The whole program draws here, from the system's source; nothing in its surroundings
 * changes that.
 */
export function drawnBytes(purpose: Exclude<Purpose, "name" | "key">, size: number): Buffer {
  return draw(purpose, size);
}

/** A name that nothing else has, as a UUID is written. */
export function uniqueName(): string {
  const hex = draw("name", 16).toString("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

/** An Ed25519 key is any 32 random bytes (RFC 8032, 5.1.5), behind how they are marked (RFC 8410, 7). */
const ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A new private key to sign with. */
export function newSigningKey(): KeyObject {
  const key = Buffer.concat([ED25519, draw("key", 32)]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

/** For tests alone: has this process draw from a source that is the same each time. */
export function drawFrom(source: Source): void {
  draw = source;
}
