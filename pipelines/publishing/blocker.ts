/** Something that keeps a report from being published, with what to do about it. */
export type Blocker = string;

/** One blocker where the condition holds, else none. */
export function blockIf(condition: boolean, blocker: Blocker): Blocker[] {
  return condition ? [blocker] : [];
}
