import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { start } from "../cli/run.ts";
import { PLAN } from "./marts.ts";
import { builtSite } from "./site.ts";

const SOURCES = join(import.meta.dirname, "../../sources");

/** The processes that a process has started and that have not ended. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.split(" ").flatMap((one) => (one === "" ? [] : [Number(one)]));
}

test("a watch keeps what renders the pages ready, shows a new form, and leaves nothing running", async () => {
  const demonstration = builtSite();
  const folder = mkdtempSync(join(tmpdir(), "chitieu-watch-pages-"));
  const paths = warehousePaths(join(folder, "warehouse"));
  const sources = join(folder, "sources");
  cpSync(demonstration.warehouse.folder, paths.folder, { recursive: true });
  cpSync(demonstration.dir, paths.site, { recursive: true });
  for (const name of ["plans", "areas", "units.csv"]) {
    cpSync(join(SOURCES, name), join(sources, name), { recursive: true });
  }
  mkdirSync(join(sources, "inbox"));

  const { child, ended } = start(["watch", "--sources", sources, "--warehouse", paths.folder]);
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text: string) => {
      said += text;
    });
  }
  const sites = () => said.match(/ site: \d+ pages/g)?.length ?? 0;
  const until = async (is: () => boolean) => {
    for (let tries = 0; tries < 1200 && !is(); tries += 1) await sleep(100);
    expect(is(), said).toBe(true);
  };
  const pid = child.pid ?? 0;
  await until(() => sites() === 1 && childrenOf(pid).length === 1);

  // one that was ended while it waited is started again
  for (const waiting of childrenOf(pid)) process.kill(waiting, "SIGKILL");
  await until(() => childrenOf(pid).length === 0);
  const page = join(paths.site, PLAN, "thoi-han/index.html");
  const before = readFileSync(page, "utf8");
  const [plan] = readCatalogue(SOURCES).plans;
  if (plan === undefined) throw new Error("no plan");
  const form = (await demonstrationForms(plan, 9)).at(-1);
  writeFileSync(join(sources, "inbox", form?.fileName ?? ""), form?.bytes ?? "");
  await until(() => sites() === 2);
  expect(said).toMatch(/accepted .*\.xlsx/);
  expect(readFileSync(page, "utf8")).not.toBe(before);

  await until(() => childrenOf(pid).length > 0);
  const running = childrenOf(pid);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
  const isThere = (one: number) => {
    try {
      return process.kill(one, 0);
    } catch {
      return false;
    }
  };
  for (let tries = 0; tries < 50 && running.some(isThere); tries += 1) await sleep(100);
  expect(running.filter(isThere)).toEqual([]);
}, 300_000);
