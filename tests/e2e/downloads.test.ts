import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Download, downloadFolder, versionDownloads } from "../../pipelines/site/downloads.ts";
import { servedFaults } from "../../pipelines/site/served-files.ts";
import { findWorkspace, type Workspace } from "../../pipelines/site/workspace.ts";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";
import { builtSite } from "./site.ts";

let dir: string;
let warehouse: WarehousePaths;
let workspace: Workspace;

beforeAll(async () => {
  ({ dir, warehouse } = await builtSite());
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

test("the files that are offered are those of the archive, under the names that were published", async () => {
  const offered = await versionDownloads(workspace, warehouse, "shared");
  // Nine files for each of four versions.
  expect(offered).toHaveLength(4 * 9);
  for (const one of offered) {
    expect(one.file).toBe(join(warehouse.archive, one.sha256));
    expect(await digestOf(one)).toBe(one.sha256);
    expect(
      await digestOf({ ...one, file: join(dir, downloadFolder(one), one.name) }),
      one.name,
    ).toBe(one.sha256);
  }
  expect(await readdir(join(workspace.work, "downloads"))).toEqual([]);
});

test("what the site hands out is compared with what was published, compressed copies too", async () => {
  const site = join(workspace.work, "site");
  await cp(dir, site, { recursive: true });
  expect(await servedFaults(warehouse, site, "shared")).toEqual([]);
  const [first, second] = await versionDownloads(workspace, warehouse, "shared");
  const descriptor = (await versionDownloads(workspace, warehouse, "shared")).find(({ name }) =>
    name.endsWith(".json"),
  );
  if (first === undefined || second === undefined || descriptor === undefined) {
    throw new Error("there are no files");
  }
  const served = (one: Download) => join(site, downloadFolder(one), one.name);
  await writeFile(served(first), "other");
  await rm(served(second));
  await writeFile(`${served(descriptor)}.gz`, gzipSync("{}"));
  expect(await servedFaults(warehouse, site, "shared")).toEqual([
    `${served(first)} is not the file that was published. chitieu site puts the published one there.`,
    `${served(second)} is missing: it was published. chitieu site puts the published one there.`,
    `${served(descriptor)}.gz is not the file that was published. chitieu site puts the published one there.`,
  ]);
});
