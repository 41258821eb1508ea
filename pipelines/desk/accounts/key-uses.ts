import type { ActLog } from "../kept/act-log.ts";
import type { SystemKey, SystemKeys } from "./system-keys.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Uses {
  /** Of the minute that began with its first request. */
  minute: { readonly began: number; count: number };
  /** Readings of the hour: the first is an act of its own, further ones are one act together. */
  hour: { readonly began: number; further: number; readonly address: string };
  /** When the last use was written down. */
  written: number;
}

/** How often keys are used: what a key may in a minute, and what the log of acts has of it. */
export class KeyUses {
  readonly #acts: Pick<ActLog, "add">;
  readonly #keys: Pick<SystemKeys, "setLastUse">;
  readonly #of = new Map<string, Uses>();

  constructor(acts: Pick<ActLog, "add">, keys: Pick<SystemKeys, "setLastUse">) {
    this.#acts = acts;
    this.#keys = keys;
  }

  /**
   * Counts a request.
   * @returns for how many more seconds the key has to wait; 0 where it may go on
   */
  begin({ id, per_minute }: SystemKey, now: Date): number {
    const at = now.getTime();
    const uses = this.#usesOf(id);
    if (at - uses.minute.began >= MINUTE_MS || at < uses.minute.began) {
      uses.minute = { began: at, count: 0 };
    }
    if (uses.minute.count >= per_minute) {
      return Math.ceil((uses.minute.began + MINUTE_MS - at) / 1000);
    }
    uses.minute.count += 1;
    return 0;
  }

  /** Notes that a key has read something. */
  async read(key: SystemKey, now: Date, address: string): Promise<void> {
    const at = now.getTime();
    const uses = this.#usesOf(key.id);
    if (at - uses.hour.began < HOUR_MS && at >= uses.hour.began) {
      uses.hour.further += 1;
    } else {
      const before = uses.hour;
      uses.hour = { began: at, further: 0, address };
      await this.#sum(key.id, before);
      await this.#add(key.id, now, "đọc bằng mã truy cập", key.name, address);
    }
    await this.#used(key, uses, now);
  }

  /** Notes what a key has done that is an act each time. */
  async did(key: SystemKey, now: Date, act: string, about: string, address: string): Promise<void> {
    await this.#add(key.id, now, act, about, address);
    await this.#used(key, this.#usesOf(key.id), now);
  }

  /** Puts down what was summed up until now. */
  async close(): Promise<void> {
    for (const [id, uses] of this.#of) {
      const { hour } = uses;
      uses.hour = { began: 0, further: 0, address: "" };
      await this.#sum(id, hour);
    }
  }

  #usesOf(id: string): Uses {
    const known = this.#of.get(id);
    if (known !== undefined) return known;
    const uses: Uses = {
      minute: { began: 0, count: 0 },
      hour: { began: 0, further: 0, address: "" },
      written: 0,
    };
    this.#of.set(id, uses);
    return uses;
  }

  async #used(key: SystemKey, uses: Uses, now: Date): Promise<void> {
    if (Math.abs(now.getTime() - uses.written) < MINUTE_MS) return;
    uses.written = now.getTime();
    // the log of acts says that the disk is full
    await this.#keys.setLastUse(key, now).catch(() => undefined);
  }

  async #sum(id: string, { began, further, address }: Uses["hour"]): Promise<void> {
    if (further === 0) return;
    const about = `thêm ${further} lượt trong một giờ`;
    await this.#add(
      id,
      new Date(),
      "đọc bằng mã truy cập",
      `${about}, từ ${new Date(began).toISOString()}`,
      address,
    );
  }

  async #add(id: string, now: Date, act: string, about: string, address: string): Promise<void> {
    await this.#acts.add({ at: now.toISOString(), account: `mã ${id}`, act, about, address });
  }
}
