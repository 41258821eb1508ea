import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { heldBundles } from "../../pipelines/site/held-bundles.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { newFolder } from "../folders.ts";

test("pages that are shown keep their bundle where another process makes it anew", async () => {
  const work = newFolder();
  const made = join(work, "made");
  const write = (text: string): void => {
    rmSync(made, { recursive: true, force: true });
    mkdirSync(join(made, "server"), { recursive: true });
    writeFileSync(join(made, "server", "index.js"), text);
  };
  // of a process that was killed: no number is so large
  mkdirSync(join(work, "shown", "99999999", "own"), { recursive: true });
  const checkout = findWorkspace(work);
  const bundles = { ...checkout.bundles, own: made };
  const { workspace, hold } = heldBundles({ ...checkout, work, bundles });
  write("first");
  await hold("own");
  write("second");
  await hold("own");
  expect(readFileSync(join(workspace.bundles.own, "server", "index.js"), "utf8")).toBe("first");
  expect(existsSync(join(work, "shown", "99999999"))).toBe(false);

  const release = { ...checkout, work, bundles, bundler: null };
  expect(heldBundles(release).workspace).toBe(release);
});
