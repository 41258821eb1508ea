import { existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compressSite } from "../../pipelines/site/publication.ts";
import { newFolder } from "../folders.ts";

const PAGE = "<p>Chỉ tiêu</p>".repeat(200);

test("what is as it was in the site that is shown is not compressed again, and what has changed is", async () => {
  const folder = newFolder();
  const [shown, next, cache] = ["shown", "next", "cache"].map((name) => join(folder, name));
  if (shown === undefined || next === undefined || cache === undefined)
    throw new Error("no folder");
  const same = PAGE.replaceAll("Chỉ", "CHỈ");
  const before = { "a.html": PAGE, "b.html": PAGE, "c.html": PAGE };
  const now = { "a.html": PAGE, "b.html": same, "c.html": PAGE, "d.html": PAGE };
  for (const [site, pages] of [
    [shown, before],
    [next, now],
  ] as const) {
    mkdirSync(site);
    for (const [name, page] of Object.entries(pages)) writeFileSync(join(site, name), page);
  }
  await compressSite(shown, cache);
  // by this it is seen whose copies they are; one of the other's was lost
  const mark = gzipSync(PAGE, { level: 1 });
  for (const name of ["a.html", "b.html", "c.html"]) writeFileSync(join(shown, `${name}.gz`), mark);
  unlinkSync(join(shown, "c.html.br"));

  await compressSite(next, cache, shown);
  for (const [name, page] of Object.entries(now)) {
    const [br, gz] = ["br", "gz"].map((kind) => readFileSync(join(next, `${name}.${kind}`)));
    if (br === undefined || gz === undefined) throw new Error(`${name} has no copies`);
    expect([name, brotliDecompressSync(br).toString(), gunzipSync(gz).toString()]).toEqual([
      name,
      page,
      page,
    ]);
    expect([name, gz.equals(mark)]).toEqual([name, name === "a.html"]);
  }
  // a site that is the first has none to take them from
  await compressSite(next, cache, join(folder, "nowhere"));
  expect(existsSync(join(next, "a.html.br"))).toBe(true);
});
