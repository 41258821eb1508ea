import { configVirtual } from "@evidence-dev/sdk/build/vite";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { liveRows } from "./live-rows.js";

export default defineConfig(({ command }) => ({
  plugins: [sveltekit(), configVirtual(), liveRows()],
  // The bundle renders without packages: in a release there are none of these.
  ...(command === "build" ? { ssr: { noExternal: true } } : {}),
  // Components, static files and packages lie outside the folder of the project.
  server: { fs: { strict: false } },
  optimizeDeps: { include: ["d3-scale", "d3-shape"], exclude: ["@evidence-dev/sdk"] },
}));
