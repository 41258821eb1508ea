import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, syncPath } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { uniqueName } from "../warehouse/random.ts";
import { removeMarts } from "../warehouse/shown-marts.ts";

/** Folder in the archive of an erasure that was ordered and not carried out yet. */
const ORDERED = ".erasing";
const LIST = "order.json";

const Order = z.object({
  /** Files of the journal that take the place of others, or are new: they lie in the folder. */
  entries: z.array(z.string().regex(/^\d{12}-[a-z_]+\.(json|parquet)$/)),
  /** sha256 of files of the archive that go. */
  files: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  /** Names of replies that go. */
  replies: z.array(z.string().regex(/^[^/\\]+$/)),
});
/** What an erasure removes, and what replaces it. */
export type Order = z.infer<typeof Order>;

function orderedFolder({ archive }: WarehousePaths): string {
  return join(archive, ORDERED);
}

/** Whether an erasure was ordered that is not carried out yet. */
export function isOrdered(paths: WarehousePaths): boolean {
  return existsSync(orderedFolder(paths));
}

/**
 * Orders an erasure: from here on it is carried out whatever happens, by this process or by the next
 * one that opens the ledger. Only while the ledger is held.
 * @param write writes the files of the journal into the folder that it is given
 * @throws Failure when the archive cannot be written; nothing was ordered then
 */
export async function orderErasure(
  paths: WarehousePaths,
  order: Order,
  write: (folder: string) => Promise<void>,
): Promise<void> {
  const begun = join(paths.archive, `${ORDERED}-${uniqueName()}`);
  try {
    for (const name of await readdir(paths.archive)) {
      if (name.startsWith(`${ORDERED}-`)) await rm(join(paths.archive, name), { recursive: true });
    }
    await mkdir(begun, { mode: 0o700 });
    await write(begun);
    await writeFile(join(begun, LIST), JSON.stringify(order), { flush: true });
    for (const name of order.entries) await syncPath(join(begun, name));
    await syncPath(begun);
    await moveFile(begun, orderedFolder(paths));
    await syncPath(paths.archive);
  } catch (error) {
    await rm(begun, { recursive: true, force: true }).catch(() => undefined);
    throw fileFailure(error, "Không chuẩn bị được việc xóa trong kho lưu trữ");
  }
}

/**
 * Puts the files of the journal in their places and takes away what was ordered to go, the marts with
 * it, which still have the texts. Done again after a kill it goes on. Only while the ledger is held.
 * @throws Failure when the archive cannot be written
 */
export async function carryOut(paths: WarehousePaths): Promise<void> {
  const folder = orderedFolder(paths);
  try {
    const order = Order.parse(JSON.parse(await readFile(join(folder, LIST), "utf8")));
    await mkdir(paths.entries, { recursive: true });
    for (const name of order.entries) {
      const staged = join(folder, name);
      if (existsSync(staged)) await moveFile(staged, join(paths.entries, name));
    }
    await syncPath(paths.entries);
    for (const sha256 of order.files) await rm(join(paths.archive, sha256), { force: true });
    for (const name of order.replies) await rm(join(paths.replies, name), { force: true });
    await syncPath(paths.archive);
    await removeMarts(paths.marts);
  } catch (error) {
    throw fileFailure(error, "Không thực hiện được việc xóa");
  }
}

/** Ends an erasure, once the ledger is made without what was erased. */
export async function forgetOrder(paths: WarehousePaths): Promise<void> {
  await rm(orderedFolder(paths), { recursive: true, force: true });
}
