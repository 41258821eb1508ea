import { existsSync } from "node:fs";

/** In the project of Evidence's pages it is not. */
const PAGE = "src/pages/[plan]/bao-cao/[period]/[version]/+page.md";

/**
 * Adds what renders the page of a version as a file to the bundle for servers, as `version-page.js`.
 * @returns {import("vite").Plugin}
 */
export function versionPage() {
  let isForServers = false;
  return {
    name: "version-page",
    apply: "build",
    configResolved({ build }) {
      isForServers = Boolean(build.ssr);
    },
    buildStart() {
      if (!isForServers || !existsSync(PAGE)) return;
      this.emitFile({ type: "chunk", id: "src/version-page.js", fileName: "version-page.js" });
    },
  };
}
