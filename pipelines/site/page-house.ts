import type { Audience } from "../contract/report.ts";
import type { ListedEntry } from "../ledger/journal.ts";
import { JournalEnd } from "../ledger/journal-end.ts";
import { sha256Of } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { type Download, downloadAddress, versionDownloads } from "./downloads.ts";
import type { PageRenderer, PageTables, RenderedPage } from "./page-renderer.ts";
import { withPublishedPage } from "./published-page.ts";
import {
  martsState,
  type OpenTables,
  openOfficeTables,
  openPlanTables,
  readMartsState,
  type TableRequest,
} from "./site-tables.ts";
import type { Workspace } from "./workspace.ts";

/** What pages are made from. */
export interface PageInputs {
  readonly workspace: Workspace;
  /** Path of marts.duckdb. */
  readonly marts: string;
  /** Where the files of published versions are kept; null: the pages offer none. */
  readonly warehouse: WarehousePaths | null;
  readonly audience: Audience;
}

/** Name of the tables that are no single plan's. */
const OFFICE = "";

/** What is shown now. */
export interface Shown {
  /** The plans, where there are several. */
  readonly plans: readonly string[];
  /** By plan, and by "" for what is no plan's, the build of which its pages are. */
  readonly builds: ReadonlyMap<string, string>;
}

/** A page, and the build of the figures in it. */
export interface MadePage extends RenderedPage {
  readonly build: string;
}

/** How many plans have their tables in memory; whose pages were asked for longest ago gives way. */
const OPEN_PLANS = 3;

/** Entries of the journal with which there are other files of versions. */
const OF_FILES = /-(publication|erasure)\.json$/;

/** How long what could not be made is not tried again. */
const FAILED_MS = 5000;

/** The tables of a plan, or of the office, as they are shown. */
interface OpenScope {
  readonly build: string;
  readonly tables: PageTables;
  readonly opened: OpenTables;
  /** The files that its pages list. */
  readonly downloads: readonly Download[];
  /** How many pages are being rendered from it. */
  users: number;
  isClosing: boolean;
}

/** What the marts say now. */
interface Current extends Shown {
  readonly marts: string;
  readonly downloads: readonly Download[];
}

/**
 * Renders pages from the marts as they are now. While a plan's new tables are made, its pages are those of
 * the tables before, so that a page is of one build.
 */
export class PageHouse {
  readonly #inputs: PageInputs;
  readonly #renderer: PageRenderer;
  readonly #onShown: (shown: Shown) => void;
  #current: Current | null = null;
  #files = { state: "", downloads: [] as readonly Download[] };
  readonly #journal: JournalEnd | null;
  /** Entries by which there are others. */
  #ofFiles: readonly ListedEntry[] = [];
  readonly #scopes = new Map<string, OpenScope>();
  readonly #opening = new Map<string, { readonly build: string; scope: Promise<OpenScope> }>();
  #looking: Promise<void> = Promise.resolve();

  constructor(
    inputs: PageInputs,
    renderer: PageRenderer,
    onShown: (shown: Shown) => void = () => {},
  ) {
    this.#inputs = inputs;
    this.#journal = inputs.warehouse === null ? null : new JournalEnd(inputs.warehouse);
    this.#renderer = renderer;
    this.#onShown = onShown;
  }

  /** Routes without a parameter, as addresses. */
  get firstPages(): readonly string[] {
    return this.#renderer.firstPages;
  }

  /** Files of published versions that the pages offer, by their addresses. */
  async downloads(): Promise<ReadonlyMap<string, Download>> {
    const { downloads } = await this.#now();
    return new Map(downloads.map((one) => [downloadAddress(one), one]));
  }

  /** What the marts say, or said before others came of which nothing is shown yet. */
  async #now(): Promise<Current> {
    if (this.#current === null) await this.look();
    if (this.#current === null) throw new Error("no marts");
    return this.#current;
  }

  /**
   * Looks whether the marts are others, and makes the tables anew that are shown.
   * @throws Failure when there are none, or new tables cannot be made; those before stay
   */
  async look(): Promise<void> {
    const done = this.#looking.catch(() => undefined).then(() => this.#lookOnce());
    this.#looking = done;
    await done;
  }

  async #lookOnce(): Promise<void> {
    const state = await martsState(this.#inputs.marts);
    if (this.#current?.marts === state) {
      if (this.#isBehind()) await this.#renew(this.#current);
      return;
    }
    const { marts, audience } = this.#inputs;
    const [{ builds }, downloads] = await Promise.all([
      readMartsState(marts, audience),
      this.#downloads(),
    ]);
    this.#current = { marts: state, downloads, ...namedBuilds(builds, downloads) };
    for (const name of this.#scopes.keys()) {
      if (!this.#current.builds.has(name)) this.#close(name);
    }
    this.#tell();
    await this.#renew(this.#current);
  }

  /** What pages offer of published versions; with a form that comes in nothing of it changes. */
  async #downloads(): Promise<readonly Download[]> {
    const { audience, workspace, warehouse } = this.#inputs;
    if (warehouse === null || this.#journal === null) return [];
    const { kept, added } = await this.#journal.look();
    this.#ofFiles = [
      ...this.#ofFiles.filter(({ entryNo }) => entryNo <= kept),
      ...added.filter(({ file }) => OF_FILES.test(file)),
    ];
    const state = this.#ofFiles.map(({ file }) => file).join(" ");
    if (state === "" || state !== this.#files.state) {
      this.#files = { state, downloads: await versionDownloads(workspace, warehouse, audience) };
    }
    return this.#files.downloads;
  }

  #isBehind(): boolean {
    return [...this.#scopes].some(([name, { build }]) => this.#current?.builds.get(name) !== build);
  }

  /** Makes tables anew that are shown, those first whose pages were asked for last. */
  async #renew({ builds }: Current): Promise<void> {
    for (const name of [...this.#scopes.keys()].reverse()) {
      const build = builds.get(name);
      if (build === undefined || this.#scopes.get(name)?.build === build) continue;
      await this.#open(name, build);
      this.#tell();
    }
  }

  #tell(): void {
    if (this.#current === null) return;
    const { plans, builds } = this.#current;
    const shown = [...builds].map(
      ([name, build]) => [name, this.#scopes.get(name)?.build ?? build] as const,
    );
    this.#onShown({ plans, builds: new Map(shown) });
  }

  /**
   * Renders the page of an address, which is decoded. Of a plan whose file was taken away there are its
   * versions; all else below it leads to the list of these.
   */
  async render(path: string): Promise<MadePage> {
    const made = await this.#render(path);
    const [, plan = ""] = path.split("/");
    const isKnown = this.#current?.downloads.some(({ plan_id }) => plan_id === plan) === true;
    if (made.status !== 404 || !isKnown) return made;
    const top = path === `/${plan}/` ? made : await this.#render(`/${plan}/`);
    return top.status === 404 ? { ...made, status: 308, location: "/bao-cao/" } : made;
  }

  async #render(path: string): Promise<MadePage> {
    return await this.#with(path, async ({ build, tables, downloads }) => {
      const made = { ...(await this.#renderer.render(tables, path)), build };
      try {
        return { ...made, html: await withPublishedPage(made.html, downloads) };
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        return { ...made, status: 500, problem };
      }
    });
  }

  /**
   * A whole table at the address that names what it holds.
   * @returns null where it holds something else now, or there is none
   */
  async wholeTable(address: string): Promise<string | null> {
    const [, folder = "", name = ""] =
      /^(.*\/)du-lieu\/(\w+\.\w+)\.[^/]+\.json$/.exec(address) ?? [];
    return await this.#with(folder, async ({ tables }) => {
      if (!(await tables.names()).includes(name)) return null;
      const content = await tables.wholeTable(name);
      const file = this.#renderer.wholeFile(encodeURI(folder), name, content);
      return decodeURI(file.address) === address ? file.text : null;
    });
  }

  async #with<T>(path: string, work: (scope: OpenScope) => Promise<T>): Promise<T> {
    const { plans } = await this.#now();
    const name = scopeOf(path, plans);
    const scope = await this.#scope(name);
    scope.users += 1;
    try {
      return await work(scope);
    } finally {
      scope.users -= 1;
      this.#closeIdle(scope);
    }
  }

  async #scope(name: string): Promise<OpenScope> {
    const shown = this.#scopes.get(name);
    if (shown !== undefined) {
      // the last one of the map is the one that was asked for last
      this.#scopes.delete(name);
      this.#scopes.set(name, shown);
      return shown;
    }
    const build = this.#current?.builds.get(name) ?? "";
    const scope = await this.#open(name, build);
    this.#makeRoom();
    return scope;
  }

  /** Makes the tables of a build, and shows them in the place of those before. */
  async #open(name: string, build: string): Promise<OpenScope> {
    const before = this.#opening.get(name);
    if (before?.build === build) return await before.scope;
    const scope = this.#make(name, build);
    this.#opening.set(name, { build, scope });
    const forget = (): void => {
      if (this.#opening.get(name)?.scope === scope) this.#opening.delete(name);
    };
    try {
      const made = await scope;
      this.#close(name);
      this.#scopes.set(name, made);
      forget();
      return made;
    } catch (error) {
      // whoever asks meanwhile is told the same, and nothing is computed for him
      setTimeout(forget, FAILED_MS).unref();
      throw error;
    }
  }

  async #make(name: string, build: string): Promise<OpenScope> {
    const current = this.#current;
    const downloads = current?.downloads ?? [];
    const request: TableRequest = { ...this.#inputs, downloads };
    const isOneOfSeveral = name !== OFFICE;
    const isSeveral = (current?.plans.length ?? 0) > 0;
    const opened =
      isSeveral && !isOneOfSeveral
        ? await openOfficeTables(request)
        : await openPlanTables(request, isOneOfSeveral ? name : null);
    const folder = isOneOfSeveral ? `/${encodeURI(name)}/` : "/";
    const tables = this.#renderer.tablesOn(opened.instance, { path: opened.path, folder });
    return { build, tables, opened, downloads, users: 0, isClosing: false };
  }

  #makeRoom(): void {
    const plans = [...this.#scopes.keys()].filter((name) => name !== OFFICE);
    for (const name of plans.slice(0, Math.max(0, plans.length - OPEN_PLANS))) this.#close(name);
  }

  #close(name: string): void {
    const scope = this.#scopes.get(name);
    if (scope === undefined) return;
    this.#scopes.delete(name);
    scope.isClosing = true;
    this.#closeIdle(scope);
  }

  #closeIdle(scope: OpenScope): void {
    if (!scope.isClosing || scope.users > 0) return;
    scope.tables.close();
    scope.opened.close();
  }
}

/** The builds of pages: those of a plan say which plans there are, and list files of its versions. */
function namedBuilds(
  builds: ReadonlyMap<string, string>,
  downloads: readonly Download[],
): Pick<Current, "plans" | "builds"> {
  const ids = [...builds.keys()];
  const named = new Map<string, string>();
  for (const [id, build] of builds) {
    const files = downloads.filter(({ plan_id }) => plan_id === id);
    // where they lie is not shown
    const listed = files.map((one) => ({ ...one, file: undefined }));
    named.set(id, sha256Of(JSON.stringify([build, ids, listed])));
  }
  const office = sha256Of(JSON.stringify([...named]));
  const isSeveral = ids.length > 1;
  return {
    plans: isSeveral ? ids : [],
    builds: new Map([...(isSeveral ? named : []), [OFFICE, office]]),
  };
}

/** The plan whose page an address is, where there are several; else "". */
export function scopeOf(path: string, plans: readonly string[]): string {
  const [, first = ""] = path.split("/");
  return plans.includes(first) ? first : OFFICE;
}
