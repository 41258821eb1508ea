import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DuckDBInstance } from "@duckdb/node-api";
import type { Workspace } from "./workspace.ts";

/** Nobody asks for pages at this host; an address of it in a page is one of the site. */
export const ORIGIN = "http://site.invalid";

/** Tables whose answers pages share, see `reports/page-tables.js`. */
export interface PageTables {
  wholeTable(name: string): Promise<unknown>;
  /** Lets go of the engine that holds them, which is not freed before. */
  close(): void;
  names(): Promise<string[]>;
}

/** A page that was asked for. */
export interface RenderedPage {
  /** 200; 404 where there is none; 308 with a `location`; 500 where it failed. */
  readonly status: number;
  readonly html: Buffer;
  readonly location: string | null;
  /** What its browser fetches as `du-lieu.json` beside it. */
  readonly rows: Buffer;
  /** Names `rows` by what they are. */
  readonly digest: string;
  /** Whole tables that its browser may fetch, by their addresses. */
  readonly files: ReadonlyMap<string, string>;
  /** Why it failed. */
  readonly problem: string | null;
}

/** The bundles of the pages, loaded. */
export interface PageRenderer {
  /** Routes without a parameter, as addresses. */
  readonly firstPages: readonly string[];
  /**
   * Prepares tables for pages.
   * @param given.path search path of their queries
   * @param given.folder address below which browsers find whole tables
   */
  tablesOn(
    instance: DuckDBInstance,
    given: { readonly path: string; readonly folder: string },
  ): PageTables;
  /**
   * Renders the page of an address, which is decoded.
   * @returns also where there is no such page, or it failed
   */
  render(tables: PageTables, path: string): Promise<RenderedPage>;
  /** A whole table as a file of the site. */
  wholeFile(folder: string, name: string, content: unknown): { address: string; text: string };
}

/** What `reports/results.js` has for whoever asks for pages. */
interface ResultsModule extends Pick<PageRenderer, "tablesOn" | "wholeFile"> {}

/** What `reports/bundled-pages.js` makes of the bundles. */
interface BundledPages {
  readonly firstPages: readonly string[];
  isReady(path: string): boolean;
  respond(path: string, request: Request, options: object): Promise<Response>;
}

/** What a page hands over while it is rendered. */
type Handed = Pick<RenderedPage, "digest" | "files"> & { readonly text: string };

/** A page whose bundle is still being made. */
const NOT_BUNDLED: RenderedPage = {
  status: 503,
  html: Buffer.of(),
  location: null,
  rows: Buffer.of(),
  digest: "",
  files: new Map(),
  problem: null,
};

/** Loads the bundles of a workspace into this process, as SvelteKit's own adapter for Node does. */
export async function loadPages(workspace: Workspace): Promise<PageRenderer> {
  const module = pathToFileURL(join(workspace.reports, "results.js")).href;
  // the pages load it by this name
  process.env.CHITIEU_RESULTS = module;
  const bundled = pathToFileURL(join(workspace.reports, "bundled-pages.js")).href;
  const [results, { loadBundles }] = (await Promise.all([import(module), import(bundled)])) as [
    ResultsModule,
    { loadBundles(folders: Workspace["bundles"]): Promise<BundledPages> },
  ];
  const pages = await loadBundles(workspace.bundles);
  const render: PageRenderer["render"] = async (tables, path) => {
    let handed: Handed = { text: "", digest: "", files: new Map() };
    let problem: string | null = null;
    if (!pages.isReady(path)) return NOT_BUNDLED;
    // a page that is rendered ahead says in itself what it may run and loads its scripts by itself
    const response = await pages.respond(path, new Request(ORIGIN + encodeURI(path)), {
      getClientAddress: () => "127.0.0.1",
      prerendering: { dependencies: new Map() },
      platform: {
        tables,
        done: (page: Handed) => {
          handed = { text: page.text, digest: page.digest, files: page.files };
        },
        failed: (message: string) => {
          problem = message;
        },
      },
    });
    const { status } = response;
    return {
      status,
      html: Buffer.from(await response.arrayBuffer()),
      location: response.headers.get("location"),
      rows: Buffer.from(handed.text),
      digest: handed.digest,
      files: handed.files,
      problem: status < 500 ? null : (problem ?? `failed with status ${status}`),
    };
  };
  return {
    firstPages: pages.firstPages,
    tablesOn: results.tablesOn,
    wholeFile: results.wholeFile,
    render,
  };
}
