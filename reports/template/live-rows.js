/** @typedef {import("../types/results.ts").ResultsModule} ResultsModule */
/** @typedef {{ readonly status: number, readonly text?: string }} Answer */

/** Fetched by a page that the browser opens or navigates to. */
const ROWS = /^(.*\/)du-lieu\.json$/;

/** A whole table of the sources, left by a page whose queries name it. */
const TABLE = /^\/du-lieu\/[^/]+\.json$/;

/**
 * A module that failed once, as one may that two pages load at a time, would fail until the server ends.
 * @param {import("vite").ViteDevServer} server
 */
function forgetFailures({ moduleGraph }) {
  for (const module of moduleGraph.idToModuleMap.values()) {
    if (module.ssrError !== null) moduleGraph.invalidateModule(module);
  }
}

/**
 * Compiles files that have changed, as a page does that needs them.
 * @param {import("vite").ViteDevServer} server
 * @param {readonly string[]} files
 */
async function faultsIn(server, files) {
  /** @type {{ file: string, line?: number, message: string, frame?: string }[]} */
  const faults = [];
  for (const file of files) {
    server.moduleGraph.onFileChange(file);
    const address = `/@fs/${file.replace(/^\//, "")}`;
    await server.transformRequest(address).catch(({ message, loc, start, frame }) => {
      faults.push({ file, message, line: (loc ?? start)?.line, frame });
    });
  }
  return faults;
}

/**
 * What a page needs of the development server besides Vite: the rows of its queries, which a built
 * site has as files, and a reload when there are other rows. `chitieu dev` runs the server and tells it
 * by messages: `{ tables }` is a DuckDB file to show from now on, `{ problem }` why there is none;
 * `{ changed }` are files, of which the answer `{ faults }` says what is wrong.
 * @returns {import("vite").Plugin}
 */
export function liveRows() {
  return {
    name: "live-rows",
    apply: "serve",
    configureServer(server) {
      const results = async () =>
        /** @type {ResultsModule} */ (
          await server.ssrLoadModule(process.env.CHITIEU_RESULTS ?? "")
        );

      /**
       * Rendering a page leaves its rows with the server.
       * @param {import("node:http").IncomingMessage} request
       * @param {string} path
       * @returns {Promise<Answer>}
       */
      const answer = async (request, path) => {
        const { keptResults } = await results();
        const kept = keptResults(path);
        if (kept !== undefined) return { status: 200, text: kept };
        const [, page] = ROWS.exec(path) ?? [];
        if (page === undefined) return { status: 404 };
        const { status } = await fetch(`http://${request.headers.host}${page}`);
        const text = keptResults(path);
        return text === undefined ? { status: status === 200 ? 404 : status } : { status, text };
      };
      server.middlewares.use((request, response, next) => {
        forgetFailures(server);
        const path = decodeURI(new URL(request.url ?? "", "http://here").pathname);
        if (!ROWS.test(path) && !TABLE.test(path)) return next();
        return answer(request, path)
          .then(({ status, text }) => {
            response.statusCode = status;
            response.setHeader("content-type", "application/json; charset=utf-8");
            response.end(text);
          })
          .catch(next);
      });

      // A server that Vite starts again takes the place of the one before.
      process.removeAllListeners("message");
      process.on("message", async ({ tables, problem, changed }) => {
        if (changed !== undefined) {
          process.send?.({ faults: await faultsIn(server, changed) });
        } else if (problem !== undefined) {
          server.hot.send({ type: "error", err: { message: problem, stack: "" } });
        } else {
          process.env.CHITIEU_TABLES = tables;
          (await results()).showTables(tables);
          server.hot.send({ type: "full-reload" });
        }
      });
      server.httpServer?.once("listening", () => {
        const told = server.httpServer?.address();
        if (typeof told !== "object" || told === null) return;
        const { address, family, port } = told;
        process.send?.({ address, family, port });
      });
    },
  };
}
