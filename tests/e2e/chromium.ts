import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { brotliDecompressSync, createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { withLock } from "../../pipelines/site/lock.ts";

/** The folder of the packed browser. */
const PACKED = join(import.meta.dirname, "../../node_modules/@sparticuz/chromium");

/** What comes packed beside the browser, with the folder that each is unpacked into. */
const ARCHIVES: Readonly<Record<string, string>> = {
  fonts: "fonts",
  swiftshader: ".",
  al2023: "al2023",
};

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
    await pipeline(
      createReadStream(join(PACKED, "bin", "chromium.br")),
      createBrotliDecompress(),
      createWriteStream(join(folder, "chromium"), { mode: 0o755 }),
    );
    for (const [archive, into] of Object.entries(ARCHIVES)) {
      const target = join(folder, into);
      await mkdir(target, { recursive: true });
      const packed = await readFile(join(PACKED, "bin", `${archive}.tar.br`));
      execFileSync("tar", ["--extract", "--no-same-owner", "--directory", target], {
        input: brotliDecompressSync(packed),
      });
    }
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
