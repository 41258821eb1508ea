import type { TestProject } from "vitest/node";
import { servedSite } from "../site/served.ts";
import { type DemonstrationSite, demonstrationSite } from "./demonstration.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The demonstration's warehouse and site, made before the first test of the lane, and its address. */
    readonly demonstration: DemonstrationSite & { readonly url: string };
  }
}

/** Makes the demonstration and serves it for all test files of the lane: what renders pages starts once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const site = await demonstrationSite();
  const server = await servedSite(site);
  project.provide("demonstration", { ...site, url: server.url });
  return server.close;
}
