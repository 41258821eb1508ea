import { linesOf, rowsOf, type Verdict, verdictOnRows, verdictOnText } from "../persons/given.ts";

/** How many of the held-out texts and tables were told apart as they should be. */
export interface PersonsFigures {
  readonly personal: number;
  /** Of the personal ones those that refuse the file or are held. */
  readonly found: number;
  readonly innocent: number;
  /** Of the innocent ones those that are held. */
  readonly held: number;
  /** Of the innocent ones those that refuse the file. */
  readonly refused: number;
}

/**
 * Looks at texts, heads and rows that were written before what finds them and are not in the tests.
 * Nobody may tune by them: whoever mends a miss writes new ones.
 */
export function measurePersons(): Readonly<Record<"texts" | "heads" | "rows", PersonsFigures>> {
  const texts = (path: string): string[] => linesOf(path).map(({ text }) => text);
  const tables = (path: string, parted: (text: string) => string) => {
    const lines = linesOf(path).map(({ sign, text }) => ({ sign, text: parted(text) }));
    const verdicts = (sign: string): Verdict[] =>
      lines.filter((line) => line.sign === sign).map(({ text }) => verdictOnRows(rowsOf(text)));
    return figures(verdicts("+"), verdicts("-"));
  };
  return {
    texts: figures(
      texts("../bench/held-out/personal-texts.txt").map(verdictOnText),
      texts("../bench/held-out/innocent-texts.txt").map(verdictOnText),
    ),
    heads: tables("../bench/held-out/heads.txt", (text) => text.replace("|", "//")),
    rows: tables("../bench/held-out/rows.txt", (text) => text),
  };
}

function figures(personal: readonly Verdict[], innocent: readonly Verdict[]): PersonsFigures {
  const count = (verdicts: readonly Verdict[], wanted: string): number =>
    verdicts.filter((verdict) => wanted.includes(verdict)).length;
  return {
    personal: personal.length,
    found: count(personal, "!?"),
    innocent: innocent.length,
    held: count(innocent, "?"),
    refused: count(innocent, "!"),
  };
}

/** Prints the figures. @returns whether all of them are within what is aimed at */
export function benchPersons(): boolean {
  let isWithin = true;
  for (const [kind, one] of Object.entries(measurePersons())) {
    const found = one.found / one.personal;
    const held = one.held / one.innocent;
    isWithin &&= found >= 0.95 && held <= 0.02 && one.refused === 0;
    const what = `Persons: held-out ${kind}, refused or held of ${one.personal}`;
    console.log(
      `${what.padEnd(58)} ${`${(found * 100).toFixed(1)} %`.padStart(22)}   at least 95 %`,
    );
    const other = `Persons: held-out ${kind} of the work, ${one.innocent}`;
    const figure = `${(held * 100).toFixed(1)} % held, ${one.refused} refused`;
    console.log(`${other.padEnd(58)} ${figure.padStart(22)}   2 %, 0`);
  }
  return isWithin;
}

if (import.meta.filename === process.argv[1]) process.exitCode = benchPersons() ? 0 : 1;
