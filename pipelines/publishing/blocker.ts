/** Something that keeps a report from being published, with what to do about it. */
export interface Blocker {
  /** For the command line. */
  readonly english: string;
  /** For the desk. */
  readonly vietnamese: string;
}

/** One blocker where the condition holds, else none. */
export function blockIf(condition: boolean, english: string, vietnamese: string): Blocker[] {
  return condition ? [{ english, vietnamese }] : [];
}
