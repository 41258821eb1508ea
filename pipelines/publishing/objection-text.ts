/** Something that stands against publishing, with what to do about it. */
export interface Objection {
  /** For the command line, in English. */
  readonly said: string;
  /** For the desk, in Vietnamese. */
  readonly told: string;
}
