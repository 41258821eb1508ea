import { bareKey, nameKey, plainKey } from "./name-key.ts";

/** Something that is known by names, and the code that stands for it. */
export interface Named {
  readonly code: string;
  readonly names: readonly string[];
}

/**
 * Finds those that a text can mean: those with the same name, with or without the word for the kind
 * of an area; or, of a text without any diacritics, those whose names are the same without them.
 */
export type NameFinder<T> = (text: string) => readonly T[];

export function nameFinder<T extends Named>(known: readonly T[]): NameFinder<T> {
  const exact = new Map<string, Set<T>>();
  const plain = new Map<string, Set<T>>();
  const add = (index: Map<string, Set<T>>, key: string, one: T): void => {
    index.set(key, (index.get(key) ?? new Set()).add(one));
  };
  for (const one of known) {
    for (const name of one.names) {
      const key = nameKey(name);
      for (const form of [key, bareKey(key)]) {
        add(exact, form, one);
        add(plain, plainKey(form), one);
      }
    }
  }
  return (text) => {
    const key = nameKey(text);
    const found = exact.get(key);
    if (found !== undefined) return key === "" ? [] : [...found];
    return hasDiacritics(bareKey(key)) ? [] : [...(plain.get(plainKey(key)) ?? [])];
  };
}

function hasDiacritics(key: string): boolean {
  return plainKey(key) !== key;
}
