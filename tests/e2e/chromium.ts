import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { withLock } from "../../pipelines/site/lock.ts";

/** The folder of the packed browser. */
const PACKED = join(import.meta.dirname, "../../node_modules/@sparticuz/chromium");

/** The browser comes packed; these are its parts, unpacked once for each version. */
const PARTS = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];

/** It must not reach for the network by itself, and draws the same everywhere. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--font-render-hinting=none",
];

/** Starts the Chromium that npm installed: nothing of it comes from the system. */
export async function launchBrowser(): Promise<Browser> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(PACKED, "package.json"), "utf8"),
  );
  const folder = join(tmpdir(), `chitieu-chromium-${version}`);
  const done = join(folder, "unpacked");
  if (!existsSync(done)) await unpack(folder, done);

  const executable = join(folder, "chromium");
  const env: Record<string, string> = {
    HOME: folder,
    FONTCONFIG_FILE: join(folder, "fonts.conf"),
    PATH: process.env.PATH ?? "",
  };
  if (lacksLibraries(executable)) env.LD_LIBRARY_PATH = join(folder, "al2023", "lib");
  return await chromium.launch({ executablePath: executable, args: ARGUMENTS, env });
}

/** Test files run in several processes at once, and a half unpacked browser does not start. */
async function unpack(folder: string, done: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(done)) return;
    // It unpacks into the folder for temporary files, which is told to a process of its own.
    const script =
      "const { inflate } = await import(process.argv[1]);" +
      "for (const part of process.argv.slice(2)) await inflate(part);";
    const module = import.meta.resolve("@sparticuz/chromium");
    const parts = PARTS.map((part) => join(PACKED, "bin", part));
    await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", script, module, ...parts],
      { env: { ...process.env, TMPDIR: folder } },
    );
    // The configuration that comes with the fonts looks for them elsewhere; without any font the
    // browser dies at the first chart.
    await writeFile(
      join(folder, "fonts.conf"),
      `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir>` +
        `<cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
    );
    await writeFile(done, "");
  });
}

function lacksLibraries(executable: string): boolean {
  try {
    return execFileSync("ldd", [executable], { encoding: "utf8" }).includes("not found");
  } catch {
    return true;
  }
}
