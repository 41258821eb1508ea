import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** Whether a program is on this machine; its tests are skipped where it is not. */
export const isInstalled = (program: string): boolean =>
  spawnSync(program, ["--version"], { timeout: 30_000 }).error === undefined;

export const hasLibreOffice = isInstalled("soffice");

/**
 * Converts files of a folder with LibreOffice, into the folder `out` within it. A conversion that runs
 * away is stopped by time and file size.
 */
export function convert(folder: string, format: string, files: readonly string[], out = "."): void {
  const options = [
    `-env:UserInstallation=file://${join(folder, "profile")}`,
    ...["--headless", "--convert-to", format, "--outdir", out],
  ];
  const command = 'ulimit -f 200000; exec timeout 90 soffice "$@"';
  execFileSync("bash", ["-c", command, "soffice", ...options, ...files], {
    cwd: folder,
    stdio: "ignore",
  });
}

/** A picture of the first page costs as much as the rest of an .ods. */
const WITHOUT_PICTURES = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="GenerateThumbnail" oor:op="fuse"><value>false</value></prop></item></oor:items>`;

/**
 * Converts many files of a folder into it by one process, while other work goes on; what it cannot convert
 * is not there afterwards.
 * @param profile a folder that conversions share, one after another: a new one costs a second
 */
export async function convertMany(
  folder: string,
  format: string,
  files: readonly string[],
  profile = join(folder, "profile"),
): Promise<void> {
  if (files.length === 0) return;
  const settings = join(profile, "user");
  if (!existsSync(settings)) {
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, "registrymodifications.xcu"), WITHOUT_PICTURES);
  }
  const options = [`-env:UserInstallation=file://${profile}`, "--headless", "--convert-to", format];
  await promisify(execFile)("timeout", ["900", "soffice", ...options, ...files], { cwd: folder });
}
