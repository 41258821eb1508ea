import type { PageRow } from "../../types/pages.ts";
import { plainText } from "../plain-text.ts";

/** Something with a page, and the words that find it. */
export type FindEntry = PageRow<"tim-kiem/index", "entries">;

/** The entries that have a word beginning with each of the words, in their order; all without words. */
export function findEntries(entries: readonly FindEntry[], words: string): readonly FindEntry[] {
  const wanted = plainText(words)
    .split(" ")
    .filter((word) => word !== "");
  if (wanted.length === 0) return entries;
  return entries.filter(({ code, name, detail }) => {
    const text = ` ${plainText(`${code ?? ""} ${name} ${detail}`)}`;
    return wanted.every((word) => text.includes(` ${word}`));
  });
}
