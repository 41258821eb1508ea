import type { TestProject } from "vitest/node";
import { type DemonstrationSite, demonstrationSite } from "./demonstration.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The demonstration's warehouse and site, made before the first test of the lane. */
    readonly demonstration: DemonstrationSite;
  }
}

/** Makes the demonstration and its site once for all test files of the lane. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide("demonstration", await demonstrationSite());
}
