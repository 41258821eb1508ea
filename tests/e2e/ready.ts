import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import type { DemonstrationSite } from "./demonstration.ts";

/** The demonstration's warehouse and site, and its address. */
export type ServedDemonstration = DemonstrationSite & { readonly url: string };

// Whoever imports this asks for it, and waits.
const file = inject("demonstrationFile");
writeFileSync(`${file}.wanted`, "");
while (!existsSync(file)) await sleep(100);
const found: ServedDemonstration | { readonly error: string } = JSON.parse(
  readFileSync(file, "utf8"),
);
if ("error" in found) throw new Error(found.error);

/** The demonstration, which `setup.ts` makes and serves once somebody asks for it. */
export const DEMONSTRATION: ServedDemonstration = found;
