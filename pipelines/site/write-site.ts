import { constants } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readAsPublished } from "../publishing/version-files.ts";
import { Failure } from "../vocabulary/failure.ts";
import { replaceFolder, sha256Of, unlessMissing } from "../warehouse/files.ts";
import { demandMarts } from "../warehouse/shown-marts.ts";
import { foreignStyleAddresses, inspectPage, missingDownloads } from "./inspection.ts";
import { type PageInputs, type Shown, scopeOf } from "./page-house.ts";
import { ORIGIN } from "./page-renderer.ts";
import { linksIn, notFoundPage } from "./page-text.ts";
import { withoutPublishedPage } from "./published-page.ts";
import { ResidentPages } from "./resident-pages.ts";
import { bundledFiles } from "./served-pages.ts";
import { describeProblems, type SiteProblem } from "./site-problem.ts";
import { keepWritten } from "./written-site.ts";

/** What was written. */
export interface WrittenSite {
  readonly out: string;
  readonly pages: number;
  readonly files: number;
  readonly bytes: number;
}

/** How many pages are asked for at once. */
const AT_ONCE = 4;

/**
 * Writes every page that another one leads to, with all that browsers fetch, into a folder for a host of
 * static files. The folder is replaced as a whole, and only when every page is fit to be shown.
 * @param onPages told how many pages are written, of those that are known of so far
 * @throws Failure that names each page which failed or leads to nothing, and where the folder holds
 *   something other than an earlier site
 */
export async function writeSite(
  inputs: PageInputs,
  out: string,
  onPages: (done: number, known: number) => void = () => {},
): Promise<WrittenSite> {
  const folder = resolve(out);
  await refuseOtherFiles(folder);
  const aside = `${folder}.new-${process.pid}`;
  // marts that take the place of these meanwhile are another site
  const marts = `${aside}.duckdb`;
  await mkdir(dirname(folder), { recursive: true });
  await rm(aside, { recursive: true, force: true });
  await rm(marts, { force: true });
  await copyFile(demandMarts(inputs.marts), marts, constants.COPYFILE_FICLONE);
  let trouble: string | null = null;
  let shown: Shown = { plans: [], builds: new Map() };
  const pages = new ResidentPages(
    { ...inputs, marts },
    {
      onShown: (now) => {
        shown = now;
      },
      onTrouble: (reason) => {
        trouble = reason;
      },
    },
    false,
  );
  try {
    const site = new SiteWriter(pages, aside, () => shown.plans, onPages);
    const written = await site.write(await bundledFiles(inputs.workspace));
    if (trouble !== null) throw new Failure(trouble);
    await replaceFolder(aside, folder);
    if (inputs.warehouse !== null) {
      await keepWritten(inputs.warehouse, inputs.audience, { out: folder, files: site.digests });
    }
    return { out: folder, ...written };
  } finally {
    pages.close();
    await rm(aside, { recursive: true, force: true });
    await rm(marts, { force: true });
  }
}

/** A page that is to be written, and one that leads to it. */
interface Address {
  readonly path: string;
  readonly referrer: string | null;
}

class SiteWriter {
  readonly #pages: ResidentPages;
  readonly #to: string;
  readonly #plans: () => readonly string[];
  readonly #onPages: (done: number, known: number) => void;
  /** Digests of what was written, by address. */
  readonly #files = new Map<string, string>();
  readonly #known = new Set<string>();
  /** Pages by whose they are, so that a plan's tables are made once. */
  readonly #queues = new Map<string, Address[]>();
  readonly #problems: SiteProblem[] = [];
  readonly #styles = new Map<string, string>();
  #done = 0;
  #bytes = 0;

  constructor(
    pages: ResidentPages,
    to: string,
    plans: () => readonly string[],
    onPages: (done: number, known: number) => void,
  ) {
    this.#pages = pages;
    this.#to = to;
    this.#plans = plans;
    this.#onPages = onPages;
  }

  get digests(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#files);
  }

  async write(bundle: ReadonlyMap<string, string>): Promise<Omit<WrittenSite, "out">> {
    for (const [address, file] of bundle) await this.#copy(address, await readFile(file));
    const downloads = await this.#pages.ask<"downloads">({ kind: "downloads" });
    for (const [address, one] of downloads) await this.#copy(address, await readAsPublished(one));
    for (const path of await this.#pages.ask<"first pages">({ kind: "first pages" })) {
      this.#enqueue(path, null);
    }
    for (;;) {
      const next = [...this.#queues].find(([, queue]) => queue.length > 0);
      if (next === undefined) break;
      await this.#writeAll(next[1]);
    }
    if (!this.#files.has("/index.html")) {
      this.#problems.push({ page: "/", found: "there is no first page" });
    }
    if (this.#problems.length > 0) {
      throw new Failure(describeProblems("Các trang chưa dùng được", this.#problems));
    }
    return { pages: this.#done, files: this.#files.size, bytes: this.#bytes };
  }

  async #writeAll(queue: Address[]): Promise<void> {
    const running = new Set<Promise<void>>();
    while (queue.length > 0 || running.size > 0) {
      while (running.size < AT_ONCE) {
        const next = queue.shift();
        if (next === undefined) break;
        const page = this.#writePage(next).finally(() => running.delete(page));
        running.add(page);
      }
      await Promise.race(running);
    }
  }

  async #writePage({ path, referrer }: Address): Promise<void> {
    const made = await this.#pages.ask<"page">({ kind: "page", path });
    if (made.location !== null) {
      this.#enqueue(pathOf(made.location, path), referrer);
      return;
    }
    if (made.status !== 200) {
      const found = made.problem ?? `there is no such page, but ${referrer} links to it`;
      this.#problems.push({ page: path, found: found.split("\n", 1)[0] ?? "" });
      return;
    }
    const isNotFound = path === "/404/";
    const html = isNotFound ? notFoundPage(made.html.toString()) : made.html.toString();
    const own = withoutPublishedPage(html);
    const found = [
      ...inspectPage(own, this.#styles),
      ...missingDownloads(own, (address) => this.#files.has(address)),
    ];
    for (const one of found) this.#problems.push({ page: path, found: one });
    const bytes = isNotFound ? Buffer.from(html) : made.html;
    await this.#copy(isNotFound ? "/404.html" : `${path}index.html`, bytes);
    if (!isNotFound) {
      await this.#copy(`${path}du-lieu.json`, made.rows);
      for (const [address, text] of made.files) {
        await this.#copy(decodeURI(address), Buffer.from(text));
      }
      for (const link of linksIn(own)) this.#enqueue(pathOf(link, path), path);
    }
    this.#done += 1;
    this.#onPages(this.#done, this.#known.size);
  }

  #enqueue(path: string | undefined, referrer: string | null): void {
    if (path === undefined || this.#known.has(path) || this.#files.has(path)) return;
    this.#known.add(path);
    const name = scopeOf(path, this.#plans());
    const queue = this.#queues.get(name) ?? [];
    queue.push({ path, referrer });
    this.#queues.set(name, queue);
  }

  async #copy(address: string, content: Buffer): Promise<void> {
    // pages of a plan may have a table in common
    if (this.#files.has(address)) return;
    this.#files.set(address, sha256Of(content));
    const file = join(this.#to, ...address.split("/"));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    this.#bytes += content.length;
    if (!address.endsWith(".css")) return;
    const css = content.toString();
    this.#styles.set(address, css);
    for (const found of foreignStyleAddresses(css)) {
      this.#problems.push({ page: address, found: `refers to another host: ${found}` });
    }
  }
}

/** The path of an address in a page, undefined where it is none of the site. */
function pathOf(address: string, page: string): string | undefined {
  const url = URL.canParse(address, ORIGIN + page) ? new URL(address, ORIGIN + page) : undefined;
  return url?.origin === ORIGIN ? decodeURI(url.pathname) : undefined;
}

/** What is no site is never replaced by one. */
async function refuseOtherFiles(folder: string): Promise<void> {
  const names = await unlessMissing(readdir(folder)).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${folder} không phải thư mục đọc được (${error.code}).`);
  });
  if (names === null || names.length === 0 || names.includes("_app")) return;
  throw new Failure(
    `${folder} có tệp mà không phải trang đã lập trước đó. Nêu thư mục mới hoặc trống.`,
  );
}
