import { copyFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { changeMarts } from "../e2e/marts.ts";
import { builtSite } from "../e2e/site.ts";
import { newFolder } from "../folders.ts";
import { type ServedSite, servedSite } from "./served.ts";

/** Another build of the same marts is shown within so long. */
export const SHOWN_MS = 20_000;

/** The demonstration, served from marts that a test replaces. */
export interface ReplacedMarts {
  readonly demonstration: ReturnType<typeof builtSite>;
  readonly folder: string;
  /** Puts other marts in the place of those that are shown, as a build does. */
  show(sql: string): Promise<void>;
  /** Serves the marts of the demonstration until the test ends. */
  served(seen?: {
    readonly problems?: string[];
    readonly troubles?: string[];
  }): Promise<ServedSite>;
}

export function replacedMarts(): ReplacedMarts {
  const demonstration = builtSite();
  const folder = newFolder("chitieu-resident-");
  const marts = join(folder, "marts.duckdb");
  return {
    demonstration,
    folder,
    async show(sql) {
      const aside = `${marts}.aside`;
      await changeMarts(demonstration.marts, aside, sql);
      await rename(aside, marts);
    },
    async served({ problems, troubles } = {}) {
      await copyFile(demonstration.marts, marts);
      const site = await servedSite({
        marts,
        warehouse: demonstration.warehouse,
        events: {
          onProblem: (path, reason) => problems?.push(`${path} ${reason}`),
          onTrouble: (reason) => reason !== null && troubles?.push(reason),
        },
      });
      onTestFinished(() => site.close());
      return site;
    },
  };
}

/** SQL that gives the plan another title. */
export const titled = (title: string): string => `update marts.plan set short_title = '${title}'`;

export const textOf = async (site: ServedSite, path: string): Promise<string> =>
  (await fetch(site.url + path)).text();

/** Waits until a page says something. */
export async function until(site: ServedSite, path: string, text: string): Promise<string> {
  const patience = Date.now() + SHOWN_MS;
  for (;;) {
    const page = await textOf(site, path);
    if (page.includes(text)) return page;
    if (Date.now() > patience) throw new Error(`${path} does not say ${text}`);
    await sleep(50);
  }
}
