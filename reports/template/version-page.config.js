import { resolve } from "node:path";
import evidence from "@evidence-dev/preprocess";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { queriesOfPages } from "./page-scripts.js";

/** Bundles what renders the page of a version as a file: for servers, with all that it needs in it. */
export default defineConfig({
  plugins: [queriesOfPages(evidence), svelte()],
  resolve: { alias: { $lib: resolve("../../components") } },
  publicDir: false,
  ssr: { noExternal: true },
  build: { ssr: "src/version-page.js", outDir: ".svelte-kit/output/server" },
});
