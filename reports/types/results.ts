/** What a query gave, as `results.js` writes it and the browser fetches it. */
export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** A result with the type of each column that a browser's table has: `BIGINT`, `VARCHAR`. */
export interface TypedResult extends Result {
  readonly types: readonly string[];
}

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows by the name of their query or, on a live page, by the SQL of what a component asks for. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

/** What the server keeps of a live page between two renderings, see `live-page.js`. */
export interface KeptPage {
  /** Notes that a component asks for the rows of a query. */
  want(sql: string): void;
  /** Notes what is chosen, as JSON. */
  keepInputs(chosen: string): void;
}

/** A page with Evidence's components, as the queries of the browser know it, see `query.js`. */
export interface ShownPage {
  readonly path: string;
  /** Of its queries. */
  readonly names: readonly string[];
  readonly results: Rows;
  /** Tables of the sources that its queries read, as `schema.table`. */
  readonly sources: readonly string[];
  /** What has been chosen by name, where the page was rendered with a choice. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The columns of a query. */
  columns(name: string): readonly ColumnOfTable[];
  /** Where SQL finds the rows of a query. */
  table(name: string): string;
  keepInputs(chosen: string): void;
  want(sql: string): void;
}

export interface ColumnOfTable {
  readonly column: string;
  /** As SQL declares it. */
  readonly type: string;
}

/** What the rows of a page are read from. */
export interface PageSources {
  /** Whose rows alone they are; null where they may be of any plan. */
  readonly plan: string | null;
  /** Tables that its queries name, as `schema.table`. */
  readonly tables: readonly string[];
  /** Tables that its browser has whole. */
  readonly sources: readonly string[];
}

/** What a page of a site was made from, and what was made, as digests. */
export interface KeptEntry extends PageSources {
  /** Of the rows of its tables. */
  readonly from: string;
  readonly html: string;
  readonly rows: string;
  /** Its components ask for more than its queries give. */
  readonly isLive: boolean;
  /** Paths of the pages that it leads to. */
  readonly links: readonly string[];
  /** Addresses of the files of the bundle that it names. */
  readonly assets: readonly string[];
}

/** The first line of `.pages.json`. */
export interface KeptHead {
  /** Digest of all that makes pages of rows. */
  readonly program: string;
  /** Of a plan's folder what it is as a whole. */
  readonly folder?: KeptFolder;
}

/** The second one: `links` and `assets` are places in the list of all addresses, of which pages share most. */
export interface KeptList {
  readonly addresses: readonly string[];
  readonly pages: Readonly<Record<string, StoredEntry>>;
}

/** What all pages of a plan were made from and lead to together. */
export interface KeptFolder extends PageSources {
  /** Of the rows of its tables. */
  readonly from: string;
  /** Paths of its pages that others lead to. */
  readonly entries: readonly string[];
  /** Paths of pages of others that it leads to. */
  readonly links: readonly string[];
  /** Addresses of the files of the bundle that it names. */
  readonly assets: readonly string[];
}

export type StoredEntry = Omit<KeptEntry, "links" | "assets"> & {
  readonly links: readonly number[];
  readonly assets: readonly number[];
};

/** What a page exports of its queries, for the server that renders it. */
export interface PageModule {
  queries(params: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** It has components of Evidence's. */
  readonly isLive?: boolean;
}

/** What the pages use of `results.js`, which they load by an address that they are given. */
export interface ResultsModule {
  /** @returns whether the page that is shown has the same rows and need not be rendered. */
  ask(file: string, queries: Readonly<Record<string, string>>, isLive?: boolean): Promise<boolean>;
  /** @returns undefined where nothing was asked. */
  readAsked(file: string): Promise<Rows> | undefined;
  inTurn<T>(file: string, render: () => Promise<T>): Promise<T>;
  settle(file: string): Promise<boolean>;
  keptResults(file: string): string | undefined;
  showTables(file: string): void;
}
