// Renders every page that another one links to, starting with those that have no parameter, from the
// bundle: with SvelteKit's `Server`, as a web server would, and without SvelteKit's own tools.
//
//     node prerender.js OWN EVIDENCE SITE PROGRAM LIST MADE
//
// OWN and EVIDENCE are the bundles. The pages, with the rows of their queries, go into a folder of
// the working directory. Those of SITE that PROGRAM made of the same rows are to be taken from there;
// what each page was made from goes into the file LIST beside them, and SITE has it under that name;
// into MADE goes how many were rendered, which files and folders are to be taken from SITE, and which
// files of the bundle all these name. Where there are several plans the folder of each has a LIST of its
// own, by which it is taken as a whole where nothing of it has changed.
//
// It loads what it renders with and waits for a line before it looks at the tables, which may not be
// there until then: the names of those folders, as JSON, that lie in SITE as they were built. Without a
// line it ends when nobody can write it any more.
import { appendFileSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { createInterface } from "node:readline";
import { loadBundles } from "./bundled-pages.js";
import { keptLines, openKept, readDigests, sha256 } from "./kept-pages.js";
import { read } from "./page-tables.js";
import { connectTables, expectRows, openSlice, RENDERED, takeAsked } from "./results.js";

/** Nobody asks for pages at this host; an address of it in a page is one of the site. */
const ORIGIN = "http://site.invalid";

/** Where pages write down why they failed. */
const PROBLEMS = process.env.CHITIEU_PROBLEMS ?? "problems.jsonl";

/** One page is made while others wait for their queries. */
const AT_ONCE = 4;

/** How often it is told how many pages are done. */
const TELL_MS = 250;

/** @typedef {{ readonly path: string, readonly referrer: string | null }} Address a page, and one that links to it */
/** @typedef {import("./types/results.ts").KeptEntry} KeptEntry */
/** @typedef {import("./types/results.ts").KeptFolder} KeptFolder */

const [own = "", evidence = "", site = "", program = "", listName = "", madeName = ""] =
  process.argv.slice(2);
const server = await startServer();
const assets = new Set([
  ...(await filesIn(join(own, "client"))),
  ...(await filesIn(join(evidence, "client"))),
]);
/** Plans whose folders lie as they were built. @type {Set<string>} */
const untouched = new Set(await toldFolders());
const tables = await connectTables();
const digests = await readDigests(tables);
const plans = await readPlans();
const [version] = (await read(tables, "select version()")).rows;
const programs = `${program} ${process.version} ${version}`;
/** What is known of the pages of a plan, null: of those of all. */
const openList = (/** @type {string | null} */ plan) =>
  openKept(site, join(plan ?? "", listName), programs);
let kept = await openList(null);
const seen = new Set();
/** Each path that pages lead to, once. @type {Map<string, string>} */
const paths = new Map();
/** The pages of each plan that are led to from outside it. @type {Map<string, Set<string>>} */
const entries = new Map();
/** Plans whose folders are taken as a whole. @type {Map<string, KeptFolder>} */
const folders = new Map();
/** Pages by the plan whose they are, null where they are of all. */
const queues = /** @type {Map<string | null, Address[]>} */ (new Map([[null, []]]));
/** The pages that were made or taken over, by plan. @type {Map<string | null, Record<string, KeptEntry>>} */
const made = new Map();
/** Paths within the site of the files that are taken over. @type {string[]} */
const taken = [];
/** Addresses of the bundle's files that pages name. @type {Set<string>} */
const namedAssets = new Set();
let rendered = 0;
let done = 0;
let told = Date.now();

for (const path of server.firstPages) enqueue(path, null);
for (let plan = nextPlan(); plan !== undefined; plan = nextPlan()) {
  kept = await openList(plan);
  const queue = queues.get(plan) ?? [];
  if (plan !== null && takeFolder(plan)) {
    queue.length = 0;
    continue;
  }
  const running = new Set();
  while (queue.length > 0 || running.size > 0) {
    while (running.size < AT_ONCE) {
      const next = queue.shift();
      if (next === undefined) break;
      const page = make(next, plan).finally(() => {
        running.delete(page);
        done += 1;
        tellProgress();
      });
      running.add(page);
    }
    await Promise.race(running);
  }
}
await writeFile(listName, keptLines({ program: programs }, made.get(null) ?? {}));
for (const [plan, pages] of made) {
  if (plan === null) continue;
  const head = { program: programs, folder: describeFolder(plan, pages) };
  await write(join(RENDERED, plan, listName), keptLines(head, pages));
}
const named = {
  taken: taken.sort(),
  folders: [...folders.keys()],
  assets: [...namedAssets].sort(),
};
await writeFile(madeName, JSON.stringify({ rendered, ...named }));
console.log(`rendered ${rendered} pages, took over ${taken.length} files, ${folders.size} folders`);
// queries leave a database open
process.exit(0);

/** Tells whoever has started this how many pages are done. */
function tellProgress() {
  if (Date.now() - told < TELL_MS) return;
  told = Date.now();
  process.send?.({ done, known: seen.size });
}

/**
 * The line that says which folders lie as they were built; ends the program when none can come any more.
 * @returns {Promise<string[]>}
 */
async function toldFolders() {
  for await (const line of createInterface({ input: process.stdin })) return JSON.parse(line);
  return process.exit(0);
}

/**
 * A plan with pages that are left, those of all plans first. When there is none, folders that are led to
 * otherwise than when they were made are looked into after all.
 * @returns {string | null | undefined}
 */
function nextPlan() {
  const next = [...queues.keys()].find((plan) => (queues.get(plan) ?? []).length > 0);
  if (next !== undefined) return next;
  for (const [plan, { entries: before }] of folders) {
    const now = entries.get(plan) ?? new Set();
    if (now.size === before.length && before.every((path) => now.has(path))) continue;
    untouched.delete(plan);
    folders.delete(plan);
    queues.set(
      plan,
      [...now].map((path) => ({ path, referrer: null })),
    );
    return plan;
  }
  return undefined;
}

/**
 * Takes the folder of a plan as a whole, where it lies as it was built from the same rows.
 * @param {string} plan
 */
function takeFolder(plan) {
  const { folder } = kept;
  if (!untouched.has(plan) || folder === undefined || made.has(plan)) return false;
  // what a browser has whole is a file of its own, outside of it
  if (folder.sources.length > 0 || digests.of(folder) !== folder.from) return false;
  folders.set(plan, folder);
  follow(`/${plan}/`, folder);
  return true;
}

/**
 * What the folder of a plan stands on and leads to, as a whole.
 * @param {string} plan
 * @param {Readonly<Record<string, KeptEntry>>} pages
 * @returns {KeptFolder}
 */
function describeFolder(plan, pages) {
  const all = Object.values(pages);
  const union = (/** @type {"tables" | "sources" | "links" | "assets"} */ of) =>
    [...new Set(all.flatMap((page) => page[of]))].sort();
  // rows of the plan that no query names may still decide which files it has
  const tables = [...new Set([...union("tables"), ...digests.byPlan])].sort();
  const sources = { plan, tables, sources: union("sources") };
  const links = union("links").filter((link) => planOf(link) !== plan);
  return {
    ...sources,
    from: digests.of(sources),
    entries: [...(entries.get(plan) ?? [])].sort(),
    links,
    assets: union("assets"),
  };
}

/**
 * The plan whose page one is, where there are several.
 * @param {string | null} path
 * @returns {string | null}
 */
function planOf(path) {
  const [, first] = path?.split("/") ?? [];
  return first !== undefined && plans.has(first) ? first : null;
}

/** The plans, where there are several: of one alone all rows are its own. */
async function readPlans() {
  if (!digests.names.includes("chitieu.plan")) return new Set();
  const { rows } = await read(tables, "select plan_id from chitieu.plan");
  return new Set(rows.length > 1 ? rows.map(([plan]) => plan) : []);
}

async function startServer() {
  const pages = await loadBundles({ own, evidence });
  return {
    // a page that is rendered ahead loads its scripts ahead, which one that is asked for does by its head
    respond: /** @returns {Promise<Response>} */ (/** @type {string} */ path) =>
      pages.respond(path, new Request(ORIGIN + encodeURI(path)), {
        getClientAddress: () => "127.0.0.1",
        prerendering: { dependencies: new Map() },
      }),
    // a plan without indicators links to no page of one: a route with a parameter may stay without a page
    firstPages: pages.firstPages,
  };
}

/**
 * @param {string | undefined} path undefined for an address that is none of the site
 * @param {string | null} referrer page that links there
 */
function enqueue(path, referrer) {
  if (path === undefined || assets.has(path)) return;
  const plan = planOf(path);
  if (plan !== null && planOf(referrer) !== plan) {
    entries.set(plan, (entries.get(plan) ?? new Set()).add(path));
  }
  if (seen.has(path) || (plan !== null && folders.has(plan))) return;
  seen.add(path);
  const queue = queues.get(plan) ?? [];
  queue.push({ path, referrer });
  queues.set(plan, queue);
}

/**
 * Takes a page over from the site that is shown, or renders it.
 * @param {Address} address
 * @param {string | null} plan
 */
async function make(address, plan) {
  const { path } = address;
  const rows = `${encodeURI(path)}du-lieu.json`;
  const shown = await kept.find(path);
  // what its browser has whole is a file of its own, which is not taken over
  if (shown?.sources.length === 0 && digests.of(shown) === shown.from) {
    takeOver(path, plan, shown, undefined);
    return;
  }
  if (plan !== null) await openSlice(plan);
  if (shown !== undefined) expectRows(rows, shown.rows);
  const html = await render(address);
  if (shown !== undefined && html === null) takeOver(path, plan, shown, takeAsked(rows));
  else if (typeof html === "string") await finish(path, plan, html);
}

/**
 * @param {string} path
 * @param {string | null} plan
 * @param {KeptEntry} shown
 * @param {ReturnType<typeof takeAsked>} asked its queries, where they were asked
 */
function takeOver(path, plan, shown, asked) {
  taken.push(join(path, "index.html").slice(1), `${encodeURI(path)}du-lieu.json`.slice(1));
  keep(path, plan, shown, asked);
  follow(path, shown);
}

/**
 * @param {string} path
 * @param {string | null} plan
 * @param {string} html
 */
async function finish(path, plan, html) {
  const rows = `${encodeURI(path)}du-lieu.json`;
  await write(join(RENDERED, path, "index.html"), html);
  rendered += 1;
  const asked = takeAsked(rows);
  const page = { links: linksIn(html, path), assets: assetsIn(html) };
  if (asked !== undefined) {
    const fetched = sha256(await readFile(join(RENDERED, rows)));
    const digestsOf = { html: sha256(html), rows: fetched };
    keep(path, plan, { ...page, ...digestsOf, isLive: asked.isLive }, asked);
  }
  follow(path, page);
}

/**
 * Notes what a page was made from.
 * @param {string} path
 * @param {string | null} plan
 * @param {Pick<KeptEntry, "html" | "rows" | "isLive" | "links" | "assets"> & Partial<KeptEntry>} page
 * @param {ReturnType<typeof takeAsked>} asked its queries; as it was when undefined
 */
function keep(path, plan, page, asked) {
  const sql = Object.values(asked?.queries ?? {}).join("\n");
  const sources =
    asked === undefined
      ? { plan: page.plan ?? null, tables: page.tables ?? [], sources: page.sources ?? [] }
      : {
          plan: plans.size > 0 ? plan : null,
          tables: digests.names.filter((name) => sql.includes(name)),
          sources: asked.sources,
        };
  const { html, rows, isLive, links, assets } = page;
  const pages = made.get(plan) ?? {};
  pages[path] = { ...sources, from: digests.of(sources), html, rows, isLive, links, assets };
  made.set(plan, pages);
}

/**
 * @param {string} path
 * @param {Pick<KeptEntry, "links" | "assets">} page
 */
function follow(path, page) {
  for (const link of page.links) enqueue(link, path);
  for (const asset of page.assets) namedAssets.add(asset);
}

/**
 * The pages that a page leads to.
 * @param {string} html
 * @param {string} path
 */
function linksIn(html, path) {
  const links = addressesIn(html).flatMap((address) => pathOf(address, path) ?? []);
  const own = [...new Set(links)].filter((link) => !assets.has(link));
  // most pages of a plan lead to the same ones
  for (const link of own) if (!paths.has(link)) paths.set(link, link);
  return own.map((link) => paths.get(link) ?? link);
}

/**
 * The files of the bundle that a page names.
 * @param {string} html
 */
function assetsIn(html) {
  const found = new Set(html.match(/\/_app\/[\w./-]+/g));
  // its own name for it, since a part of the page's text would keep all of it
  return [...assets].filter((address) => found.has(address));
}

/**
 * @param {string} file
 * @param {string | Uint8Array} content
 */
async function write(file, content) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/**
 * @param {Address} address
 * @returns the page; null where it has the rows that were expected, undefined where there is none
 */
async function render({ path, referrer }) {
  const response = await server.respond(path);
  const location = response.headers.get("location");
  if (location !== null && response.status >= 300 && response.status < 400) {
    enqueue(pathOf(location, path), referrer);
    return undefined;
  }
  if (response.status === 204) return null;
  if (response.status !== 200) {
    const problem = { page: path, status: response.status, referrer };
    appendFileSync(PROBLEMS, `${JSON.stringify(problem)}\n`);
    return undefined;
  }
  return response.text();
}

/**
 * The path of an address in a page, undefined where it is none of the site.
 * @param {string} address
 * @param {string} page
 */
function pathOf(address, page) {
  const url = URL.canParse(address, ORIGIN + page) ? new URL(address, ORIGIN + page) : undefined;
  return url?.origin === ORIGIN ? decodeURI(url.pathname) : undefined;
}

/**
 * What tags refer to, but for files that are offered (`rel="external"`), which come later.
 * @param {string} html
 */
function addressesIn(html) {
  const markup = html.replace(/<!--[\s\S]*?-->|(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, "$1");
  const addresses = [];
  for (const [tag = ""] of markup.matchAll(
    /<[a-z][^\s/>]*(?:\s+[^\s=>]+(?:="[^"]*")?)*\s*\/?>/gi,
  )) {
    if (/\srel="[^"]*\bexternal\b/.test(tag)) continue;
    for (const [, address = ""] of tag.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      addresses.push(unescapeHtml(address));
    }
  }
  return addresses;
}

/** @param {string} text */
function unescapeHtml(text) {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/**
 * Address of every file in a folder.
 * @param {string} folder
 */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name).slice(folder.length).split(sep).join("/"),
    );
}
