import type { DuckDBConnection } from "@duckdb/node-api";

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
  /** Tables of the sources that its queries read. */
  readonly sources: readonly SourceFile[];
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

/** A table of the sources that a browser may fetch. */
export interface SourceFile {
  /** `schema.table` */
  readonly name: string;
  /** Its address, which another content would not have. */
  readonly file: string;
}

/** What a page exports of its queries, for the server that renders it. */
export interface PageModule {
  queries(params: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Names of the queries that must have rows for the page to exist. */
  readonly needs: readonly string[];
  /** It has components of Evidence's. */
  readonly isLive?: boolean;
}

/** A page that is rendered. */
export interface RenderedPage {
  readonly isThere: boolean;
  /** What its browser fetches. */
  readonly text: string;
  /** Names `text` by what it holds. */
  readonly digest: string;
  /** Whole tables that its browser may fetch, by their addresses. */
  readonly files: ReadonlyMap<string, string>;
}

/** Given by the renderer; empty in the development server. */
export interface Platform {
  /** Where its queries are asked. */
  readonly tables?: Tables;
  /** Given the page each time that it was rendered, the last time whole. */
  readonly done?: (page: RenderedPage) => void;
  /** Told why the page failed. */
  readonly failed?: (message: string) => void;
}

/** Tables that pages read, see `tablesOn` of `page-tables.js`. */
export interface Tables {
  /** Address below which browsers find whole tables. */
  readonly folder: string;
  /** Asks a query, once. */
  ask(sql: string): Promise<TypedResult>;
  /** A connection of a live page, which makes its own tables in `memory`. */
  connect(): Promise<DuckDBConnection>;
  /** Names of the tables of the sources: `chitieu.plan`. */
  names(): Promise<string[]>;
  /** A whole table, in an order that says nothing that its rows do not. */
  wholeTable(name: string): Promise<TypedResult>;
  /** Lets go of what holds the engine; nothing may be asked any more. */
  close(): void;
  /** Does something for a live page when no other does. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** What the pages use of `results.js`, which they load by an address that they are given. */
export interface ResultsModule {
  renderPage<T>(
    tables: Tables | undefined,
    path: string,
    module: PageModule | undefined,
    params: Readonly<Record<string, string>>,
    render: (page: RenderedPage) => Promise<T>,
  ): Promise<T>;
  /** @returns undefined where there is no such page. */
  currentRows(): Rows | undefined;
  keptResults(address: string): string | undefined;
  showTables(file: string): void;
}
