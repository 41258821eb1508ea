import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { start } from "../cli/run.ts";
import { newFolder } from "../folders.ts";
import { servedSite } from "../site/served.ts";
import { PLAN } from "./marts.ts";
import { builtSite } from "./site.ts";

const SOURCES = join(import.meta.dirname, "../../sources");

test("a form in a watched folder is in what is served", async () => {
  const demonstration = builtSite();
  const folder = newFolder("chitieu-watch-pages-");
  const paths = warehousePaths(join(folder, "warehouse"));
  const sources = join(folder, "sources");
  cpSync(demonstration.warehouse.folder, paths.folder, { recursive: true });
  for (const name of ["plans", "areas", "units.csv"]) {
    cpSync(join(SOURCES, name), join(sources, name), { recursive: true });
  }
  mkdirSync(join(sources, "inbox"));
  const site = await servedSite({ marts: paths.marts, warehouse: paths });
  const { child, ended } = start(["watch", "--sources", sources, "--warehouse", paths.folder]);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await site.close();
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: string) => {
      output += text;
    });
  }
  const until = async (is: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 1200 && !(await is()); tries += 1) await sleep(100);
    expect(await is(), output).toBe(true);
  };
  // the marts of the day on which the test runs
  await until(() => output.includes("số liệu: "));
  const page = async () => (await fetch(`${site.url}/${PLAN}/thoi-han/`)).text();
  await sleep(1000);
  const before = await page();
  const [plan] = readCatalogue(SOURCES).plans;
  if (plan === undefined) throw new Error("no plan");
  const form = (await demonstrationForms(plan, 9)).at(-1);
  const began = performance.now();
  writeFileSync(join(sources, "inbox", form?.fileName ?? ""), form?.bytes ?? "");
  await until(async () => (await page()) !== before);
  console.log(`shown after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  expect(output).toMatch(/đã nhận .*\.xlsx/);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});
