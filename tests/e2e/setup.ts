import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { SiteServer } from "../../pipelines/site/server.ts";
import { PARTS } from "../../pipelines/site/workspace.ts";
import { PAGES_WANTED } from "../lanes.ts";
import { servedSite } from "../site/served.ts";
import { demonstrationSite } from "./demonstration.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The file that says where the demonstration is, once it is there: see `ready.ts`. */
    readonly demonstrationFile: string;
  }
}

/**
 * Makes the demonstration when the first test asks for it, and serves it for all: what renders pages
 * starts once. It is made beside the tests that need none of it, in a process of its own. What takes
 * longest, the pages of Evidence's components, is there in the long lane.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "chitieu-demonstration-"));
  const file = join(folder, "demonstration.json");
  project.provide("demonstrationFile", file);
  const write = (found: object) => {
    writeFileSync(`${file}.new`, JSON.stringify(found));
    renameSync(`${file}.new`, file);
  };
  let serving: Promise<SiteServer | undefined> | undefined;
  const wanted = setInterval(() => {
    const isWanted = process.env[PAGES_WANTED] === project.name || existsSync(`${file}.wanted`);
    if (serving !== undefined || !isWanted) return;
    serving = served(write, project.name === "long").catch((error: unknown) => {
      write({ error: String(error) });
      return undefined;
    });
  }, 100);
  return async () => {
    clearInterval(wanted);
    await (await serving)?.close();
    await rm(folder, { recursive: true });
  };
}

async function served(write: (found: object) => void, isWhole: boolean): Promise<SiteServer> {
  const making = join(import.meta.dirname, "make-demonstration.ts");
  const made = spawn(process.execPath, ["--import", "tsx", making, ...(isWhole ? ["whole"] : [])], {
    stdio: "inherit",
  });
  const [code] = await once(made, "exit");
  if (code !== 0) throw new Error("the demonstration could not be made, see above");
  const site = await demonstrationSite(isWhole);
  const server = await servedSite({ ...site, parts: isWhole ? PARTS : ["own"] });
  write({ ...site, url: server.url });
  return server;
}
