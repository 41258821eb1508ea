import { join } from "node:path";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";

type Rows = Record<string, Record<string, unknown>[]>;

/** A page while it is rendered, as `reports/results.js` has it. */
export interface RenderedPage {
  readonly text: string;
  readonly files: ReadonlyMap<string, string>;
  readonly isThere: boolean;
}

interface Results {
  openTables(file: string): Promise<object>;
  renderPage<T>(
    tables: object,
    path: string,
    module: object,
    params: Readonly<Record<string, string>>,
    render: (page: RenderedPage) => Promise<T>,
  ): Promise<T>;
  currentRows(): Rows | undefined;
}

/** How a page is rendered. */
interface Rendering {
  readonly isLive?: boolean;
  readonly params?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
  /** Called each time that it is rendered, with its rows. */
  readonly work?: (rows: Rows) => void;
}

/** Renders pages whose queries are asked of given tables. */
export interface GivenTables {
  render(
    queries: (params: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
    options?: Rendering,
  ): Promise<RenderedPage & { readonly rows: Rows | undefined }>;
}

/** @param sql makes the tables in the schema `pages.chitieu` */
export async function givenTables(sql: string): Promise<GivenTables> {
  const folder = newFolder("chitieu-tables-");
  const file = join(folder, "pages.duckdb");
  await withConnection(async (connection) => {
    await attach(connection, file, "pages");
    await connection.run(`create schema pages.chitieu; ${sql}`);
  });
  // It is plain JavaScript, which the server of the pages imports unbundled.
  const results: Results = await import(join(import.meta.dirname, "../../reports/results.js"));
  const tables = await results.openTables(file);
  return {
    render: async (queries, { isLive = false, params = {}, needs = [], work } = {}) => {
      const module = { queries, needs, isLive };
      return await results.renderPage(tables, "/a/", module, params, async (page) => {
        const rows = results.currentRows();
        if (rows !== undefined) work?.(rows);
        const { text, files, isThere } = page;
        return { text, files, isThere, rows };
      });
    },
  };
}
