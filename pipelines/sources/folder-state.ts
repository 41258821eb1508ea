import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Plans, areas, keys and units as they lie in a folder of sources: another text when a file has changed. */
export async function folderState(sources: string): Promise<string> {
  const files: string[] = [];
  for (const folder of ["plans", "areas", "keys", "."]) {
    const names = await readdir(join(sources, folder)).catch((): string[] => []);
    for (const name of names.sort()) {
      const path = join(sources, folder, name);
      // of a link it is what it leads to that is read; that, or the file by now, may be gone
      const found = await stat(path, { bigint: true }).catch(() => null);
      if (found === null) files.push(`không còn ${path}`);
      if (!found?.isFile()) continue;
      const { dev, ino, size, mtimeNs, ctimeNs } = found;
      files.push([path, dev, ino, size, mtimeNs, ctimeNs].join(" "));
    }
  }
  return files.join("\n");
}
