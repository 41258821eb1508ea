import { namesIn } from "./person-names.ts";
import { personalSigns } from "./personal-signs.ts";
import { headKinds } from "./personal-table.ts";
import { evenText, spoken } from "./spoken-text.ts";

/** A shorter text could be a part of anything. */
const LEAST_LENGTH = 5;

/**
 * Texts that the office itself prints on its forms. Where one of them could be taken for data of a
 * person, as a ward that bears a person's name, it is no sign of one.
 */
export class PrintedTexts {
  private readonly texts: () => Iterable<string>;
  private mistakable: readonly string[] | null = null;

  /** @param texts is asked once, when the first sign of a person has been found */
  constructor(texts: () => Iterable<string> = () => []) {
    this.texts = texts;
  }

  /** A text without what is printed. */
  without(text: string): string {
    this.mistakable ??= [...new Set(this.texts())]
      .map((one) => evenText(one).trim())
      .filter((one) => one.length >= LEAST_LENGTH && isMistakable(one))
      .sort((one, other) => other.length - one.length);
    let rest = evenText(text);
    for (const printed of this.mistakable) {
      if (rest.includes(printed)) rest = rest.replaceAll(printed, " ");
    }
    return rest;
  }
}

function isMistakable(text: string): boolean {
  return (
    personalSigns(text).length > 0 || headKinds(text).length > 0 || namesIn(spoken(text)).length > 0
  );
}
