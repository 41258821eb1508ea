import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSite } from "../../pipelines/site/build-site.ts";
import { listTree } from "../../pipelines/site/publication.ts";
import { changeMarts } from "./marts.ts";
import { type BuiltSite, builtSite } from "./site.ts";

/** A build may have to bundle, and to wait for one that bundles. */
const PATIENCE = 300_000;

let folder = "";
let demonstration: BuiltSite;

beforeAll(async () => {
  demonstration = await builtSite();
  folder = await mkdtemp(join(tmpdir(), "chitieu-build-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test(
  "new data is shown without bundling, and a failed build leaves what is shown",
  async () => {
    const out = join(folder, "site");
    const marts = join(folder, "first.duckdb");
    await changeMarts(
      demonstration.marts,
      marts,
      `update marts.plan set title = '<b>Kế hoạch</b> đã sửa {x}'`,
    );
    const steps: string[] = [];
    const build = () => buildSite({ marts, out, onProgress: (step) => steps.push(step) });
    // Another state of the pages may have been bundled since the demonstration's site was.
    if ((await build()).bundled) {
      steps.length = 0;
      expect((await build()).bundled).toBe(false);
    }
    const pages = async (dir: string) =>
      (await listTree(dir)).filter((file) => file.endsWith("index.html"));
    expect(await pages(out)).toEqual(await pages(demonstration.dir));
    expect(steps.filter((step) => step !== "wait")).toEqual([
      "bundle",
      "downloads",
      "sources",
      "pages",
      "publish",
    ]);
    const shown = await readFile(join(out, "index.html"), "utf8");
    // What a plan says is text, whatever it looks like.
    expect(shown).toContain("&lt;b>Kế hoạch&lt;/b> đã sửa {x}");

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
    expect(await readFile(join(out, "index.html"), "utf8")).toBe(shown);
  },
  PATIENCE,
);

test(
  "missing marts are named",
  async () => {
    await expect(
      buildSite({ marts: join(folder, "none.duckdb"), out: join(folder, "x") }),
    ).rejects.toThrow(/none\.duckdb is missing/);
  },
  PATIENCE,
);
