// Renders every page that another one links to, starting with those that have no parameter, from the
// bundle: with SvelteKit's `Server`, as a web server would, and without SvelteKit's own tools.
//
//     node prerender.js BUNDLE
//
// BUNDLE holds `server/` and `client/`. The pages, with the rows of their queries, go into a folder of
// the working directory.
import { appendFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { RENDERED } from "./results.js";

/** Nobody asks for pages at this host; an address of it in a page is one of the site. */
const ORIGIN = "http://site.invalid";

/** Where pages write down why they failed. */
const PROBLEMS = process.env.CHITIEU_PROBLEMS ?? "problems.jsonl";

/** One page is made while others wait for their queries. */
const AT_ONCE = 4;

/** @typedef {{ readonly path: string, readonly referrer: string | null }} Address a page, and one that links to it */

const [bundle = ""] = process.argv.slice(2);
const server = await startServer();
const assets = new Set(await filesIn(join(bundle, "client")));
const seen = new Set();
/** @type {Address[]} */
const queue = [];
let rendered = 0;

for (const path of server.firstPages) enqueue(path, null);
const running = new Set();
while (queue.length > 0 || running.size > 0) {
  while (running.size < AT_ONCE) {
    const next = queue.shift();
    if (next === undefined) break;
    const page = render(next).finally(() => running.delete(page));
    running.add(page);
  }
  await Promise.race(running);
}
console.log(`rendered ${rendered} pages`);
// queries leave a database open
process.exit(0);

async function startServer() {
  const load = (/** @type {string} */ name) =>
    import(pathToFileURL(join(bundle, "server", name)).href);
  const [{ Server }, { manifest }] = await Promise.all(["index.js", "manifest-full.js"].map(load));
  const server = new Server(manifest);
  await server.init({ env: {} });
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
  queue.push({ path, referrer });
}

/** @param {Address} address */
async function render({ path, referrer }) {
  const response = await server.respond(encodeURI(path));
  const location = response.headers.get("location");
  if (location !== null && response.status >= 300 && response.status < 400) {
    enqueue(pathOf(location, path), referrer);
    return;
  }
  if (response.status !== 200) {
    const problem = { page: path, status: response.status, referrer };
    appendFileSync(PROBLEMS, `${JSON.stringify(problem)}\n`);
    return;
  }
  const html = await response.text();
  const file = join(RENDERED, path, "index.html");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, html);
  rendered += 1;
  for (const address of addressesIn(html)) enqueue(pathOf(address, path), path);
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
