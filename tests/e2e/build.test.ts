import { appendFile, cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSite } from "../../pipelines/site/build-site.ts";
import { versionDownloads } from "../../pipelines/site/downloads.ts";
import { listTree } from "../../pipelines/site/list-tree.ts";
import { runSources } from "../../pipelines/site/site-tables.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { changeMarts, PLAN } from "./marts.ts";
import { looseQueries } from "./page-order.ts";
import { builtSite } from "./site.ts";

/** A build may have to bundle, and to wait for one that bundles. */
const PATIENCE = 300_000;

let folder = "";
let demonstration: ReturnType<typeof builtSite>;

beforeAll(async () => {
  demonstration = builtSite();
  folder = await mkdtemp(join(tmpdir(), "chitieu-build-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test(
  "new data is shown without bundling and by few pages anew, and a failed build leaves what is shown",
  async () => {
    const out = join(folder, "site");
    const marts = join(folder, "first.duckdb");
    await cp(demonstration.dir, out, { recursive: true });
    await changeMarts(
      demonstration.marts,
      marts,
      `update marts.indicator set quote = '<b>Ít nhất</b> {x}' where indicator_code = '1.3a'`,
    );
    const { warehouse } = demonstration;
    const steps: string[] = [];
    const build = (from: string) =>
      buildSite({ marts: from, warehouse, out, onProgress: (step) => steps.push(step) });
    const changed = await build(marts);
    expect(changed.bundled).toBe(false);
    expect(steps.filter((step) => step !== "wait")).toEqual([
      "bundle",
      "downloads",
      "sources",
      "pages",
      "publish",
    ]);
    const page = join(out, PLAN, "chi-tieu/1.3a/index.html");
    // What a plan says is text, whatever it looks like.
    expect(await readFile(page, "utf8")).toContain("&lt;b>Ít nhất&lt;/b> {x}");
    // Its own page, those of its figures, the method, the list of those that are not there, and two live ones.
    expect(changed.rendered).toBeGreaterThanOrEqual(3);
    expect(changed.rendered).toBeLessThan(12);

    // A page that is not what was made is made again, and so is one whose rows are others.
    await appendFile(join(out, "tu-dien/index.html"), "<!-- by hand -->");
    // Nor is a compressed copy of the program's or of a published file that is damaged handed on.
    const whole = await listTree(out);
    const damaged = [/^_app\/.*\.js\.br$/, /\/tai-ve\/datapackage\.json\.gz$/].map(
      (name) => whole.find((file) => name.test(file)) ?? "",
    );
    for (const file of damaged) await writeFile(join(out, file), "damaged");
    const inodeOf = async (file: string) => (await stat(join(out, file))).ino;
    const inodes = new Map<string, number>();
    for (const file of await listTree(out)) inodes.set(file, await inodeOf(file));
    expect((await build(demonstration.marts)).rendered).toBe(changed.rendered + 1);
    const files = await listTree(demonstration.dir);
    expect(await listTree(out)).toEqual(files);
    // What has not changed is no second copy: it is the same file, with its compressed copies.
    const same = files.filter(
      (file) =>
        /^_app\/|^ma-kiem-tra\//.test(file) &&
        !file.startsWith("_app/version") &&
        !damaged.includes(file),
    );
    for (const file of same) expect([file, inodes.get(file)]).toEqual([file, await inodeOf(file)]);
    for (const file of files) {
      const [now, whole] = await Promise.all([
        readFile(join(out, file)),
        readFile(join(demonstration.dir, file)),
      ]);
      if (!now.equals(whole)) expect(file, "is as in the site built whole").toBeUndefined();
    }
    const shown = await readFile(page, "utf8");

    const broken = join(folder, "source.duckdb");
    await changeMarts(demonstration.marts, broken, "alter table marts.indicator drop column quote");
    await expect(buildSite({ marts: broken, out })).rejects.toThrow(
      /chitieu\/indicator\.sql failed: .*quote/,
    );

    // The source still runs; a page's own query finds text where it compares a number.
    const text = join(folder, "page.duckdb");
    await changeMarts(
      demonstration.marts,
      text,
      "alter table marts.report alter latest_version type varchar using 'x'",
    );
    await expect(buildSite({ marts: text, out })).rejects.toThrow(
      /nothing was published:\n[\s\S]*\/217-kh-ubnd-2024\/: Query "\w+" failed: /,
    );
    expect(await readFile(page, "utf8")).toBe(shown);
  },
  PATIENCE,
);

test("rows of pages stand in the same order however tables lie and are joined", async () => {
  const { dir, marts, warehouse } = demonstration;
  const workspace = findWorkspace("site");
  const tables = join(folder, "tables.duckdb");
  const downloads = await versionDownloads(workspace, warehouse, "shared");
  await runSources(workspace, marts, tables, { downloads, audience: "shared" });
  const rows = (await listTree(dir)).filter((file) => file.endsWith("du-lieu.json"));
  const sized = await Promise.all(
    rows.map(async (file) => ({ file, size: (await stat(join(dir, file))).size })),
  );
  const pages = sized
    .sort((a, b) => b.size - a.size)
    .map(({ file }) => `/${file.slice(0, -"du-lieu.json".length)}`);
  expect(await looseQueries(tables, pages)).toEqual([]);
});

test(
  "missing marts are named",
  async () => {
    await expect(
      buildSite({ marts: join(folder, "none.duckdb"), out: join(folder, "x") }),
    ).rejects.toThrow(/none\.duckdb is missing/);
  },
  PATIENCE,
);
