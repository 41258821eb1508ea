/**
 * The share of the time that something may take of the processor while others wait for it, too. What it
 * does not take is put by, so that it is put off only where it is done again and again, and not by a
 * machine that does much else.
 */
export class TimeShare {
  readonly #share: number;
  readonly #most: number;
  readonly #longest: number;
  #left: number;
  #at = performance.now();

  /**
   * @param most so many milliseconds are put by
   * @param longest it is never put off for more milliseconds
   */
  constructor(share: number, most: number, longest = Number.POSITIVE_INFINITY) {
    this.#share = share;
    this.#most = most;
    this.#longest = longest;
    this.#left = most;
  }

  /** In how many milliseconds it may be done; 0: now. */
  get wait(): number {
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + this.#share * (now - this.#at));
    this.#at = now;
    return Math.max(0, -this.#left / this.#share);
  }

  /** Does it, and counts what this process takes meanwhile. */
  async spend<T>(work: () => Promise<T>): Promise<T> {
    const before = process.cpuUsage();
    try {
      return await work();
    } finally {
      const { user, system } = process.cpuUsage(before);
      this.#left = Math.max(this.#left - (user + system) / 1000, -this.#longest * this.#share);
    }
  }
}
