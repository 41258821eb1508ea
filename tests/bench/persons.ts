import { linesOf, rowsOf, type Verdict, verdictOnRows, verdictOnText } from "../persons/given.ts";
import type { Table } from "./table.ts";

/** How many of some texts or tables were told apart as they should be. */
interface PersonsFigures {
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
function measurePersons(): Figures {
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
function measureBuiltWith(): Figures {
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
/** Prints the shares of both. @returns whether those of texts that nobody tuned by are kept */
export async function run(_: readonly string[], table: Table): Promise<boolean> {
  const heldOut = measurePersons();
  for (const [kind, one] of Object.entries(measureBuiltWith()))
    print(table, `${kind} it was built with`, one);
  for (const [kind, one] of Object.entries(heldOut)) print(table, `held-out ${kind}`, one);
  return table.isKept;
}

function print(table: Table, what: string, one: PersonsFigures): void {
  const percent = (part: number, all: number): string => `${((part / all) * 100).toFixed(1)} %`;
  table.row(
    `Persons: ${what}, refused or held of ${one.personal}`,
    percent(one.found, one.personal),
    "95 %",
    one.found / one.personal >= 0.95,
  );
  table.row(
    `Persons: ${what}, of the work, ${one.innocent}`,
    `${percent(one.held, one.innocent)} held, ${one.refused} refused`,
    "2 %, 0",
    one.held / one.innocent <= 0.02 && one.refused === 0,
  );
}
