/**
 * `npm run pictures`: takes the pictures of the documents anew, of the demonstration. The form is
 * drawn by LibreOffice and poppler, which have to be installed.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demonstrationSite } from "./demonstration.ts";
import { takeDeskPictures } from "./desk-pictures.ts";
import { PLAN, SOURCES } from "./marts.ts";
import { withServed } from "./visits.ts";

const ROOT = join(import.meta.dirname, "../..");
const PICTURES = join(ROOT, "docs/pictures");

/** Pages, and how far down the picture begins. */
const PAGES = [
  { file: "tong-quan.png", path: `/${PLAN}/`, top: 0 },
  { file: "phuong-xa.png", path: `/${PLAN}/dia-ban/`, top: 0 },
  { file: "con-thieu.png", path: `/${PLAN}/con-thieu/`, top: 0 },
  { file: "bao-cao.png", path: `/${PLAN}/bao-cao/2024-Q2/v2/`, top: 0 },
] as const;

/** The ward whose form is shown. */
const FORM = "05974";

await withServed(await demonstrationSite(), async ({ openPage }) => {
  for (const { file, path, top } of PAGES) {
    const { page, status } = await openPage(path, { width: 1280, height: 900 });
    if (status !== 200) throw new Error(`${path} answers ${status}`);
    await page.evaluate((y) => scrollTo(0, y), top);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(PICTURES, file) });
  }
});

const folder = await mkdtemp(join(tmpdir(), "chitieu-pictures-"));
try {
  await takeDeskPictures(join(folder, "desks"), PICTURES);
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      timeout: 120_000,
    });
  run(
    process.execPath,
    join(ROOT, "bin/chitieu.mjs"),
    "forms",
    "2024-Q2",
    "--sources",
    SOURCES,
    "--out",
    folder,
  );
  const form = (await readdir(folder, { recursive: true })).find((name) => name.includes(FORM));
  if (form === undefined) throw new Error(`There is no form of ${FORM}.`);
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  run("localc", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, form);
  const pdf = (await readdir(folder)).find((name) => name.endsWith(".pdf")) ?? "";
  run(
    "pdftoppm",
    "-png",
    "-r",
    "110",
    "-f",
    "1",
    "-l",
    "1",
    "-singlefile",
    pdf,
    join(PICTURES, "bieu-mau"),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
// the browser ends with the process
process.exit();
