/** The head of a column; line breaks of its title are kept. */
export interface Column {
  readonly title: string;
  readonly class: string;
  /** A link on its title. */
  readonly href?: string;
  /** Whether the title is for screen readers only, above a drawing. */
  readonly isDrawn?: boolean;
}

/** The columns of a table; a string is a column of text, a false or empty one is left out. */
export type Columns = readonly (Column | string | false | null | undefined)[];

/** A column of figures. */
export const num = (title: string, href?: string): Column => ({
  title,
  class: "ct-num",
  ...(href !== undefined && { href }),
});

/** A column of bars. */
export const bars = (title: string, column = "ct-col-bullet"): Column => ({
  title,
  class: column,
  isDrawn: true,
});
