// The bundles of the pages, loaded as one server, as SvelteKit's own adapter for Node does with one.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Lists the routes of the pages in a bundle; of the other bundle's pages it knows only the addresses. */
const OWN_ROUTES = "routes.json";

/**
 * @typedef {{ readonly id: string, readonly pattern: RegExp, readonly page: unknown }} Route
 * @typedef {{ readonly routes: readonly Route[], readonly nodes: readonly (() => Promise<unknown>)[] }} Manifest
 * @typedef {{ respond(request: Request, options: object): Promise<Response>, init(options: object): Promise<void> }} Server
 * @typedef {{ readonly own: ReadonlySet<string>, readonly manifest: Manifest, readonly server: () => Promise<Server> }} Bundle
 */

/**
 * @param {{ readonly own: string, readonly evidence: string }} folders each with `server/`; that of
 *   Evidence's pages may be made later
 */
export async function loadBundles(folders) {
  const own = await loadBundle(folders.own);
  // it waits for nothing that is asked for
  await own.server();
  /** @type {Promise<Bundle> | undefined} */
  let evidence;

  /** @param {string} path decoded */
  const routeOf = (path) => own.manifest.routes.find(({ pattern }) => pattern.test(path));
  /** @param {Route | undefined} route */
  const isOwn = (route) => route === undefined || own.own.has(route.id);

  return {
    /** Routes without a parameter, as addresses. */
    firstPages: own.manifest.routes
      .filter(({ id, page }) => page !== null && !id.includes("["))
      .map(({ id }) => (id.endsWith("/") ? id : `${id}/`)),

    /**
     * Whether what a page is rendered with is there.
     * @param {string} path decoded
     */
    isReady: (path) => isOwn(routeOf(path)) || existsSync(join(folders.evidence, OWN_ROUTES)),

    /**
     * @param {string} path decoded
     * @param {Request} request
     * @param {object} options SvelteKit's
     */
    async respond(path, request, options) {
      if (isOwn(routeOf(path))) return await (await own.server()).respond(request, options);
      evidence ??= loadBundle(folders.evidence);
      return await (await (await evidence).server()).respond(request, options);
    },
  };
}

/**
 * @param {string} folder
 * @returns {Promise<Bundle>}
 */
async function loadBundle(folder) {
  const load = (/** @type {string} */ name) =>
    import(pathToFileURL(join(folder, "server", name)).href);
  const [{ Server }, { manifest }, routes] = await Promise.all([
    load("index.js"),
    load("manifest-full.js"),
    readFile(join(folder, OWN_ROUTES), "utf8"),
  ]);
  /** @type {Promise<Server> | undefined} */
  let started;
  const start = async () => {
    const server = new Server(manifest);
    await server.init({ env: {} });
    await Promise.all(manifest._.nodes.map((/** @type {() => unknown} */ node) => node()));
    return server;
  };
  return {
    own: new Set(JSON.parse(routes)),
    manifest: manifest._,
    server: () => (started ??= start()),
  };
}
