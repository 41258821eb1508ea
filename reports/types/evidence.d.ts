// What is used of modules that have no types: those of Evidence's packages, and the names that
// `template/evidence-library.js` gives to some.

declare module "@evidence-dev/preprocess" {
  import type { PreprocessorGroup } from "svelte/compiler";

  /** A query of a page, as Evidence reads it. */
  export interface PageQuery {
    readonly id: string;
    /** With its `${other_query}` filled in. */
    readonly compiledQueryString: string;
    readonly inputQueryString: string;
    readonly compileError?: string;
  }
  function evidence(
    componentDevelopmentMode: boolean,
  ): [
    partials: PreprocessorGroup,
    scriptTags: PreprocessorGroup,
    queries: PreprocessorGroup,
    markdown: PreprocessorGroup,
    title: PreprocessorGroup,
  ];
  namespace evidence {
    function extractQueries(content: string): PageQuery[];
    /** A page with its partials in it, which lie in `partials/`. */
    function injectPartials(content: string): string;
  }
  export default evidence;
}

declare module "@evidence-dev/sdk/build/vite" {
  import type { Plugin } from "vite";

  export function configVirtual(): Plugin;
}

declare module "@evidence-dev/sdk/usql" {
  type Rows = readonly Readonly<Record<string, unknown>>[];
  type Execute = (sql: string) => Rows | Promise<Rows>;

  export const Query: {
    emptyCache(): void;
    create(
      sql: string,
      execute: Execute,
      id: string,
      options: { readonly initialData?: Rows | undefined },
    ): unknown;
    createReactive(
      options: { readonly callback: (found: unknown) => void; readonly execFn: Execute },
      settings: { readonly id: string },
    ): (sql: string, settings: { readonly noResolve: boolean }) => void;
  };
  export function setTrackProxy(empty: object): Record<string, unknown>;
  export function hasUnsetValues(strings: TemplateStringsArray, ...values: unknown[]): boolean;
}

declare module "@evidence-dev/sdk/utils/svelte" {
  import type { Writable } from "svelte/store";

  export function ensureInputContext(
    inputs: Writable<Record<string, unknown>>,
  ): Writable<Record<string, unknown>>;
}

declare module "@evidence-dev/component-utilities/globalContexts" {
  export const CUSTOM_FORMATTING_SETTINGS_CONTEXT_KEY: string;
}

declare module "@evidence-dev/component-utilities/formatting" {
  export function fmt(value: unknown, format?: string): string;
}

declare module "@evidence-dev/tailwind/vite-plugin" {
  export function evidenceThemes(): { load(id: string): Promise<string> };
}

declare module "@evidence-dev/tailwind/config" {
  export const config: import("tailwindcss").Config;
}

declare module "$library/themes/themes.js" {
  export function getThemeStores(): { setAppearance(appearance: string | undefined): void };
}

declare module "$evidence/classes.css";
declare module "*.css";

declare module "*?worker" {
  const WorkerOf: new () => Worker;
  export default WorkerOf;
}

declare module "*?url" {
  const address: string;
  export default address;
}

declare module "ssf" {
  const ssf: {
    format(code: string | number, value: unknown, options?: object): string;
    is_date(code: string | number): boolean;
  };
  export default ssf;
}

declare module "*+page.md?queries" {
  /** The SQL of a page's queries by name, for the parameters of its address. */
  export function queries(
    params: Readonly<Record<string, string>>,
  ): Readonly<Record<string, string | undefined>>;
}
