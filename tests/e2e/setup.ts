import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { SiteServer } from "../../pipelines/site/server.ts";
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
 * starts once. It is made beside the tests that need none of it, in a process of its own.
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
    if (serving !== undefined || !existsSync(`${file}.wanted`)) return;
    serving = served(write).catch((error: unknown) => {
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

async function served(write: (found: object) => void): Promise<SiteServer> {
  const making = join(import.meta.dirname, "make-demonstration.ts");
  const made = spawn(process.execPath, ["--import", "tsx", making], { stdio: "inherit" });
  const [code] = await once(made, "exit");
  if (code !== 0) throw new Error("the demonstration could not be made, see above");
  const site = await demonstrationSite();
  const server = await servedSite(site);
  write({ ...site, url: server.url });
  return server;
}
