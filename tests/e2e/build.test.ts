import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSite } from "../../pipelines/site/build.ts";
import { writeMarts } from "../site/marts.ts";
import { builtSite } from "./site.ts";

/** A build may have to bundle, and to wait for one that bundles. */
const PATIENCE = 300_000;

/** Seconds that a build may take when only the data changed; it is 4 on an idle machine. */
const DATA_ONLY_S = 30;

let folder = "";

beforeAll(async () => {
  await builtSite();
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
    await writeMarts(marts, `update marts.plan set title = 'Kế hoạch đã sửa'`);
    await buildSite({ marts, out });
    const steps: string[] = [];
    const built = await buildSite({ marts, out, onProgress: (step) => steps.push(step) });
    expect(built.bundled).toBe(false);
    expect(built.pages).toBe(14);
    expect(steps.filter((step) => step !== "wait")).toEqual([
      "bundle",
      "sources",
      "pages",
      "publish",
    ]);
    const { bundle, sources, pages, publish } = built.milliseconds;
    expect((bundle + sources + pages + publish) / 1000).toBeLessThan(DATA_ONLY_S);
    const shown = await readFile(join(out, "index.html"), "utf8");
    expect(shown).toContain("Kế hoạch đã sửa");

    const broken = join(folder, "source.duckdb");
    await writeMarts(broken, "alter table marts.indicator drop column quote");
    await expect(buildSite({ marts: broken, out })).rejects.toThrow(/chitieu\/indicator failed/);

    // The source still runs; the page's own query finds text where it sums numbers.
    const text = join(folder, "page.duckdb");
    await writeMarts(
      text,
      "alter table marts.attainment_by_ward_quarter alter numerator type varchar",
    );
    await expect(buildSite({ marts: text, out })).rejects.toThrow(
      /nothing was published:\n {2}\/: Query "indicators" failed: .*sum\(VARCHAR\)/,
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
