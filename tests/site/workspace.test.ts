import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureBundle } from "../../pipelines/site/bundle.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { newFolder } from "../folders.ts";
import { ROOT } from "../lanes.ts";

test("a checkout of another user works in the warehouse, with the bundle that is there", async (context) => {
  const root = newFolder();
  const own = join(root, "reports", ".evidence");
  mkdirSync(join(root, "reports", "pages"), { recursive: true });
  mkdirSync(join(root, "reports", "components"));
  mkdirSync(own);
  for (const folder of [".", "reports"]) {
    symlinkSync(join(ROOT, folder, "node_modules"), join(root, folder, "node_modules"));
  }
  const office = join(root, "office");
  expect(findWorkspace(office, root).work).toBe(own);
  try {
    execFileSync("chattr", ["+i", own], { stdio: "ignore" });
  } catch {
    context.skip("needs chattr, as root");
  }
  try {
    const workspace = findWorkspace(office, root);
    expect(workspace.work).toBe(join(root, "office", "work"));
    expect(workspace.bundles.own).toBe(join(own, "template-own", ".svelte-kit", "output"));
    const { bundler } = workspace;
    if (bundler === null) throw new Error("a checkout has a bundler");
    await expect(ensureBundle(workspace, bundler, "own")).rejects.toThrow(
      /người dùng này không có quyền ghi vào .*\.evidence\. Chạy chitieu site một lần bằng người dùng sở hữu chương trình/,
    );
  } finally {
    execFileSync("chattr", ["-i", own]);
  }
});
