import { grouped } from "../vocabulary/grouped.ts";
import { toneLast, withoutMarks } from "../vocabulary/letter-case.ts";
import { remembering } from "../vocabulary/remembering.ts";

/** A word, a number or a sign of a text. */
export interface Token {
  readonly kind: "word" | "number" | "sign";
  /** As it is written. */
  readonly text: string;
  /** Small letters, each tone at the end of its word, so that «hoà» and «hòa» are one. */
  readonly key: string;
  /** Small letters without accents. */
  readonly plain: string;
  /** A word that begins with a capital. */
  readonly isCapital: boolean;
  /** White space stands before it. */
  readonly isApart: boolean;
  readonly start: number;
}

/** A text made ready to be looked at. */
export interface SpokenText {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** It is written without accents, so that words are compared without. */
  readonly isPlain: boolean;
  /** Its words are all in capitals. */
  readonly isShouted: boolean;
}

const TOKEN = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|\d+|\S/gu;

/** Writes signs in one way: full-width ones, blanks of any width, dashes, invisible ones. */
export function evenText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u200B-\u200F\u2060\uFEFF\u00AD]/g, "")
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, " ")
    .replace(/[\u2010-\u2015\u2212]/g, "-");
}

export const isCapital = (token: Token | undefined): token is Token => token?.isCapital === true;

/** A word without accents, in small letters. */
export function plainOf(word: string): string {
  return withoutMarks(word.toLowerCase());
}

/** Takes a text apart. */
export const spoken = remembering((text): SpokenText => {
  const even = evenText(text);
  const tokens = [...even.matchAll(TOKEN)].map(({ 0: found, index }): Token => {
    const isNumber = /^\d/.test(found);
    const isWord = !isNumber && /^\p{L}/u.test(found);
    return {
      kind: isNumber ? "number" : isWord ? "word" : "sign",
      text: found,
      key: isWord ? toneLast(found.toLowerCase()) : found,
      plain: isWord ? plainOf(found) : found,
      isCapital: isWord && /^\p{Lu}/u.test(found),
      isApart: index === 0 || /\s/.test(even[index - 1] ?? ""),
      start: index,
    };
  });
  const letters = even.replace(/[^\p{L}]/gu, "");
  return {
    text: even,
    tokens,
    isPlain: /^[a-z]*$/i.test(letters),
    isShouted: letters.length > 0 && letters === letters.toUpperCase(),
  };
});

function wordsOf(text: string): Token[] {
  return spoken(text).tokens.filter(({ kind }) => kind !== "sign");
}

/** How many words and numbers a text has. */
export function wordsIn(text: string): number {
  return wordsOf(text).length;
}

/**
 * Whether the words of a phrase stand in a text, one after another, in whatever letters, with whatever
 * signs between them; a word of the text may lack its accents.
 */
export function hasPhrase(text: string, phrase: string): boolean {
  const words = wordsOf(text);
  const wanted = wordsOf(phrase);
  const isSame = (word: Token | undefined, one: Token): boolean =>
    word !== undefined && (word.key === one.key || word.key === one.plain);
  return (
    wanted.length > 0 &&
    words.some((_, start) => wanted.every((one, index) => isSame(words[start + index], one)))
  );
}

interface PhraseIndex {
  readonly byKey: ReadonlyMap<string, readonly (readonly Token[])[]>;
  readonly byPlain: ReadonlyMap<string, readonly (readonly Token[])[]>;
  /** Tokens of the longest phrase. */
  readonly longest: number;
}

function indexOf(lists: readonly string[]): PhraseIndex {
  const phrases = lists
    .flatMap((list) => list.split(/[,\n]/))
    .map((phrase) => spoken(phrase.trim()).tokens)
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length);
  return {
    byKey: grouped(phrases, ([first]) => first?.key ?? ""),
    byPlain: grouped(phrases, ([first]) => first?.plain ?? ""),
    longest: phrases[0]?.length ?? 0,
  };
}

/** Phrases to be found in texts, by their first word. */
export class Phrases {
  private readonly lists: readonly string[];
  private made: PhraseIndex | null = null;

  /** @param lists phrases parted by commas or line breaks */
  constructor(...lists: readonly string[]) {
    this.lists = lists;
  }

  /** Made when it is first asked for: most commands load all phrases and look at no text. */
  private get index(): PhraseIndex {
    this.made ??= indexOf(this.lists);
    return this.made;
  }

  /** How many tokens the longest phrase has that begins at a place of a text; 0 where none does. */
  at({ tokens, isPlain }: Pick<SpokenText, "tokens" | "isPlain">, index: number): number {
    const first = tokens[index];
    if (first === undefined) return 0;
    const { byKey, byPlain } = this.index;
    const phrases = isPlain ? byPlain.get(first.plain) : byKey.get(first.key);
    for (const phrase of phrases ?? []) {
      const isThere = phrase.every((one, offset) => {
        const token = tokens[index + offset];
        return token !== undefined && (isPlain ? token.plain === one.plain : token.key === one.key);
      });
      if (isThere) return phrase.length;
    }
    return 0;
  }

  /** Whether a phrase ends right before a place of a text. */
  endsAt(text: SpokenText, index: number): boolean {
    for (let start = Math.max(0, index - this.index.longest); start < index; start += 1) {
      if (this.at(text, start) === index - start) return true;
    }
    return false;
  }

  /** Whether any of the phrases is in the text, between two places of it. */
  isIn(text: SpokenText, from = 0, to = text.tokens.length): boolean {
    for (let index = Math.max(0, from); index < to; index += 1) {
      const length = this.at(text, index);
      if (length > 0 && index + length <= to) return true;
    }
    return false;
  }
}
