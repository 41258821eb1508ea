import { timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { Actor } from "../../ledger/journal.ts";
import { AUDIENCES } from "../../vocabulary/audiences.ts";
import { wrongUsage } from "../../vocabulary/failure.ts";
import { sha256Of } from "../../warehouse/files.ts";
import { drawnBytes } from "../../warehouse/random.ts";
import { listKept, readKept, writeKept } from "../kept/kept-file.ts";
import { MAX_SHOWN_NAME } from "./accounts.ts";

const MIB = 1024 * 1024;

/** Where nobody says another limit. */
export const DEFAULT_LIMITS = { perMinute: 60, mib: 8 };
export const MOST_LIMITS = { perMinute: 6000, mib: 64 };

const SystemKey = z.strictObject({
  schema: z.literal(1),
  /** By which it is known; no secret. */
  id: z.string().regex(/^[a-z0-9]{10}$/),
  /** What the system is called. */
  name: z.string().min(1).max(MAX_SHOWN_NAME),
  /** Codes of the units of the office whose reports it sends; none where it reads. */
  units: z.array(z.string().min(1)),
  /** Whose figures it reads; null where it sends. */
  audience: z.enum(AUDIENCES).nullable(),
  /** sha256 of the secret, which is kept nowhere: it is random, so that no slow digest is needed. */
  digest: z.string(),
  per_minute: z.int().min(1).max(MOST_LIMITS.perMinute),
  max_bytes: z.int().min(1),
  made_at: z.string(),
  made_by: z.string(),
  revoked: z.strictObject({ at: z.string(), by: z.string() }).nullable(),
});
/** A key by which another system comes in. */
export type SystemKey = z.infer<typeof SystemKey>;

const LastUse = z.strictObject({ at: z.string() });

/** What an administrator says of a key: either units whose reports it sends, or an audience. */
export interface KeyFacts {
  readonly name: string;
  readonly units: readonly string[];
  readonly audience: (typeof AUDIENCES)[number] | null;
  readonly perMinute: number;
  readonly mib: number;
  readonly by: string;
}

const SHAPE = /^chitieu_([a-z0-9]{10})_([\w-]{43})$/;

/** The keys of a desk, one file each. */
export class SystemKeys {
  readonly #folder: string;
  readonly #uses: string;

  constructor(deskFolder: string) {
    this.#folder = join(deskFolder, "keys");
    // apart from the keys: whoever uses one must not undo that it is revoked meanwhile
    this.#uses = join(deskFolder, "key-uses");
  }

  /**
   * Makes a key.
   * @returns the key with its secret, which is kept nowhere
   * @throws Failure where it is none
   */
  async make(facts: KeyFacts, now: Date): Promise<{ readonly key: SystemKey; secret: string }> {
    const fault = keyFault(facts);
    if (fault !== null) throw wrongUsage(fault);
    // 36 to the tenth are more than ten bytes say
    const id = BigInt(`0x${drawnBytes("secret", 8).toString("hex")}`)
      .toString(36)
      .padStart(13, "0")
      .slice(3);
    const secret = drawnBytes("secret", 32).toString("base64url");
    const key: SystemKey = {
      ...{ schema: 1, id, name: facts.name.normalize("NFC").trim() },
      ...{ units: [...new Set(facts.units)], audience: facts.audience, digest: sha256Of(secret) },
      ...{ per_minute: facts.perMinute, max_bytes: facts.mib * MIB },
      ...{ made_at: now.toISOString(), made_by: facts.by, revoked: null },
    };
    await writeKept(this.#path(id), SystemKey, key);
    return { key, secret: `chitieu_${id}_${secret}` };
  }

  /** All keys, those that hold first, the newest first among them. */
  async list(): Promise<SystemKey[]> {
    const keys = await listKept(this.#folder, SystemKey);
    const order = (key: SystemKey): string => `${key.revoked === null ? 1 : 0} ${key.made_at}`;
    return keys.sort((one, other) => (order(one) < order(other) ? 1 : -1));
  }

  /** A key by its id; null where there is none. */
  async find(id: string): Promise<SystemKey | null> {
    return /^[a-z0-9]{10}$/.test(id) ? readKept(this.#path(id), SystemKey) : null;
  }

  /** The key that a text is, whether it holds or is revoked; null where it is none. */
  async known(text: string): Promise<SystemKey | null> {
    const [, id = "", secret = ""] = SHAPE.exec(text) ?? [];
    const key = await this.find(id);
    const digest = Buffer.from(sha256Of(secret));
    // compared in any case, so that the time does not tell whether there is such a key
    const isRight = timingSafeEqual(digest, Buffer.from(key?.digest ?? sha256Of("")));
    return isRight ? key : null;
  }

  /** Ends a key for good. */
  async revoke(key: SystemKey, by: string, now: Date): Promise<void> {
    const revoked = { at: now.toISOString(), by };
    await writeKept(this.#path(key.id), SystemKey, { ...key, revoked });
  }

  /** When a key was last used, to a minute, as ISO text; null where it never was. */
  async lastUse({ id }: SystemKey): Promise<string | null> {
    return (await readKept(this.#usePath(id), LastUse))?.at ?? null;
  }

  async setLastUse({ id }: SystemKey, now: Date): Promise<void> {
    await writeKept(this.#usePath(id), LastUse, { at: now.toISOString() });
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  #usePath(id: string): string {
    return join(this.#uses, `${id}.json`);
  }
}

/** Why no key is made, in Vietnamese; null where nothing stands against it. */
export function keyFault({ name, units, audience, perMinute, mib }: KeyFacts): string | null {
  const length = name.normalize("NFC").trim().length;
  if (length === 0 || length > MAX_SHOWN_NAME) {
    return `Tên hệ thống dài từ 1 đến ${MAX_SHOWN_NAME} ký tự.`;
  }
  if (units.length > 0 === (audience !== null)) {
    return "Mỗi mã truy cập làm một việc: gửi báo cáo của đơn vị đã chọn, hoặc đọc số liệu của một bản.";
  }
  const isWithin = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most;
  if (!isWithin(perMinute, MOST_LIMITS.perMinute)) {
    return `Số yêu cầu mỗi phút từ 1 đến ${MOST_LIMITS.perMinute}.`;
  }
  return isWithin(mib, MOST_LIMITS.mib)
    ? null
    : `Dung lượng mỗi lần gửi từ 1 đến ${MOST_LIMITS.mib} MB.`;
}

/** What a key is for, in words: `gửi báo cáo của UB-02`, `đọc số liệu của bản chung`. */
export function keyPurpose({ units, audience }: Pick<SystemKey, "units" | "audience">): string {
  if (audience === null) return `gửi báo cáo của ${units.join(", ")}`;
  return `đọc số liệu của bản ${audience === "city" ? "nội bộ" : "chung"}`;
}

/** A key as the journal names who caused something. */
export function actorOfKey({ id, name }: SystemKey, request: string | null): Actor {
  return {
    ...{ way: "key", account: id, name, role: "Hệ thống" },
    ...(request !== null && { request: sha256Of(`${id} ${request}`) }),
  };
}
