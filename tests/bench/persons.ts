import { linesOf, rowsOf, type Verdict, verdictOnRows, verdictOnText } from "../persons/given.ts";

/** How many of some texts or tables were told apart as they should be. */
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

type Kind = "texts" | "heads" | "rows";
type Figures = Readonly<Record<Kind, PersonsFigures>>;

/**
 * Looks at texts, heads and rows that were written before what finds them and are not in the tests.
 * Nobody may tune by them: whoever mends a miss writes new ones.
 */
export function measurePersons(): Figures {
  const file = (name: string) => linesOf(`../bench/held-out/${name}.txt`);
  return {
    texts: judged(
      [...file("personal-texts"), ...file("innocent-texts").map(innocent)],
      verdictOnText,
    ),
    heads: judged(file("heads"), verdictOnHead),
    rows: judged(file("rows"), verdictOnTable),
  };
}

/** The same of those that the finder was built with, which the tests hold: all are told apart. */
export function measureBuiltWith(): Figures {
  return {
    texts: judged(linesOf("texts.txt"), verdictOnText),
    heads: judged(linesOf("heads.txt"), verdictOnHead),
    rows: judged(linesOf("rows.txt"), verdictOnTable),
  };
}

interface Line {
  /** `-`: nobody is spoken of. */
  readonly sign: string;
  readonly text: string;
}

const innocent = ({ text }: Line): Line => ({ sign: "-", text });
const verdictOnHead = (text: string): Verdict => verdictOnRows(rowsOf(text.replace("|", "//")));
const verdictOnTable = (text: string): Verdict => verdictOnRows(rowsOf(text));

function judged(lines: readonly Line[], verdictOn: (text: string) => Verdict): PersonsFigures {
  const verdicts = (isPersonal: boolean): Verdict[] =>
    lines.filter(({ sign }) => (sign !== "-") === isPersonal).map(({ text }) => verdictOn(text));
  return figures(verdicts(true), verdicts(false));
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

/** Prints both figures of each kind. @returns whether those of the held-out are as is aimed at */
export function benchPersons(): boolean {
  const heldOut = measurePersons();
  for (const [kind, one] of Object.entries(measureBuiltWith()))
    print(`${kind} it was built with`, one);
  for (const [kind, one] of Object.entries(heldOut)) print(`held-out ${kind}`, one);
  return Object.values(heldOut).every(
    ({ found, personal, held, innocent: all, refused }) =>
      found / personal >= 0.95 && held / all <= 0.02 && refused === 0,
  );
}

function print(what: string, one: PersonsFigures): void {
  const percent = (part: number, all: number): string => `${((part / all) * 100).toFixed(1)} %`;
  const found = `Persons: ${what}, refused or held of ${one.personal}`;
  console.log(
    `${found.padEnd(62)} ${percent(one.found, one.personal).padStart(22)}   at least 95 %`,
  );
  const other = `Persons: ${what}, of the work, ${one.innocent}`;
  const figure = `${percent(one.held, one.innocent)} held, ${one.refused} refused`;
  console.log(`${other.padEnd(62)} ${figure.padStart(22)}   2 %, 0`);
}

if (import.meta.filename === process.argv[1]) process.exitCode = benchPersons() ? 0 : 1;
