const MAX_FAILED = 60;
const REMEMBERED_MS = 5 * 60_000;

/** The answer to whoever fails too often. */
export const TOO_MANY_ATTEMPTS = "Có quá nhiều lần thử từ máy này. Chờ vài phút rồi thử lại.";

/**
 * Attempts to log in that failed, by the address they came from, whatever the way in: so many in so
 * many minutes, and no more are heard. Each that is heard may put a line into the log of acts, so that
 * this is also how fast strangers can fill it.
 */
export class Attempts {
  readonly #failed = new Map<string, { readonly count: number; readonly until: number }>();

  /**
   * Counts an attempt before its outcome is known, so that those side by side count, too.
   * @returns false where it is not to be heard
   */
  begin(address: string): boolean {
    const now = Date.now();
    for (const [key, { until }] of this.#failed) if (until < now) this.#failed.delete(key);
    const { count, until } = this.#failed.get(address) ?? { count: 0, until: now + REMEMBERED_MS };
    if (count >= MAX_FAILED) return false;
    this.#failed.set(address, { count: count + 1, until });
    return true;
  }

  /** Takes back one that was let in. */
  succeeded(address: string): void {
    const known = this.#failed.get(address);
    if (known !== undefined) this.#failed.set(address, { ...known, count: known.count - 1 });
  }
}
