import type { PageRow } from "../../types/pages.ts";
import { plainText } from "../plain-text.ts";

/** Something with a page, and the words that find it. */
export type FindEntry = PageRow<"tim-kiem/index", "entries">;

/** An entry with its words, as they are compared. */
export interface Findable {
  readonly entry: FindEntry;
  readonly title: Words;
  readonly text: Words;
}

/** The words of a text, with a space before and after each: with their marks, and without. */
interface Words {
  readonly marked: string;
  readonly plain: string;
}

/** Marks of tones, which are written on the one or the other vowel: «hòa», «hoà». */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** The words of a text with its marks, the tone of each before its letters. */
function markedText(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^\p{L}\p{M}\p{N}.]+/gu, " ")
    .trim()
    .split(" ")
    .map((word) => (word.match(TONES) ?? []).join("") + word.replace(TONES, ""))
    .join(" ");
}

const wordsOf = (text: string): Words => ({
  marked: ` ${markedText(text)} `,
  plain: ` ${plainText(text)} `,
});

/** Entries made ready to be looked through. */
export const findables = (entries: readonly FindEntry[]): Findable[] =>
  entries.map((entry) => ({
    entry,
    title: wordsOf(`${entry.code ?? ""} ${entry.name}`),
    text: wordsOf(`${entry.code ?? ""} ${entry.name} ${entry.detail}`),
  }));

/**
 * The entries that have each of the words, of which the last may be the beginning of one; all without
 * words. Marks count as soon as one is typed. First come those with the words one after the other,
 * then those with them in the title, then those with whole words; otherwise the order of the entries.
 */
export function findEntries(entries: readonly Findable[], words: string): FindEntry[] {
  const asked = wordsOf(words);
  const form = asked.marked === ` ${asked.plain.trim()} ` ? "plain" : "marked";
  const phrase = asked[form].trimEnd();
  const wanted = phrase.split(" ").filter((word) => word !== "");
  const last = ` ${wanted.at(-1) ?? ""}`;
  const hasAll = (text: Words) =>
    text[form].includes(last) &&
    wanted.slice(0, -1).every((word) => text[form].includes(` ${word} `));
  return entries
    .filter(({ text }) => hasAll(text))
    .map(({ entry, title, text }) => {
      const place = hasAll(title) ? title : text;
      const isWorse = [
        !text[form].includes(phrase),
        place === text,
        !place[form].includes(`${last} `),
      ];
      return { entry, rank: isWorse.reduce((rank, worse) => 2 * rank + Number(worse), 0) };
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ entry }) => entry);
}
