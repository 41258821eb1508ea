import { configVirtual } from "@evidence-dev/sdk/build/vite";
import { sveltekit } from "@sveltejs/kit/vite";
import { liveRows } from "./live-rows.js";

/** @type {import("vite").UserConfig} */
export default {
  plugins: [sveltekit(), configVirtual(), liveRows()],
  // Components, static files and packages lie outside the folder of the project.
  server: { fs: { strict: false } },
  optimizeDeps: { include: ["d3-scale", "d3-shape"], exclude: ["@evidence-dev/sdk"] },
};
