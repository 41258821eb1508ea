import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PublishedReport } from "../contract/report.ts";
import type { VersionPages } from "../publishing/publish.ts";
import { addresseeText, INTERNAL, pageMarks } from "../sentences/report-words.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import type { PageRenderer, PageTables } from "./page-renderer.ts";
import { ReportTables } from "./report-tables.ts";
import { bundledProgram, type Workspace } from "./workspace.ts";

type Rows = Readonly<Record<string, readonly object[]>>;

/** What `reports/template/src/version-page.js` has, in its bundle. */
interface VersionPage {
  /** SQL by name, of the queries of the page of a version. */
  queries(params: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** The page as a file. */
  render(
    rows: Rows,
    facts: { readonly isInternal: boolean; readonly addressee: string | null },
  ): string;
}

/** What `reports/results.js` has for it. */
interface ResultsModule extends Pick<PageRenderer, "tablesOn"> {
  rowsOf(tables: PageTables, queries: Readonly<Record<string, string>>): Promise<Rows>;
}

interface Loaded {
  readonly page: VersionPage;
  readonly results: ResultsModule;
  readonly tables: ReportTables;
}

/**
 * Renders the pages of versions that are published, as files, in this process, which loads the bundle
 * for the first one.
 * @param ready makes the bundle where it has to be made
 */
export function versionPages(workspace: Workspace, ready: () => Promise<void>): VersionPages {
  let loading: Promise<Loaded> | null = null;
  const loaded = async (): Promise<Loaded> => {
    loading ??= ready().then(() => load(workspace));
    try {
      return await loading;
    } catch (error) {
      loading = null;
      throw error;
    }
  };
  const render = async (periods: readonly PlanPeriod[], report: PublishedReport) => {
    const { page, results, tables } = await loaded();
    await tables.show(report, periods);
    const asked = results.tablesOn(tables.instance, { path: tables.path, folder: "/" });
    try {
      const rows = await results.rowsOf(asked, page.queries(paramsOf(report)));
      const facts = {
        isInternal: pageMarks(report).includes(INTERNAL),
        addressee: addresseeText(report),
      };
      return new TextEncoder().encode(page.render(rows, facts));
    } finally {
      asked.close();
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return (periods) => (report) => {
    // the tables are of one version at a time
    const page = last.then(() => render(periods, report));
    last = page.catch(() => undefined);
    return page;
  };
}

async function load(workspace: Workspace): Promise<Loaded> {
  const [page, results, tables] = await Promise.all([
    import(pathToFileURL(bundledProgram(workspace, "version")).href),
    import(pathToFileURL(join(workspace.reports, "results.js")).href),
    ReportTables.open(workspace),
  ]);
  return { page, results, tables };
}

function paramsOf({ publication }: PublishedReport): Record<string, string> {
  const { plan_id, period, version } = publication;
  return { plan: plan_id, period, version: `v${version}` };
}
