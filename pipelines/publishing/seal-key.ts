import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { publicKeyText } from "../contract/sealing.ts";
import { Failure } from "../vocabulary/failure.ts";
import { fileFailure, readNamedFile } from "../warehouse/file-failure.ts";
import { newSigningKey } from "../warehouse/random.ts";

/** The key that signs seals. */
export interface SealKey {
  /** The public key as in a seal: 32 bytes in base64. */
  readonly publicKey: string;
  /** The signature of a text, in base64. */
  sign(text: string): string;
}

/**
 * Makes a key pair: the private key in a file that only its owner can read, the public key beside it
 * with `.pub` added to the name.
 * @returns the public key, as in a seal
 * @throws Failure when there is such a file, or it cannot be written
 */
export async function makeSealKey(file: string): Promise<string> {
  for (const path of [file, `${file}.pub`]) {
    if (existsSync(path)) {
      throw new Failure(`Đã có ${path}. Chưa ghi gì. Đặt tên tệp khác.`);
    }
  }
  const privateKey = newSigningKey();
  const publicKey = createPublicKey(privateKey);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const write = { flag: "wx", flush: true } as const;
    await writeFile(file, privateKey.export({ type: "pkcs8", format: "pem" }), {
      ...write,
      mode: 0o600,
    });
    await writeFile(`${file}.pub`, publicKey.export({ type: "spki", format: "pem" }), write);
  } catch (error) {
    throw fileFailure(error, `Không ghi được khóa vào ${file}`);
  }
  return publicKeyText(publicKey);
}

/**
 * The key in a file of `makeSealKey`.
 * @throws Failure when it cannot be read or is no private key of Ed25519
 */
export async function readSealKey(file: string): Promise<SealKey> {
  const pem = readNamedFile(file, `Không đọc được khóa ${file}`);
  const key = keyOf(() => createPrivateKey(pem), file, "không có khóa bí mật");
  return {
    publicKey: publicKeyText(createPublicKey(key)),
    sign: (text) => sign(null, Buffer.from(text), key).toString("base64"),
  };
}

/**
 * The public key in a file of `makeSealKey`, its own or that of the private key, as in a seal.
 * @throws Failure when it cannot be read or is no key of Ed25519
 */
export async function readPublicKey(file: string): Promise<string> {
  const pem = readNamedFile(file, `Không đọc được khóa ${file}`);
  return publicKeyText(keyOf(() => createPublicKey(pem), file, "không có khóa"));
}

function keyOf(read: () => KeyObject, file: string, otherwise: string): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // told below
  }
  throw new Failure(
    `${file} ${otherwise} dùng để ký niêm phong (Ed25519). Tạo khóa bằng chitieu seal-key.`,
  );
}
