import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { z } from "zod";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import { sha256Of, unlessMissing } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { placeFiles } from "../warehouse/place-files.ts";
import { listTree } from "./list-tree.ts";

/** What was written last for an audience, so that what is altered there is found. */
const WrittenFiles = z.object({
  out: z.string(),
  /** Digests by address. */
  files: z.record(z.string(), z.string()),
});
type WrittenFiles = z.infer<typeof WrittenFiles>;

type Audience = (typeof AUDIENCES)[number];

/** Files that are named one by one. */
const MAX_TOLD = 20;

const listOf = ({ folder }: Pick<WarehousePaths, "folder">, audience: Audience): string =>
  join(folder, `site-${audience}.json`);

/** Keeps what the files of a site are. */
export async function keepWritten(
  paths: Pick<WarehousePaths, "folder">,
  audience: Audience,
  written: WrittenFiles,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(written));
  await placeFiles([{ file: listOf(paths, audience), bytes }], () => true);
}

/**
 * Files of the sites that were written last which are not as they were written, one sentence each;
 * nothing of a site that is not there any more.
 * @param elsewhere a copy of one of them, in whose place it is looked at
 */
export async function siteFaults(
  paths: Pick<WarehousePaths, "folder">,
  elsewhere?: string,
): Promise<string[]> {
  const faults: string[][] = [];
  for (const audience of AUDIENCES) {
    const text = await unlessMissing(readFile(listOf(paths, audience), "utf8"));
    if (text === null) continue;
    const written = WrittenFiles.parse(JSON.parse(text));
    const out = elsewhere ?? written.out;
    if (existsSync(out)) faults.push(await faultsIn(out, written.files));
  }
  // a copy is of one audience
  if (elsewhere !== undefined) return faults.sort((a, b) => a.length - b.length)[0] ?? [NEVER];
  return faults.flat();
}

const NEVER = "Bản này chưa lập trang từ kho dữ liệu này: lập bằng chitieu site.";

async function faultsIn(out: string, files: WrittenFiles["files"]): Promise<string[]> {
  const there = new Set((await listTree(out)).map((file) => `/${file.split(sep).join("/")}`));
  const faults: string[] = [];
  for (const [address, sha256] of Object.entries(files)) {
    const path = join(out, address);
    if (!there.delete(address)) faults.push(`Thiếu ${path} do chitieu site đã ghi.`);
    else if (sha256Of(await readFile(path)) !== sha256) {
      faults.push(`${path} đã bị sửa sau khi chitieu site ghi.`);
    }
  }
  // a packed copy beside a page is what some hosts send in its place
  for (const address of there) faults.push(`${join(out, address)} không do chitieu site ghi.`);
  const more = faults.length - MAX_TOLD;
  return more > 0 ? [...faults.slice(0, MAX_TOLD), `${out}: và ${more} tệp khác nữa.`] : faults;
}
