// Renders every page that another one links to, starting with those that have no parameter, from the
// bundle: with SvelteKit's `Server`, as a web server would, and without SvelteKit's own tools.
//
//     node prerender.js BUNDLE SITE PROGRAM LIST MADE
//
// BUNDLE holds `server/` and `client/`. The pages, with the rows of their queries, go into a folder of
// the working directory. Those of SITE that PROGRAM made of the same rows are to be taken from there;
// what each page was made from goes into the file LIST beside them, and SITE has it under that name;
// into MADE goes how many were rendered, which files are to be taken from SITE, and which files of the
// bundle all these name.
//
// It loads what it renders with and waits for a line before it looks at the tables, which may not be
// there until then. Without one it ends when nobody can write it any more.
import { appendFileSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { listKept, openKept, readDigests, sha256 } from "./kept-pages.js";
import { read } from "./page-tables.js";
import { askedOf, connectTables, expectRows, openSlice, RENDERED } from "./results.js";

/** Nobody asks for pages at this host; an address of it in a page is one of the site. */
const ORIGIN = "http://site.invalid";

/** Where pages write down why they failed. */
const PROBLEMS = process.env.CHITIEU_PROBLEMS ?? "problems.jsonl";

/** One page is made while others wait for their queries. */
const AT_ONCE = 4;

/** @typedef {{ readonly path: string, readonly referrer: string | null }} Address a page, and one that links to it */

const [bundle = "", site = "", program = "", listName = "", madeName = ""] = process.argv.slice(2);
const server = await startServer();
const assets = new Set(await filesIn(join(bundle, "client")));
if (!(await isTold())) process.exit(0);
const tables = await connectTables();
const digests = await readDigests(tables);
const plans = await readPlans();
const [version] = (await read(tables, "select version()")).rows;
const programs = `${program} ${process.version} ${version}`;
const kept = await openKept(join(site, listName), programs);
const seen = new Set();
/** Pages by the plan whose they are, null where they are of all. */
const queues = /** @type {Map<string | null, Address[]>} */ (new Map([[null, []]]));
/** @type {Record<string, import("./types/results.ts").KeptEntry>} */
const made = {};
/** Paths within the site of the files that are taken over. @type {string[]} */
const taken = [];
/** Addresses of the bundle's files that pages name. @type {Set<string>} */
const namedAssets = new Set();
let rendered = 0;

for (const path of server.firstPages) enqueue(path, null);
for (let plan = nextPlan(); plan !== undefined; plan = nextPlan()) {
  const queue = queues.get(plan) ?? [];
  const running = new Set();
  while (queue.length > 0 || running.size > 0) {
    while (running.size < AT_ONCE) {
      const next = queue.shift();
      if (next === undefined) break;
      const page = make(next, plan).finally(() => running.delete(page));
      running.add(page);
    }
    await Promise.race(running);
  }
}
await writeFile(listName, JSON.stringify(listKept(programs, made)));
const named = { taken: taken.sort(), assets: [...namedAssets].sort() };
await writeFile(madeName, JSON.stringify({ rendered, ...named }));
console.log(`rendered ${rendered} pages, took over ${taken.length} files`);
// queries leave a database open
process.exit(0);

/** Whether a line came before the end of what is said. */
function isTold() {
  return new Promise((tell) => {
    process.stdin.once("data", () => tell(true)).once("end", () => tell(false));
  });
}

/** A plan with pages that are left, those of all plans first. */
function nextPlan() {
  return [...queues.keys()].find((plan) => (queues.get(plan) ?? []).length > 0);
}

/** The plans, where there are several: of one alone all rows are its own. */
async function readPlans() {
  if (!digests.names.includes("chitieu.plan")) return new Set();
  const { rows } = await read(tables, "select plan_id from chitieu.plan");
  return new Set(rows.length > 1 ? rows.map(([plan]) => plan) : []);
}

async function startServer() {
  const load = (/** @type {string} */ name) =>
    import(pathToFileURL(join(bundle, "server", name)).href);
  const [{ Server }, { manifest }] = await Promise.all(["index.js", "manifest-full.js"].map(load));
  const server = new Server(manifest);
  await server.init({ env: {} });
  await Promise.all(
    manifest._.nodes.map((/** @type {() => Promise<unknown>} */ loadNode) => loadNode()),
  );
  /** @type {string[]} */
  const routes = manifest._.routes
    .filter((/** @type {{ page: unknown }} */ { page }) => page !== null)
    .map((/** @type {{ id: string }} */ { id }) => id);
  return {
    // a page that is rendered ahead loads its scripts ahead, which one that is asked for does by its head
    respond: /** @returns {Promise<Response>} */ (/** @type {string} */ path) =>
      server.respond(new Request(ORIGIN + path), {
        getClientAddress: () => "127.0.0.1",
        prerendering: { dependencies: new Map() },
      }),
    // a plan without indicators links to no page of one: a route with a parameter may stay without a page
    firstPages: routes
      .filter((id) => !id.includes("["))
      .map((id) => (id.endsWith("/") ? id : `${id}/`)),
  };
}

/**
 * @param {string | undefined} path undefined for an address that is none of the site
 * @param {string | null} referrer page that links there
 */
function enqueue(path, referrer) {
  if (path === undefined || seen.has(path) || assets.has(path)) return;
  seen.add(path);
  const [, first] = path.split("/");
  const plan = plans.has(first) ? (first ?? null) : null;
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
  if (shown !== undefined && html === null) takeOver(path, plan, shown, askedOf(rows));
  else if (typeof html === "string") await finish(path, plan, html);
}

/**
 * @param {string} path
 * @param {string | null} plan
 * @param {import("./types/results.ts").KeptEntry} shown
 * @param {ReturnType<typeof askedOf>} asked its queries, where they were asked
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
  const asked = askedOf(rows);
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
 * @param {Pick<import("./types/results.ts").KeptEntry, "html" | "rows" | "isLive" | "links" | "assets"> & Partial<import("./types/results.ts").KeptEntry>} page
 * @param {ReturnType<typeof askedOf>} asked its queries; as it was when undefined
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
  made[path] = { ...sources, from: digests.of(sources), html, rows, isLive, links, assets };
}

/**
 * @param {string} path
 * @param {Pick<import("./types/results.ts").KeptEntry, "links" | "assets">} page
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
  return [...new Set(links)].filter((link) => !assets.has(link));
}

/**
 * The files of the bundle that a page names.
 * @param {string} html
 */
function assetsIn(html) {
  return [...new Set(html.match(/\/_app\/[\w./-]+/g))].filter((address) => assets.has(address));
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
  const response = await server.respond(encodeURI(path));
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
