import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listTree } from "../../pipelines/site/list-tree.ts";
import { PLAN } from "../e2e/marts.ts";
import { replacedMarts, titled, until } from "./replaced-marts.ts";
import { writtenSite } from "./served.ts";

test("what is served is, byte for byte, what is written for a host of static files", async () => {
  const { demonstration, folder, served } = replacedMarts();
  const site = await served();
  const files = await listTree(demonstration.dir);
  expect(files.filter((file) => file.endsWith("index.html")).length).toBeGreaterThan(130);
  const other: string[] = [];
  for (const file of files) {
    const address = encodeURI(`/${file.replace(/(^|\/)index\.html$/, "$1")}`);
    const asked = file === "404.html" ? "/nowhere/" : address;
    const answer = await fetch(site.url + asked);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const status = file === "404.html" ? 404 : 200;
    if (answer.status !== status || !bytes.equals(await readFile(join(demonstration.dir, file)))) {
      other.push(`${file} ${answer.status}`);
    }
  }
  expect(other).toEqual([]);
  // where a site is, nothing is left of what is no more
  const out = join(folder, "written");
  await mkdir(join(out, "_app"), { recursive: true });
  await writeFile(join(out, "old.html"), "");
  await writtenSite({ marts: demonstration.marts, warehouse: demonstration.warehouse }, out);
  expect(await listTree(out)).toEqual(files);
});

test("what renders stays below 400 MiB when every page was asked for, of one build and the next", async () => {
  const { demonstration, show, served } = replacedMarts();
  const site = await served();
  const pages = (await listTree(demonstration.dir))
    .filter((file) => file.endsWith("index.html"))
    .map((file) => `/${file.slice(0, -"index.html".length)}`);
  const memory = async () =>
    Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${site.pages.pid}/status`, "utf8"))?.[1]) /
    1024;
  let most = 0;
  for (const title of ["Tên một", "Tên hai"]) {
    await show(titled(title));
    await until(site, `/${PLAN}/`, title);
    for (const page of pages) {
      expect((await fetch(site.url + encodeURI(page))).status).toBe(200);
      most = Math.max(most, await memory());
    }
  }
  console.log(`at most ${Math.round(most)} MiB`);
  expect(most).toBeLessThan(400);
});
