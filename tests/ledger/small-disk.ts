import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a folder a disk of its own that is soon full. */
export function mount(folder: string, size = "8m"): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], {
    stdio: "ignore",
  });
}

export function unmount(folder: string): void {
  execFileSync("umount", [folder], { stdio: "ignore" });
}

/** Mounting a small disk takes a superuser on Linux; elsewhere such tests are skipped. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "chitieu-mount-"));
  try {
    mount(folder);
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
