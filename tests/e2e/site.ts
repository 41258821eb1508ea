import { test as anyTest } from "vitest";
import { type ServedSite, servedSite } from "../site/served.ts";
import type { BuiltSite } from "./demonstration.ts";
import { type Visit, visitOf, withSite } from "./visits.ts";

export * from "./visits.ts";

/** A test that visits the site of the demonstration. */
export const test = anyTest.extend<{ readonly visit: Visit }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs
  visit: async ({}, use) => withSite(use),
});

/** A test that visits another site, which is there when the first of them begins, and served for all. */
export const testOf = (site: () => BuiltSite): typeof test =>
  anyTest
    .extend<{ readonly server: ServedSite }>({
      server: [
        // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs
        async ({}, use) => {
          const server = await servedSite(site());
          await use(server);
          await server.close();
        },
        { scope: "file" },
      ],
    })
    .extend<{ readonly visit: Visit }>({
      visit: async ({ server }, use) => visitOf(site(), server, use),
    });
