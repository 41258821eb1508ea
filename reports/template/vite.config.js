import { createRequire } from "node:module";
import { resolve } from "node:path";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { IS_OWN } from "./bundled-part.js";
import { liveRows } from "./live-rows.js";

/** What the components use: known beforehand, a page that is open is not loaded again for each. */
const ofLibrary = [
  "@evidence-dev/core-components > @internationalized/date",
  "@evidence-dev/core-components > chroma-js",
  "@evidence-dev/core-components > clsx",
  "@evidence-dev/core-components > echarts",
  "@evidence-dev/core-components > export-to-csv",
  "@evidence-dev/core-components > lodash/merge",
  "@evidence-dev/core-components > prismjs",
  "@evidence-dev/core-components > tailwind-merge",
  "@evidence-dev/core-components > tailwind-variants",
  "@evidence-dev/core-components > zod",
  "@evidence-dev/component-utilities > @tidyjs/tidy",
  "@evidence-dev/sdk > @uwdata/mosaic-sql",
  "@evidence-dev/sdk > deep-object-diff",
  "@evidence-dev/sdk > nanoid",
];

const require = createRequire(import.meta.url);
const PLAIN_BASE = require.resolve("tailwindcss/src/css/preflight.css");

/** @type {import("vite").Plugin} */
const plainBase = {
  name: "plain-base",
  enforce: "pre",
  transform: (code, id) =>
    // with what it names itself for those that have no theme
    id.endsWith("/preflight.css") ? code.replace(/theme\('[^']+', (.*)\)/g, "$1") : undefined,
};

const parts = IS_OWN ? [plainBase] : (await import("./evidence-library.js")).evidencePlugins();

export default defineConfig(({ command }) => ({
  plugins: [...parts, sveltekit(), liveRows()],
  // Tailwind is for Evidence's components; the sheet below ours is its plain base otherwise
  css: IS_OWN ? { postcss: {} } : {},
  resolve: { alias: { "$base.css": IS_OWN ? PLAIN_BASE : resolve("src/app.css") } },
  // The bundle includes its packages: a release has none of them.
  ssr: { noExternal: command === "build" ? true : [/^@evidence-dev\//, /^@steeze-ui\//] },
  // Components, static files and packages lie outside the folder of the project.
  server: { fs: { strict: false } },
  optimizeDeps: {
    // named, since what Vite finds later makes it load the page again, and a choice is lost
    include: ["d3-scale", "ssf", "@duckdb/duckdb-wasm", ...ofLibrary],
    exclude: ["@evidence-dev/sdk", "@evidence-dev/component-utilities"],
  },
  worker: { format: "es" },
}));
