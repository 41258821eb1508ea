import type { Draft, Span } from "../workbook/sheet-draft.ts";

const DEFAULT_HEIGHT = 15;

/**
 * Where to begin a new page so that rows which belong together are not torn apart, as far as they
 * fit on one page.
 * @param end the row after the last.
 * @param together first and last rows of what belongs together, from top to bottom.
 * @param repeated header rows printed again on every page after theirs.
 * @param room height of a page in points.
 * @returns the row before each break, counted from 0 after it: what `rowBreaks` takes.
 */
export function pageBreaks(
  draft: Draft,
  end: number,
  together: readonly Span[],
  repeated: Span | null,
  room: number,
): number[] {
  const height = (row: number): number => {
    const { hidden, height: own } = draft.rows.get(row) ?? {};
    return hidden === true ? 0 : (own ?? DEFAULT_HEIGHT);
  };
  const total = (span: Span): number => {
    let sum = 0;
    for (let row = span.from; row <= span.to; row += 1) sum += height(row);
    return sum;
  };
  const breaks: number[] = [];
  let used = 0;
  for (let row = 0; row < end; row += 1) {
    const headers = repeated !== null && row > repeated.to ? total(repeated) : 0;
    const group = together.find(({ from }) => from === row);
    const needed = group === undefined ? height(row) : total(group);
    const fitsAlone = needed + headers <= room;
    if (used > 0 && used + (fitsAlone ? needed : height(row)) > room) {
      if (fitsAlone && group !== undefined) breaks.push(row - 1);
      used = headers;
    }
    used += height(row);
  }
  return breaks;
}
