import { type FSWatcher, watch } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Changes that follow one another so closely are one notice: a copy writes many times. */
const GATHER_MS = 40;

/**
 * Waits for changes in folders. Notices get lost on network drives and a folder may come later, so
 * whoever waits also looks by himself from time to time.
 */
export class FolderNotices {
  readonly #folders: readonly string[];
  readonly #watchers = new Map<string, FSWatcher>();
  #hasChanged = false;
  #wake: () => void = () => {};

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** Resolves soon after something has changed since the last call, else after so many milliseconds. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.#begin();
    if (!this.#hasChanged) {
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      const ends = AbortSignal.any([signal, woken.signal]);
      await sleep(milliseconds, undefined, { signal: ends }).catch(() => undefined);
    }
    if (this.#hasChanged) await sleep(GATHER_MS, undefined, { signal }).catch(() => undefined);
    this.#hasChanged = false;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #begin(): void {
    for (const folder of this.#folders) {
      if (this.#watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, { persistent: false }, () => {
          this.#hasChanged = true;
          this.#wake();
        });
        watcher.on("error", () => {
          watcher.close();
          this.#watchers.delete(folder);
        });
        this.#watchers.set(folder, watcher);
      } catch {
        // not there yet, or no notices there: it is looked at all the same
      }
    }
  }
}
