import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

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
