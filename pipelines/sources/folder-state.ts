import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Plans, areas and units as they lie in a folder of sources: another text when a file has changed. */
export async function folderState(sources: string): Promise<string> {
  const files: string[] = [];
  for (const folder of ["plans", "areas", "."]) {
    const names = await readdir(join(sources, folder)).catch((): string[] => []);
    for (const name of names.sort()) {
      const path = join(sources, folder, name);
      // a file can be gone again by now
      const found = await lstat(path, { bigint: true }).catch(() => null);
      if (!found?.isFile()) continue;
      const { dev, ino, size, mtimeNs, ctimeNs } = found;
      files.push([path, dev, ino, size, mtimeNs, ctimeNs].join(" "));
    }
  }
  return files.join("\n");
}
