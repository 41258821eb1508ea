import type { LABELS } from "./personal-labels.ts";

/** What a text may tell about a person. */
export type PersonalKind = keyof typeof LABELS;

/**
 * `certain`: it is the data of a person, whatever the text is about. `likely`: it may be, and
 * somebody has to look at it.
 */
export type Certainty = "certain" | "likely";

/** One thing that a text tells about a person. */
export interface PersonalSign {
  readonly kind: PersonalKind;
  readonly certainty: Certainty;
}
