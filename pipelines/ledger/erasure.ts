import { z } from "zod";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { type Entry, entryFile, listEntries, readEntry } from "./journal.ts";

/** Replaces a text that was erased. */
export const ERASED = "(đã xóa)";

const Row = z.object({
  what: z.enum(["file", "entry", "version"]),
  sha256: z.string().nullish(),
  entry_file: z.string().nullish(),
  now_sha256: z.string().nullish(),
});

/** What the journal says of its erasures. */
export interface Erasures {
  /** sha256 of files that are in the archive no more. */
  readonly files: ReadonlySet<string>;
  /**
   * The digest by which the entry after it names an entry: that with which it was written, of one that
   * texts were taken out of. The erasure, itself a link of the chain, says which one that was.
   */
  linkOf(entry: Pick<Entry, "entry_no" | "kind">, sha256: string): string;
}

/** What some entries say of erasures; those of other kinds say nothing. */
export function erasuresOf(entries: Iterable<Entry>): Erasures {
  const files = new Set<string>();
  const before = new Map<string, string>();
  for (const { rows } of entries) {
    for (const row of z.array(Row).parse(rows.erased ?? [])) {
      if (row.what === "file" && row.sha256) files.add(row.sha256);
      if (row.what === "entry" && row.sha256) {
        before.set(`${row.entry_file} ${row.now_sha256}`, row.sha256);
      }
    }
  }
  return {
    files,
    linkOf({ entry_no, kind }, sha256) {
      const file = entryFile(entry_no, kind);
      let link = sha256;
      // texts may have been taken out of it more than once, and never as often as there are erasures
      for (let steps = before.size; steps > 0; steps -= 1) {
        link = before.get(`${file} ${link}`) ?? link;
      }
      return link;
    },
  };
}

/**
 * What the journal in the archive says of erasures.
 * @throws Failure that names an entry which cannot be read
 */
export async function readErasures(paths: WarehousePaths): Promise<Erasures> {
  const entries: Entry[] = [];
  for (const { file } of await listEntries(paths)) {
    if (file.endsWith("-erasure.json")) entries.push((await readEntry(paths, file)).entry);
  }
  return erasuresOf(entries);
}
