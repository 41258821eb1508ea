/**
 * The share of the time that something may take while others wait for the same machine. What it does not
 * take is put by, so that it is put off only where it is done again and again.
 */
export class TimeShare {
  readonly #share: number;
  readonly #most: number;
  #left: number;
  #at = performance.now();

  /** @param most so many milliseconds are put by */
  constructor(share: number, most: number) {
    this.#share = share;
    this.#most = most;
    this.#left = most;
  }

  /** In how many milliseconds it may be done; 0: now. */
  get wait(): number {
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + this.#share * (now - this.#at));
    this.#at = now;
    return Math.max(0, -this.#left / this.#share);
  }

  /** It was done, and took so many milliseconds. */
  took(milliseconds: number): void {
    this.#left -= milliseconds;
  }
}
