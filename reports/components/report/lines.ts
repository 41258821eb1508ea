import type { PageRow } from "../../types/pages.ts";
import type { Status } from "../../types/tables.ts";

type Part =
  | "items"
  | "lines"
  | "tallies"
  | "units"
  | "submissions"
  | "doubts"
  | "shortfalls"
  | "changes"
  | "causes";

/** What was published of a version, part by part. */
export type PublishedRows = {
  readonly [Name in Part]: readonly PageRow<"[plan]/bao-cao/[period]/[version]", Name>[];
};

type Line = PublishedRows["lines"][number];
type Item = PublishedRows["items"][number];

/** A figure of a published report, with the words of its indicator or measure. */
export type WordedLine = Line & Item;

/** A line of an indicator, which always has a status. */
export type IndicatorLine = WordedLine & { readonly status: Status };

/** The words of indicators and measures, by section and code. */
export function wordsOf(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [`${item.section} ${item.code}`, item]));
}

/**
 * Lines with their words, in the order of the lines.
 * @throws for a line without words, or of an indicator without a status, naming it
 */
export function wordedLines(
  lines: readonly Line[],
  words: ReadonlyMap<string, Item>,
): { indicators: IndicatorLine[]; measures: WordedLine[] } {
  const indicators: IndicatorLine[] = [];
  const measures: WordedLine[] = [];
  for (const line of lines) {
    const item = words.get(`${line.section} ${line.code}`);
    if (item === undefined) throw new Error(`The ${line.section} ${line.code} has no words.`);
    const { status } = line;
    if (line.section === "measure") measures.push({ ...line, ...item });
    else if (status !== null) indicators.push({ ...line, ...item, status });
    else throw new Error(`The indicator ${line.code} has no status.`);
  }
  return { indicators, measures };
}
