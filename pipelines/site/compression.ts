import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";
import { placeFile } from "./place-file.ts";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** What the compressed copies of a file are called after it. */
export const COPIES = [".br", ".gz"] as const;

/** Below this a compressed copy saves no packet. */
const SMALLEST = 1024;

/** What shrinks; pictures and fonts are compressed already. */
const SHRINKING = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".xml"]);

/** Pages are compressed on every build, so quickly; what never changes, thoroughly and once. */
const QUICK = { brotli: 5, gzip: 6 };
const THOROUGH = { brotli: 9, gzip: 9 };

/**
 * Writes `file.br` and `file.gz` next to a file that shrinks and is at least 1 kB, unless they are there.
 * @param kept.cache folder that keeps the copies of a file which never changes, by its content;
 *   undefined for a file that does
 * @param kept.before the same file of the build before, whose copies are taken where it is the same
 */
export async function compressFile(
  file: string,
  { cache, before }: { readonly cache?: string | undefined; readonly before?: string } = {},
): Promise<void> {
  if (!SHRINKING.has(extname(file))) return;
  if (COPIES.every((ending) => existsSync(file + ending))) return;
  const content = await readFile(file);
  if (content.length < SMALLEST) return;
  if (cache === undefined && before !== undefined && (await copiesOf(before, content, file)))
    return;
  const quality = cache === undefined ? QUICK : THOROUGH;

  const make = {
    br: () =>
      brotli(content, {
        params: {
          [zlib.BROTLI_PARAM_QUALITY]: quality.brotli,
          [zlib.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      }),
    gz: () => gzipped(content, { level: quality.gzip }),
  };
  const digest = cache === undefined ? "" : createHash("sha256").update(content).digest("hex");
  await Promise.all(
    (["br", "gz"] as const).map(async (kind) => {
      if (cache === undefined) {
        await writeFile(`${file}.${kind}`, await make[kind]());
        return;
      }
      const kept = join(cache, `${digest}.${kind}`);
      if (!existsSync(kept)) {
        await mkdir(cache, { recursive: true });
        await writeFile(`${kept}.new`, await make[kind]());
        await rename(`${kept}.new`, kept);
      }
      await placeFile(kept, `${file}.${kind}`, before && `${before}.${kind}`);
    }),
  );
}

/** Copies the compressed copies of a file of the build before. @returns false where it is another one */
async function copiesOf(before: string, content: Buffer, file: string): Promise<boolean> {
  const known = await stat(before).catch(() => null);
  if (known?.size !== content.length || !(await readFile(before)).equals(content)) return false;
  if (!existsSync(`${before}.br`) || !existsSync(`${before}.gz`)) return false;
  for (const kind of ["br", "gz"]) await copyFile(`${before}.${kind}`, `${file}.${kind}`);
  return true;
}
