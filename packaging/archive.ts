import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { create } from "tar";
import { ZipFile } from "yazl";

/**
 * Packs a folder. The same content gives the same bytes: files stand in the order of their paths,
 * with one date and nobody's name.
 * @param folder its own name is the archive's only top folder
 * @param file `.tar.gz` or `.zip`
 * @param date what every file is dated
 */
export async function archiveFolder(folder: string, file: string, date: Date): Promise<void> {
  const top = dirname(folder);
  const files = (await filesUnder(folder)).map((path) => relative(top, path));
  if (file.endsWith(".tar.gz")) {
    await create({ cwd: top, file, gzip: { level: 9 }, portable: true, mtime: date }, files);
    return;
  }
  const zip = new ZipFile();
  for (const path of files) {
    zip.addFile(join(top, path), path.split(sep).join("/"), {
      // a zip file dates in the machine's zone, so the date is made of local parts
      mtime: localParts(date),
      forceDosTimestamp: true,
      mode: (await isExecutable(join(top, path))) ? 0o100755 : 0o100644,
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

/** Hexadecimal sha256 of a file. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** The same in every zone, also where a file has the zone's own time. */
function localParts(date: Date): Date {
  return new Date(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return ((await stat(path)).mode & 0o100) !== 0;
}

/** Every file of a folder in the order of code units, which no machine's language changes. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
