import { readFile } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { readAsPublished } from "../publishing/version-files.ts";
import { shownMarts } from "../warehouse/shown-marts.ts";
import { Content, KeptContents } from "./content.ts";
import { listTree } from "./list-tree.ts";
import type { MadePage, PageInputs, Shown } from "./page-house.ts";
import { scopeOf } from "./page-house.ts";
import { notFoundPage } from "./page-text.ts";
import { enginePolicy, policyOfPage } from "./policy.ts";
import { ResidentPages } from "./resident-pages.ts";

/** Bytes of pages and their rows that are kept, compressed copies included, and of files. */
const KEPT_PAGES = 64 * 1024 * 1024;
const KEPT_FILES = 24 * 1024 * 1024;
/** A larger file is read and compressed for each who asks, but for the engine of Evidence's pages. */
const LARGEST_KEPT = 8 * 1024 * 1024;

/** How often it is looked whether a file of the bundles is there by now. */
const LISTED_MS = 1000;

/** Of more pages than this it is not remembered which was their newest. */
const MOST_REMEMBERED = 10_000;

/** Names that hold a digest of their content: a browser never needs to ask again. */
const IMMUTABLE = /^\/_app\/immutable\//;

/** The worker in which a page's filters are computed. */
const ENGINE = /^\/_app\/immutable\/workers\/[^/]+\.js$/;

const ROWS = /^(.*\/)du-lieu\.json$/;
const TABLE = /^(?:\/[^/]+)?\/du-lieu\/[^/]+\.json$/;
const DOWNLOAD = /^\/.+\/bao-cao\/[^/]+\/v\d+\/tai-ve\/[^/]+$/;

/** An address that leads to another one. */
export interface Redirect {
  readonly location: string;
}

/** Addresses and what lies there, for `siteAnswers`. */
export interface Site {
  /**
   * @param path decoded, without hidden parts
   * @param version of the rows that a page goes with; null where none is asked for
   * @throws Failure where it cannot be had now
   */
  find(path: string, version: string | null): Promise<Content | Redirect | undefined>;
  notFound(): Promise<Content | undefined>;
}

/** What a site reports while it is served. */
export interface SiteEvents {
  /** Why what is shown stays as it is; null: all is well again. */
  readonly onTrouble?: (reason: string | null) => void;
  /** A page failed, which is shown as one that failed. */
  readonly onProblem?: (path: string, reason: string) => void;
}

/**
 * The pages of an audience, rendered when they are asked for, with the files of the bundle and those of
 * published versions. What was rendered is kept in memory for as long as its build is shown.
 */
export class ServedPages implements Site {
  readonly #inputs: PageInputs;
  readonly #events: SiteEvents;
  readonly #renderer: ResidentPages;
  readonly #pages = new KeptContents(KEPT_PAGES);
  readonly #files = new KeptContents(KEPT_FILES);
  /** The newest of each page, of whatever build, while it is kept. */
  readonly #last = new Map<string, WeakRef<Content>>();
  readonly #rendering = new Map<string, Promise<Content | Redirect | undefined>>();
  #shown: Shown = { plans: [], builds: new Map() };
  #bundle: Promise<ReadonlyMap<string, string>> | null = null;
  #listedAt = Number.NEGATIVE_INFINITY;

  constructor(inputs: PageInputs, events: SiteEvents = {}) {
    this.#inputs = inputs;
    this.#events = events;
    this.#renderer = new ResidentPages(inputs, {
      onShown: (shown) => {
        this.#shown = shown;
      },
      ...(events.onTrouble && { onTrouble: events.onTrouble }),
    });
  }

  /** The process that renders now; undefined while there is none. */
  get pid(): number | undefined {
    return this.#renderer.pid;
  }

  close(): void {
    this.#renderer.close();
  }

  async find(path: string, version: string | null): Promise<Content | Redirect | undefined> {
    if (path.endsWith("/")) return await this.#page(path);
    const file = await this.#bundled(path);
    if (file !== undefined) return await this.#file(path, file);
    const page = ROWS.exec(path)?.[1];
    if (page !== undefined) return await this.#rows(page, version);
    if (TABLE.test(path)) return await this.#table(path);
    if (DOWNLOAD.test(path)) return await this.#download(path);
    const found = await this.#page(`${path}/`);
    return found instanceof Content && found.status === 200 ? { location: `${path}/` } : undefined;
  }

  async notFound(): Promise<Content | undefined> {
    return await this.#once("/404/", async () => {
      const { html } = await this.#renderer.ask<"page">({ kind: "page", path: "/404/" });
      const page = notFoundPage(html.toString());
      const body = Buffer.from(page);
      return new Content("/404.html", body, { status: 404, policy: policyOfPage(body) });
    }).then((found) => (found instanceof Content ? found : undefined));
  }

  #keyOf(path: string): string {
    const build = this.#shown.builds.get(scopeOf(path, this.#shown.plans)) ?? "";
    return `${build} ${path}`;
  }

  async #page(path: string): Promise<Content | Redirect | undefined> {
    if (path === "/404/") return undefined;
    return await this.#once(path, async () => {
      const made = await this.#renderer
        .ask<"page">({ kind: "page", path })
        .catch((error: unknown) => {
          const before = this.#last.get(path)?.deref();
          if (before !== undefined) return before;
          // as in a new warehouse, until the watch has built them
          throw shownMarts(this.#inputs.marts) !== null ? error : new PageNotReady(MARTS_NOT_READY);
        });
      if (made instanceof Content) return made;
      return this.#keep(path, made);
    });
  }

  /** Has something made once of each build, and kept. */
  async #once(
    path: string,
    make: () => Promise<Content | Redirect | undefined>,
  ): Promise<Content | Redirect | undefined> {
    const key = this.#keyOf(path);
    const kept = this.#pages.find(key);
    if (kept !== undefined) return kept;
    const before = this.#rendering.get(key);
    if (before !== undefined) return await before;
    const made = make();
    this.#rendering.set(key, made);
    try {
      const content = await made;
      // of which build it is, is only known of pages, which keep themselves
      if (content instanceof Content && content.status === 404) this.#pages.keep(key, content);
      return content;
    } finally {
      this.#rendering.delete(key);
    }
  }

  #keep(path: string, made: MadePage): Content | Redirect | undefined {
    if (made.problem !== null) {
      this.#events.onProblem?.(path, made.problem);
      throw new PageFailed(made.problem);
    }
    if (made.status === 503) throw new PageNotReady(BUNDLE_NOT_READY);
    if (made.location !== null) return { location: decodeURI(made.location) };
    if (made.status !== 200) return undefined;
    const html = new Content(path, made.html, { policy: policyOfPage(made.html) });
    this.#pages.keep(`${made.build} ${path}`, html);
    if (this.#last.size > MOST_REMEMBERED) this.#last.clear();
    this.#last.set(path, new WeakRef(html));
    const rows = new Content(`${path}du-lieu.json`, made.rows);
    this.#pages.keep(`${made.build} ${path}du-lieu.json`, rows);
    this.#pages.keep(`rows ${path} ${made.digest}`, rows);
    for (const [address, text] of made.files) {
      this.#pages.keep(`table ${decodeURI(address)}`, new Content(address, Buffer.from(text)));
    }
    return html;
  }

  /** The rows of a page: those that it came with where they are still known, else those of now. */
  async #rows(page: string, version: string | null): Promise<Content | undefined> {
    const asked = version === null ? undefined : this.#pages.find(`rows ${page} ${version}`);
    if (asked !== undefined) return asked;
    const file = `${page}du-lieu.json`;
    const kept = this.#pages.find(this.#keyOf(file));
    if (kept !== undefined) return kept;
    const made = await this.#renderer.ask<"page">({ kind: "page", path: page });
    if (!(this.#keep(page, made) instanceof Content)) return undefined;
    return this.#pages.find(`${made.build} ${file}`);
  }

  async #table(path: string): Promise<Content | undefined> {
    const kept = this.#pages.find(`table ${path}`);
    if (kept !== undefined) return kept;
    const text = await this.#renderer.ask<"table">({ kind: "table", path });
    if (text === null) return undefined;
    const content = new Content(path, Buffer.from(text));
    this.#pages.keep(`table ${path}`, content);
    return content;
  }

  async #download(path: string): Promise<Content | undefined> {
    const download = await this.#renderer.ask<"download">({ kind: "download", path });
    if (download === null) return undefined;
    const key = `${download.sha256} ${path}`;
    const kept = this.#files.find(key);
    if (kept !== undefined) return kept;
    const bytes = await readAsPublished(download);
    const content = new Content(path, bytes, { download: basename(path) });
    this.#files.keep(key, content);
    return content;
  }

  /** A file of the bundles, of which one may be made later than the other, or one that is shown as it is. */
  async #bundled(path: string): Promise<string | undefined> {
    const known = await this.#bundle;
    const isLater = path.startsWith("/_app/") && known?.has(path) === false;
    if (known === null || (isLater && performance.now() - this.#listedAt > LISTED_MS)) {
      this.#listedAt = performance.now();
      this.#bundle = bundledFiles(this.#inputs.workspace);
    }
    return (await this.#bundle)?.get(path);
  }

  async #file(path: string, file: string): Promise<Content> {
    const kept = this.#files.find(path);
    if (kept !== undefined) return kept;
    const content = new Content(path, await readFile(file), {
      isImmutable: IMMUTABLE.test(path),
      ...(ENGINE.test(path) && { policy: enginePolicy() }),
    });
    if (content.body.length <= LARGEST_KEPT) this.#files.keep(path, content);
    return content;
  }
}

/** A page that is there in a little while; its message says to a reader why, and it loads itself again. */
export class PageNotReady extends Error {}

const MARTS_NOT_READY = "Số liệu đang được tính; trang sẽ tự tải lại";
const BUNDLE_NOT_READY =
  "Trang phân tích đang được chuẩn bị lần đầu, mất khoảng một phút; trang sẽ tự tải lại";

/** A page that cannot be shown, which is no fault of whoever asks. */
export class PageFailed extends Error {}

/** Files of the bundle for browsers, and those of `static/`, by their addresses. */
export async function bundledFiles({
  bundles,
  reports,
}: PageInputs["workspace"]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const clients = [bundles.evidence, bundles.own].map((bundle) => join(bundle, "client"));
  for (const folder of [...clients, join(reports, "static")]) {
    for (const file of await listTree(folder).catch(() => [])) {
      if (file.startsWith(".")) continue;
      files.set(`/${file.split(sep).join("/")}`, join(folder, file));
    }
  }
  return files;
}
