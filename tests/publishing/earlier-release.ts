import { join } from "node:path";
import { extract } from "tar";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";

/** What an earlier release left: see `tests/fixtures/README.md`. */
export interface EarlierRelease {
  /** Its plans and areas. */
  readonly sources: string;
  /** The long CSV of its versions, as it exported them. */
  readonly exported: string;
  /** Its warehouse, with nothing but the archive in it. */
  readonly paths: WarehousePaths;
}

/** Unpacks what a release left into a temporary folder. @param name `published-0.1.0` */
export function earlierRelease(name: string): EarlierRelease {
  const folder = newFolder();
  extract({
    cwd: folder,
    file: join(import.meta.dirname, `../fixtures/${name}.tar.gz`),
    sync: true,
  });
  return {
    sources: folder,
    exported: join(folder, "exported"),
    paths: warehousePaths(join(folder, "warehouse")),
  };
}
