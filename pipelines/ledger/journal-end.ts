import { statSync } from "node:fs";
import { join } from "node:path";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { entriesFollowing, type ListedEntry, listEntries } from "./journal.ts";

/** What a look at the end of a journal has found. */
export interface JournalLook {
  /** The entries up to this number are those of the look before; others that were seen are to be forgotten. */
  readonly kept: number;
  /** Those that follow, ascending. */
  readonly added: readonly ListedEntry[];
}

/**
 * The end of a journal, for whoever looks again and again whether anybody has recorded something. A journal
 * of years is listed whole at the first look alone.
 */
export class JournalEnd {
  readonly #paths: WarehousePaths;
  #last: { readonly entry: ListedEntry; readonly state: string } | null = null;

  /** @param seen the last entry that is known already, as from the ledger */
  constructor(paths: WarehousePaths, seen: ListedEntry | null = null) {
    this.#paths = paths;
    if (seen !== null) this.#keep(seen);
  }

  /** The file of the last entry as it is now; empty where there is none. */
  async file(): Promise<string> {
    await this.look();
    return this.#last?.entry.file ?? "";
  }

  async look(): Promise<JournalLook> {
    const before = this.#last;
    // an entry whose transaction failed is taken away, and another gets its number
    if (before !== null && this.#stateOf(before.entry.file) === before.state) {
      const kept = before.entry.entryNo;
      const added = entriesFollowing(this.#paths, kept);
      const [last] = added.slice(-1);
      if (last !== undefined) this.#keep(last);
      return { kept, added };
    }
    const all = await listEntries(this.#paths);
    const kept = (before?.entry.entryNo ?? 1) - 1;
    const added = all.filter(({ entryNo }) => entryNo > kept);
    const last = all.at(-1);
    this.#last = null;
    if (last !== undefined) this.#keep(last);
    return { kept: Math.min(kept, last?.entryNo ?? 0), added };
  }

  #keep(entry: ListedEntry): void {
    const state = this.#stateOf(entry.file);
    this.#last = state === null ? null : { entry, state };
  }

  /** Tells a file from another of its name; null where there is none. */
  #stateOf(file: string): string | null {
    const path = join(this.#paths.entries, file);
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? null : `${found.ino} ${found.size} ${found.mtimeNs}`;
  }
}
