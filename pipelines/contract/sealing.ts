import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { z } from "zod";

/** DER prefix of an Ed25519 public key (RFC 8410). */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** A public key in PEM as in a seal, 32 bytes in base64; null where it is none of Ed25519. */
export function publicKeyIn(pem: string | Buffer): string | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" ? publicKeyText(key) : null;
  } catch {
    return null;
  }
}

/** A public key of Ed25519 as in a seal. */
export function publicKeyText(key: KeyObject): string {
  const der = key.export({ type: "spki", format: "der" });
  return der.subarray(SPKI_HEAD.length).toString("base64");
}

function keyOf(publicKey: string): KeyObject {
  const der = Buffer.concat([SPKI_HEAD, Buffer.from(publicKey, "base64")]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

/** A public key of Ed25519 in PEM, from what a seal has. */
export function publicKeyPem(publicKey: string): string {
  return keyOf(publicKey).export({ type: "spki", format: "pem" }).toString();
}

/** Whether a signature of a text is valid; key and signature as in a seal, each in one way of writing. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const bytes = Buffer.from(signature, "base64");
    const isOneWay = bytes.toString("base64") === signature;
    return isOneWay && verify(null, Buffer.from(text), keyOf(publicKey), bytes);
  } catch {
    return false;
  }
}

/** Digest of one part: of a nonce and its rows' JSON text, each ended by a line feed. */
export function partDigest(rows: readonly string[], nonce: string): string {
  const digest = createHash("sha256").update(nonce);
  for (const row of rows) digest.update(row).update("\n");
  return digest.digest("hex");
}

/** A file as a seal names it. */
export interface SealedFile {
  readonly name: string;
  readonly sha256: string;
}

/** Files in the order of a seal, with nothing else of them. */
export function inSealOrder(files: readonly SealedFile[]): SealedFile[] {
  return files
    .map(({ name, sha256 }) => ({ name, sha256 }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** How a seal is made now; one of before says `1` and is read by that. */
export const SEAL_RULE = 2;

/**
 * The one digest that a seal has of all files of a reader to whom they are not open: of the nonce, how
 * many they are, and each name with its length and digest. By rule 1 it is one of the list as JSON, of
 * which a nonce of free form could have hidden a beginning.
 */
export function filesDigest(
  files: readonly SealedFile[],
  nonce: string,
  rule: number = SEAL_RULE,
): string {
  const list = inSealOrder(files);
  if (rule === 1)
    return partDigest(
      list.map((file) => JSON.stringify(file)),
      nonce,
    );
  const lines = list.map(({ name, sha256 }) => `${Buffer.byteLength(name)} ${name} ${sha256}`);
  return partDigest(["files of a version", nonce, String(lines.length), ...lines], "");
}

/** What a seal says of its version, as far as another office reads it. */
export const SealText = z.object({
  seal: z.literal([1, SEAL_RULE]),
  plan_id: z.string(),
  period: z.string(),
  version: z.number().int(),
  sha256: z.string(),
  files_of_others: z.record(z.string(), z.string()),
  signed_by: z.string().nullable(),
});

/** A seal as it leaves the office. */
export const ExportedSeal = z.strictObject({
  seal: z.string(),
  signed_by: z.string().nullable(),
  signature: z.string().nullable(),
});

/** The same in what is handed up, with the random text that the digest of its files is taken with. */
export const HandedSeal = ExportedSeal.extend({ nonce: z.string().regex(/^[0-9a-f]{64}$/) });

/** Names of what a package for a superior holds beside the files of the version. */
export const SEAL_FILE = "seal.json";
export const PLAN_FILE = "plan.yaml";
