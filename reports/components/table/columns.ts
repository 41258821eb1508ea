/** The head of a column; a line break in its title is one on the page. */
export interface Column {
  readonly title: string;
  readonly class: string;
  /** Where its title leads. */
  readonly href?: string;
  /** Whether a drawing says what it is, so that only who cannot see it is told. */
  readonly isDrawn?: boolean;
}

/** What a table says of its columns: a title is one of text; what is false or nothing is left out. */
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
