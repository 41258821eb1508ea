/**
 * Cases as a person reads them: a line each, `GIVEN ⇒ EXPECTED`, or more cells; a line that begins with
 * `⇒` goes on with the one above it, one that begins with `//` is a comment.
 */
export function casesIn(text: string): string[][] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"));
  return lines
    .join("\n")
    .split(/\n(?!⇒)/)
    .map((one) => one.split(/\s*⇒ ?/));
}

/** What is expected of a text: words of it, or a pattern, between slashes. */
export function expectedOf(words: string): string | RegExp {
  const pattern = /^\/(.*)\/$/.exec(words)?.[1];
  return pattern === undefined ? words : new RegExp(pattern);
}

/** A text written in place of another, and what is said of it; nothing is said of what is right. */
export interface Slip {
  readonly was: string;
  readonly is: string;
  readonly expected: string | RegExp | undefined;
}

/** Slips, `WAS → IS ⇒ SAID`. `\n`, `\t` and `\u00a0` in the first two are what they are in JSON. */
export function slipsIn(text: string): Slip[] {
  return casesIn(text).map(([slip = "", found]) => {
    const [was = "", is = ""] = slip
      .split(/ → ?/)
      .map((side): string => JSON.parse(`"${side.replaceAll('"', '\\"')}"`));
    return { was, is, expected: found === undefined ? found : expectedOf(found) };
  });
}
