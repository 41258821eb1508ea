import { grouped } from "../vocabulary/grouped.ts";
import { namesIn } from "./person-names.ts";
import { personalSigns } from "./personal-signs.ts";
import { headKinds } from "./personal-table.ts";
import { evenText, spoken } from "./spoken-text.ts";

/** A shorter text could be a part of anything. */
const LEAST_LENGTH = 5;

/** A text that is printed. */
interface Printed {
  /** As it is compared. */
  readonly text: string;
  /** Its place among those that are told. */
  readonly no: number;
  /** Whether it could be taken for data of a person; null until somebody has asked. */
  isMistakable: boolean | null;
}

/**
 * Texts that the office itself prints on its forms. Where one of them could be taken for data of a
 * person, as a ward that bears a person's name, it is no sign of one.
 */
export class PrintedTexts {
  private readonly texts: () => Iterable<string>;
  /** By how they begin, since an office with many plans prints more texts than can be tried each. */
  private byBeginning: ReadonlyMap<string, readonly Printed[]> | null = null;

  /** @param texts is asked once, when the first sign of a person has been found */
  constructor(texts: () => Iterable<string> = () => []) {
    this.texts = texts;
  }

  /** A text without what is printed: the longest first, of those as long the one that was told first. */
  without(text: string): string {
    this.byBeginning ??= listed(this.texts());
    let rest = evenText(text);
    for (
      let next = this.nextWithin(rest, null);
      next !== null;
      next = this.nextWithin(rest, next)
    ) {
      rest = rest.replaceAll(next.text, " ");
    }
    return rest;
  }

  /** The first that stands in a text, of those that come after one. */
  private nextWithin(text: string, last: Printed | null): Printed | null {
    let first: Printed | null = null;
    for (let at = 0; at + LEAST_LENGTH <= text.length; at += 1) {
      for (const one of this.byBeginning?.get(text.slice(at, at + LEAST_LENGTH)) ?? []) {
        if (last !== null && !comesBefore(last, one)) continue;
        if (first !== null && !comesBefore(one, first)) continue;
        if (!text.startsWith(one.text, at)) continue;
        one.isMistakable ??= isMistakable(one.text);
        if (one.isMistakable) first = one;
      }
    }
    return first;
  }
}

function comesBefore(one: Printed, other: Printed): boolean {
  return one.text.length === other.text.length
    ? one.no < other.no
    : one.text.length > other.text.length;
}

function listed(texts: Iterable<string>): Map<string, Printed[]> {
  const even = [...new Set(texts)].map((printed) => evenText(printed).trim());
  const known = even
    .filter(({ length }) => length >= LEAST_LENGTH)
    .map((text, no): Printed => ({ text, no, isMistakable: null }));
  return grouped(known, ({ text }) => text.slice(0, LEAST_LENGTH));
}

function isMistakable(text: string): boolean {
  return (
    personalSigns(text).length > 0 || headKinds(text).length > 0 || namesIn(spoken(text)).length > 0
  );
}
