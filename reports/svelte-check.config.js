import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

/**
 * For `npm run typecheck`; pages are made with `template/svelte.config.js`. By its usual name SvelteKit
 * would take this folder for a project of its own.
 */
export default { preprocess: vitePreprocess({ style: false }) };
