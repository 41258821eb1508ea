import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import { listTree } from "./list-tree.ts";

/** Texts that more than one page takes in, by their paths within `reports/partials`. */
export type Partials = ReadonlyMap<string, string>;

/** Where Evidence puts a partial into a page. */
const PARTIAL = /\{@partial\s+"(.*?)"\s*\}/g;

/** The partials of the pages in a folder with `partials/`, if it has any. */
export async function readPartials(reports: string): Promise<Partials> {
  const folder = join(reports, "partials");
  const partials = new Map<string, string>();
  for (const name of existsSync(folder) ? await listTree(folder) : []) {
    partials.set(name, await readFile(join(folder, name), "utf8"));
  }
  return partials;
}

/** The partials that a page takes in, in their order. */
export function partialsIn(page: string): string[] {
  return [...page.matchAll(PARTIAL)].map(([, name = ""]) => name);
}

/** A page with other texts in the places of its partials. */
export function replacePartials(page: string, textOf: (name: string) => string): string {
  return page.replace(PARTIAL, (_, name: string) => textOf(name));
}

/** @throws Failure for a partial that is not there */
export function partialText(partials: Partials, name: string): string {
  const text = partials.get(name);
  if (text === undefined) {
    throw new Failure(`A page takes in reports/partials/${name}, which is not there.`);
  }
  return text;
}
