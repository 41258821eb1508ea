import { configVirtual } from "@evidence-dev/sdk/build/vite";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { evidenceLibrary } from "./evidence-library.js";
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

export default defineConfig(({ command }) => ({
  plugins: [evidenceLibrary(), sveltekit(), configVirtual(), liveRows()],
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
