/** A link of a row of links, with its words. */
export interface Link {
  readonly href: string;
  readonly title: string;
}

/** A part of what the page belongs to. */
export interface SectionLink extends Link {
  /** Whether the page is of it. */
  readonly isOpen?: boolean;
}
