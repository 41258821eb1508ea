import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cacheDownloads, type Download } from "../../pipelines/site/downloads.ts";
import { findWorkspace, type Workspace } from "../../pipelines/site/workspace.ts";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";
import { builtSite } from "./site.ts";

let warehouse: WarehousePaths;
let workspace: Workspace;

beforeAll(async () => {
  ({ warehouse } = await builtSite());
  workspace = {
    ...findWorkspace("site"),
    work: await mkdtemp(join(tmpdir(), "chitieu-downloads-")),
  };
});

afterAll(async () => {
  await rm(workspace.work, { recursive: true, force: true });
});

const digestOf = async ({ file }: Download): Promise<string> =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

test("files are made once, and again when a kept one is not what it was", async () => {
  const made = await cacheDownloads(workspace, warehouse, "shared");
  // Eight files for each of four versions.
  expect(made).toHaveLength(4 * 8);
  for (const one of made) expect(await digestOf(one)).toBe(one.sha256);
  const [first, second] = [made[0], made[8]];
  if (first === undefined || second === undefined) throw new Error("there are no files");
  const kept = await stat(second.file);

  await writeFile(first.file, "damaged");
  expect(await cacheDownloads(workspace, warehouse, "shared")).toEqual(made);
  expect(await digestOf(first)).toBe(first.sha256);
  expect((await stat(second.file)).mtimeMs).toBe(kept.mtimeMs);
});

test("what older code has made goes", async () => {
  const cache = join(workspace.work, "downloads");
  const made = await cacheDownloads(workspace, warehouse, "shared");
  const folders = (await readdir(cache)).sort();
  await writeFile(join(cache, "0123456789abcdef-0"), "");
  expect(await cacheDownloads(workspace, warehouse, "shared")).toEqual(made);
  expect((await readdir(cache)).sort()).toEqual(folders);
});
