import { fileURLToPath } from "node:url";

/**
 * `npm ci` runs it in a checkout: makes the files that git does not keep. It never fails an
 * installation: whatever needs one of them makes it, or says why it cannot.
 */
const tsx = await import("tsx/esm/api").catch(() => null);
if (tsx !== null) {
  tsx.register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
  await import("../pipelines/development/make-stale.ts").catch(({ message }) => {
    console.error(`chitieu: ${message}`);
  });
}
