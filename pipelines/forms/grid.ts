import type { Span } from "../workbook/sheet-draft.ts";
import type { FormLayout, FormTable } from "./layout.ts";

/** Widths in digits of the default font, 12 pt: 77 fill an A4 page upright, 118 across. */
const UPRIGHT = {
  number: 4,
  measure: 24,
  unitOfMeasure: 9,
  explanation: 21.5,
  value: 9,
  note: 9.5,
};
const ACROSS = { number: 4, measure: 24, unitOfMeasure: 7, explanation: 19, value: 7, note: 8 };
const KEY_WIDTH = 4;
const EXPLANATION = 4;
const ACROSS_WIDTH = 118;
/** A digit of 12 pt Times New Roman is half an em wide; cells pad their text by about 4 points. */
const POINTS_PER_DIGIT = 6;
const PADDING = 4;

/** Where things stand on a form. Columns count from 0. */
export interface Grid {
  readonly landscape: boolean;
  /** Hidden column of the codes. */
  readonly key: number;
  readonly number: number;
  readonly measure: number;
  readonly unitOfMeasure: number;
  readonly last: number;
  readonly widths: readonly number[];
  readonly whole: Span;
  readonly leftHalf: Span;
  readonly rightHalf: Span;
  /** The cell that declares that nothing arose. */
  readonly nil: Span;
  explanationSpan(table: FormTable): Span;
  valueSpans(table: FormTable): Span[];
  noteSpan(table: FormTable): Span;
}

export function gridOf(layout: FormLayout): Grid {
  const landscape = layout.valueColumns > 1;
  const sizes = landscape ? ACROSS : UPRIGHT;
  const firstValue = EXPLANATION + 1;
  const last = firstValue + layout.valueColumns;
  const fixed = sizes.number + sizes.measure + sizes.unitOfMeasure + sizes.explanation + sizes.note;
  const value = landscape
    ? Math.max(sizes.value, (ACROSS_WIDTH - fixed) / layout.valueColumns)
    : sizes.value;
  // In a wide form the table with one value column shares out the columns of the areas: two more
  // for the explanation, two for the value, so that it does not look like one area of many.
  const shares = (table: FormTable): boolean => table.areas === null && layout.valueColumns > 4;
  const explanationSpan = (table: FormTable): Span => ({
    from: EXPLANATION,
    to: shares(table) ? EXPLANATION + 2 : EXPLANATION,
  });
  const valueSpans = (table: FormTable): Span[] => {
    const first = explanationSpan(table).to + 1;
    const width = shares(table) ? 2 : 1;
    return Array.from({ length: table.areas?.length ?? 1 }, (_, index) => {
      const from = first + index * width;
      return { from, to: from + width - 1 };
    });
  };
  return {
    landscape,
    key: 0,
    number: 1,
    measure: 2,
    unitOfMeasure: 3,
    last,
    widths: [
      KEY_WIDTH,
      sizes.number,
      sizes.measure,
      sizes.unitOfMeasure,
      sizes.explanation,
      ...Array.from({ length: layout.valueColumns }, () => value),
      sizes.note,
    ],
    whole: { from: 1, to: last },
    leftHalf: { from: 1, to: landscape ? 4 : 2 },
    rightHalf: { from: landscape ? 5 : 3, to: last },
    nil: { from: firstValue, to: firstValue + 1 },
    explanationSpan,
    valueSpans,
    noteSpan: (table) => ({
      from: (valueSpans(table).at(-1)?.to ?? firstValue) + 1,
      to: last,
    }),
  };
}

/** Room for text across columns, in points. */
export function pointsAcross(grid: Grid, span: Span): number {
  const widths = grid.widths.slice(span.from, span.to + 1);
  return widths.reduce((sum, width) => sum + width, 0) * POINTS_PER_DIGIT - PADDING;
}
