import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

/** For `npm run typecheck` and editors; pages are made with `template/svelte.config.js`. */
export default { preprocess: vitePreprocess({ style: false }) };
