// Applies the patches after an installation of the checkout. An installation without what only
// development needs has none of the patched packages, and is left as it is.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

const manifest = join(root, "node_modules", "patch-package", "package.json");
if (existsSync(manifest)) {
  const program = join(dirname(manifest), require(manifest).bin);
  for (const folder of [root, join(root, "reports")]) {
    const order = [program, "--error-on-fail", "--error-on-warn"];
    const { status } = spawnSync(process.execPath, order, { cwd: folder, stdio: "inherit" });
    if (status !== 0) process.exit(1);
  }
}
