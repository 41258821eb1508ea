/** A straight part of a line, to the place `i` from the one before. */
export interface Segment {
  readonly i: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The parts of a line through values in their order. A missing value breaks the line: nothing is drawn
 * across it.
 * @param isJoined whether the line leads to a place from the one before
 */
export function segmentsOf(
  values: readonly (number | null)[],
  isJoined: (i: number) => boolean = () => true,
): Segment[] {
  return values.flatMap((to, i) => {
    const from = values[i - 1] ?? null;
    return from === null || to === null || !isJoined(i) ? [] : [{ i, from, to }];
  });
}
