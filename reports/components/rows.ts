/** Rows that have something in common, so at least one. */
export type Group<Row> = [Row, ...Row[]];

/** The rows of a list by a key, in the order in which each is first met. */
export function groupBy<Row, Key extends keyof Row>(
  rows: readonly Row[],
  key: Key,
): Map<Row[Key], Group<Row>> {
  const groups = new Map<Row[Key], Group<Row>>();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group === undefined) groups.set(row[key], [row]);
    else group.push(row);
  }
  return groups;
}

/** The keys of an object that has no others than its type says. */
export function keysOf<Words extends object>(words: Words): (keyof Words & string)[] {
  return Object.keys(words) as (keyof Words & string)[];
}

/** Whether a place's figure is from an earlier period. */
export function isCarried({ areas_carried }: { readonly areas_carried?: number | null }): boolean {
  return (areas_carried ?? 0) > 0;
}

/** Whether nothing of a figure was reported for its own period. */
export function isWhollyCarried(row: {
  readonly areas_reported: number | null;
  readonly areas_carried: number | null;
}): boolean {
  return isCarried(row) && row.areas_reported === 0;
}
